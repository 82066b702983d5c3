import type { Domain } from './domain.ts';

export const softwareAsAService: Domain = {
  id: 'software-as-a-service',
  label: 'SaaS',
  names: ['saas', 'software as a service', 'multi-tenant', 'multitenant'],
  words: ['subscription', 'plan', 'tenant', 'workspace', 'seat', 'billing cycle', 'trial', 'usage metering'],
};
