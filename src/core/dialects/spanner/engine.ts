import type { Engine } from '../engine.ts';

/** Google Cloud Spanner, GoogleSQL dialect. */
export const spanner: Engine = {
  id: 'spanner',
  label: 'Spanner',
  enforcesForeignKeys: true,
  foreignKeyIndex: {
    value: 'always',
    source:
      'cloud.google.com/spanner/docs/foreign-keys/overview, "Backing indexes": created for the referencing and the referenced columns where no primary key serves',
  },
  unindexedForeignKeyCost: {
    value: 'cannot arise: Spanner creates backing indexes by itself',
    source: 'cloud.google.com/spanner/docs/foreign-keys/overview',
  },
  keyIndex: { value: true, source: 'cloud.google.com/spanner/docs/schema-and-data-model' },
  partialIndexes: { value: false, source: 'cloud.google.com/spanner/docs/secondary-indexes (only NULL_FILTERED)' },
  includeColumns: true,
  uniqueNulls: { value: 'one', source: 'cloud.google.com/spanner/docs/secondary-indexes#unique-indexes' },
  equalityMethods: [],
  maxIdentifierLength: 128,
  quotes: ['`', '`'],
};
