import { dialectOf, migrationExample as example, placeOf, stepReport, stepsInUse } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

/** Findings of one migration at most, each on an index. */
const mostTold = 8;

export const blockingIndexBuild: FileRule = {
  id: 'blocking-index-build',
  code: 'MIG005',
  severity: 'warning',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration for PostgreSQL that builds an index on a table in use without `CONCURRENTLY`.',
    why: 'Nobody can write to the table until the index is built, which takes minutes where there are millions of rows.',
    fix: 'Use `CREATE INDEX CONCURRENTLY`, in a migration that runs outside of a transaction.',
    bad: [example('Writers wait until it is built.', ['CREATE INDEX "orders_status" ON "orders" ("status")'])],
    good: [
      example('Writers go on.', ['CREATE INDEX CONCURRENTLY "orders_status" ON "orders" ("status")'], {
        head: '  transaction = false as const;\n\n',
      }),
      example('A new table has no rows.', [
        'CREATE TABLE "notes" ("id" int, "text" varchar)',
        'CREATE INDEX "notes_text" ON "notes" ("text")',
      ]),
    ],
    references: [
      {
        title: 'PostgreSQL: building indexes concurrently',
        url: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
      },
      {
        title: 'Squawk: require-concurrent-index-creation',
        url: 'https://squawkhq.com/docs/require-concurrent-index-creation',
      },
    ],
  },
  check(file, context, report) {
    if (dialectOf(file, context) !== 'postgresql') return;
    const blocking = stepsInUse(file, context, ['create-index']).filter(({ online }) => !online);
    const [first, ...more] = blocking;
    // Many are one thing to mend: the migration.
    if (first && blocking.length > mostTold)
      report(
        stepReport(
          first,
          `${String(blocking.length)} indexes are built while nobody can write to their tables: build them CONCURRENTLY`,
          { evidence: more.map((step) => ({ message: `So is that on ${placeOf(step)}.`, at: step.at })) },
        ),
      );
    else
      for (const step of blocking)
        report(
          stepReport(
            step,
            `The index on ${placeOf(step)} is built while nobody can write to ${step.table ?? 'the table'}: build it CONCURRENTLY`,
          ),
        );
  },
};
