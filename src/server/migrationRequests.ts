/** What the editor asks of migrations: planned from the live analysis, open buffers and all, against what the project's migrations build or a commit. */
import { describeRename, findRenames } from '../core/diff/renames.ts';
import type { Comparable } from '../core/diff/diff.ts';
import { printers } from '../core/dialects/printers.ts';
import { engines } from '../core/dialects/registry.ts';
import { mayHoldMigration } from '../core/migrations/typeorm/migrationClasses.ts';
import type { Dialect } from '../core/schema/model.ts';
import type { Project } from '../core/workspace/snapshot.ts';
import type { MigrationParams, MigrationPreview, MigrationProof } from '../protocol/migration.ts';
import { fileUri } from './convert.ts';
import { commitOf } from './git.ts';
import { planFile } from './migration.ts';
import type { PlannedMigration } from './migration.ts';
import { digestOf, provePlan } from './migrationProof.ts';
import { absolutePath } from './paths.ts';
import { commitFiles, diskFiles, entitySchema, migrationSchema } from './schemaSources.ts';
import type { MigrationSchema, SchemaSourceOptions } from './schemaSources.ts';

/** A project and where it lies. */
export interface MigrationOrigin {
  readonly id: string;
  readonly project: Project;
  readonly folder: {
    /** Absolute. */
    readonly directory: string;
    /** Changes with everything that is read anew. */
    readonly analysis: object | null;
    text(path: string): Promise<string | null>;
  };
}

export interface MigrationSetting {
  readonly wasmDirectory: string;
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
  /** All projects of the workspace: files of one within another belong to the inner one. */
  readonly projects: readonly MigrationOrigin[];
}

/** Without a word on the engine, the types of most TypeORM projects are PostgreSQL's; the reader takes it so as well. */
export function migrationDialect({ project }: MigrationOrigin): Dialect {
  return project.dialect ?? 'postgresql';
}

/** Kept as long as the analysis they were read beside: a question of the user is answered without reading everything anew. */
const replays = new WeakMap<object, Map<string, Promise<unknown>>>();

function kept<T>(entry: MigrationOrigin, key: string, make: () => Promise<T>): Promise<T> {
  const owner = entry.folder.analysis ?? entry.folder;
  const known = replays.get(owner) ?? new Map<string, Promise<unknown>>();
  replays.set(owner, known);
  const found = known.get(key) as Promise<T> | undefined;
  if (found) return found;
  const made = make();
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}

function sourceOptions(entry: MigrationOrigin, setting: MigrationSetting): SchemaSourceOptions {
  const { root } = entry.project;
  const inner = setting.projects
    .filter((other) => other.folder === entry.folder && other !== entry)
    .flatMap(({ project }) => {
      const below =
        root === '' ? project.root : project.root.startsWith(`${root}/`) ? project.root.slice(root.length + 1) : '';
      return below === '' ? [] : [`/${below}/`];
    });
  return {
    directory: absolutePath(entry.folder.directory, root),
    wasmDirectory: setting.wasmDirectory,
    exclude: [...setting.exclude, ...inner],
    maxFileSizeKb: setting.maxFileSizeKb,
    project: '',
    orOnlyOther: true,
  };
}

function migrationsOf(entry: MigrationOrigin, setting: MigrationSetting): Promise<MigrationSchema> {
  return kept(entry, `migrations ${entry.id}`, async () => {
    const options = sourceOptions(entry, setting);
    const files = await diskFiles(options);
    const prefix = entry.project.root === '' ? '' : `${entry.project.root}/`;
    // What is open in the editor counts, saved or not.
    const current = await Promise.all(
      files.map(async (file) =>
        mayMigrate(file) ? { ...file, text: (await entry.folder.text(prefix + file.path)) ?? file.text } : file,
      ),
    );
    return migrationSchema(current, migrationDialect(entry), options);
  });
}

async function entitiesAt(entry: MigrationOrigin, setting: MigrationSetting, ref: string): Promise<Comparable> {
  const options = sourceOptions(entry, setting);
  const commit = await commitOf(options.directory, ref);
  return kept(entry, `commit ${commit} ${entry.id}`, async () => {
    const { schema } = await entitySchema(await commitFiles(options, commit), options);
    return schema;
  });
}

