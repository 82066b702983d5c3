import type { Domain } from './domain.ts';

export const banking: Domain = {
  id: 'banking',
  label: 'fintech and banking',
  names: [
    'banking',
    'fintech',
    'financial services',
    'payment provider',
    'neobank',
    'core banking',
    'lending platform',
  ],
  words: [
    'ledger',
    'account balance',
    'transfer',
    'loan',
    'interest',
    'iban',
    'double entry',
    'kyc',
    'settlement',
    'reconciliation',
  ],
};
