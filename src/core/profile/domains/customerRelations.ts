import type { Domain } from './domain.ts';

export const customerRelations: Domain = {
  id: 'customer-relations',
  label: 'customer relations',
  names: ['crm', 'customer relationship management', 'sales pipeline', 'helpdesk', 'help desk'],
  words: ['lead', 'opportunity', 'deal', 'pipeline', 'contact', 'ticket', 'campaign'],
};
