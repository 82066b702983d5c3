/** The module that VS Code loads in its extension host: runs the chosen test files with mocha and writes the report. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { suiteEnvironment } from '../report.ts';
import type { SuiteReport, TestResult } from '../report.ts';
import { notes } from './notes.ts';

const testTimeoutMs = 30_000;

export async function run(): Promise<void> {
  const names = (process.env[suiteEnvironment.files] ?? '').split(',').filter(Boolean);
  const reportFile = process.env[suiteEnvironment.report];
  if (names.length === 0 || !reportFile) {
    throw new Error(`The suite needs ${suiteEnvironment.files} and ${suiteEnvironment.report}.`);
  }
  // The report is the output: VS Code's console mixes what tests print with hundreds of lines of its own.
  const mocha = new Mocha({ ui: 'bdd', timeout: testTimeoutMs, reporter: Mocha.reporters.Base });
  for (const name of names) mocha.addFile(join(__dirname, `${name}.test.cjs`));

  const tests: TestResult[] = [];
  const write = (running: string | null, finished: boolean): void => {
    const report: SuiteReport = { tests, running, finished, notes: notes() };
    writeFileSync(reportFile, JSON.stringify(report));
  };
  const add = (test: Mocha.Runnable, state: TestResult['state'], error?: Error): void => {
    const message = error ? (error.stack ?? error.message) : null;
    tests.push({ title: test.fullTitle(), state, milliseconds: test.duration ?? 0, message });
    write(null, false);
  };
  await new Promise<void>((fulfil) => {
    const runner = mocha.run(() => fulfil());
    runner.on('test', (test) => write(test.fullTitle(), false));
    runner.on('pass', (test) => add(test, 'passed'));
    runner.on('pending', (test) => add(test, 'pending'));
    runner.on('fail', (test, error: Error) => add(test, 'failed', error));
  });
  write(null, true);
}
