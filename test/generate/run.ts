/**
 * `npm run generate:verify [-- --only "bare shop"] [--engine sqlite] [--keep]`: generates every layer of every entity into copies of the
 * example projects, through the command line; then installs, compiles, lints, builds, starts and tests them. The last line sums up;
 * the exit code is 1 where anything failed. A PostgreSQL server is used as well where DATA_ENGINEER_TEST_POSTGRESQL names one.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyOfWorkspace, results, temporaryFolder } from '../support/folders.ts';
import { openDatabase, serverVariable } from './databases.ts';
import type { EngineName, TestDatabase } from './databases.ts';
import { runHttpSuite } from './httpSuite.ts';
import type { CheckResult } from './httpSuite.ts';
import { run, serve } from './process.ts';
import { exampleProjects } from './projects.ts';
import type { ExampleProject } from './projects.ts';
import { sourceSteps } from './sourceSteps.ts';
import { StepFailure, attempt, printTable } from './steps.ts';
import type { Step } from './steps.ts';
import { signToken } from './tokens.ts';

/** A quiet machine with two cores needs about ten minutes, and as long again to install for the first time. */
const wholeRunMs = 45 * 60_000;
const buildMs = 4 * 60_000;
const testMs = 12 * 60_000;
const startMs = 90_000;

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    engine: { type: 'string', multiple: true },
    keep: { type: 'boolean', default: false },
  },
});

async function verify(project: ExampleProject, databases: readonly TestDatabase[]): Promise<readonly Step[]> {
  const folder = copyOfWorkspace(project.workspace, temporaryFolder('generate'));
  project.prepare(folder);
  const steps: Step[] = [];
  const step = async (title: string, work: () => Promise<string>): Promise<boolean> => {
    const done = await attempt(project.name, title, work);
    steps.push(done);
    console.log(`${done.failure === null ? '✔' : '✖'} ${project.name}: ${title}: ${done.failure ?? done.detail}`);
    return done.failure === null;
  };
  try {
    const isBuildable = await sourceSteps(project, folder, step);
    const bin = (name: string) => join(folder, 'node_modules/.bin', name);
    const program = async ([name = '', ...parameters]: readonly string[], timeoutMs: number, environment = {}) => {
      const { code, output } = await run(bin(name), parameters, { cwd: folder, timeoutMs, environment });
      if (code !== 0) throw new StepFailure(`${name} has failed:\n${output.slice(-6000)}`);
      return output;
    };
    const isBuilt =
      isBuildable &&
      (await step('build', async () => (await program(project.build, buildMs), project.build.join(' '))));
    for (const database of isBuilt ? databases.filter(({ name }) => project.engines.includes(name)) : []) {
      const environment = { ...project.environment, ...database.environment };
      await step(`HTTP suite on ${database.version}`, async () => {
        await database.reset(project.schemas);
        if (project.createSchema !== null) await program(project.createSchema, buildMs, environment);
        return overHttp(project, folder, database, environment);
      });
      await step(`generated tests on ${database.version}`, async () => {
        await database.reset(project.schemas);
        const output = await program(project.test, testMs, {
          ...project.environment,
          ...project.testEnvironment(environment),
        });
        return testCount(output);
      });
    }
  } finally {
    if (values.keep) {
      const kept = join(results, 'generate', project.name.replaceAll(' ', '-'));
      cpSync(folder, kept, { recursive: true, force: true, filter: (path) => !path.endsWith('node_modules') });
      console.log(`  kept in ${kept}`);
    }
  }
  return steps;
}

async function overHttp(
  project: ExampleProject,
  folder: string,
  database: TestDatabase,
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const counter = join(import.meta.dirname, 'queryCounter.ts');
  const service = await serve(project.start, ['--import', counter], { cwd: folder, environment, timeoutMs: startMs });
  try {
    const claims = { sub: '7a0f1c6e-0000-4000-8000-000000000001' };
    const checks = await runHttpSuite({
      baseUrl: service.baseUrl,
      resources: project.resources,
      tokens: {
        full: signToken(project.secret, { ...claims, roles: project.roles }),
        none: signToken(project.secret, { ...claims, roles: [] }),
      },
      seeds: project.seeds(database),
    });
    const failed = checks.filter(({ failure }) => failure !== null);
    const sum = `${checks.length - failed.length} of ${checks.length} checks, ${project.resources.length} resources`;
    if (failed.length > 0) throw new StepFailure(`${sum}\n${failed.map(lineOf).join('\n')}`);
    return sum;
  } finally {
    await service.stop();
  }
}

function lineOf({ resource, title, failure }: CheckResult): string {
  return `    ${resource} ${title}: ${(failure ?? '').replaceAll(/\s+/gu, ' ').slice(0, 300)}`;
}

/** Mocha's and Jest's closing lines. A run without tests has not passed. */
function testCount(output: string): string {
  const count = /^Tests:.*?(\d+) passed/mu.exec(output)?.[1] ?? /^\s*(\d+) passing/mu.exec(output)?.[1];
  const skipped = /^Tests:.*?(\d+) skipped/mu.exec(output)?.[1] ?? /^\s*(\d+) pending/mu.exec(output)?.[1] ?? '0';
  if (count === undefined || count === '0') throw new StepFailure(`No test was run:\n${output.slice(-3000)}`);
  if (skipped !== '0') throw new StepFailure(`${skipped} tests were skipped.`);
  return `${count} passed`;
}

async function main(): Promise<number> {
  const engines: EngineName[] = ['sqlite', 'pglite'];
  if (process.env[serverVariable] !== undefined) engines.push('postgresql');
  const projects = exampleProjects.filter(({ name }) => values.only === undefined || values.only.includes(name));
  if (projects.length === 0) throw new Error(`There is no project ${String(values.only)}.`);
  const databases: TestDatabase[] = [];
  const steps: Step[] = [];
  try {
    for (const name of engines.filter((each) => values.engine?.includes(each) ?? true))
      databases.push(await openDatabase(name));
    for (const project of projects) steps.push(...(await verify(project, databases)));
  } finally {
    for (const database of databases) await database.stop();
  }
  printTable(steps);
  const failed = steps.filter(({ failure }) => failure !== null).length;
  console.log(`\n${steps.length - failed} passed, ${failed} failed`);
  return failed > 0 || steps.length === 0 ? 1 : 0;
}

const tooLong = setTimeout(() => {
  console.error(`It had not ended after ${wholeRunMs / 60_000} minutes.\n0 passed, 1 failed`);
  process.exit(1);
}, wholeRunMs);
tooLong.unref();
process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  return 1;
});
setTimeout(() => process.exit(), 3000).unref();
