import type { Domain } from './domain.ts';
import { trailOfChanges } from './structures.ts';

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
  expects: [
    {
      label: 'accounts',
      table: /(?:^|_)(?:accounts?|wallets?)$/u,
      why: 'Money lies on something that has an owner, a currency and a state.',
    },
    {
      label: 'entries of a ledger',
      table: /(?:ledger\w*|journal\w*|postings?|entries|transactions?|movements?|transfers?)$/u,
      why: 'A balance that is not the sum of entries cannot be proven.',
    },
    {
      label: 'the currency of amounts',
      table:
        /(?:ledger\w*|journal\w*|postings?|entries|transactions?|transfers?|accounts?|wallets?|payments?|loans?|balances?)$/u,
      column: /currency/u,
      why: 'An amount without a currency is a number.',
    },
    {
      label: 'keys that make requests for money repeatable',
      table: /(?:transactions?|transfers?|payments?|payouts?|orders?|requests?|idempotency\w*)$/u,
      column:
        /(?:idempotency|request_id|client_reference|external_(?:id|reference)|correlation_id|reference(?:_(?:id|number))?$)/u,
      why: 'A transfer that is sent again after a time-out must not be made twice.',
    },
    { label: 'a trail of changes', table: trailOfChanges, why: 'Auditors ask who changed what, and when.' },
  ],
};
