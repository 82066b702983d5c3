/** What the marks mean, in words (English; translated where shown). */
import type { Badge } from '../../src/core/diagram/model.ts';

export const glyphTitles: Readonly<Record<Badge, string>> = {
  pk: 'Primary key',
  fk: 'Foreign key',
  unique: 'Unique',
  index: 'Indexed',
  pii: 'Personal data',
  phi: 'Health data',
  pan: 'Payment card data',
  secret: 'Secret',
};