/** Migrations of any tool: what they are open with in an editor counts. */
function mayMigrate({ path, text }: { readonly path: string; readonly text: string }): boolean {
  return /migrat|\.(?:sql|ddl|pgsql|psql)$/iu.test(path) || mayHoldMigration(text);
}

/** The schema of a commit (`git:<ref>`), or what the migrations build. A text = why there is none, in words for the user. */
export async function schemaSince(
  entry: MigrationOrigin,
  since: string,
  setting: MigrationSetting,
): Promise<Comparable | string> {
  const ref = /^git:(.+)$/s.exec(since)?.[1];
  if (ref === undefined && since !== 'migrations')
    return `"${since}" is nothing to compare with: it is migrations or git:<ref>.`;
  try {
    return ref === undefined ? (await migrationsOf(entry, setting)).schema : await entitiesAt(entry, setting, ref);
  } catch (error) {
    // Rejections that are made for the user state a cause; anything else is a defect of ours.
    if (error instanceof Error && error.cause !== undefined) return error.message;
    throw error;
  }
}

export interface Planned {
  readonly planned: PlannedMigration;
  readonly notes: readonly string[];
  readonly directory: string;
}

/** A text = why there is no plan, in words for the user. */
export async function planOf(
  entry: MigrationOrigin,
  params: Omit<MigrationParams, 'project'>,
  setting: MigrationSetting,
): Promise<Planned | string> {
  const dialect = migrationDialect(entry);
  if (!printers[dialect])
    return `Migrations are written for PostgreSQL, MySQL, MariaDB and SQLite; this project is on ${engines[dialect].label}.`;
  const ref = /^git:(.+)$/s.exec(params.from)?.[1];
  if (ref === undefined && params.from !== 'migrations')
    return `"${params.from}" is nothing to compare with: it is migrations or git:<ref>.`;
  try {
    const migrations = await migrationsOf(entry, setting);
    const from = ref === undefined ? migrations.schema : await entitiesAt(entry, setting, ref);
    const planned = planFile({
      ...params,
      directory: absolutePath(entry.folder.directory, entry.project.root),
      dialect,
      from,
      to: entry.project.schema,
      existing: migrations.migrations,
      globs: entry.project.schema.code.files
        .flatMap(({ dataSources }) => dataSources)
        .flatMap((source) => source.migrations),
      now: Date.now(),
    });
    if (!planned) return `No migration can be written for ${engines[dialect].label}.`;
    const notes =
      ref === undefined
        ? migrations.problems.map(({ message, at }) => `${at === null ? '' : `${at.file}:${at.line}: `}${message}`)
        : [];
    return { planned, notes, directory: absolutePath(entry.folder.directory, entry.project.root) };
  } catch (error) {
    // Rejections that are made for the user state a cause; anything else is a defect of ours.
    if (error instanceof Error && error.cause !== undefined) return error.message;
    throw error;
  }
}

export async function previewMigration(
  entry: MigrationOrigin,
  params: MigrationParams,
  setting: MigrationSetting,
): Promise<MigrationPreview> {
  const answer = await planOf(entry, params, setting);
  if (typeof answer === 'string') return { state: 'impossible', reason: answer };
  const { planned, notes, directory } = answer;
  const { plan, name, path, text } = planned;
  if (plan.changes.length === 0) return { state: 'nothing', notes };
  return {
    state: 'planned',
    dialect: plan.dialect,
    name,
    words: plan.words,
    questions: findRenames(plan.changes, params.refused).map(({ rename, reason }) => ({
      rename,
      label: describeRename(rename),
      reason,
    })),
    needed: plan.needed,
    losses: plan.losses,
    warnings: plan.warnings.map(({ message }) => message).filter((message) => !plan.losses.includes(message)),
    notes,
    transactional: plan.transactional,
    uri: fileUri(directory, path),
    text,
    digest: digestOf(plan),
  };
}

export async function proveMigration(
  entry: MigrationOrigin,
  params: MigrationParams,
  setting: MigrationSetting,
  signal: AbortSignal,
): Promise<MigrationProof> {
  const answer = await planOf(entry, params, setting);
  if (typeof answer === 'string') return { outcome: 'not-run', words: answer, digest: null };
  return provePlan(answer.planned.plan, { signal });
}
