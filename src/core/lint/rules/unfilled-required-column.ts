import type { FileFacts, MigrationStep } from '../../schema/code.ts';
import { dialectOf, migrationExample as example, placeOf, stepReport, stepsInUse } from '../migrations/steps.ts';
import type { CodeContext, FileRule } from '../rule.ts';

export const unfilledRequiredColumn: FileRule = {
  id: 'unfilled-required-column',
  code: 'MIG003',
  severity: 'error',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration that adds a required column without a default to a table that is there, or makes a column required that may hold NULL.',
    why: 'The database refuses both as soon as one row has no value. PostgreSQL reads the whole table for it while nobody else can write.',
    fix: 'Add the column with a default or nullable, fill it in batches, then make it required: on PostgreSQL by a `CHECK (… IS NOT NULL) NOT VALID` that is validated first.',
    bad: [
      example('Fails if there is a single order.', ['ALTER TABLE "orders" ADD "channel" varchar NOT NULL']),
      example('Fails if there is one without an address.', [
        'ALTER TABLE "customers" ALTER COLUMN "email" SET NOT NULL',
      ]),
    ],
    good: [
      example('Every order has one.', ['ALTER TABLE "orders" ADD "channel" varchar NOT NULL DEFAULT \'web\'']),
      example('What is missing is filled in first.', [
        'UPDATE "customers" SET "email" = \'\' WHERE "email" IS NULL',
        'ALTER TABLE "customers" ALTER COLUMN "email" SET NOT NULL',
      ]),
    ],
    references: [
      { title: 'Squawk: adding-required-field', url: 'https://squawkhq.com/docs/adding-required-field' },
      {
        title: 'strong_migrations: setting NOT NULL',
        url: 'https://github.com/ankane/strong_migrations#setting-not-null-on-an-existing-column',
      },
    ],
  },
  check(file, context, report) {
    const filled = new Set<string>();
    /** Columns that the same migration adds with a value for every row. */
    const given = new Set<string>();
    for (const step of stepsInUse(file, context, ['add-column', 'require-column', 'write'])) {
      const table = step.table?.toLowerCase() ?? '';
      if (step.kind === 'add-column' && step.default !== null && !/^null\b/iu.test(step.default))
        given.add(placeOf(step));
      if (step.kind === 'write') filled.add(table);
      else if (step.kind === 'add-column' && step.required && step.default === null) {
        if (!isFilledByEngine(step, dialectOf(file, context)))
          report(
            stepReport(
              step,
              `${placeOf(step)} is added as NOT NULL without a default: this fails where ${step.table ?? 'the table'} has rows`,
            ),
          );
      } else if (
        step.kind === 'require-column' &&
        step.default === null &&
        !given.has(placeOf(step)) &&
        !filled.has(table) &&
        // Of code that changes rows nobody can tell which.
        !filled.has('') &&
        !isFilledByCode(file, table) &&
        !step.columns.every((name) => context.isFilledBefore(file.file, table, name.toLowerCase()))
      )
        report(
          stepReport(
            step,
            `${placeOf(step)} becomes NOT NULL, and nothing fills what is missing: this fails where a row has no value`,
            { severity: 'warning' },
          ),
        );
    }
  },
};

/** MySQL gives rows that are there the zero of the type; a moment has none (dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html). */
function isFilledByEngine({ to }: MigrationStep, dialect: CodeContext['dialect']): boolean {
  return (dialect === 'mysql' || dialect === 'mariadb') && to !== null && !/^(?:date|time)/iu.test(to);
}

/** A function of the migration changes rows of the table, which is more than its steps tell. */
function isFilledByCode({ queries }: FileFacts, table: string): boolean {
  return (
    table !== '' &&
    queries.some(
      ({ operation, table: own, sql }) =>
        (operation === 'update' && own?.toLowerCase() === table) ||
        (sql?.text.toLowerCase().match(/\bupdate\s+(?:only\s+)?[\w."`[\]]+/gu) ?? []).some(
          (text) => (/(\w+)\W*$/u.exec(text)?.[1] ?? '') === table,
        ),
    )
  );
}
