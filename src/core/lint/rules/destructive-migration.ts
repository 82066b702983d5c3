import type { FileFacts, MigrationStep } from '../../schema/code.ts';
import { isBefore } from '../code/within.ts';
import { byTable, migrationExample as example, placeOf, stepReport, stepsInUse } from '../migrations/steps.ts';
import type { FileRule } from '../rule.ts';

export const destructiveMigration: FileRule = {
  id: 'destructive-migration',
  code: 'MIG001',
  severity: 'error',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration that drops a table, a column or a schema, or empties a table together with those that refer to it.',
    why: 'The values are gone, and going back brings only an empty column. The program that is still running while the migration runs asks for it and fails.',
    fix: 'Release a program that no longer uses it first. Then drop it in a migration of its own, once a backup is there; suppress the finding with that reason.',
    bad: [
      example('The values are gone.', ['ALTER TABLE "orders" DROP COLUMN "note"']),
      example('And those of every table that refers to it.', ['TRUNCATE "customers" CASCADE']),
    ],
    good: [
      example('It was made just before.', ['CREATE TABLE "tmp_orders" ("id" int)', 'DROP TABLE "tmp_orders"']),
      example('A script that makes all its tables anew is for a database of its own.', [
        'DROP TABLE IF EXISTS "a"',
        'CREATE TABLE "a" ("id" int)',
        'DROP TABLE IF EXISTS "b"',
        'CREATE TABLE "b" ("id" int)',
        'DROP TABLE IF EXISTS "c"',
        'CREATE TABLE "c" ("id" int)',
      ]),
      example('Nothing is lost with an index.', ['DROP INDEX CONCURRENTLY "orders_status"'], {
        head: '  transaction = false as const;\n\n',
      }),
    ],
    references: [
      { title: 'Atlas: destructive changes', url: 'https://atlasgo.io/lint/analyzers#destructive-changes' },
      { title: 'Squawk: ban-drop-column', url: 'https://squawkhq.com/docs/ban-drop-column' },
    ],
  },
  check(file, context, report) {
    const found = stepsInUse(file, context, ['drop-table', 'drop-column', 'drop-schema', 'truncate']).filter((step) => {
      if (step.kind === 'truncate') return step.cascade;
      // What the same migration makes again under its name, such as a view that keeps its rows, is derived from others.
      if (step.kind === 'drop-table') return !isMadeAgain(step, file) && !isCopied(step, file);
      if (step.kind === 'drop-column')
        return !isReplaced(step, file) && !isCopied(step, file) && !isTakenByCode(step, file) && !isGivenUp(step);
      return true;
    });
    for (const group of byTable(found, 'drop-column')) {
      const [step, ...more] = group;
      const what =
        step.kind === 'drop-schema'
          ? `the schema ${step.to ?? ''} with all its tables`
          : step.kind === 'truncate'
            ? `all rows of ${step.table ?? 'a table'} and of the tables that refer to it`
            : more.length > 0
              ? `${step.table ?? 'a table'}.(${group.map(({ columns }) => columns[0] ?? '').join(', ')}) with all their values`
              : `${placeOf(step)} with ${step.kind === 'drop-table' ? 'all its rows' : 'all its values'}`;
      report(
        stepReport(step, `This removes ${what}; nothing brings them back`, {
          evidence: more.length === 0 ? [] : group.map((each) => ({ message: `${placeOf(each)} goes.`, at: each.at })),
        }),
      );
    }
  },
};

/** Another column, with what was copied into it, takes its name. */
function isReplaced({ table, columns, at }: MigrationStep, file: FileFacts): boolean {
  return (file.migration?.steps ?? []).some(
    (other) =>
      other.kind === 'rename-column' &&
      other.table?.toLowerCase() === table?.toLowerCase() &&
      other.to?.toLowerCase() === columns[0]?.toLowerCase() &&
      other.at.line >= at.line,
  );
}

/**
 * A statement of the same migration has put its values elsewhere: `INSERT INTO images (url) SELECT image_url FROM products`; those
 * of a table into another one.
 */
function isCopied(step: MigrationStep, { migration }: FileFacts): boolean {
  const {
    kind,
    table,
    columns: [column],
  } = step;
  // Statements of one text stand at one place, in their order.
  const steps = migration?.steps ?? [];
  const name = table?.toLowerCase();
  const names = kind === 'drop-table' ? [name] : [column?.toLowerCase(), name];
  return steps
    .slice(0, Math.max(0, steps.indexOf(step)))
    .some(
      (other) =>
        other.kind === 'write' &&
        (kind === 'drop-column' || other.table?.toLowerCase() !== name) &&
        names.every((each) => each !== undefined && other.names?.includes(each) === true),
    );
}

/** Its name says that nobody uses it any more. */
function isGivenUp({ columns: [column = ''] }: MigrationStep): boolean {
  return /(?:^|_)(?:deprecated|obsolete|unused|legacy|old)(?:_|$)/iu.test(column);
}

/** Code that the migration runs before reads the value of row after row (`job.result`), to put it elsewhere. */
function isTakenByCode({ columns: [column], at }: MigrationStep, { migration, accesses }: FileFacts): boolean {
  const isRun = (migration?.steps ?? []).some(
    (other) => other.kind === 'write' && other.names === undefined && isBefore(other.at, at),
  );
  return (
    isRun &&
    accesses.some(({ path, loop }) => {
      const [, member = ''] = path.split('.');
      return loop !== null && (member === column || `${member}_id` === column);
    })
  );
}

function isMadeAgain({ table, at }: MigrationStep, file: FileFacts): boolean {
  const name = table?.toLowerCase() ?? null;
  return (file.migration?.steps ?? []).some(
    (other) =>
      (other.kind === 'create-table' || other.kind === 'create-view') &&
      other.table?.toLowerCase() === name &&
      other.at.line > at.line,
  );
}
