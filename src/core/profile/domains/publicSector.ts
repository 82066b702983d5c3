import type { Domain } from './domain.ts';

export const publicSector: Domain = {
  id: 'public-sector',
  label: 'the public sector',
  names: ['public sector', 'government', 'municipality', 'e-government', 'citizen services'],
  words: ['citizen', 'permit', 'case file', 'licence application', 'tax return', 'registry'],
};
