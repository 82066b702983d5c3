/** Schemas to compare: what the entities say, what the migrations build, either on disk or at a commit. */
import { createHash } from 'node:crypto';
import type { Comparable } from '../core/diff/diff.ts';
import { mayHoldMigration, replayMigrations } from '../core/migrations/typeorm/replay.ts';
import type { MigrationClass } from '../core/migrations/typeorm/replay.ts';
import { arrange } from '../core/migrations/typeorm/tool.ts';
import { readers } from '../core/readers/registry.ts';
import type { Dialect } from '../core/schema/model.ts';
import type { Problem } from '../core/schema/source.ts';
import { LineIndex } from '../core/syntax/lineIndex.ts';
import { createSyntax, languageOf } from '../core/syntax/syntax.ts';
import type { ParsedText, Syntax } from '../core/syntax/syntax.ts';
import { noCache } from '../core/workspace/fragmentCache.ts';
import { isConfiguration, mayMatter, sizeFactor } from '../core/workspace/relevance.ts';
import type { SchemaSource } from '../core/workspace/sources.ts';
import { createWorkspace } from '../core/workspace/workspace.ts';
import { readGrammar } from './disk/readGrammar.ts';
import { diskFileSystem } from './disk/fileSystem.ts';
import { readFiles } from './disk/readFiles.ts';
import { walk } from './disk/walk.ts';
import { filesAt } from './git.ts';

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

export interface SchemaSourceOptions {
  readonly directory: string;
  readonly wasmDirectory: string;
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
}

export interface EntitySchema {
  readonly schema: Comparable;
  readonly problems: readonly Problem[];
  readonly dialect: Dialect | null;
  /** Where the data sources of the project look for migrations. */
  readonly migrationGlobs: readonly string[];
}

export interface MigrationSchema {
  readonly schema: Comparable;
  readonly migrations: readonly MigrationClass[];
  readonly problems: readonly Problem[];
}

const syntaxes = new Map<string, Promise<Syntax>>();

/** One for all: a grammar is never unloaded, and the wasm module has room for few. */
function syntaxOf(wasmDirectory: string): Promise<Syntax> {
  let syntax = syntaxes.get(wasmDirectory);
  if (!syntax) {
    syntax = createSyntax((file) => readGrammar(wasmDirectory, file));
    syntaxes.set(wasmDirectory, syntax);
  }
  return syntax;
}

export async function diskFiles(options: SchemaSourceOptions): Promise<readonly SourceText[]> {
  const { files } = await walk(diskFileSystem, options.directory, { exclude: options.exclude });
  const read = { directory: options.directory, maxFileSizeKb: options.maxFileSizeKb, matters: () => true };
  const found: SourceText[] = [];
  for await (const { path, text } of readFiles(diskFileSystem, files.filter(mayMatter), read))
    if (text !== null) found.push({ path, text });
  return found;
}

export function commitFiles(options: SchemaSourceOptions, ref: string): Promise<readonly SourceText[]> {
  // Scripts may be larger than other files, here as on disk.
  return filesAt(options.directory, ref, mayMatter, options.maxFileSizeKb * 1024 * sizeFactor('.sql'));
}

/** Rejects with a sentence where several projects hold tables: one has to be chosen by its directory. `source` null = entities, else scripts. */
export async function entitySchema(
  files: readonly SourceText[],
  options: SchemaSourceOptions,
  source: SchemaSource | null = null,
): Promise<EntitySchema> {
  const workspace = createWorkspace({
    syntax: () => syntaxOf(options.wasmDirectory),
    readers,
    cache: noCache,
    source,
    hash: (text) => createHash('sha256').update(text).digest('base64url'),
  });
  const { projects } = await workspace.apply(files);
  workspace.dispose();
  const holding = projects.filter(({ schema }) => schema.tables.length > 0);
  if (holding.length > 1)
    throw new Error(
      `Several projects here hold tables: name the directory of one (${holding.map(({ root }) => root || '.').join(', ')}).`,
      { cause: 'projects' },
    );
  const project = holding[0] ?? projects[0];
  return {
    schema: project?.schema ?? { tables: [], enums: [] },
    problems: project?.schema.problems ?? [],
    dialect: project?.dialect ?? null,
    migrationGlobs:
      project?.schema.code.files.flatMap(({ dataSources }) => dataSources.flatMap(({ migrations }) => migrations)) ??
      [],
  };
}

/** What the scripts at a path state: a file of DDL, or a folder of migrations. Configuration of the project tells the engine where they do not. */
export async function scriptSchema(
  files: readonly SourceText[],
  path: string,
  options: SchemaSourceOptions,
): Promise<EntitySchema> {
  const isThere = (file: string): boolean => file === path || path === '' || file.startsWith(`${path}/`);
  return entitySchema(
    files.filter((file) => isThere(file.path) || isConfiguration(file.path)),
    options,
  );
}

/** The migrations of TypeORM, or those that readers replay (SQL, Alembic, Django) where there are none. */
export async function migrationSchema(
  files: readonly SourceText[],
  dialect: Dialect,
  options: SchemaSourceOptions,
): Promise<MigrationSchema> {
  const replay = await typeormMigrations(files, dialect, options);
  if (replay.migrations.length > 0) return replay;
  const { schema, problems } = await entitySchema(files, options, 'migrations');
  return {
    schema,
    migrations: [],
    problems: problems.filter(({ code }) => /^(?:sql-|stated-twice|migration-)/.test(code)),
  };
}

async function typeormMigrations(
  files: readonly SourceText[],
  dialect: Dialect,
  options: SchemaSourceOptions,
): Promise<MigrationSchema> {
  const found = files.filter(({ path, text }) => languageOf(path) !== null && mayHoldMigration(text));
  // Of migrations that are kept once per engine, those of the project's are run.
  const meant = arrange(
    found.map(({ path }) => ({ file: path })),
    dialect,
  ).flatMap((each) => each.files.map(({ file }) => file));
  const holding = found.filter(({ path }) => meant.includes(path));
  const syntax = await syntaxOf(options.wasmDirectory);
  const trees: ParsedText[] = [];
  const opened = [];
  for (const { path, text } of holding) {
    const language = languageOf(path);
    if (language === null) continue;
    await syntax.ensure([language]);
    const parsed = (): ParsedText => {
      const tree = syntax.parse(language, text);
      trees.push(tree);
      return tree;
    };
    opened.push({ path, text, language, lines: new LineIndex(path, text), parsed });
  }
  const replay = replayMigrations(opened, dialect);
  for (const tree of trees) tree.dispose();
  return replay;
}
