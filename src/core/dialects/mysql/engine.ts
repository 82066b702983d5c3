import type { Engine } from '../engine.ts';

/** MySQL 8 with InnoDB, the only bundled engine that enforces foreign keys on ordinary tables. */
export const mysql: Engine = {
  id: 'mysql',
  label: 'MySQL',
  enforcesForeignKeys: true,
  foreignKeyIndex: {
    value: 'always',
    source:
      'dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html: "Such an index is created on the referencing table automatically if it does not exist"',
  },
  unindexedForeignKeyCost: {
    value: 'cannot arise: InnoDB indexes the referencing columns by itself',
    source: 'dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html',
  },
  keyIndex: { value: true, source: 'dev.mysql.com/doc/refman/8.0/en/mysql-indexes.html' },
  partialIndexes: { value: false, source: 'dev.mysql.com/doc/refman/8.0/en/create-index.html has no WHERE clause' },
  includeColumns: false,
  uniqueNulls: { value: 'many', source: 'dev.mysql.com/doc/refman/8.0/en/create-index.html#create-index-unique' },
  equalityMethods: ['btree', 'hash'],
  maxIdentifierLength: 64,
  quotes: ['`', '`'],
};
