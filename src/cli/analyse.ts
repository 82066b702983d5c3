import { createEngine } from '../server/engine.ts';
import type { Analysis, Engine } from '../server/engine.ts';
import { schemaSources } from '../core/workspace/sources.ts';
import type { SchemaSource } from '../core/workspace/sources.ts';
import type { Invocation } from './command.ts';
import { cacheDirectory, wasmDirectory } from './installation.ts';
import { UsageError } from './usageError.ts';

const defaultMaxFileSizeKb = 1024;

/** Options of every command that reads a workspace. */
export const analysisOptions = {
  exclude: { type: 'string', multiple: true },
  'no-cache': { type: 'boolean' },
  'max-file-size': { type: 'string' },
  source: { type: 'string' },
} as const;

export const analysisOptionHelp = [
  { usage: '--exclude <glob>', text: 'leave these files alone (gitignore syntax; may be repeated)' },
  { usage: '--max-file-size <KB>', text: `leave larger files alone (default ${defaultMaxFileSizeKb})` },
  {
    usage: '--source <entities|migrations|ddl>',
    text: 'where the schema comes from (default: entities, else DDL, else SQL migrations)',
  },
  { usage: '--no-cache', text: 'read every file anew and keep nothing on disk' },
] as const;

/** Analyses the directory of the invocation, hands the result to `use`, and closes everything again. */
export async function withAnalysis<T>(
  invocation: Invocation,
  use: (analysis: Analysis, engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine(invocation);
  try {
    const analysis = await orUsage(() => engine.analyze());
    invocation.terminal.progress(null);
    return await use(analysis, engine);
  } finally {
    engine.dispose();
  }
}

/** The engine of the invocation's directory; nothing is read yet. Whoever asks for it disposes of it. */
export async function openEngine({ positionals, values, terminal }: Invocation): Promise<Engine> {
  if (positionals.length > 1) throw new UsageError(`One directory at a time: what is "${positionals[1] ?? ''}"?`);
  const exclude = Array.isArray(values.exclude) ? values.exclude.filter((glob) => typeof glob === 'string') : [];
  return orUsage(() =>
    createEngine({
      directory: positionals[0] ?? '.',
      wasmDirectory: wasmDirectory(),
      cacheDirectory: values['no-cache'] === true ? null : cacheDirectory(),
      exclude,
      maxFileSizeKb: sizeOf(values['max-file-size']),
      rules: {},
      source: sourceOf(values.source),
      onProgress: (done, total) => {
        if (done % 50 === 0) terminal.progress(`Reading ${done} of ${total} files…`);
      },
      onLog: (line) => terminal.note(`data-engineer: ${line}`),
    }),
  );
}

/** The engine rejects only where there is nothing to read, and says so in a sentence. */
async function orUsage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && error.cause !== undefined) throw new UsageError(error.message);
    throw error;
  }
}

function sourceOf(value: Invocation['values'][string]): SchemaSource | null {
  if (value === undefined) return null;
  if (value === 'database')
    throw new UsageError(
      '--source database is not available: this version reads sources and connects to no database. Dump its schema (pg_dump --schema-only, mysqldump --no-data, .schema) and read the file.',
    );
  const found = schemaSources.find((each) => each === value);
  if (found === undefined)
    throw new UsageError(`--source is ${schemaSources.join(', ')} or database, not "${value.toString()}".`);
  return found;
}

function sizeOf(value: Invocation['values'][string]): number {
  if (value === undefined) return defaultMaxFileSizeKb;
  const size = Number(value);
  if (Number.isInteger(size) && size > 0) return size;
  throw new UsageError(`--max-file-size takes a whole number of kilobytes, not "${value.toString()}".`);
}

/** The value of `--format`, or of another option with a closed list of values. */
export function choice<T extends string>({ values }: Invocation, option: string, allowed: readonly [T, ...T[]]): T {
  const given = values[option];
  const value = typeof given === 'string' ? given : allowed[0];
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`--${option} takes ${allowed.join(', ')}, not "${value}".`);
  return found;
}

/** One line on standard error where nothing was found, so that an empty result is not a riddle. */
export function noteIfEmpty({ snapshot }: Analysis, { positionals, values, terminal }: Invocation): void {
  if (snapshot.projects.some(({ schema }) => schema.tables.length > 0)) return;
  terminal.note(
    values.source === undefined
      ? `data-engineer: no entities were found in ${positionals[0] ?? 'this folder'}, and neither DDL nor SQL migrations.`
      : `data-engineer: ${positionals[0] ?? 'this folder'} has no schema of the source ${values.source.toString()}.`,
  );
}
