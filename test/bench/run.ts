/**
 * `npm run bench [-- entities]`: what the analysis costs, as ratios measured in one run on one machine. Nothing is asserted:
 * machines differ and share their cores. Targets are those of the design. What is compared with the bare parse runs, like
 * it, in a fresh process; the two take turns, and each value is the median of its rounds. Wall time says how long a user waits,
 * and what other cores do helps; CPU time is the work done by all threads together. Both are shown, because they differ.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeBundles } from '../../src/build/build.ts';
import { rgPath } from '@vscode/ripgrep';
import { readers } from '../../src/core/readers/registry.ts';
import { languageOf } from '../../src/core/syntax/syntax.ts';
import { generateLanguages } from '../support/generateLanguages.ts';
import { generateWorkspace } from '../support/generateWorkspace.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { measureLanguage } from './languages.ts';
import type { Measurement, Setup } from './measure.ts';
import { timeRules } from './rules.ts';
import {
  bundles,
  filesParsed,
  inFreshProcess,
  median,
  megabytes,
  ms,
  openEngine,
  quantile,
  ratio,
  rounds,
  typeInto,
  wasmDirectory,
} from './shared.ts';
import type { Keystroke, Typing } from './shared.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const entities = Number(process.argv[2] ?? 1000);
const keystrokes = 200;

const files = generateWorkspace({ entities });
const folder = temporaryFolder(Object.fromEntries(files.map(({ path, text }) => [path, text])));
const cache = temporaryFolder();
const cacheDirectory = join(cache.path, 'fragments');
const setups = temporaryFolder();
try {
  const texts = files.filter(({ path }) => languageOf(path) !== null);
  const parsed = await filesParsed(files);
  console.log(
    `${entities} entities, ${files.length} files; ${texts.length} of source (${megabytes(texts)}), ${texts.length - parsed.length} dismissed, ${parsed.length} parsed (${megabytes(parsed)}); ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}\n`,
  );

  const ripgrep = best(5, () => spawnSync(rgPath, ['--no-ignore', '-c', '@(Entity|Column)\\b', folder.path]));
  const detect = best(
    3,
    () => texts.filter(({ path, text }) => readers.some((reader) => reader.detect(path, text))).length,
  );
  const setup: Setup = {
    directory: folder.path,
    wasmDirectory,
    cacheDirectory,
    parsed: parsed.map(({ path }) => path),
  };
  await bundle();
  const bare: Measurement[] = [];
  const read: Measurement[] = [];
  const alone: Measurement[] = [];
  const cold: Measurement[] = [];
  const warm: Measurement[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(inFreshProcess('bare', setup, setups.path));
    read.push(inFreshProcess('read', setup, setups.path));
    rmSync(cacheDirectory, { recursive: true, force: true });
    alone.push(inFreshProcess('analyse', { ...setup, threads: 0 }, setups.path));
    rmSync(cacheDirectory, { recursive: true, force: true });
    cold.push(inFreshProcess('analyse', setup, setups.path));
    warm.push(inFreshProcess('analyse', setup, setups.path));
  }
  const engine = await openEngine(folder.path, cacheDirectory);
  await engine.analyze();
  const again = await timed(() => engine.analyze());

  const [bareWall, bareCpu] = [median(bare, 'wall'), median(bare, 'cpu')];
  const against = (what: string, list: readonly Measurement[], target: string): void => {
    const [wall, cpu] = [median(list, 'wall'), median(list, 'cpu')];
    add(what, `${ms(wall)} wall, ${ms(cpu)} CPU, ${Math.round(median(list, 'memory'))} MB`, '');
    add('  against the bare parse, wall', ratio(wall, bareWall), target);
    add('  against the bare parse, CPU', ratio(cpu, bareCpu), target);
  };
  add('tables, findings', `${cold[0]?.tables}, ${cold[0]?.findings}`, '');
  add('ripgrep over the same files', ms(ripgrep), '');
  add('dismissing by path and text', ms(detect), '');
  add('bare tree-sitter parse of the files parsed', `${ms(bareWall)} wall, ${ms(bareCpu)} CPU`, '');
  against('reading the same files on one thread', read, '≤ 1.5×');
  against('whole cold analysis on one thread', alone, '');
  against('whole cold analysis', cold, '≤ 1.5×');
  add('  against ripgrep, wall', ratio(median(cold, 'wall'), ripgrep), '');
  add('  writing the cache after the findings', `${ms(median(cold, 'afterCpu'))} CPU`, '');
  add('warm start (fragments on disk)', `${ms(median(warm, 'wall'))} wall, ${ms(median(warm, 'cpu'))} CPU`, '');
  add('  against cold, wall', ratio(median(warm, 'wall'), median(cold, 'wall')), '≤ 0.2×');
  add('  against cold, CPU', ratio(median(warm, 'cpu'), median(cold, 'cpu')), '');
  add('analysing again, nothing changed', ms(again.time), '');

  const typed = await typeInto(engine, folder.path, typing());
  for (const [what, target, time] of [
    [`keystroke to diagnostics, ${keystrokes} edits`, '< 50 ms', (each: Keystroke) => each.wall],
    ['the same in CPU time', '', (each: Keystroke) => each.cpu],
    ['of it the diagnostics of changed files', '', (each: Keystroke) => each.telling],
  ] as const) {
    const times = typed.map(time);
    add(`${what}, p50`, ms(quantile(times, 0.5)), '');
    add('  p95', ms(quantile(times, 0.95)), target);
  }
  addRules(engine.analysis.snapshot.projects);
  engine.dispose();

  const cli = existsSync(join(repository, 'dist/cli.js'))
    ? join(repository, 'dist/cli.js')
    : join(repository, 'src/cli/main.ts');
  add('command line start-up (--version)', ms(best(5, () => spawnSync(process.execPath, [cli, '--version']))), '');
  const server = join(repository, 'dist/server.js');
  add(
    'server start-up to `initialize` answered',
    existsSync(server) ? ms(await serverStart(server, join(cache.path, 'compiled'))) : 'dist/server.js is not built',
    '',
  );
  add('node itself', ms(best(5, () => spawnSync(process.execPath, ['-e', '0']))), '');

  for (const workspace of generateLanguages(entities))
    for (const { what, value, target } of await measureLanguage(workspace, keystrokes / 4)) add(what, value, target);
} finally {
  folder.remove();
  cache.remove();
  setups.remove();
}

/** A new column in an entity in the middle. */
function typing(): Typing {
  const file = files.find(({ path }) => path.includes(`-${Math.floor(entities / 2)}.entity`));
  if (!file) throw new Error('No entity was generated to type into.');
  const at = file.text.indexOf('  isActive()');
  return {
    path: file.path,
    before: file.text.slice(0, at),
    after: file.text.slice(at),
    typed: '  @Column({ nullable: true })\n  typed: string | null;\n'.repeat(4).slice(0, keystrokes),
  };
}

