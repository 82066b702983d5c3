import { dialectOf, migrationExample as example, stepReport } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

export const concurrentIndexInTransaction: FileRule = {
  id: 'concurrent-index-in-transaction',
  code: 'MIG006',
  severity: 'error',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration that builds or drops an index `CONCURRENTLY` inside a transaction.',
    why: 'PostgreSQL refuses it: such an index needs several transactions of its own. The migration fails wherever it is run.',
    fix: 'Let this migration run outside of a transaction (TypeORM: `transaction = false`), with nothing else in it.',
    bad: [
      example('TypeORM runs it in a transaction.', [
        'CREATE INDEX CONCURRENTLY "orders_status" ON "orders" ("status")',
      ]),
    ],
    good: [
      example('Outside of a transaction.', ['CREATE INDEX CONCURRENTLY "orders_status" ON "orders" ("status")'], {
        head: '  transaction = false as const;\n\n',
      }),
    ],
    references: [
      {
        title: 'PostgreSQL: building indexes concurrently',
        url: 'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
      },
      {
        title: 'Squawk: ban-concurrent-index-creation-in-transaction',
        url: 'https://squawkhq.com/docs/ban-concurrent-index-creation-in-transaction',
      },
    ],
  },
  check(file, context, report) {
    if (
      dialectOf(file, context) !== 'postgresql' ||
      file.migration?.inTransaction !== true ||
      !context.isRecent(file.file)
    )
      return;
    for (const step of file.migration.steps)
      if (step.online && step.committed !== true && (step.kind === 'create-index' || step.kind === 'drop-index'))
        report(
          stepReport(step, 'PostgreSQL refuses CONCURRENTLY inside a transaction, and this migration runs in one'),
        );
  },
};
