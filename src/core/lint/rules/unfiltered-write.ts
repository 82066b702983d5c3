import { ordersOfCustomers as example } from '../examples.ts';
import { labelOf, namedFunction } from '../code/calls.ts';
import type { FileFacts, Query } from '../../schema/code.ts';
import type { QueryRule } from '../rule.ts';
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
  check({ query, file }, _context, report) {
    // Migrations fill new columns of every row, tests and seeds begin with empty tables.
    if (file.purpose !== 'application') return;
    const { operation, complete, filters, joins, api, table, limit, sql, bySet, through } = query;
    if ((operation !== 'update' && operation !== 'delete') || table === null || !complete) return;
    if (filters.length > 0 || joins.length > 0 || limit !== null || through !== undefined || explicit.test(api)) return;
    // Calls of a repository take the condition as an argument; without one they are given rows, or they throw.
    if (bySet !== true && !statements.test(api) && sql === null) return;
    if (isAnnounced(query, file) || isRebuilt(query, file)) return;
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
  'rebuild regenerate regenerated reindex refresh recreate reload resync restore teardown uninstall destroy all'
).split(' ');
const forAll = [
  'every',
  'everyone',
  'backfill',
  'recompute',
  'recalculate',
  'normalize',
  'migrate',
  'upgrade',
  'expire',
];

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