/** As shipped: what runs from source has its types taken out first, in every thread anew. */
async function bundle(): Promise<void> {
  const [options] = nodeBundles({ production: true });
  const entryPoints = { measure: 'test/bench/measure.ts', readWorker: 'src/server/reading/readWorker.ts' };
  await build({ ...options, entryPoints, outdir: bundles });
  writeFileSync(join(bundles, 'package.json'), '{ "type": "commonjs" }');
}

/** Milliseconds of the best of some starts, each ended as an editor ends it; the first leaves what Node has compiled. */
async function serverStart(server: string, compiled: string): Promise<number> {
  const times: number[] = [];
  const env = { ...process.env, DATA_ENGINEER_COMPILED: compiled };
  for (let round = 0; round < 6; round++) {
    const start = performance.now();
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'], env });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const send = (message: object): void => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message });
      child.stdin.write(`Content-Length: ${text.length}\r\n\r\n${text}`);
    };
    const params = { processId: process.pid, rootUri: null, capabilities: {} };
    send({ id: 1, method: 'initialize', params });
    await Promise.race([new Promise<void>((resolve) => child.stdout.once('data', () => resolve())), ended]);
    times.push(performance.now() - start);
    send({ id: 2, method: 'shutdown' });
    send({ method: 'exit' });
    await ended;
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

/** Rules that take more than a twentieth of all lint time. */
function addRules(projects: Parameters<typeof timeRules>[0]): void {
  const { total, byRule } = timeRules(projects);
  const heavy = byRule.filter(({ time }) => time > total / 20);
  add('all rules on everything', ms(total), '');
  for (const { id, time } of heavy) add(`  of it ${id}`, `${ms(time)}, ${Math.round((time / total) * 100)} %`, '≤ 5 %');
  if (heavy.length === 0) add('  of it the longest', `${byRule[0]?.id ?? ''} ${ms(byRule[0]?.time ?? 0)}`, '≤ 5 %');
}

/** At once: the whole takes minutes, and what is measured is worth seeing even where the rest is not waited for. */
function add(what: string, value: string, target: string): void {
  console.log(`${what.padEnd(52)}  ${value.padEnd(36)}  ${target}`.trimEnd());
}
