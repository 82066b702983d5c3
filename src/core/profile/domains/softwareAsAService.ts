import type { Domain } from './domain.ts';
import { tenantTable } from './structures.ts';

export const softwareAsAService: Domain = {
  id: 'software-as-a-service',
  label: 'SaaS',
  names: ['saas', 'software as a service', 'multi-tenant', 'multitenant'],
  words: ['subscription', 'plan', 'tenant', 'workspace', 'seat', 'billing cycle', 'trial', 'usage metering'],
  expects: [
    {
      label: 'tenants',
      table: tenantTable,
      why: 'Rows of one customer are told from those of another by whom they belong to.',
    },
    {
      label: 'members of tenants',
      table:
        /(?:members?|memberships?|team_users?|(?:organi[sz]ation|workspace|account|tenant|company)s?_(?:users?|members?)|seats?|user_(?:organi[sz]ations?|workspaces?|tenants?|accounts?))$/u,
      why: 'People change their employer and belong to several: a column of the user cannot say that.',
    },
    {
      label: 'subscriptions',
      table: /(?:subscriptions?|plans?|licen[cs]es?|billing\w*)$/u,
      why: 'What a tenant may use, and until when, is decided by more than a flag.',
    },
    {
      label: 'invitations',
      table: /(?:invitations?|invites?)$/u,
      why: 'Someone who is asked to join is no user yet.',
    },
  ],
};
