import type { Engine } from '../engine.ts';

/** CockroachDB 20.2 and later. */
export const cockroachdb: Engine = {
  id: 'cockroachdb',
  label: 'CockroachDB',
  enforcesForeignKeys: true,
  foreignKeyIndex: {
    value: 'never',
    source:
      'cockroachlabs.com/docs/stable/foreign-key: secondary indexes on referencing columns are no longer required or created since 20.2',
  },
  unindexedForeignKeyCost: {
    value: 'every delete or key update of a referenced row scans the referencing table across the cluster',
    source: 'cockroachlabs.com/docs/stable/foreign-key, "Rules for creating foreign keys"',
  },
  keyIndex: { value: true, source: 'cockroachlabs.com/docs/stable/unique' },
  partialIndexes: { value: true, source: 'cockroachlabs.com/docs/stable/partial-indexes' },
  includeColumns: true,
  uniqueNulls: { value: 'many', source: 'cockroachlabs.com/docs/stable/unique' },
  equalityMethods: ['btree'],
  maxIdentifierLength: null,
  quotes: ['"', '"'],
};
