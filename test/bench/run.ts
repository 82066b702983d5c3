/**
 * `npm run bench [-- entities]`: what the analysis costs, as ratios measured in one run on one machine. Nothing is asserted:
 * machines differ and share their cores. Targets are those of the design.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rgPath } from '@vscode/ripgrep';
import { readers } from '../../src/core/readers/registry.ts';
import { alignRows, plainStyle } from '../../src/core/report/style.ts';
import { createSyntax, languageOf } from '../../src/core/syntax/syntax.ts';
import { diagnosticsChannel } from '../../src/server/diagnostics.ts';
import { createEngine } from '../../src/server/engine.ts';
import type { Engine } from '../../src/server/engine.ts';
import { generateWorkspace } from '../support/generateWorkspace.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const wasmDirectory = join(repository, 'node_modules/@vscode/tree-sitter-wasm/wasm');
const entities = Number(process.argv[2] ?? 1000);
const keystrokes = 200;

interface Measured {
  readonly what: string;
  readonly value: string;
  readonly target: string;
}

const results: Measured[] = [];
const files = generateWorkspace({ entities });
const folder = temporaryFolder(Object.fromEntries(files.map(({ path, text }) => [path, text])));
const cache = temporaryFolder();
try {
  const texts = files.filter(({ path }) => languageOf(path) !== null);
  const read = texts.filter(({ path, text }) => readers.some((reader) => reader.detect(path, text)));
  const bytes = (list: readonly { readonly text: string }[]): string =>
    `${(list.reduce((sum, { text }) => sum + text.length, 0) / 1e6).toFixed(2)} MB`;
  console.log(
    `${entities} entities, ${files.length} files; ${texts.length} of source (${bytes(texts)}), ${texts.length - read.length} dismissed, ${read.length} read (${bytes(read)})\n`,
  );

  const ripgrep = best(5, () => spawnSync(rgPath, ['--no-ignore', '-c', '@(Entity|Column)\\b', folder.path]));
  const parse = await bareParse(read.map(({ path, text }) => ({ path, text })));
  const detect = best(
    3,
    () => texts.filter(({ path, text }) => readers.some((reader) => reader.detect(path, text))).length,
  );

  const cold = await timed(async () => {
    const engine = await open(cache.path);
    await engine.analyze();
    return engine;
  });
  cold.value.dispose();
  const warm = await timed(async () => {
    const engine = await open(cache.path);
    await engine.analyze();
    return engine;
  });
  const tables = warm.value.analysis.snapshot.projects.reduce((sum, { schema }) => sum + schema.tables.length, 0);
  const again = await timed(() => warm.value.analyze());

  add('tables, findings', `${tables}, ${warm.value.analysis.findings.length}`, '');
  add('ripgrep over the same files', ms(ripgrep), '');
  add('bare tree-sitter parse of the files read', ms(parse), '');
  add('dismissing by path and text', ms(detect), '');
  add('cold analysis', ms(cold.time), '');
  add('  against ripgrep', ratio(cold.time, ripgrep), '');
  add('  against the bare parse', ratio(cold.time, parse), '≤ 1.5×');
  add('warm start (fragments on disk)', ms(warm.time), '');
  add('  against cold', ratio(warm.time, cold.time), '≤ 0.2×');
  add('analysing again, nothing changed', ms(again.time), '');

  const typed = await typeInto(warm.value);
  for (const [what, target, time] of [
    [`keystroke to diagnostics, ${keystrokes} edits`, '< 50 ms', (each: Keystroke) => each.wall],
    ['the same in CPU time', '', (each: Keystroke) => each.cpu],
    ['of it the diagnostics of changed files', '', (each: Keystroke) => each.telling],
  ] as const) {
    const times = typed.map(time);
    add(`${what}, p50`, ms(quantile(times, 0.5)), '');
    add('  p95', ms(quantile(times, 0.95)), target);
  }
  warm.value.dispose();

  const cli = existsSync(join(repository, 'dist/cli.js'))
    ? join(repository, 'dist/cli.js')
    : join(repository, 'src/cli/main.ts');
  add('command line start-up (--version)', ms(best(5, () => spawnSync(process.execPath, [cli, '--version']))), '');
  const server = join(repository, 'dist/server.js');
  add(
    'server start-up to `initialize` answered',
    existsSync(server) ? ms(await serverStart(server)) : 'dist/server.js is not built',
    '',
  );
  add('node itself', ms(best(5, () => spawnSync(process.execPath, ['-e', '0']))), '');

  const rows = results.map(({ what, value, target }) => [
    { text: what },
    { text: value },
    { text: target, dress: plainStyle.dim },
  ]);
  console.log(alignRows(rows).join('\n'));
} finally {
  folder.remove();
  cache.remove();
}

function open(cacheDirectory: string): Promise<Engine> {
  return createEngine({
    directory: folder.path,
    wasmDirectory,
    cacheDirectory,
    exclude: [],
    maxFileSizeKb: 1024,
    rules: {},
  });
}

async function bareParse(list: readonly { readonly path: string; readonly text: string }[]): Promise<number> {
  const syntax = await createSyntax((file) => Promise.resolve(readFileSync(join(wasmDirectory, file))));
  await syntax.ensure(['typescript', 'tsx', 'javascript']);
  return best(2, () => {
    for (const { path, text } of list) {
      const language = languageOf(path);
      if (language !== null) syntax.parse(language, text).dispose();
    }
  });
}

interface Keystroke {
  readonly wall: number;
  /** All threads; on a machine that others use as well it is the steadier number. */
  readonly cpu: number;
  /** From the analysis to the diagnostics that are sent. */
  readonly telling: number;
}

/** Types a new column, character by character, into an entity in the middle. */
async function typeInto(engine: Engine): Promise<readonly Keystroke[]> {
  const file = files.find(({ path }) => path.includes(`-${Math.floor(entities / 2)}.entity`));
  if (!file) return [];
  const at = file.text.indexOf('  isActive()');
  const typed = '  @Column({ nullable: true })\n  typed: string | null;\n'.repeat(4).slice(0, keystrokes);
  const times: Keystroke[] = [];
  const channel = diagnosticsChannel(folder.path, () => null);
  channel.update(await engine.setBuffer(file.path, file.text));
  for (let length = 1; length <= typed.length; length++) {
    const text = file.text.slice(0, at) + typed.slice(0, length) + file.text.slice(at);
    const cpu = process.cpuUsage();
    const start = performance.now();
    const analysis = await engine.setBuffer(file.path, text);
    const analysed = performance.now();
    channel.update(analysis);
    const { user, system } = process.cpuUsage(cpu);
    const end = performance.now();
    times.push({ wall: end - start, cpu: (user + system) / 1000, telling: end - analysed });
  }
  return times;
}

async function serverStart(server: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const message = JSON.stringify({
      ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
      params: { processId: process.pid, rootUri: null, capabilities: {} },
    });
    child.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
    await new Promise<void>((resolve) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', () => resolve());
    });
    times.push(performance.now() - start);
    child.kill();
  }
  return Math.min(...times);
}

function best(rounds: number, work: () => unknown): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly time: number; readonly value: T }> {
  const start = performance.now();
  const value = await work();
  return { time: performance.now() - start, value };
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function add(what: string, value: string, target: string): void {
  results.push({ what, value, target });
}

function ms(time: number): string {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
}

function ratio(a: number, b: number): string {
  return `${(a / b).toFixed(2)}×`;
}
