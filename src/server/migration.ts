/** One migration of one project: planned, named, put beside the others, and written as they are. Command line, editor and tools alike. */
import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import type { Comparable, Rename } from '../core/diff/diff.ts';
import { planMigration } from '../core/migrations/shared/plan.ts';
import type { MigrationPlan } from '../core/migrations/shared/plan.ts';
import { suggestName } from '../core/migrations/shared/suggestName.ts';
import { emitMigration, migrationClassName } from '../core/migrations/typeorm/emit.ts';
import type { MigrationSource } from '../core/migrations/typeorm/emit.ts';
import type { MigrationClass } from '../core/migrations/typeorm/migrationClasses.ts';
import { defaultStyle, migrationFileName, styleOf } from '../core/migrations/typeorm/style.ts';
import type { Dialect } from '../core/schema/model.ts';

export interface MigrationRequest {
  /** Absolute folder of the project. */
  readonly directory: string;
  readonly dialect: Dialect;
  readonly from: Comparable;
  readonly to: Comparable;
  /** Those the project has, in their order. Paths are relative to `directory`. */
  readonly existing: readonly MigrationClass[];
  /** Globs of migrations that the project's data source states. */
  readonly globs: readonly string[];
  /** Null = a name from the changes. */
  readonly name: string | null;
  readonly format: 'typeorm' | 'sql';
  readonly renames: readonly Rename[];
  readonly fills: Readonly<Record<string, string>>;
  readonly concurrently?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface PlannedMigration {
  readonly plan: MigrationPlan;
  readonly name: string;
  /** Relative to the project's folder, `/`-separated. No file of that name is there. */
  readonly path: string;
  readonly text: string;
}

export const migrationNamePattern = /^[A-Z][A-Za-z0-9]*$/;

/** Null where no migration can be written for the engine. */
export function planFile(request: MigrationRequest): PlannedMigration | null {
  const { directory, existing, format } = request;
  const plan = planMigration(request);
  if (!plan) return null;
  const name = request.name ?? suggestName(plan.changes);
  const last = existing.at(-1);
  const folder = last ? posix.dirname(last.file.path) : newFolder(directory, request.globs);
  const style = last ? styleOf(last.file) : defaultStyle;
  // TypeORM runs them by their times: a new one comes after those that are there, whatever the clock says.
  let timestamp = Math.max(request.now, (last?.timestamp ?? 0) + 1);
  const pathOf = (source: { readonly name: string; readonly timestamp: number }): string => {
    const file = migrationFileName(source, last ? posix.basename(last.file.path) : null);
    return posix.join(folder, format === 'sql' ? file.replace(/(?:\.migration)?\.[cm]?[jt]s$/, '.sql') : file);
  };
  while (existsSync(`${directory}/${pathOf({ name, timestamp })}`)) timestamp++;
  const source: MigrationSource = { name, timestamp, dialect: plan.dialect, up: plan.up, down: plan.down };
  return {
    plan,
    name,
    path: pathOf(source),
    text: format === 'sql' ? plainSql(plan, source) : emitMigration(source, style),
  };
}

/** Both ways in one file: what undoes it stands below, commented out, for who needs it. */
function plainSql(plan: MigrationPlan, source: MigrationSource): string {
  // What takes several lines stands apart.
  const script = (statements: MigrationPlan['up']) =>
    statements
      .map(
        ({ sql }, place) =>
          `${place > 0 && (sql + (statements[place - 1]?.sql ?? '')).includes('\n') ? '\n' : ''}${sql};\n`,
      )
      .join('');
  const undo = script(plan.down)
    .split('\n')
    .map((line) => (line === '' ? '' : `-- ${line}`))
    .join('\n');
  return `-- ${migrationClassName(source)}: up\n\n${script(plan.up)}\n-- down\n\n${undo}`;
}

/** Where the data source looks for migrations, else where projects commonly keep them. */
function newFolder(directory: string, globs: readonly string[]): string {
  for (const glob of globs) {
    const plain = /^(?:\.\/|\/)?((?:[\w@.-]+\/)+)[^/]*\*[^/]*$/.exec(glob.replaceAll('\\', '/'))?.[1];
    if (plain === undefined) continue;
    // Compiled output is not where sources are written.
    const folder = posix.normalize(plain).replace(/^(?:dist|build|out|lib)\//, 'src/');
    for (const candidate of [folder, posix.join('src', folder)])
      if (existsSync(`${directory}/${candidate}`)) return candidate;
  }
  for (const folder of [
    'src/migrations',
    'src/database/migrations',
    'src/db/migrations',
    'db/migrations',
    'migrations',
  ])
    if (existsSync(`${directory}/${folder}`)) return folder;
  return existsSync(`${directory}/src`) ? 'src/migrations' : 'migrations';
}
