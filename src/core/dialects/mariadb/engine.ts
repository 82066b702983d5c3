import type { Engine } from '../engine.ts';

/** MariaDB 10.6 and later with InnoDB. */
export const mariadb: Engine = {
  id: 'mariadb',
  label: 'MariaDB',
  enforcesForeignKeys: true,
  foreignKeyIndex: {
    value: 'always',
    source:
      'mariadb.com/kb/en/foreign-keys: "If MariaDB automatically creates an index for the foreign key…"; confirmed on 10.11, where it is dropped silently once a declared index leads with the columns',
  },
  unindexedForeignKeyCost: {
    value: 'cannot arise: InnoDB indexes the referencing columns by itself',
    source: 'mariadb.com/kb/en/foreign-keys',
  },
  keyIndex: { value: true, source: 'mariadb.com/kb/en/getting-started-with-indexes' },
  partialIndexes: { value: false, source: 'mariadb.com/kb/en/create-index has no WHERE clause' },
  includeColumns: false,
  uniqueNulls: { value: 'many', source: 'mariadb.com/kb/en/getting-started-with-indexes#unique-index' },
  equalityMethods: ['btree', 'hash'],
  maxIdentifierLength: 64,
  quotes: ['`', '`'],
};
