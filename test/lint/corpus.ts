/**
 * The labelled corpus: per ORM and rule one file of cases, or a folder of files that belong together, with `expect` in a comment at
 * the end of each line where the rule is to report, or `expect next` in a line of its own where the language has no such comments.
 * `model/` holds what the cases of an ORM share; manifests among it (`pom.xml`) lie at the root of the project. A file lies in
 * `src` unless its first line says otherwise (`// at: migrations/001-stock.js`); an engine in its name is the project's
 * (`redundant-index.mysql.ts`).
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { lintProject } from '../../src/core/lint/engine.ts';
import { findRule } from '../../src/core/lint/registry.ts';
import type { Dialect } from '../../src/core/schema/model.ts';
import { analyzeFiles, switchedOn } from '../support/analyze.ts';

const root = new URL('corpus/', import.meta.url);

/** Engines of folders that are not about PostgreSQL. */
const dialects: Readonly<Record<string, Dialect>> = { mongoose: 'mongodb', cassandra: 'cassandra' };
/** Engines that stand in the name of a file. */
const named: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle', 'mongodb'];

const comment = String.raw`(?://|#|--|<!--)`;
const end = String.raw`(?: -->)?$`;
const expectation = new RegExp(`${comment} expect${end}`, 'u');
const expectationOfNext = new RegExp(`^${comment} expect next${end}`, 'u');
const place = new RegExp(`^${comment} at: (\\S+)${end}`, 'u');
const manifests =
  /^(?:pom\.xml|requirements\.txt|package\.json|.+\.csproj|\.data-engineer\.json|copilot\.instructions\.md)$/u;

export interface Score {
  readonly orm: string;
  readonly rule: string;
  /** Cases that are to be reported, and such that look like it and are not. */
  readonly bad: number;
  readonly traps: number;
  readonly hits: number;
  /** `file:line` with what was reported or expected there. */
  readonly falsePositives: readonly string[];
  readonly misses: readonly string[];
}

/** One score per file or folder of the corpus, sorted by ORM and rule; of one ORM or rule alone where one is asked for. */
export async function scores(only?: string): Promise<readonly Score[]> {
  const found: Score[] = [];
  for (const orm of readdirSync(root).sort())
    for (const name of readdirSync(new URL(`${orm}/`, root)).sort())
      if (name !== 'model' && (only === undefined || orm === only || name.split('.')[0] === only))
        found.push(await score(orm, name));
  return found;
}

/** Path in the project → text. */
type Files = Readonly<Record<string, string>>;

async function score(orm: string, name: string): Promise<Score> {
  const [id = name, engine] = name.split('.');
  const rule = findRule(id);
  if (!rule) throw new Error(`corpus/${orm}/${name}: there is no rule ${id}.`);
  const files = casesOf(orm, name);
  const dialect = named.find((each) => each === engine) ?? dialects[orm] ?? 'postgresql';
  const project = await analyzeFiles({ ...model(orm), ...files }, dialect);
  const reported = lintProject(project, switchedOn(rule), [rule]);
  const falsePositives: string[] = [];
  const misses: string[] = [];
  let hits = 0;
  for (const [path, text] of Object.entries(files)) {
    const label = `${orm}/${name}${Object.keys(files).length > 1 ? ` ${path}` : ''}`;
    const lines = text.split('\n');
    const expected = expectedLines(lines);
    const hit = new Set<number>();
    for (const { file, range, message } of reported) {
      if (file !== path) continue;
      // A declaration that is laid out over several lines may be marked on any of them.
      const line = [...expected].find((at) => at >= range.line && at <= range.endLine) ?? null;
      if (line === null) falsePositives.push(`${label}:${range.line} ${message}`);
      else hit.add(line);
    }
    hits += hit.size;
    for (const line of expected) if (!hit.has(line)) misses.push(`${label}:${line} ${lines[line - 1]?.trim()}`);
  }
  const cases = (kind: string): number =>
    Object.values(files)
      .flatMap((text) => text.split('\n'))
      .filter((line) => new RegExp(`^${comment} ${kind}: `, 'u').test(line.trim())).length;
  return { orm, rule: id, bad: cases('bad'), traps: cases('trap'), hits, falsePositives, misses };
}

function expectedLines(lines: readonly string[]): ReadonlySet<number> {
  return new Set(
    lines.flatMap((line, at) => {
      if (expectation.test(line.trimEnd())) return [at + 1];
      return expectationOfNext.test(line.trim()) ? [at + 2] : [];
    }),
  );
}

/** The file of a case, or those of its folder, where they lie in the project. */
function casesOf(orm: string, name: string): Files {
  const here = new URL(`${orm}/${name}`, root);
  const paths = statSync(here).isDirectory() ? readdirSync(here).map((file) => `${name}/${file}`) : [name];
  return Object.fromEntries(
    paths.map((path) => {
      const text = readFileSync(new URL(`${orm}/${path}`, root), 'utf8');
      return [place.exec(text.split('\n', 1)[0] ?? '')?.[1] ?? `src/${path.replace(/^.*\//u, '')}`, text];
    }),
  );
}

function model(orm: string): Files {
  const folder = new URL(`${orm}/model/`, root);
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      manifests.test(file) ? file : `src/model/${file}`,
      readFileSync(new URL(file, folder), 'utf8'),
    ]),
  );
}
