/** Ends of a line in crow's-foot notation, as Mermaid and PlantUML spell them alike. */
import type { Cardinality } from '../diagram/model.ts';

export const leftEnds: Readonly<Record<Cardinality, string>> = {
  one: '||',
  'zero-or-one': '|o',
  many: '}o',
  'one-or-many': '}|',
};

export const rightEnds: Readonly<Record<Cardinality, string>> = {
  one: '||',
  'zero-or-one': 'o|',
  many: 'o{',
  'one-or-many': '|{',
};
