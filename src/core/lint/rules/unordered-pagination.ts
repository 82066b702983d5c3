import { columnsMeant, keysOf } from '../findColumn.ts';
import { orderByKey } from '../fixes/orderByKey.ts';
import { ordersOfCustomers as example } from '../examples.ts';
import { wordsOf } from '../../schema/words.ts';
import type { Table } from '../../schema/model.ts';
import type { Query } from '../../schema/code.ts';
import type { QueryRule } from '../rule.ts';

export const unorderedPagination: QueryRule = {
  id: 'unordered-pagination',
  code: 'PAG001',
  severity: 'warning',
  on: 'query',
  docs: {
    what: 'Reports a page of rows (limit and offset) that is not sorted, or sorted only by what many rows share: a state, a flag, a day, a parent.',
    why:
      'Without an order a database may give the rows in any order, another one for each page: rows appear twice and others never. ' +
      'An order that leaves ties open does the same among the rows that tie; that is reported as information, where the columns can only hold a few values. ' +
      'Moments, names and amounts rarely tie.',
    fix: 'Sort by something unique, or add the primary key as the last sort column, as the quick fix does.',
    bad: [
      example(
        'The pages have no order.',
        `  async page(page: number) {
    return this.orders.find({ where: { status: 'open' }, skip: page * 20, take: 20 });
  }`,
      ),
      example(
        'Orders that share a status change places.',
        `  async page(page: number) {
    return this.orders.find({ order: { status: 'ASC' }, skip: page * 20, take: 20 });
  }`,
      ),
    ],
    good: [
      example(
        'The primary key decides ties.',
        `  async page(page: number) {
    return this.orders.find({ order: { status: 'ASC', id: 'ASC' }, skip: page * 20, take: 20 });
  }`,
      ),
      example(
        'The first rows of one list need no second page.',
        `  async newest() {
    return this.orders.find({ order: { id: 'DESC' }, take: 20 });
  }`,
      ),
    ],
    references: [
      { title: 'PostgreSQL: LIMIT and OFFSET', url: 'https://www.postgresql.org/docs/current/queries-limit.html' },
    ],
  },
  check({ query }, context, report) {
    if (query.operation !== 'select' || query.offset === null || query.limit === null || !query.complete) return;
    if (query.offset.value === 0 || query.groups.length > 0) return;
    const table = query.table === null ? undefined : context.table(query.table, query.namespace);
    if (!table) return;
    if (query.sorts.length === 0) {
      // One row from anywhere, such as a random one, is no page.
      if (query.sortedByKey === true || query.limit.value === 1) return;
      report({
        message: `Pages of ${table.name} have no order: rows can appear on two pages or on none`,
        at: query.offset.at,
        table: table.name,
        evidence: [{ message: `${query.api} skips rows without sorting them.`, at: query.at }],
        fixes: orderByKey(query, table),
      });
      return;
    }
    const sorted = sortColumns(query, table);
    if (sorted === null || isUnique(sorted, table) || !sorted.every((name) => hasFewValues(name, table))) return;
    report({
      message: `Pages of ${table.name} are sorted by ${sorted.join(', ')}, which many rows share: add ${table.primaryKey.join(', ') || 'a unique column'} as the last sort column`,
      at: query.sorts.at(-1)?.at ?? query.at,
      table: table.name,
      severity: 'info',
      evidence: [{ message: `No key or unique index of ${table.name} lies within ${sorted.join(', ')}.`, at: null }],
      fixes: orderByKey(query, table),
    });
  },
};

/** Columns of the table that it is sorted by; null = not all are known. */
function sortColumns(query: Query, table: Table): readonly string[] | null {
  const columns: string[] = [];
  for (const sort of query.sorts) {
    const meant = columnsMeant(sort, table);
    if (meant === null) return null;
    columns.push(...meant);
  }
  return columns;
}

function isUnique(columns: readonly string[], table: Table): boolean {
  const keys = keysOf(table);
  return keys.length === 0 || keys.some((key) => key.every((column) => columns.includes(column)));
}

/** What it may hold is a flag, one of a list, a day, or the key of a parent: where there are pages, rows are bound to share it. */
function hasFewValues(name: string, table: Table): boolean {
  const column = table.columns.find((each) => each.name === name);
  return (
    column !== undefined &&
    (column.type === 'boolean' ||
      column.type === 'enum' ||
      column.enum !== null ||
      column.type === 'date' ||
      fewValues.has(wordsOf(name).at(-1) ?? '') ||
      table.foreignKeys.some(({ columns: [only, ...others] }) => only === name && others.length === 0))
  );
}

const fewValues: ReadonlySet<string> = new Set(
  'type kind status state category family style brand flag country currency language locale unit role region gender priority level rank stage phase tier group section shelf day'.split(
    ' ',
  ),
);
