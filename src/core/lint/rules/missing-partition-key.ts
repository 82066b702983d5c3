import type { Filter, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { columnsMeant } from '../findColumn.ts';
import type { QueryRule, RuleExample } from '../rule.ts';
import { columnList } from '../wording.ts';

const example = (note: string, query: string, more = ''): RuleExample => ({
  files: {
    'db/schema.cql': `CREATE TABLE readings (
  station uuid,
  day date,
  at timestamp,
  value double,
  PRIMARY KEY ((station, day), at)
);
${more}`,
    'db/queries.cql': `-- name: readings :many
${query};
`,
  },
  dialect: 'cassandra',
  note,
});

export const missingPartitionKey: QueryRule = {
  id: 'missing-partition-key',
  code: 'STO006',
  severity: 'warning',
  on: 'query',
  docs: {
    what: 'Reports statements on a table of Cassandra with conditions that do not state its whole partition key.',
    why:
      'The partition key says which nodes have the rows. Without it Cassandra refuses the statement, unless `ALLOW FILTERING` or a secondary index has all nodes asked; ' +
      'a part of the key says as little as none.',
    fix: 'Compare every column of the partition key by `=` or `IN`, or keep the rows in a second table whose partition key is what they are looked up by.',
    bad: [
      example('No column of the partition key.', 'SELECT at, value FROM readings WHERE at > ?'),
      example('Half of it.', 'SELECT at, value FROM readings WHERE station = ?'),
    ],
    good: [
      example('All of it.', 'SELECT at, value FROM readings WHERE station = ? AND day = ? AND at > ?'),
      example('All rows, in pieces.', 'SELECT at, value FROM readings WHERE token(station, day) > ?'),
      example(
        'An index on the column serves it.',
        'SELECT at, value FROM readings WHERE value = ?',
        "CREATE INDEX readings_by_value ON readings (value) USING 'sai';\n",
      ),
    ],
    references: [
      {
        title: 'Cassandra: the primary key, partition key and clustering columns',
        url: 'https://cassandra.apache.org/doc/latest/cassandra/developing/cql/ddl.html#primary-key',
      },
      {
        title: 'Cassandra: the WHERE clause of SELECT',
        url: 'https://cassandra.apache.org/doc/latest/cassandra/developing/cql/dml.html#where-clause',
      },
    ],
  },
  check({ query, file }, context, report) {
    if (file.purpose !== 'application' || !searching.has(query.operation) || !isWhole(query)) return;
    const table = query.table === null ? undefined : context.table(query.table, query.namespace);
    if (table?.partitionKeyLength === undefined) return;
    const searched = columnsOf(query.filters, table);
    // What is not a column of the table as it is known here says that another one is meant.
    if (searched === null || isServed(table, searched)) return;
    const key = table.primaryKey.slice(0, table.partitionKeyLength);
    const stated = columnsOf(query.filters.filter(choosesPartition), table);
    const missing = key.filter((name) => !stated?.includes(name));
    if (missing.length === 0) return;
    const what = missing.length === key.length ? 'its partition key' : `${columnList(missing)} of its partition key`;
    report({
      message: `${query.api} looks in ${table.name} without ${what}, so Cassandra does not know which nodes have the rows`,
      at: query.at,
      table: table.name,
      evidence: [{ message: `${table.name} is partitioned by ${columnList(key)}.`, at: table.at }],
      fixes: [],
    });
  },
};

const searching: ReadonlySet<Query['operation']> = new Set([
  'select',
  'count',
  'exists',
  'aggregate',
  'update',
  'delete',
]);

/**
 * Its conditions are all known, and there are some: whether a table is small enough to be read as a whole, nothing tells. What asks
 * for filtering is `full-store-scan`'s, and the token of a partition key is compared by who reads all rows in pieces.
 */
function isWhole({ complete, filters, joins, sql }: Query): boolean {
  return (
    complete &&
    filters.length > 0 &&
    joins.length === 0 &&
    filters.every(({ wrapped, orGroup }) => !wrapped && orGroup === 0) &&
    !/\ballow\s+filtering\b/iu.test(sql?.text ?? '')
  );
}

function choosesPartition({ comparison }: Filter): boolean {
  return comparison === 'eq' || comparison === 'in';
}

/** Null where one of them is not known. */
function columnsOf(filters: readonly Filter[], table: Table): readonly string[] | null {
  const found = filters.map((filter) => columnsMeant(filter, table));
  return found.every((columns) => columns !== null) ? found.flat() : null;
}

/** An index on any of the columns answers it, by asking all nodes; those of other projects and tools are not known here. */
function isServed({ indexes }: Table, searched: readonly string[]): boolean {
  return indexes.some(
    ({ columns, expression }) => expression !== null || columns.some((column) => searched.includes(column)),
  );
}
