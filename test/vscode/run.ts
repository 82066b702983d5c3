/**
 * `npm run test:vscode`: the suite inside a real VS Code. The desktop one where it can be downloaded and shown, else VS
 * Code's web server in a headless browser; DATA_ENGINEER_TEST_HOST=electron|server chooses by hand. Names of test files
 * as arguments run these alone.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository, temporaryFolder } from '../support/folders.ts';
import { bundleSuite } from './bundle.ts';
import { electronHost, noDisplay } from './electronHost.ts';
import type { Host } from './host.ts';
import { suiteEnvironment } from './report.ts';
import type { SuiteReport, TestResult } from './report.ts';
import { openedBy, scenarios } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';
import { serverHost } from './serverHost.ts';

const windowTimeoutMs = 100_000;

async function chooseHost(): Promise<Host> {
  const chosen = process.env.DATA_ENGINEER_TEST_HOST;
  if (chosen === 'electron') return electronHost();
  if (chosen === 'server') return serverHost();
  if (chosen) throw new Error(`DATA_ENGINEER_TEST_HOST is "${chosen}": it takes "electron" or "server".`);
  let why = noDisplay();
  if (!why) {
    try {
      return await electronHost();
    } catch (error) {
      why = `it cannot be downloaded (${error instanceof Error ? error.message : String(error)})`;
    }
  }
  console.log(`No desktop VS Code: ${why}. Using VS Code's web server.`);
  return serverHost();
}

async function runScenario(host: Host, entry: string, scenario: Scenario): Promise<SuiteReport> {
  const reportFile = join(temporaryFolder('report'), 'report.json');
  let failure: string | null = null;
  try {
    await host.run({
      name: scenario.name,
      open: openedBy(scenario),
      entry,
      trusted: scenario.trusted,
      env: { [suiteEnvironment.files]: scenario.files.join(','), [suiteEnvironment.report]: reportFile },
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
      timeoutMs: windowTimeoutMs,
    });
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  const report = existsSync(reportFile)
    ? (JSON.parse(readFileSync(reportFile, 'utf8')) as SuiteReport)
    : { tests: [], running: null, finished: false, notes: [] };
  if (report.finished && report.tests.length > 0) return report;
  const message = failure ?? 'The window ended without having run its tests: did the extension host crash?';
  const lost = { title: report.running ?? scenario.name, state: 'failed', milliseconds: 0, message } as const;
  return { ...report, tests: [...report.tests, lost] };
}

const marks = { passed: '✔', failed: '✘', pending: '-' };

function print(report: SuiteReport): void {
  for (const { state, title, milliseconds } of report.tests) {
    console.log(`  ${marks[state]} ${title}${milliseconds >= 1000 ? ` (${(milliseconds / 1000).toFixed(1)} s)` : ''}`);
  }
  for (const line of report.notes) console.log(`  measured: ${line}`);
}

async function main(): Promise<number> {
  if (!existsSync(join(repository, 'dist/extension.js'))) {
    throw new Error('There is no dist/extension.js: run `npm run build` first.');
  }
  const wanted = new Set(process.argv.slice(2));
  const chosen = scenarios()
    .map((scenario) => ({ ...scenario, files: scenario.files.filter((file) => wanted.size === 0 || wanted.has(file)) }))
    .filter((scenario) => scenario.files.length > 0);
  if (chosen.length === 0) throw new Error(`No test file is called ${[...wanted].join(' or ')}.`);
  const entry = await bundleSuite();
  const host = await chooseHost();
  console.log(`Host: ${host.name}`);
  const reports: SuiteReport[] = [];
  try {
    for (const scenario of chosen) {
      console.log(`\n== ${scenario.name} ==`);
      const report = await runScenario(host, entry, scenario);
      print(report);
      reports.push(report);
    }
  } finally {
    await host.close();
  }
  return summarize(reports);
}

function summarize(reports: readonly SuiteReport[]): number {
  const tests = reports.flatMap((report) => report.tests);
  const count = (state: TestResult['state']): number => tests.filter((test) => test.state === state).length;
  for (const { title, message } of tests.filter((test) => test.state === 'failed')) {
    console.log(`\nFAILED ${title}\n${message ?? ''}`);
  }
  const pending = count('pending');
  console.log(`\n${count('passed')} passed, ${count('failed')} failed${pending > 0 ? `, ${pending} pending` : ''}`);
  return count('failed') > 0 || count('passed') === 0 ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  return 1;
});
// What a stopped server or browser still holds open must not keep a finished run from ending.
setTimeout(() => process.exit(), 3000).unref();
