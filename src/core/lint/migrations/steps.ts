/** What rules on migrations share: the steps that touch tables which are there already, and examples. */
import type { FileFacts, MigrationStep, MigrationStepKind } from '../../schema/code.ts';
import type { Dialect } from '../../schema/model.ts';
import type { CodeContext, Report, RuleExample } from '../rule.ts';

/** Steps of the kinds on tables that the same migration has not just made: those are empty, and nobody waits for them. */
export function stepsInUse(
  file: FileFacts,
  context: CodeContext,
  kinds: readonly MigrationStepKind[],
): readonly MigrationStep[] {
  const steps = file.migration?.steps ?? [];
  if (steps.length === 0 || !context.isRecent(file.file) || isForTests(file) || startsAfresh(steps)) return [];
  const made = new Set<string>();
  const found: MigrationStep[] = [];
  const isRebuilt = rebuiltTables(steps);
  for (const step of steps) {
    const table = step.table?.toLowerCase() ?? null;
    if (step.kind === 'create-table' && table !== null) made.add(table);
    else if (step.kind === 'rename-table' && table !== null && made.has(table)) made.add(step.to?.toLowerCase() ?? '');
    else if (
      kinds.includes(step.kind) &&
      (table === null || !(made.has(table) || isRebuilt.has(table) || context.isMadeBeside(file.file, table)))
    )
      found.push(step);
  }
  return found;
}

/** Flyway and Liquibase take the scripts of an engine from a folder that is named for it. */
const engineFolders: readonly (readonly [RegExp, Dialect])[] = [
  [/(?:^|\/)(?:postgres(?:ql)?|pg(?:sql)?)\//iu, 'postgresql'],
  [/(?:^|\/)mysql\//iu, 'mysql'],
  [/(?:^|\/)mariadb\//iu, 'mariadb'],
  [/(?:^|\/)oracle\//iu, 'oracle'],
  [/(?:^|\/)(?:sqlserver|mssql)\//iu, 'mssql'],
  [/(?:^|\/)sqlite3?\//iu, 'sqlite'],
];

/** The engine that the migration is written for: that of its folder, else that of the project. */
export function dialectOf({ file }: FileFacts, { dialect }: CodeContext): Dialect | null {
  return engineFolders.find(([folder]) => folder.test(file))?.[1] ?? dialect;
}

/** Databases in memory hold nothing that a migration could lose, and nobody waits for them. */
function isForTests({ file }: FileFacts): boolean {
  return /(?:^|\/)(?:h2|hsqldb|derby)\//iu.test(file);
}

/** Fewer tables that are dropped and made again may be a migration that loses their rows. */
const fewestOfDump = 3;

/** A dump, or a script for samples: it drops what it makes right after, for a database of its own. */
function startsAfresh(steps: readonly MigrationStep[]): boolean {
  const namesOf = (wanted: MigrationStepKind): ReadonlySet<string> =>
    new Set(steps.flatMap(({ kind, table }) => (kind === wanted && table !== null ? [table.toLowerCase()] : [])));
  const dropped = namesOf('drop-table');
  const created = namesOf('create-table');
  return dropped.size >= fewestOfDump && [...dropped].every((table) => created.has(table));
}

/** SQLite cannot alter most things, so a table is made anew, filled, and given the name of the old one. */
function rebuiltTables(steps: readonly MigrationStep[]): ReadonlySet<string> {
  const lower = (name: string | null): string => name?.toLowerCase() ?? '';
  const created = new Set(steps.filter(({ kind }) => kind === 'create-table').map(({ table }) => lower(table)));
  const renamed = steps.filter(({ kind }) => kind === 'rename-table');
  return new Set(
    renamed.flatMap(({ table, to }) =>
      created.has(lower(table)) || created.has(lower(to)) ? [lower(to), lower(table)] : [],
    ),
  );
}

/** `orders.status`, `orders(status, placed_at)`, `orders`. */
export function placeOf({ table, columns }: MigrationStep): string {
  const name = table ?? 'a table';
  const [first, ...more] = columns;
  if (first === undefined) return name;
  return more.length === 0 ? `${name}.${first}` : `${name}(${columns.join(', ')})`;
}

/** Steps on columns of one table are one thing to mend: groups of them, each step of another kind on its own. */
export function byTable(
  steps: readonly MigrationStep[],
  kind: MigrationStepKind,
  isTogether: (a: MigrationStep, b: MigrationStep) => boolean = () => true,
): readonly (readonly [MigrationStep, ...MigrationStep[]])[] {
  const groups: [MigrationStep, ...MigrationStep[]][] = [];
  for (const step of steps) {
    const group = groups.find(
      ([first]) =>
        step.kind === kind &&
        first.kind === kind &&
        step.table !== null &&
        first.table?.toLowerCase() === step.table.toLowerCase() &&
        isTogether(first, step),
    );
    if (group) group.push(step);
    else groups.push([step]);
  }
  return groups;
}

export function stepReport(step: MigrationStep, message: string, given: Partial<Report> = {}): Report {
  return { message, at: step.at, table: step.table, evidence: [], fixes: [], ...given };
}

/** A migration of TypeORM that runs the statements. */
export function migrationExample(
  note: string,
  statements: readonly string[],
  given: { readonly dialect?: Dialect; readonly head?: string; readonly down?: string } = {},
): RuleExample {
  const calls = statements.map((sql) => `    await queryRunner.query(\`${sql}\`);\n`).join('');
  return {
    files: {
      'src/data-source.ts': `import { DataSource } from 'typeorm';

export default new DataSource({ type: '${given.dialect === 'mysql' ? 'mysql' : 'postgres'}', migrations: ['src/migrations/*.ts'] });
`,
      'src/migrations/1712345678901-change.ts': `import { MigrationInterface, QueryRunner } from 'typeorm';

export class Change1712345678901 implements MigrationInterface {
${given.head ?? ''}  async up(queryRunner: QueryRunner): Promise<void> {
${calls}  }

  async down(queryRunner: QueryRunner): Promise<void> {
${given.down ?? '    await queryRunner.query(`SELECT 1`);\n'}  }
}
`,
    },
    dialect: given.dialect ?? 'postgresql',
    note,
  };
}
