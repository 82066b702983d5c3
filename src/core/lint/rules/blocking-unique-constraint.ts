import { dialectOf, migrationExample as example, placeOf, stepReport, stepsInUse } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

export const blockingUniqueConstraint: FileRule = {
  id: 'blocking-unique-constraint',
  code: 'MIG008',
  severity: 'warning',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration that adds a unique constraint or a primary key to a table in use.',
    why: 'It fails where two rows are equal already. And until the index behind it is built, nobody can read or write the table (PostgreSQL).',
    fix: 'Look for duplicates first. On PostgreSQL build a unique index `CONCURRENTLY`, then add the constraint `USING INDEX`.',
    bad: [
      example('Fails on the first duplicate.', [
        'ALTER TABLE "customers" ADD CONSTRAINT "customers_email" UNIQUE ("email")',
      ]),
    ],
    good: [
      example('The index is there already.', [
        'ALTER TABLE "customers" ADD CONSTRAINT "customers_email" UNIQUE USING INDEX "customers_email_key"',
      ]),
    ],
    references: [
      { title: 'Squawk: disallowed-unique-constraint', url: 'https://squawkhq.com/docs/disallowed-unique-constraint' },
      { title: 'Atlas: data dependent changes', url: 'https://atlasgo.io/lint/analyzers#data-dependent-changes' },
    ],
  },
  check(file, context, report) {
    if (dialectOf(file, context) === 'sqlite') return;
    /** Columns that the same migration adds without a value, as `table.column`; none once rows are changed, nobody knows which. */
    const empty = new Set<string>();
    /** Tables that get another name: their keys are dropped and made again, as EF Core does it, for the name of the constraint. */
    const renamed = new Set<string>();
    for (const step of stepsInUse(file, context, [
      'add-unique',
      'add-primary-key',
      'add-column',
      'rename-table',
      'write',
    ])) {
      const placed = (column: string): string => `${step.table?.toLowerCase() ?? ''}.${column.toLowerCase()}`;
      if (step.kind === 'rename-table') renamed.add(step.to?.toLowerCase() ?? '');
      else if (step.kind === 'add-primary-key' && renamed.has(step.table?.toLowerCase() ?? '')) continue;
      else if (step.kind === 'write') empty.clear();
      else if (step.kind === 'add-column') {
        if (!step.required && step.default === null) for (const column of step.columns) empty.add(placed(column));
      } else if (!step.online) {
        // Rows without a value are not equal to each other, but in SQL Server.
        const isEmpty =
          dialectOf(file, context) !== 'mssql' &&
          step.kind === 'add-unique' &&
          step.columns.some((column) => empty.has(placed(column)));
        const fails = isEmpty
          ? 'keeps the table from everybody'
          : 'fails where two rows are equal, and nobody can use the table';
        report(
          stepReport(
            step,
            `The ${step.kind === 'add-unique' ? 'unique constraint' : 'primary key'} on ${placeOf(step)} ${fails} until its index is built`,
            isEmpty ? { severity: 'info' } : {},
          ),
        );
      }
    }
  },
};
