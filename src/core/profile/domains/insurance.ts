import type { Domain } from './domain.ts';

export const insurance: Domain = {
  id: 'insurance',
  label: 'insurance',
  names: ['insurance', 'insurtech'],
  words: ['policyholder', 'premium', 'claim', 'underwriting', 'coverage', 'deductible'],
};
