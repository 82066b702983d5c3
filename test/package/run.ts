/**
 * `npm run test:package [-- FILE.vsix]`: packs the extension, installs the VSIX in a clean VS Code server as a user does, and
 * runs tests there: the packaged artefact is what users get. Prints its size and what takes it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installVsCodeServer, installVsix } from '../../src/build/vscodeServer.ts';
import { launchBrowser } from '../support/browser.ts';
import { copyOfWorkspace, repository, temporaryFolder } from '../support/folders.ts';
import { bundleSuite } from '../vscode/bundle.ts';
import { print, runAndRead, summarize } from '../vscode/outcome.ts';
import type { SuiteReport, TestResult } from '../vscode/report.ts';
import { runInServer } from '../vscode/serverHost.ts';
import { contentProblems, sizeByPart, vsixEntries } from './contents.ts';

/** Issue 2: the universal package stays below this. */
const maxMegabytes = 20;
const packMinutes = 3;
/** Lies below the repository, so that mocha is found, and is no part of the extension under test. */
const driver = 'dist-test/package';

function pack(): string {
  const folder = temporaryFolder('package');
  const packed = spawnSync(process.execPath, [join(repository, 'src/build/package.ts'), '--out', folder], {
    cwd: repository,
    encoding: 'utf8',
    timeout: packMinutes * 60_000,
  });
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.vsix'));
  if (packed.status !== 0 || !file) {
    throw new Error(`\`npm run package\` failed:\n${packed.stdout}${packed.stderr}`.trim());
  }
  return join(folder, file);
}

function check(title: string, problems: readonly string[]): TestResult {
  const failed = problems.length > 0;
  return { title, state: failed ? 'failed' : 'passed', milliseconds: 0, message: failed ? problems.join('\n') : null };
}

function checkContents(vsix: string): SuiteReport {
  const entries = vsixEntries(vsix);
  const megabytes = statSync(vsix).size / 1e6;
  console.log(`${vsix}: ${megabytes.toFixed(1)} MB, ${entries.length} files`);
  for (const [part, size] of sizeByPart(entries)) {
    if (size >= 0.05) console.log(`  ${size.toFixed(2).padStart(6)} MB  ${part}`);
  }
  return {
    tests: [
      check('the package holds what runs and nothing else', contentProblems(entries)),
      check(
        `the package is smaller than ${maxMegabytes} MB`,
        megabytes < maxMegabytes ? [] : [`It is ${megabytes.toFixed(1)} MB.`],
      ),
    ],
    running: null,
    finished: true,
    notes: [],
  };
}

/** An extension of its own that carries the tests: the one under test is installed, not loaded from a folder. */
async function testDriver(): Promise<string> {
  const entry = await bundleSuite(driver);
  const manifest = {
    name: 'test-driver',
    publisher: 'data-engineer-tests',
    version: '1.0.0',
    engines: { vscode: '*' },
  };
  writeFileSync(join(repository, driver, 'package.json'), JSON.stringify(manifest));
  return entry;
}

async function runInstalled(vsix: string): Promise<SuiteReport> {
  const installation = await installVsCodeServer({ log: console.log });
  const dataDir = temporaryFolder('clean-vscode');
  mkdirSync(dataDir, { recursive: true });
  installVsix({ installation, dataDir, vsix });
  const entry = await testDriver();
  const browser = await launchBrowser();
  try {
    return await runAndRead(
      {
        name: 'the installed package',
        open: copyOfWorkspace('shop', temporaryFolder('workspace')),
        extension: join(repository, driver),
        entry,
        files: ['installed', 'manifest', 'commands', 'diagnostics'],
        trusted: true,
      },
      (run) => runInServer(installation, browser, run, dataDir),
    );
  } finally {
    await browser.close();
    rmSync(join(repository, driver), { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const [given] = process.argv.slice(2);
  const vsix = given ? resolve(given) : pack();
  const contents = checkContents(vsix);
  print(contents);
  const installed = await runInstalled(vsix);
  print(installed);
  return summarize([contents, installed]);
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('\n0 passed, 1 failed');
  return 1;
});
// What a stopped server or browser still holds open must not keep a finished run from ending.
setTimeout(() => process.exit(), 3000).unref();
