import type { Engine } from '../engine.ts';

/** SQLite 3.8 and later. Foreign keys are enforced once `PRAGMA foreign_keys = ON` is set, which ORMs do. */
export const sqlite: Engine = {
  id: 'sqlite',
  label: 'SQLite',
  enforcesForeignKeys: true,
  foreignKeyIndex: {
    value: 'never',
    source:
      'sqlite.org/foreignkeys.html section 3: "an index should be created on the child key columns"; confirmed on 3.40',
  },
  unindexedForeignKeyCost: {
    value: 'every delete or key update of a referenced row scans the referencing table',
    source:
      'sqlite.org/foreignkeys.html section 3: without the index "a linear scan of the entire child table" is needed',
  },
  keyIndex: {
    value: true,
    source: 'sqlite.org/lang_createtable.html (an INTEGER PRIMARY KEY is the row id itself and is searched directly)',
  },
  partialIndexes: { value: true, source: 'sqlite.org/partialindex.html' },
  includeColumns: false,
  uniqueNulls: { value: 'many', source: 'sqlite.org/nulls.html' },
  equalityMethods: ['btree'],
  maxIdentifierLength: null,
  quotes: ['"', '"'],
};
