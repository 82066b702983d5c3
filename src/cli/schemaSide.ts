/** What `diff` and `migrate` compare: `entities`, `migrations`, `ddl`, `git:<ref>` (the entities of a commit), or the scripts at a path. */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Comparable } from '../core/diff/diff.ts';
import type { MigrationClass } from '../core/migrations/typeorm/migrationClasses.ts';
import type { Dialect } from '../core/schema/model.ts';
import type { Problem } from '../core/schema/source.ts';
import {
  commitFiles,
  diskFiles,
  entitySchema,
  migrationSchema,
  namesOf,
  scriptSchema,
} from '../server/schemaSources.ts';
import type { EntitySchema, SchemaSourceOptions, SourceText } from '../server/schemaSources.ts';
import { rootNamed } from './chooseProject.ts';
import type { Invocation } from './command.ts';
import { wasmDirectory } from './installation.ts';
import { UsageError } from './usageError.ts';

export interface Sides {
  readonly dialect: Dialect;
  /** Absolute. */
  readonly directory: string;
  /** Of the project that is chosen, relative to the directory; '' = the directory. */
  readonly root: string;
  /** Files of the directory as they are on disk. */
  readonly files: readonly SourceText[];
  /** Where the data sources of the project look for migrations. */
  readonly migrationGlobs: readonly string[];
  side(name: string): Promise<Side>;
}

export interface Side {
  readonly schema: Comparable;
  readonly problems: readonly Problem[];
  readonly migrations: readonly MigrationClass[];
}

/** @param project root of the project that is meant; absent = what `--project` says, else the only one with tables */
export async function openSides(
  directory: string,
  { values }: Invocation,
  project: string | undefined = typeof values.project === 'string' ? rootNamed(values.project) : undefined,
): Promise<Sides> {
  const exclude = Array.isArray(values.exclude) ? values.exclude.filter((glob) => typeof glob === 'string') : [];
  const options: SchemaSourceOptions = {
    directory: resolve(directory),
    wasmDirectory: wasmDirectory(),
    exclude,
    maxFileSizeKb: 1024,
    ...(project === undefined ? {} : { project }),
  };
  const files = await orUsage(() => diskFiles(options));
  const entities = await orUsage(() => entitySchema(files, options));
  // Without a word on the engine, the types of most TypeORM projects are PostgreSQL's; the reader takes it so as well.
  const dialect = entities.dialect ?? 'postgresql';
  if (project !== undefined && !entities.roots.includes(project) && entities.files.length === 0)
    throw new UsageError(
      `There is no project "${namesOf([project])}" with tables; there is ${namesOf(entities.roots) || 'none'}.`,
    );
  const plain = ({ schema }: EntitySchema): Side => ({ schema, problems: [], migrations: [] });
  return {
    dialect,
    directory: options.directory,
    root: project ?? '',
    files,
    migrationGlobs: entities.migrationGlobs,
    side: (name) =>
      orUsage(async () => {
        if (name === 'entities') return plain(entities);
        if (name === 'migrations') return migrationSchema(files, dialect, options);
        if (name === 'ddl')
          return scripts(await entitySchema(files, options, 'ddl'), 'This directory states no schema in DDL.');
        const ref = /^git:(.+)$/s.exec(name)?.[1];
        if (ref === undefined) {
          const path = pathOf(name, options.directory);
          if (path === null)
            throw new UsageError(
              `"${name}" is nothing to compare: it is entities, migrations, ddl, git:<ref>, or a file or folder of SQL in ${directory}.`,
            );
          // A path says which scripts are meant, wherever they lie.
          return scripts(
            await scriptSchema(files, path, { ...options, project: undefined }),
            `${name} states no schema.`,
          );
        }
        return plain(await entitySchema(await commitFiles(options, ref), options));
      }),
  };
}

/** Scripts of which nothing could be read would look as if everything were to be dropped. */
function scripts({ schema, problems }: EntitySchema, otherwise: string): Side {
  if (schema.tables.length === 0) throw new UsageError(otherwise);
  return {
    schema,
    problems: problems.filter(({ code }) => /^(?:sql-|other-engine|stated-twice)/.test(code)),
    migrations: [],
  };
}

/** Of a file or folder that is there, within the directory or given from where the command runs; relative to the directory. */
function pathOf(name: string, directory: string): string | null {
  for (const absolute of [resolve(directory, name), resolve(name)]) {
    const path = relative(directory, absolute).replaceAll('\\', '/');
    if (existsSync(absolute) && !path.startsWith('..')) return path;
  }
  return null;
}

async function orUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof Error && error.cause === 'projects')
      throw new UsageError(`${error.message} Choose one with --project.`);
    if (error instanceof Error && (error.cause !== undefined || 'code' in error)) throw new UsageError(error.message);
    throw error;
  }
}

/** One line per place where a migration could not be followed. */
export function noteProblems(side: Side, { terminal }: Invocation): void {
  for (const { message, at } of side.problems)
    terminal.note(`data-engineer: ${at === null ? '' : `${at.file}:${at.line}: `}${message}`);
}
