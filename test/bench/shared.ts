/** What the measurements of all languages share. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readers } from '../../src/core/readers/registry.ts';
import { createSyntax, languageOf } from '../../src/core/syntax/syntax.ts';
import { noCache } from '../../src/core/workspace/fragmentCache.ts';
import { createWorkspace } from '../../src/core/workspace/workspace.ts';
import { diagnosticsChannel } from '../../src/server/diagnostics.ts';
import { createEngine } from '../../src/server/engine.ts';
import type { Engine } from '../../src/server/engine.ts';
import { readGrammar } from '../../src/server/disk/readGrammar.ts';
import type { GeneratedFile } from '../support/generateWorkspace.ts';
import type { Measurement, Mode, Setup } from './measure.ts';

const repository = fileURLToPath(new URL('../../', import.meta.url));
export const wasmDirectory = join(repository, 'node_modules/@vscode/tree-sitter-wasm/wasm');
/** In the repository, so that packages which are not bundled are found. */
export const bundles = join(repository, 'dist-test/bench');
/** Rounds of each measurement; its value is their median. */
export const rounds = 3;

export function openEngine(directory: string, cacheDirectory: string | null): Promise<Engine> {
  return createEngine({ directory, wasmDirectory, cacheDirectory, exclude: [], maxFileSizeKb: 1024, rules: {} });
}

/** Those that an analysis hands to the parser, found by doing it. */
export async function filesParsed(files: readonly GeneratedFile[]): Promise<readonly GeneratedFile[]> {
  const syntax = await createSyntax((file) => readGrammar(wasmDirectory, file));
  const seen = new Set<string>();
  const workspace = createWorkspace({
    syntax: () =>
      Promise.resolve({
        ensure: (languages) => syntax.ensure(languages),
        parse(language, text, previous) {
          seen.add(text);
          return syntax.parse(language, text, previous);
        },
      }),
    readers,
    cache: noCache,
    hash: (text) => text,
  });
  await workspace.apply(files.map(({ path, text }) => ({ path, text })));
  workspace.dispose();
  return files.filter(({ path, text }) => languageOf(path) !== null && seen.has(text));
}

export function inFreshProcess(mode: Mode, setup: Setup, setups: string): Measurement {
  const file = join(setups, 'setup.json');
  writeFileSync(file, JSON.stringify(setup));
  const { stdout, stderr } = spawnSync(process.execPath, [join(bundles, 'measure.js'), mode, file], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(`Measuring ${mode} failed: ${stderr}`);
  return JSON.parse(stdout) as Measurement;
}

export function median(list: readonly Measurement[], key: keyof Measurement): number {
  return quantile(
    list.map((each) => each[key]),
    0.5,
  );
}

export interface Keystroke {
  readonly wall: number;
  /** All threads; on a machine that others use as well it is the steadier number. */
  readonly cpu: number;
  /** From the analysis to the diagnostics that are sent. */
  readonly telling: number;
}

/** Types a text, character by character. */
export async function typeInto(
  engine: Engine,
  directory: string,
  { path, before, after, typed }: Typing,
): Promise<readonly Keystroke[]> {
  const times: Keystroke[] = [];
  const channel = diagnosticsChannel(directory, () => null);
  channel.update(await engine.setBuffer(path, before + after));
  for (let length = 1; length <= typed.length; length++) {
    const text = before + typed.slice(0, length) + after;
    const cpu = process.cpuUsage();
    const start = performance.now();
    const analysis = await engine.setBuffer(path, text);
    const analysed = performance.now();
    channel.update(analysis);
    const { user, system } = process.cpuUsage(cpu);
    const end = performance.now();
    times.push({ wall: end - start, cpu: (user + system) / 1000, telling: end - analysed });
  }
  return times;
}

export interface Typing {
  readonly path: string;
  /** Text of the file around what is typed. */
  readonly before: string;
  readonly after: string;
  readonly typed: string;
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function ms(time: number): string {
  return `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
}

export function ratio(a: number, b: number): string {
  return `${(a / b).toFixed(2)}×`;
}

export function megabytes(list: readonly { readonly text: string }[]): string {
  return `${(list.reduce((sum, { text }) => sum + text.length, 0) / 1e6).toFixed(2)} MB`;
}
