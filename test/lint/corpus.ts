/**
 * The labelled corpus: per ORM and rule one file of cases, with `expect` in a comment at the end of each line where the rule is to
 * report. `model/` holds what the cases of an ORM share; manifests among it (`pom.xml`) lie at the root of the project.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { lintProject } from '../../src/core/lint/engine.ts';
import { findRule } from '../../src/core/lint/registry.ts';
import type { Dialect } from '../../src/core/schema/model.ts';
import { analyzeFiles, switchedOn } from '../support/analyze.ts';

const root = new URL('corpus/', import.meta.url);

/** Engines of folders that are not about PostgreSQL. */
const dialects: Readonly<Record<string, Dialect>> = { mongoose: 'mongodb', cassandra: 'cassandra' };

const comment = String.raw`(?://|#|--)`;
const expectation = new RegExp(`${comment} expect$`, 'u');
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

/** One score per file of the corpus, sorted by ORM and rule. */
export async function scores(): Promise<readonly Score[]> {
  const found: Score[] = [];
  for (const orm of readdirSync(root).sort())
    for (const name of readdirSync(new URL(`${orm}/`, root)).sort())
      if (/\.\w+$/u.test(name)) found.push(await score(orm, name));
  return found;
}

async function score(orm: string, name: string): Promise<Score> {
  const id = name.replace(/\.\w+$/u, '');
  const rule = findRule(id);
  if (!rule) throw new Error(`corpus/${orm}/${name}: there is no rule ${id}.`);
  const text = readFileSync(new URL(`${orm}/${name}`, root), 'utf8');
  const path = `src/${name}`;
  const project = await analyzeFiles({ [path]: text, ...model(orm) }, dialects[orm] ?? 'postgresql');
  const reported = lintProject(project, switchedOn(rule), [rule]).filter(({ file }) => file === path);
  const lines = text.split('\n');
  const expected = new Set(lines.flatMap((line, at) => (expectation.test(line.trimEnd()) ? [at + 1] : [])));
  const hit = new Set<number>();
  const falsePositives: string[] = [];
  for (const { range, message } of reported) {
    // A declaration that is laid out over several lines may be marked on any of them.
    const line = [...expected].find((at) => at >= range.line && at <= range.endLine) ?? null;
    if (line === null) falsePositives.push(`${orm}/${name}:${range.line} ${message}`);
    else hit.add(line);
  }
  const cases = (kind: string) =>
    lines.filter((line) => new RegExp(`^${comment} ${kind}: `, 'u').test(line.trim())).length;
  return {
    orm,
    rule: id,
    bad: cases('bad'),
    traps: cases('trap'),
    hits: hit.size,
    falsePositives,
    misses: [...expected]
      .filter((line) => !hit.has(line))
      .map((line) => `${orm}/${name}:${line} ${lines[line - 1]?.trim()}`),
  };
}

function model(orm: string): Readonly<Record<string, string>> {
  const folder = new URL(`${orm}/model/`, root);
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      manifests.test(file) ? file : `src/model/${file}`,
      readFileSync(new URL(file, folder), 'utf8'),
    ]),
  );
}
