/**
 * `npm run conformance [-- --orm prisma] [-- --all]`: what the readers make of each ORM's sources against the library itself. A line per ORM and
 * kind of case; what differs is listed below it (`--all` lists everything). An oracle that cannot be asked is told as not run.
 */
import { parseArgs } from 'node:util';
import type { Case, Oracle } from './oracle.ts';
import { oracles } from './registry.ts';
import { facets, precision, recall, score, sum } from './score.ts';
import type { Facet, Score, Scores } from './score.ts';

/** Least precision and recall. */
const wanted: Readonly<Record<Facet, number>> = {
  tables: 0.99,
  columns: 0.99,
  'primary keys': 0.99,
  'foreign keys': 0.99,
  indexes: 0.97,
  uniques: 0.97,
  enums: 0.97,
};

const { values } = parseArgs({
  options: { orm: { type: 'string' }, all: { type: 'boolean', default: false } },
});
const chosen = oracles.filter(({ orm }) => values.orm === undefined || orm.toLowerCase() === values.orm.toLowerCase());
if (chosen.length === 0) {
  console.error(`No oracle is called ${values.orm ?? ''}. There are: ${oracles.map(({ orm }) => orm).join(', ')}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
let notRun = 0;
console.log(['ORM'.padEnd(12), 'cases'.padEnd(16), ...facets.map((facet) => facet.padEnd(15))].join(' '));
for (const oracle of chosen) await runOracle(oracle);
console.log(`\nEach pair is precision / recall, with the number of elements the library has.`);
console.log(`${passed} passed, ${failed} failed${notRun > 0 ? `, ${notRun} not run` : ''}`);
process.exit(failed > 0 ? 1 : 0);

async function runOracle(oracle: Oracle): Promise<void> {
  const reason = await oracle.unavailable();
  if (reason !== null) {
    notRun++;
    console.log(`${oracle.orm.padEnd(12)} not run: ${reason}`);
    return;
  }
  let cases: readonly Case[];
  try {
    cases = await oracle.cases();
  } catch (error) {
    failed++;
    console.log(`${oracle.orm.padEnd(12)} failed: ${error instanceof Error ? error.message : String(error)}`);
    return;
  }
  for (const kind of ['domain', 'special'] as const) {
    const own = cases.filter((each) => each.kind === kind);
    if (own.length === 0) {
      notRun++;
      console.log(`${oracle.orm.padEnd(12)} ${kind.padEnd(16)} not run: there are no cases`);
      continue;
    }
    const scored = own.map((each) => ({ each, scores: score(each.expected, each.actual) }));
    report(oracle.orm, `${kind} (${own.length})`, sum(scored.map(({ scores }) => scores)));
    for (const line of wrapped(own.map(({ name }) => name))) console.log(line);
    for (const { each, scores } of scored) listDifferences(each, scores);
  }
}

/** What the cases are called, so that each style of an ORM is seen; equal names (of several engines) once. */
function wrapped(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const name of new Set(names)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < 140) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(`      ${name}`);
  }
  return lines;
}

function report(orm: string, label: string, scores: Scores): void {
  const cells = facets.map((facet) => {
    const good = precision(scores[facet]) >= wanted[facet] && recall(scores[facet]) >= wanted[facet];
    if (scores[facet].expected + scores[facet].actual > 0) {
      if (good) passed++;
      else failed++;
    }
    return `${cell(scores[facet])}${good ? '' : ' !'}`.padEnd(15);
  });
  console.log([orm.padEnd(12), label.padEnd(16), ...cells].join(' '));
}

function cell(facet: Score): string {
  if (facet.expected + facet.actual === 0) return '–';
  return `${ratio(precision(facet))}/${ratio(recall(facet))} ${facet.expected}`;
}

/** Never rounded up to 1: a difference shows. */
function ratio(value: number): string {
  return value === 1 ? '1.00' : Math.min(value, 0.994).toFixed(2);
}

function listDifferences({ name, source }: Case, scores: Scores): void {
  const lines = facets.flatMap((facet) => scores[facet].differences.map((line) => `      ${facet}: ${line}`));
  if (lines.length === 0 && !values.all) return;
  console.log(`    ${name} (${source})`);
  for (const line of values.all ? lines : lines.slice(0, 12)) console.log(line);
  if (!values.all && lines.length > 12) console.log(`      … and ${lines.length - 12} more (--all)`);
}
