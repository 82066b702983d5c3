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

export const rewritingMigration: FileRule = {
  id: 'rewriting-migration',
  code: 'MIG004',
  severity: 'warning',
  aboutMigrations: true,
  on: 'file',
  docs: {
    what: 'Reports a migration that changes the type of a column, or adds one whose default differs from row to row.',
    why: 'The database writes every row anew and lets nobody else at the table until it is done; indexes on the column are built again.',
    fix: 'Add a new column, fill it in batches, and change over. Making a text longer, or `varchar` to `text`, is free on PostgreSQL.',
    bad: [
      example('Every row is written anew.', ['ALTER TABLE "events" ALTER COLUMN "id" TYPE bigint']),
      example('Each row gets a value of its own.', ['ALTER TABLE "events" ADD "key" uuid DEFAULT gen_random_uuid()']),
    ],
    good: [
      example('PostgreSQL changes only the catalogue.', ['ALTER TABLE "events" ALTER COLUMN "title" TYPE text']),
      example('One value for all rows is kept in the catalogue.', [
        'ALTER TABLE "events" ADD "seen" boolean NOT NULL DEFAULT false',
      ]),
    ],
    references: [
      {
        title: 'PostgreSQL: ALTER TABLE',
        url: 'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
      },
      {
        title: 'strong_migrations: changing the type of a column',
        url: 'https://github.com/ankane/strong_migrations#changing-the-type-of-a-column',
      },
    ],
  },
  check(file, context, report) {
    const dialect = dialectOf(file, context);
    /** Types of the columns that the same migration adds: `alter()` of Knex states the type again, whatever it changes. */
    const added = new Map<string, string | null>();
    const changed: MigrationStep[] = [];
    if (dialect !== 'sqlite' && isOfAnotherEngine(file)) return;
    for (const step of stepsInUse(file, context, ['change-type', 'add-column'])) {
      if (step.kind === 'add-column') added.set(placeOf(step), step.to);
      if (step.kind === 'change-type') {
        if (step.to !== null && added.get(placeOf(step)) === step.to) continue;
        if (step.online || (dialect === 'postgresql' && isFree(step.to) && isOfOneKind(step)) || dialect === 'sqlite')
          continue;
        // Where the old length is not known, it nearly always only becomes longer, which is free.
        if (dialect === 'postgresql' && isResized(step.to) && isOfOneKind(step)) continue;
        // MySQL's MODIFY states the type whatever it changes: a length, a default, that it may be NULL. Whole numbers mostly become larger.
        if (step.from === undefined && (dialect === 'mysql' || dialect === 'mariadb') && !isWhole(step.to)) continue;
        // A longer text is written anew by MySQL alone, which nobody knows it to be.
        if (dialect === null && isLengthened(step)) continue;
        changed.push(step);
      } else if (step.default !== null && isVolatile(step.default) && dialect !== 'sqlite')
        report(
          stepReport(
            step,
            `${placeOf(step)} has a default that differs from row to row (${step.default}): the whole table is written anew`,
          ),
        );
    }
    // Free on PostgreSQL, and nobody knows whether it is that.
    const isMaybe = ({ to }: MigrationStep): boolean => dialect === null && (isFree(to) || isResized(to));
    // One statement writes the table anew once, whatever columns it changes; of many statements one tells all.
    const isMany = ({ table }: MigrationStep): boolean =>
      changed.filter((each) => each.table?.toLowerCase() === table?.toLowerCase()).length > severalChanges;
    const isTogether = (a: MigrationStep, b: MigrationStep): boolean =>
      isMaybe(a) === isMaybe(b) && ((a.at.line === b.at.line && a.at.column === b.at.column) || isMany(a));
    for (const group of byTable(changed, 'change-type', isTogether)) {
      const [step, ...more] = group;
      const maybe = isMaybe(step);
      const toOf = ({ to }: MigrationStep): string => to ?? 'another';
      const change =
        more.length === 0
          ? `The type of ${placeOf(step)} is changed to ${toOf(step)}`
          : `The types of ${step.table ?? 'a table'} are changed (${group.map((each) => `${each.columns[0] ?? ''} to ${toOf(each)}`).join(', ')})`;
      report(
        stepReport(
          step,
          `${change}: ${maybe ? 'unless this is PostgreSQL, ' : ''}the whole table is written anew while nobody else can use it`,
          {
            ...(maybe ? { severity: 'info' as const } : {}),
            evidence:
              more.length === 0
                ? []
                : group.map((each) => ({ message: `${placeOf(each)} becomes ${toOf(each)}.`, at: each.at })),
          },
        ),
      );
    }
  },
};

/** So many changes of a table's types in one migration are told one by one. */
const severalChanges = 3;

/**
 * EF Core's provider for SQLite alone writes its types in capitals: a migration that leads from them to those of another engine says that
 * the program has changed its engine, and no table of this one has them.
 */
function isOfAnotherEngine({ file, migration }: FileFacts): boolean {
  return (
    file.endsWith('.cs') &&
    (migration?.steps ?? []).some(({ kind, from }) => kind === 'change-type' && (from === 'INTEGER' || from === 'TEXT'))
  );
}

/** Binary compatible: PostgreSQL changes only the catalogue, whatever the type was before among texts. */
function isFree(type: string | null): boolean {
  return type !== null && /^(?:text|character varying|varchar|citext)$/iu.test(type);
}

function isResized(type: string | null): boolean {
  return /^(?:character varying|varchar|numeric|decimal)\b/u.test(type ?? '');
}

function isWhole(type: string | null): boolean {
  return /^(?:big)?int(?:eger)?\b/iu.test(type ?? '');
}

function isLengthened({ from, to }: MigrationStep): boolean {
  const lengthOf = (type: string | null | undefined): number =>
    Number(/^(?:character varying|varchar)\((\d+)\)$/iu.exec(type ?? '')?.[1] ?? Number.NaN);
  return lengthOf(from) <= lengthOf(to);
}

/** A text stays a text, a number with decimals one of those; taken for granted where nothing says what it was. */
function isOfOneKind({ from, to }: MigrationStep): boolean {
  const isText = (type: string | null): boolean => /^(?:text|citext|(?:var)?char|character)\b/iu.test(type ?? '');
  return from === undefined || (isText(from) === isText(to) && (isText(from) || /^(?:numeric|decimal)\b/iu.test(from)));
}

/** Functions that give another value with each call; `now()` is the same for the whole statement. */
function isVolatile(expression: string): boolean {
  return /\b(?:gen_random_uuid|uuid_generate_v[14]\w*|uuidv[47]|random|clock_timestamp|nextval|newid|newsequentialid|uuid|rand)\s*\(/iu.test(
    expression,
  );
}
