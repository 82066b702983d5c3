/** From a run in a window to lines on the terminal and an exit code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/folders.ts';
import type { HostRun } from './host.ts';
import { suiteEnvironment } from './report.ts';
import type { SuiteReport, TestResult } from './report.ts';

/** A quiet machine with two cores needs about 40 seconds for the largest. */
const windowTimeoutMs = 240_000;
const marks = { passed: '✔', failed: '✘', pending: '-' };

export interface SuiteRun extends Pick<HostRun, 'name' | 'open' | 'extension' | 'entry' | 'trusted'> {
  /** Names of the test files. */
  readonly files: readonly string[];
  readonly extensions?: readonly string[];
  /** User settings, over those of every run. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where the usual time is too short, because engines run. */
  readonly timeoutMs?: number;
}

/** Runs test files in a window. A window that ends, or does not end, without all of them is a failed test as well. */
export async function runAndRead(suite: SuiteRun, start: (run: HostRun) => Promise<void>): Promise<SuiteReport> {
  const { files, extensions = [], settings = {}, timeoutMs = windowTimeoutMs, ...window } = suite;
  const reportFile = join(temporaryFolder('report'), 'report.json');
  let failure: string | null = null;
  try {
    await start({
      ...window,
      extensions,
      env: { [suiteEnvironment.files]: files.join(','), [suiteEnvironment.report]: reportFile },
      settings: {
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
        ...settings,
      },
      timeoutMs,
    });
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  const report = existsSync(reportFile)
    ? (JSON.parse(readFileSync(reportFile, 'utf8')) as SuiteReport)
    : { tests: [], running: null, finished: false, notes: [] };
  if (report.finished && report.tests.length > 0) return report;
  const message = failure ?? 'The window ended without having run its tests: did the extension host crash?';
  const lost = { title: report.running ?? suite.name, state: 'failed', milliseconds: 0, message } as const;
  return { ...report, tests: [...report.tests, lost] };
}

export function print(report: SuiteReport): void {
  for (const { state, title, milliseconds } of report.tests) {
    console.log(`  ${marks[state]} ${title}${milliseconds >= 1000 ? ` (${(milliseconds / 1000).toFixed(1)} s)` : ''}`);
  }
  for (const line of report.notes) console.log(`  measured: ${line}`);
}

/** Prints failures in full and the counts last. @returns the exit code */
export function summarize(reports: readonly SuiteReport[]): number {
  const tests = reports.flatMap((report) => report.tests);
  const count = (state: TestResult['state']): number => tests.filter((test) => test.state === state).length;
  for (const { title, message } of tests.filter((test) => test.state === 'failed')) {
    console.log(`\nFAILED ${title}\n${message ?? ''}`);
  }
  const pending = count('pending');
  console.log(`\n${count('passed')} passed, ${count('failed')} failed${pending > 0 ? `, ${pending} pending` : ''}`);
  return count('failed') > 0 || count('passed') === 0 ? 1 : 0;
}
