import type { Domain } from './domain.ts';

export const realEstate: Domain = {
  id: 'real-estate',
  label: 'real estate',
  names: ['real estate', 'property management', 'proptech'],
  words: ['listing', 'lease', 'tenant', 'landlord', 'apartment', 'viewing', 'mortgage'],
};
