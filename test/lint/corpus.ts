/**
 * The labelled corpus: per ORM and rule one file of cases, or a folder of files that belong together, with `expect` in a comment at
 * the end of each line where the rule is to report, or `expect next` in a line of its own where the language has no such comments.
 * A file about several rules names them in its first lines (`// rules: …`) and with each case and expectation.
 * `model/` holds what the cases of an ORM share; manifests among it (`pom.xml`) lie at the root of the project. A file lies in
 * `src` unless its first line says otherwise (`// at: migrations/001-stock.js`); an engine in its name is the project's
 * (`redundant-index.mysql.ts`).
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { lintProject } from '../../src/core/lint/engine.ts';
import type { Finding } from '../../src/core/lint/rule.ts';
import { findRule } from '../../src/core/lint/registry.ts';
import { groupBy } from '../../src/core/schema/groupBy.ts';
import type { Dialect } from '../../src/core/schema/model.ts';
import { analyzeFiles, switchedOn } from '../support/analyze.ts';

const root = new URL('corpus/', import.meta.url);

/** Engines of folders that are not about PostgreSQL. */
const dialects: Readonly<Record<string, Dialect>> = { mongoose: 'mongodb', cassandra: 'cassandra' };
/** Engines that stand in the name of a file. */
const named: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle', 'mongodb'];

const comment = String.raw`(?://|#|--|<!--)`;
const end = String.raw`(?: -->)?$`;
/** `expect`, or `expect query-in-loop, write-in-loop` where a file is about several rules. */
const expectation = new RegExp(String.raw`(?:^|\s)${comment} expect( next)?( [\w-]+(?:, [\w-]+)*)?${end}`, 'u');
const caseOf = new RegExp(String.raw`^${comment} (bad|trap)( [\w-]+(?:, [\w-]+)*)?: `, 'u');
const place = new RegExp(String.raw`^${comment} at: (\S+)${end}`, 'u');
const about = new RegExp(String.raw`^${comment} rules: ([\w, -]+?)${end}`, 'mu');
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

/** One score per ORM and rule, sorted by them; of one ORM or rule alone where one is asked for. */
export async function scores(only?: string): Promise<readonly Score[]> {
  const found: Score[] = [];
  for (const orm of readdirSync(root).sort())
    for (const name of readdirSync(new URL(`${orm}/`, root)).sort())
      if (name !== 'model') found.push(...(await scoresOf(orm, name, only)));
  const byRule = groupBy(found, ({ orm, rule }) => `${orm} ${rule}`);
  return [...byRule.keys()].sort().flatMap((key) => {
    const [first, ...others] = byRule.get(key) ?? [];
    return first ? [others.reduce(added, first)] : [];
  });
}

function added(a: Score, b: Score): Score {
  return {
    ...a,
    bad: a.bad + b.bad,
    traps: a.traps + b.traps,
    hits: a.hits + b.hits,
    falsePositives: [...a.falsePositives, ...b.falsePositives],
    misses: [...a.misses, ...b.misses],
  };
}

/** Path in the project → text. */
type Files = Readonly<Record<string, string>>;

/** A file or folder whose name is that of a rule is about it; others say in a line what they are about (`// rules: …`). */
async function scoresOf(orm: string, name: string, only: string | undefined): Promise<readonly Score[]> {
  const [id = name, engine] = name.split('.');
  const files = casesOf(orm, name);
  const stated = [...new Set(Object.values(files).flatMap((text) => about.exec(text)?.[1]?.split(', ') ?? []))];
  const wanted = (stated.length === 0 ? [id] : stated).filter(
    (rule) => only === undefined || only === orm || only === rule,
  );
  if (wanted.length === 0) return [];
  const selected = wanted.map((each) => {
    const rule = findRule(each);
    if (!rule) throw new Error(`corpus/${orm}/${name}: there is no rule ${each}.`);
    return rule;
  });
  const dialect = named.find((each) => each === engine) ?? dialects[orm] ?? 'postgresql';
  const project = await analyzeFiles({ ...model(orm), ...files }, dialect);
  return selected.map((rule) => {
    const reported = lintProject(project, switchedOn(rule), [rule]);
    return Object.entries(files)
      .map(([path, text]) => {
        const label = `${orm}/${name}${Object.keys(files).length > 1 ? ` ${path}` : ''}`;
        const lines = text.split('\n');
        const here = reported.filter(({ file }) => file === path);
        return { ...compared(label, lines, rule.id, here), orm, rule: rule.id };
      })
      .reduce(added);
  });
}

function compared(
  label: string,
  lines: readonly string[],
  rule: string,
  reported: readonly Finding[],
): Omit<Score, 'orm' | 'rule'> {
  const expected = lines.flatMap((line, at) => {
    const [, next, rules] = expectation.exec(line.trimEnd()) ?? ['', undefined, 'none'];
    return isAbout(rules, rule) ? [next === undefined ? at + 1 : at + 2] : [];
  });
  const hit = new Set<number>();
  const falsePositives: string[] = [];
  for (const { range, message } of reported) {
    // A declaration that is laid out over several lines may be marked on any of them.
    const line = expected.find((at) => at >= range.line && at <= range.endLine) ?? null;
    if (line === null) falsePositives.push(`${label}:${range.line} ${rule}: ${message}`);
    else hit.add(line);
  }
  const cases = (kind: string): number =>
    lines.filter((line) => {
      const [, found, rules] = caseOf.exec(line.trim()) ?? [];
      return found === kind && isAbout(rules, rule);
    }).length;
  const misses = expected
    .filter((line) => !hit.has(line))
    .map((line) => `${label}:${line} ${rule}: ${lines[line - 1]?.trim()}`);
  return { bad: cases('bad'), traps: cases('trap'), hits: hit.size, falsePositives, misses };
}

function isAbout(rules: string | undefined, rule: string): boolean {
  return rules === undefined || rules.trim().split(', ').includes(rule);
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
