/**
 * `npm run test:vscode`: the suite inside a real VS Code. The desktop one where it can be downloaded and shown, else VS
 * Code's web server in a headless browser; DATA_ENGINEER_TEST_HOST=electron|server chooses by hand. Names of test files
 * as arguments run these alone.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/folders.ts';
import { bundleFakeModel, bundleSuite } from './bundle.ts';
import { electronHost, noDisplay } from './electronHost.ts';
import type { Host } from './host.ts';
import { print, runAndRead, summarize } from './outcome.ts';
import type { SuiteReport } from './report.ts';
import { openedBy, scenarios } from './scenarios.ts';
import { serverHost } from './serverHost.ts';

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
      const report = await runAndRead(
        {
          name: scenario.name,
          open: openedBy(scenario),
          extension: repository,
          entry,
          files: scenario.files,
          trusted: scenario.trusted,
          ...(scenario.settings === undefined ? {} : { settings: scenario.settings }),
          ...(scenario.timeoutMs === undefined ? {} : { timeoutMs: scenario.timeoutMs }),
          extensions: scenario.fakeModel === true ? [await bundleFakeModel()] : [],
        },
        (run) => host.run(run),
      );
      print(report);
      reports.push(report);
    }
  } finally {
    await host.close();
  }
  return summarize(reports);
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  return 1;
});
// What a stopped server or browser still holds open must not keep a finished run from ending.
setTimeout(() => process.exit(), 3000).unref();
