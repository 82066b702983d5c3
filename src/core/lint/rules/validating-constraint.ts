import { dialectOf, migrationExample as example, placeOf, stepReport, stepsInUse } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

export const validatingConstraint: FileRule = {
  id: 'validating-constraint',
  code: 'MIG007',
  severity: 'warning',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration for PostgreSQL that adds a foreign key or a check to a table in use and has all rows checked at once.',
    why: 'All rows are read while nobody can write to the table; for a foreign key nobody can write to the table that it refers to either.',
    fix: 'Add it `NOT VALID`, which holds for new rows at once, and `VALIDATE CONSTRAINT` in a later migration, which lets others write.',
    bad: [
      example('Both tables stand still.', [
        'ALTER TABLE "orders" ADD CONSTRAINT "orders_customer" FOREIGN KEY ("customer_id") REFERENCES "customers" ("id")',
      ]),
    ],
    good: [
      example('In two steps.', [
        'ALTER TABLE "orders" ADD CONSTRAINT "orders_customer" FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") NOT VALID',
      ]),
    ],
    references: [
      {
        title: 'PostgreSQL: ALTER TABLE, notes on NOT VALID',
        url: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
      },
      { title: 'Squawk: constraint-missing-not-valid', url: 'https://squawkhq.com/docs/constraint-missing-not-valid' },
    ],
  },
  check(file, context, report) {
    if (dialectOf(file, context) !== 'postgresql') return;
    for (const step of stepsInUse(file, context, ['add-foreign-key', 'add-check']))
      if (!step.online)
        report(
          stepReport(
            step,
            `The ${step.kind === 'add-check' ? 'check' : 'foreign key'} on ${placeOf(step)} is checked against all rows while nobody can write: add it NOT VALID, and validate it later`,
          ),
        );
  },
};
