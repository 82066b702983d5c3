import type { Engine } from '../engine.ts';

/** MongoDB. References between documents are the application's own; `_id` is always indexed. */
export const mongodb: Engine = {
  id: 'mongodb',
  label: 'MongoDB',
  enforcesForeignKeys: false,
  foreignKeyIndex: { value: 'never', source: 'mongodb.com/docs/manual/indexes: only _id is indexed by default' },
  unindexedForeignKeyCost: {
    value: 'every look-up by the reference scans the collection',
    source: 'mongodb.com/docs/manual/core/query-optimization (COLLSCAN)',
  },
  keyIndex: { value: true, source: 'mongodb.com/docs/manual/indexes' },
  partialIndexes: { value: true, source: 'mongodb.com/docs/manual/core/index-partial' },
  includeColumns: false,
  uniqueNulls: {
    value: 'one',
    source: 'mongodb.com/docs/manual/core/index-unique: a missing field is stored as null, once',
  },
  equalityMethods: ['btree', 'hashed'],
  maxIdentifierLength: null,
  quotes: ['', ''],
};
