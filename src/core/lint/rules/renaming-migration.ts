import {
  byTable,
  dialectOf,
  migrationExample as example,
  placeOf,
  stepReport,
  stepsInUse,
} from '../migrations/steps.ts';
import type { FileFacts, MigrationStep } from '../../schema/code.ts';
import type { FileRule } from '../rule.ts';

export const renamingMigration: FileRule = {
  id: 'renaming-migration',
  code: 'MIG002',
  severity: 'warning',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration that renames a table or a column.',
    why: 'From that moment the program that is still running, and every report and script that knows the old name, fails; and after going back, the new one does.',
    fix: 'Add the new one, write both, copy the rows, then read the new one and drop the old one in a later migration. Or leave a view with the old name, and suppress the finding with that reason.',
    bad: [
      example('Whoever asks for `state` fails.', ['ALTER TABLE "orders" RENAME COLUMN "state" TO "status"']),
      example('So does whoever asks for the table.', ['ALTER TABLE "clients" RENAME TO "customers"']),
    ],
    good: [
      example('The old name still answers.', [
        'ALTER TABLE "clients" RENAME TO "customers"',
        'CREATE VIEW "clients" AS SELECT * FROM "customers"',
      ]),
    ],
    references: [
      {
        title: 'Atlas: backward incompatible changes',
        url: 'https://atlasgo.io/lint/analyzers#backward-incompatible-changes',
      },
      {
        title: 'strong_migrations: renaming a column',
        url: 'https://github.com/ankane/strong_migrations#renaming-a-column',
      },
    ],
  },
  check(file, context, report) {
    const views = viewsOf(file);
    const dialect = dialectOf(file, context);
    const isCaseKnown = dialect !== 'mysql' && dialect !== 'mariadb' && dialect !== 'sqlite';
    const found = stepsInUse(file, context, ['rename-table', 'rename-column']).filter((step) =>
      // PostgreSQL renames sequences as it does tables; columns go on using theirs.
      step.kind === 'rename-table'
        ? !(views.has(step.table?.toLowerCase() ?? '') || /_seq$/iu.test(step.table ?? ''))
        : !isAddedBefore(step, file) && (isCaseKnown || step.columns[0]?.toLowerCase() !== step.to?.toLowerCase()),
    );
    for (const group of byTable(found, 'rename-column')) {
      const [step, ...more] = group;
      const named = (each: MigrationStep): string => `${placeOf(each)} is renamed to ${each.to ?? 'something else'}`;
      report(
        more.length === 0
          ? stepReport(step, `${named(step)}: the program that is still running knows only the old name`)
          : stepReport(
              step,
              `${String(group.length)} columns of ${step.table ?? 'a table'} are renamed (${group.map(({ columns }) => columns[0] ?? '').join(', ')}): the program that is still running knows only the old names`,
              { evidence: group.map((each) => ({ message: `${named(each)}.`, at: each.at })) },
            ),
      );
    }
  },
};

/** Nothing that runs knows a column which the same migration has added. */
function isAddedBefore(step: MigrationStep, { migration }: FileFacts): boolean {
  return (migration?.steps ?? []).some(
    (other) =>
      other.kind === 'add-column' &&
      other.table?.toLowerCase() === step.table?.toLowerCase() &&
      other.columns[0]?.toLowerCase() === step.columns[0]?.toLowerCase() &&
      other.at.line <= step.at.line,
  );
}

/** A view that takes over the name of what was renamed. */
function viewsOf({ migration }: FileFacts): ReadonlySet<string> {
  return new Set(
    (migration?.steps ?? []).flatMap(({ kind, table }) =>
      kind === 'create-view' && table !== null ? [table.toLowerCase()] : [],
    ),
  );
}
