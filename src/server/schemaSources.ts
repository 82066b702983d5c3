/** Schemas to compare: what the entities say, what the migrations build, either on disk or at a commit. */
import { createHash } from 'node:crypto';
import type { Comparable } from '../core/diff/diff.ts';
import { mayHoldMigration, migrationClasses } from '../core/migrations/typeorm/migrationClasses.ts';
import type { MigrationClass, MigrationClasses } from '../core/migrations/typeorm/migrationClasses.ts';
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
  /** Root, relative to the directory, of the project that is meant. Absent = the only one that holds tables. */
  readonly project?: string | undefined;
  /** Where that one states nothing, the only other one that does counts: scripts often lie in a folder with a manifest of its own. */
  readonly orOnlyOther?: true;
}

export interface EntitySchema {
  readonly schema: Comparable;
  readonly problems: readonly Problem[];
  readonly dialect: Dialect | null;
  /** Where the data sources of the project look for migrations. */
  readonly migrationGlobs: readonly string[];
  /** Of the project, as far as readers look at them. */
  readonly files: readonly string[];
  /** Roots of all projects that hold tables. */
  readonly roots: readonly string[];
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

/** Rejects with a sentence (its cause is `projects`) where several projects hold tables and none is chosen. `source` null = entities, else scripts. */
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
  const roots = holding.map(({ root }) => root);
  if (options.project === undefined && holding.length > 1)
    throw new Error(`Several projects here hold tables: ${namesOf(roots)}.`, { cause: 'projects' });
  const project =
    options.project === undefined ? (holding[0] ?? projects[0]) : projects.find(({ root }) => root === options.project);
  const { tables = [], enums = [], problems = [], code } = project?.schema ?? {};
  return {
    schema: { tables, enums },
    problems,
    dialect: project?.dialect ?? null,
    migrationGlobs: code?.files.flatMap(({ dataSources }) => dataSources.flatMap(({ migrations }) => migrations)) ?? [],
    files: code?.files.map(({ file }) => file) ?? [],
    roots,
  };
}

/** Roots of projects in words. */
export function namesOf(roots: readonly string[]): string {
  return roots.map((root) => (root === '' ? '.' : root)).join(', ');
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

/** What the migrations of a project build, whatever tool they are written for, and the classes among them that TypeORM runs. */
export async function migrationSchema(
  files: readonly SourceText[],
  dialect: Dialect,
  options: SchemaSourceOptions,
): Promise<MigrationSchema> {
  const { schema, problems, files: own, roots } = await entitySchema(files, options, 'migrations');
  const classes = await typeormMigrations(
    files.filter(({ path }) => own.includes(path)),
    dialect,
    options,
  );
  const isEmpty = schema.tables.length === 0 && classes.migrations.length === 0;
  return {
    schema,
    migrations: classes.migrations,
    problems: [
      ...(isEmpty ? [noMigrations(options.project ?? '', roots)] : []),
      ...classes.problems,
      ...problems.filter(({ code }) => /^(?:sql-|stated-twice|migration-)/.test(code)),
    ],
  };
}

function noMigrations(project: string, roots: readonly string[]): Problem {
  const where = project === '' ? '' : ` in ${project}`;
  const others = roots.length === 0 ? '' : `; there are some in ${namesOf(roots)}`;
  return {
    code: 'migration-missing',
    message: `No migrations were found${where}${others}. So all tables count as new.`,
    severity: 'information',
    at: null,
  };
}

async function typeormMigrations(
  files: readonly SourceText[],
  dialect: Dialect,
  options: SchemaSourceOptions,
): Promise<MigrationClasses> {
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
  const classes = migrationClasses(opened);
  for (const tree of trees) tree.dispose();
  return classes;
}
