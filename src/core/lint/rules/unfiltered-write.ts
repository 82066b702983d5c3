import { ordersOfCustomers as example } from '../examples.ts';
import { labelOf, namedFunction } from '../code/calls.ts';
import type { FileFacts, Query } from '../../schema/code.ts';
import type { CodeContext, QueryRule } from '../rule.ts';
import { wordsOf } from '../../schema/words.ts';

export const unfilteredWrite: QueryRule = {
  id: 'unfiltered-write',
  code: 'QRY003',
  severity: 'error',
  on: 'query',
  docs: {
    what: 'Reports an update or delete without a condition: it changes every row of the table.',
    why: 'A condition that was forgotten, or that fell away, changes or removes all rows at once, and holds a lock on each of them until the end of the transaction.',
    fix: 'Add the condition. Where every row is meant, say so: `clear()` or `TRUNCATE` to empty a table, or suppress the finding with the reason.',
    bad: [
      example(
        'Every order is closed.',
        `  async close() {
    await this.orders.createQueryBuilder().update().set({ status: 'closed' }).execute();
  }`,
      ),
      example(
        'Every order is deleted.',
        `  async cancel() {
    await this.dataSource.query('DELETE FROM orders');
  }`,
      ),
    ],
    good: [
      example(
        'Only the orders of one customer.',
        `  async close(customerId: number) {
    await this.orders.createQueryBuilder().update().set({ status: 'closed' }).where('customer_id = :customerId', { customerId }).execute();
  }`,
      ),
      example(
        'Emptying the table is what the call says.',
        `  async purge() {
    await this.orders.clear();
  }`,
      ),
    ],
    references: [
      { title: 'PostgreSQL: DELETE', url: 'https://www.postgresql.org/docs/current/sql-delete.html' },
      { title: 'drizzle ESLint plugin: enforce-delete-with-where', url: 'https://orm.drizzle.team/docs/eslint-plugin' },
    ],
  },
  check({ query, file }, context, report) {
    // Migrations fill new columns of every row, tests and seeds begin with empty tables.
    if (file.purpose !== 'application') return;
    const { operation, complete, filters, joins, api, table, limit, sql, bySet, through } = query;
    if ((operation !== 'update' && operation !== 'delete') || table === null || !complete) return;
    if (filters.length > 0 || joins.length > 0 || limit !== null || through !== undefined || explicit.test(api)) return;
    // Calls of a repository take the condition as an argument; without one they are given rows, or they throw.
    if (bySet !== true && !statements.test(api) && sql === null) return;
    if (isAnnounced(query, file) || isRebuilt(query, file) || isAskedFor(query, file) || isOneOfSeveral(query, file))
      return;
    // A table that holds one row, while somebody works.
    if (wordsOf(table).at(-1) === 'lock') return;
    if (operation === 'update' && (movesMark(query, context) || isOfOneRow(query, file))) return;
    if (sql !== null && (sql.interpolations.length > 0 || /\bwhere\b|\btruncate\b/iu.test(sql.text))) return;
    report({
      message: `${operation === 'delete' ? 'Deletes' : 'Updates'} every row of ${table}: it has no condition`,
      at: query.at,
      table,
      evidence: [{ message: `${api} runs without a WHERE clause.`, at: query.at }],
      fixes: [],
    });
  },
};

/** A function or class named for it does what it says: `CleanupTags`, `resetCounters`. */
function isAnnounced({ operation, function: id }: Query, file: FileFacts): boolean {
  const label = labelOf(file, id) ?? '';
  const words = wordsOf(label);
  return words.some((word) => (operation === 'delete' ? emptying : [...emptying, ...forAll]).includes(word));
}

const emptying = (
  'clear clean cleanup cleaner purge truncate wipe reset drop empty flush housekeeping sanitize anonymize ' +
  'rebuild regenerate regenerated reindex refresh recreate reload resync restore teardown uninstall destroy migrator all'
).split(' ');
const forAll = [
  'every',
  'everyone',
  'backfill',
  'recompute',
  'recalculate',
  'normalize',
  'migrate',
  'migrator',
  'upgrade',
  'expire',
];

/** Whoever empties table after table in one function means to begin anew; one condition may be forgotten, not all of them. */
function isOneOfSeveral({ operation, function: id }: Query, { queries }: FileFacts): boolean {
  const emptied = queries.filter(
    (other) =>
      other.function === id &&
      other.operation === 'delete' &&
      other.complete &&
      other.filters.length === 0 &&
      other.joins.length === 0 &&
      other.table !== null,
  );
  return operation === 'delete' && id !== null && new Set(emptied.map(({ table }) => table)).size >= fewestEmptied;
}

const fewestEmptied = 3;

/** A mark that one row has is taken from all before it is given: `is_default`. */
function movesMark({ table: name, namespace, writes }: Query, context: Pick<CodeContext, 'table'>): boolean {
  const table = name === null ? undefined : context.table(name, namespace);
  const columns = writes.map(({ path, target }) =>
    table?.columns.find((column) => column.property === path || target?.columns.includes(column.name)),
  );
  return columns.length > 0 && columns.every((column) => column?.type === 'boolean' && ofOne.test(column.name));
}

const ofOne = /(?:^|_|^is)(?:default|current|primary|selected|main|latest|preferred)$/iu;

/** The file reads the table's row without saying which: there is one. */
function isOfOneRow({ table }: Query, { queries }: FileFacts): boolean {
  return queries.some(
    (other) =>
      other.table === table &&
      other.operation === 'select' &&
      other.rows === 'one' &&
      other.complete &&
      other.filters.length === 0 &&
      other.sorts.length === 0 &&
      other.joins.length === 0 &&
      other.through === undefined,
  );
}

/** `DELETE /settings/mail` removes what it is about: no parameter says which. */
function isAskedFor({ operation, function: id }: Query, file: FileFacts): boolean {
  const own = namedFunction(file, id)?.id;
  return (
    operation === 'delete' &&
    file.endpoints.some(
      ({ method, path, function: handler }) =>
        method === 'DELETE' && !/[:{[<*]/u.test(path) && handler !== null && (handler === id || handler === own),
    )
  );
}

/** The table is filled again by the same function. */
function isRebuilt({ table, at, function: id, operation }: Query, file: FileFacts): boolean {
  const own = namedFunction(file, id)?.id;
  return (
    operation === 'delete' &&
    file.queries.some(
      (other) =>
        other.operation === 'insert' &&
        other.table === table &&
        other.at.line > at.line &&
        namedFunction(file, other.function)?.id === own,
    )
  );
}

/** What takes a whole statement: of a builder, or in the language of the ORM (JPQL, HQL). */
const statements =
  /^(?:execute|createQuery|createMutationQuery|createNamedQuery|Query|Execute(?:Delete|Update)(?:Async)?)$/iu;
/** Calls whose name says that all rows are meant. */
const explicit = /^(?:clear|truncate|deleteAll|updateAll)$/iu;
