import { dialectOf, migrationExample as example, placeOf, stepReport, stepsInUse } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

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
    for (const step of stepsInUse(file, context, ['create-index']))
      if (!step.online)
        report(
          stepReport(
            step,
            `The index on ${placeOf(step)} is built while nobody can write to ${step.table ?? 'the table'}: build it CONCURRENTLY`,
          ),
        );
  },
};
