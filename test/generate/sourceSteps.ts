/** The steps that need no database: generate, generate again, install, compile, lint. */
import { appendFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../support/folders.ts';
import { linkDependencies, packagesMissing } from './dependencies.ts';
import { run } from './process.ts';
import type { ExampleProject } from './projects.ts';
import { StepFailure } from './steps.ts';

const cliMs = 2 * 60_000;
const compileMs = 4 * 60_000;

type RunStep = (title: string, work: () => Promise<string>) => Promise<boolean>;

interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly message: string;
  readonly range: { readonly start?: { readonly line: number } };
}

/** Yields whether the project can be built. */
export async function sourceSteps(project: ExampleProject, folder: string, step: RunStep): Promise<boolean> {
  const before = snapshotOf(folder);
  const findingsBefore = await ownFindings(folder);
  let made: readonly string[] = [];
  let touched: readonly string[] = [];
  let said = '';

  const isGenerated = await step('generate all layers of all entities', async () => {
    said = await generate(folder);
    const after = snapshotOf(folder);
    made = [...after.keys()].filter((file) => !before.has(file)).sort();
    touched = [...before.keys()].filter((file) => after.get(file) !== before.get(file)).sort();
    if (made.length === 0) throw new StepFailure(`Nothing was generated:\n${said}`);
    const lost = [...before.keys()].filter((file) => !after.has(file));
    if (lost.length > 0) throw new StepFailure(`These files are gone: ${lost.join(', ')}`);
    return `${made.length} files, ${touched.length} edited, ${linesOf(folder, made)} lines`;
  });
  if (!isGenerated) return false;

  await step('generate once more over hand-edited files', async () => {
    const edited = join(folder, made[0] ?? '');
    appendFileSync(edited, '\n// Written by hand.\n');
    const now = snapshotOf(folder);
    await generate(folder);
    const again = snapshotOf(folder);
    const changed = [...new Set([...now.keys(), ...again.keys()])].filter((file) => now.get(file) !== again.get(file));
    if (changed.length > 0) throw new StepFailure(`The second run has changed ${changed.join(', ')}`);
    writeFileSync(edited, readFileSync(edited, 'utf8').replace('\n// Written by hand.\n', ''));
    return 'nothing is changed, nothing is lost';
  });

  await step('edits add lines and take none away', () => {
    for (const file of touched) {
      const lost = firstLost(before.get(file) ?? '', readFileSync(join(folder, file), 'utf8'));
      if (lost !== null) throw new StepFailure(`${file} has lost or moved ${lost}`);
    }
    return Promise.resolve(touched.join(', '));
  });

  const isInstalled = await step('install', async () => {
    const missing = packagesMissing(folder, made);
    const untold = missing.filter((name) => !said.includes(name));
    if (untold.length > 0) throw new StepFailure(`Needed, but no note says so: ${untold.join(', ')}`);
    const unknown = missing.filter((name) => !Object.hasOwn(project.added, name));
    if (unknown.length > 0)
      throw new StepFailure(`Needed, but the harness does not install them: ${unknown.join(', ')}`);
    const { cached } = await linkDependencies(folder, project.added);
    return `${cached ? 'cached' : 'installed'}; to be added by the user: ${missing.join(', ') || 'nothing'}`;
  });
  if (!isInstalled) return false;

  const bin = (name: string) => join(folder, 'node_modules/.bin', name);
  const isCompiled = await step('tsc --strict', async () => {
    const parameters = ['-p', 'tsconfig.json', '--strict', '--noEmit'];
    const { code, output } = await run(bin('tsc'), parameters, { cwd: folder, timeoutMs: compileMs });
    if (code !== 0)
      throw new StepFailure(`${output.match(/error TS/gu)?.length ?? 0} errors\n${output.slice(0, 6000)}`);
    return 'no errors';
  });
  await step("the project's ESLint", async () => {
    const files = [...made, ...touched].filter((file) => /\.[cm]?ts$/u.test(file));
    const { code, output } = await run(bin('eslint'), files, { cwd: folder, timeoutMs: compileMs });
    if (code !== 0) throw new StepFailure(output.slice(-6000));
    return `${files.length} files`;
  });
  if (existsSync(join(folder, '.prettierrc')))
    await step("the project's Prettier", async () => {
      const files = [...made, ...touched].filter((file) => file.endsWith('.ts'));
      const { code, output } = await run(bin('prettier'), ['--check', ...files], { cwd: folder, timeoutMs: compileMs });
      if (code !== 0) throw new StepFailure(output.slice(-3000));
      return `${files.length} files`;
    });
  await step('our own lint', async () => {
    const known = new Set(findingsBefore.map(idOf));
    const fresh = (await ownFindings(folder)).filter((each) => made.includes(each.file) || !known.has(idOf(each)));
    if (fresh.length > 0)
      throw new StepFailure(
        `${fresh.length} findings\n${fresh.map(({ file, rule, message }) => `    ${file}: ${rule}: ${message}`).join('\n')}`,
      );
    return `nothing new beside the ${findingsBefore.length} findings from before`;
  });
  return isCompiled;
}

async function cli(parameters: readonly string[], folder: string) {
  return run(process.execPath, [join(repository, 'src/cli/main.ts'), ...parameters], { cwd: folder, timeoutMs: cliMs });
}

async function generate(folder: string): Promise<string> {
  const { code, output } = await cli(['generate', 'all', folder, '--write'], folder);
  if (code !== 0)
    throw new StepFailure(`data-engineer generate has ended with ${String(code)}:\n${output.slice(-4000)}`);
  return output;
}

async function ownFindings(folder: string): Promise<readonly Finding[]> {
  const { code, output, stdout } = await cli(['lint', folder, '--format', 'json', '--fail-on', 'none'], folder);
  if (code !== 0) throw new StepFailure(`data-engineer lint has ended with ${String(code)}:\n${output.slice(-2000)}`);
  return JSON.parse(stdout) as readonly Finding[];
}

/** A finding by what it says, since generated imports move lines. */
function idOf({ rule, file, message }: Finding): string {
  return `${rule} ${file} ${message}`;
}

/** Text of every file of the project. */
function snapshotOf(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => !/(?:^|\/)(?:node_modules|dist)\//u.test(file));
  return new Map(files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** The first word or sign of a text that another one does not have in the same order; null = all are there. */
function firstLost(before: string, after: string): string | null {
  const signs = (text: string) => text.match(/\w+|[^\s\w]/gu) ?? [];
  const left = signs(after)[Symbol.iterator]();
  for (const wanted of signs(before)) {
    let next = left.next();
    while (next.done !== true && next.value !== wanted) next = left.next();
    if (next.done === true) return wanted;
  }
  return null;
}

function linesOf(folder: string, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + readFileSync(join(folder, file), 'utf8').split('\n').length - 1, 0);
}
