/**
 * `npm run test:migrations [-- --pairs 500] [--classes 60] [--seed 1]`: random schema pairs up, down and up again on the embedded engines; emitted classes through
 * TypeORM's own runner; and the ten tricky changes side by side with TypeORM's `migration:generate`. A failing pair prints its seed.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { ProofDialect } from '../../src/proof/database.ts';
import { proveRandomPairs, runWithTypeorm } from './randomPairs.ts';
import type { Outcome } from './randomPairs.ts';
import { compareWithTypeorm, isRight, renderComparison } from './sideBySide.ts';
import type { Compared } from './sideBySide.ts';
import { closeEngines } from './typeormDatabase.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '500' },
    classes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
const first = Number(values.seed);
const engines: readonly ProofDialect[] = ['sqlite', 'postgresql'];
const outcomes: Outcome[] = [];

for (const dialect of engines) outcomes.push(await proveRandomPairs(dialect, { first, count: Number(values.pairs) }));
for (const dialect of engines) outcomes.push(await runWithTypeorm(dialect, { first, count: Number(values.classes) }));

const compared: Compared[] = [];
for (const dialect of engines) compared.push(...(await compareWithTypeorm(dialect)));
await closeEngines();
console.log(`\n${renderComparison(compared)}`);
// What TypeORM makes of them is told, not asserted.
const right = compared.filter(({ ours }) => isRight(ours)).length;
outcomes.push({ passed: right, failed: compared.length - right });

const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log(`\n${outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
