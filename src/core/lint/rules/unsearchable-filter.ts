import { accessPaths } from '../../dialects/indexCoverage.ts';
import { isOfStaff } from '../code/fewElements.ts';
import { columnNamed, columnsMeant } from '../findColumn.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import type { Filter } from '../../schema/code.ts';
import type { ColumnType, Table } from '../../schema/model.ts';
import type { QueryRule, RuleExample } from '../rule.ts';

const withIndexedNames = (base: RuleExample): RuleExample => ({
  ...base,
  files: {
    ...base.files,
    'customer.entity.ts': (base.files['customer.entity.ts'] ?? '')
      .replace('Entity,', 'Entity, Index,')
      .replace('  @Column()\n  name', '  @Index()\n  @Column()\n  name'),
  },
});

export const unsearchableFilter: QueryRule = {
  id: 'unsearchable-filter',
  code: 'IDX005',
  severity: 'info',
  on: 'query',
  docs: {
    what: 'Reports a condition that no ordinary index serves: a pattern that begins with a wildcard, or a function around an indexed column.',
    why: 'An index is sorted by the beginning of the plain value. With a wildcard in front or a function around it, the database reads every row of the table and tests each.',
    fix:
      'Index what is asked for: the expression (`lower(email)`), or trigrams (`gin (name gin_trgm_ops)`, PostgreSQL) for patterns. ' +
      'Or store the value as it is compared (a `citext` column, a lower-case copy), or use full-text search.',
    bad: [
      example(
        'A wildcard in front.',
        `  async search(term: string) {
    return this.customers.find({ where: { name: Like(\`%\${term}%\`) } });
  }`,
      ),
      withIndexedNames(
        example(
          'A function around an indexed column.',
          `  async search(name: string) {
    return this.customers.createQueryBuilder('c').where('LOWER(c.name) = :name', { name }).getMany();
  }`,
        ),
      ),
    ],
    good: [
      example(
        'The beginning of the value is known.',
        `  async search(term: string) {
    return this.customers.find({ where: { name: Like(\`\${term}%\`) } });
  }`,
      ),
      example(
        'The primary key finds the row first.',
        `  async search(id: number, name: string) {
    return this.customers.createQueryBuilder('c').where('c.id = :id AND LOWER(c.name) = :name', { id, name }).getMany();
  }`,
      ),
    ],
    references: [
      {
        title: 'PostgreSQL: indexes on expressions',
        url: 'https://www.postgresql.org/docs/current/indexes-expressional.html',
      },
      { title: 'PostgreSQL: pg_trgm', url: 'https://www.postgresql.org/docs/current/pgtrgm.html' },
      {
        title: 'Use The Index, Luke: LIKE',
        url: 'https://use-the-index-luke.com/sql/where-clause/searching-for-ranges/like-performance-tuning',
      },
    ],
  },
  check({ query, file }, context, report) {
    // Commands, migrations and pages of the staff are asked by few, and seldom.
    if (file.purpose !== 'application' || isOfStaff(file)) return;
    const table = query.table === null ? undefined : context.table(query.table, query.namespace);
    // The rows of one row are found by its key.
    if (!table || query.through !== undefined || query.filters.some((filter) => isSearchable(filter, table))) return;
    for (const filter of query.filters) {
      const wildcard = filter.comparison === 'contains';
      const column = columnOf(filter, table);
      // What is only kept out is looked for by no index.
      if (
        (!wildcard && !(filter.wrapped && searched.has(filter.comparison))) ||
        column === null ||
        isServedOtherwise(table, column)
      )
        continue;
      // Nobody counts on an index that there is none of; it is one that the function keeps from use.
      if (!wildcard && !accessPaths(table).some(({ columns: indexed }) => indexed.includes(column))) continue;
      // What a list or a document contains is no pattern; of an unknown type nobody can tell.
      const { type = 'text', array = false } = columnNamed(table, column) ?? {};
      if (wildcard && (array || !patterned.has(type))) continue;
      report({
        message: wildcard
          ? `The pattern on ${table.name}.${column} begins with a wildcard: no ordinary index serves it`
          : `A function is applied to ${table.name}.${column}: an index on the plain column does not serve it`,
        at: filter.at,
        table: table.name,
        evidence: [
          { message: `${query.api} has no other condition that an index of ${table.name} begins with.`, at: query.at },
        ],
        fixes: [],
      });
      return;
    }
  },
};

const searched: ReadonlySet<Filter['comparison']> = new Set(['eq', 'in', 'prefix', 'range']);

const patterned: ReadonlySet<ColumnType> = new Set(['string', 'text', 'char', 'enum', 'uuid']);

/** Physical column of the query's own table; null = another table's, or not known. */
function columnOf(filter: Filter, table: Table): string | null {
  const columns = columnsMeant(filter, table);
  return columns?.length === 1 ? (columns[0] ?? null) : null;
}

/** Some other condition is served by a key or index, so the rows that are left are few. */
function isSearchable(filter: Filter, table: Table): boolean {
  if (filter.wrapped || filter.orGroup !== 0 || !['eq', 'in', 'prefix', 'range'].includes(filter.comparison))
    return false;
  // What a relation leads to is found first, and the rows by it.
  if (filter.target && filter.target.table !== table.name && filter.comparison === 'eq') return true;
  const name = columnOf(filter, table);
  return (
    name !== null &&
    [
      table.primaryKey,
      ...table.uniques.map(({ columns }) => columns),
      ...table.indexes.map(({ columns }) => columns),
    ].some(([leading]) => leading === name)
  );
}

/** An index of another kind, or on an expression of the column. */
function isServedOtherwise(table: Table, column: string): boolean {
  return table.indexes.some(
    ({ columns, expression, method }) =>
      (expression?.includes(column) ?? false) ||
      (columns.includes(column) &&
        method !== null &&
        ['gin', 'gist', 'fulltext', 'text'].includes(method.toLowerCase())),
  );
}
