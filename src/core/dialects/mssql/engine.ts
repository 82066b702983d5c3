import type { Engine } from '../engine.ts';

/** Microsoft SQL Server 2012 and later, Azure SQL. */
export const mssql: Engine = {
  id: 'mssql',
  label: 'SQL Server',
  enforcesForeignKeys: true,
  foreignKeyIndex: {
    value: 'never',
    source:
      'learn.microsoft.com/sql/relational-databases/tables/primary-and-foreign-key-constraints: "Unlike primary key constraints, creating a foreign key constraint does not automatically create a corresponding index"',
  },
  unindexedForeignKeyCost: {
    value: 'every delete or key update of a referenced row scans the referencing table',
    source: 'learn.microsoft.com/sql/relational-databases/tables/primary-and-foreign-key-constraints',
  },
  keyIndex: {
    value: true,
    source: 'learn.microsoft.com/sql/relational-databases/tables/primary-and-foreign-key-constraints',
  },
  partialIndexes: {
    value: true,
    source: 'learn.microsoft.com/sql/relational-databases/indexes/create-filtered-indexes',
  },
  includeColumns: true,
  uniqueNulls: {
    value: 'one',
    source: 'learn.microsoft.com/sql/relational-databases/tables/unique-constraints-and-check-constraints',
  },
  equalityMethods: ['btree', 'clustered', 'nonclustered'],
  maxIdentifierLength: 128,
  quotes: ['[', ']'],
};
