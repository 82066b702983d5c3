import type { Engine } from '../engine.ts';

/** Oracle Database 12.2 and later. */
export const oracle: Engine = {
  id: 'oracle',
  label: 'Oracle',
  enforcesForeignKeys: true,
  foreignKeyIndex: {
    value: 'never',
    source:
      'docs.oracle.com Database Concepts, "Indexes and Foreign Keys": "As a rule, foreign keys should be indexed"',
  },
  unindexedForeignKeyCost: {
    value: 'every delete or key update of a referenced row locks the whole referencing table and scans it',
    source: 'docs.oracle.com Database Concepts, "Locks and Unindexed Foreign Keys"',
  },
  keyIndex: { value: true, source: 'docs.oracle.com SQL Language Reference, "constraint"' },
  partialIndexes: {
    value: false,
    source: 'docs.oracle.com SQL Language Reference, "CREATE INDEX" has no WHERE clause',
  },
  includeColumns: false,
  uniqueNulls: {
    value: 'many',
    source: 'docs.oracle.com SQL Language Reference, "constraint": rows with all keys null are not indexed',
  },
  equalityMethods: ['btree'],
  maxIdentifierLength: 128,
  quotes: ['"', '"'],
};
