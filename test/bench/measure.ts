/**
 * One measurement in a process of its own, so that each starts as cold as the others: `measure <mode> <setup.json>`. Bundled as
 * what is shipped. Modules are loaded before the clock starts. Prints what it measured as JSON.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readers } from '../../src/core/readers/registry.ts';
import { createSyntax, languageOf } from '../../src/core/syntax/syntax.ts';
import type { ParsedText } from '../../src/core/syntax/syntax.ts';
import { sourceFile } from '../../src/core/workspace/fileState.ts';
import { createEngine } from '../../src/server/engine.ts';

export interface Setup {
  readonly directory: string;
  readonly wasmDirectory: string;
  /** Null = no cache. */
  readonly cacheDirectory: string | null;
  /** Files that a cold analysis parses, relative to the directory. */
  readonly parsed: readonly string[];
  /** Undefined = as many as the engine takes by itself. */
  readonly threads?: number;
}

/** `bare`: parse and nothing else. `read`: parse and read. `analyse`: everything, from the empty process to the findings. */
export type Mode = 'bare' | 'read' | 'analyse';

/** Milliseconds. CPU is that of all threads of the process, the compiler's and the collector's among them. */
export interface Measurement {
  readonly wall: number;
  readonly cpu: number;
  /** After the result is there: writing the cache. */
  readonly afterCpu: number;
  readonly tables: number;
  readonly findings: number;
  /** Peak resident memory, in MB. */
  readonly memory: number;
}

function clock(): () => { readonly wall: number; readonly cpu: number } {
  const start = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return { wall: performance.now() - start, cpu: (user + system) / 1000 };
  };
}

const nothing = { afterCpu: 0, tables: 0, findings: 0 };

/** With the grammars loaded while the clock runs, as a cold start has to. The texts are there before. */
async function parse(
  { directory, wasmDirectory, parsed }: Setup,
  isRead: boolean,
): Promise<Omit<Measurement, 'memory'>> {
  const texts = parsed.map((path) => ({ path, text: readFileSync(join(directory, path), 'utf8') }));
  const taken = clock();
  const syntax = await createSyntax((file) => Promise.resolve(readFileSync(join(wasmDirectory, file))));
  for (const { path, text } of texts) {
    const language = languageOf(path);
    if (language === null) continue;
    await syntax.ensure([language]);
    if (!isRead) {
      syntax.parse(language, text).dispose();
      continue;
    }
    let tree: ParsedText | undefined;
    const file = sourceFile(path, text, () => (tree = syntax.parse(language, text)));
    for (const reader of readers) if (reader.detect(path, text)) reader.read(file);
    tree?.dispose();
  }
  return { ...taken(), ...nothing };
}

async function analyse({
  directory,
  wasmDirectory,
  cacheDirectory,
  threads,
}: Setup): Promise<Omit<Measurement, 'memory'>> {
  const taken = clock();
  const engine = await createEngine({
    ...{ directory, wasmDirectory, cacheDirectory, exclude: [], maxFileSizeKb: 1024, rules: {} },
    ...(threads === undefined ? {} : { threads }),
  });
  const { snapshot, findings } = await engine.analyze();
  const found = taken();
  engine.dispose();
  const tables = snapshot.projects.reduce((sum, { schema }) => sum + schema.tables.length, 0);
  return { ...found, afterCpu: taken().cpu - found.cpu, tables, findings: findings.length };
}

async function main([mode, file = '']: readonly string[]): Promise<void> {
  const setup = JSON.parse(readFileSync(file, 'utf8')) as Setup;
  const measured = mode === 'analyse' ? await analyse(setup) : await parse(setup, mode === 'read');
  console.log(JSON.stringify({ ...measured, memory: process.resourceUsage().maxRSS / 1024 } satisfies Measurement));
}

void main(process.argv.slice(2));
