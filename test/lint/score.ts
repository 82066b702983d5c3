/**
 * `npm run lint:score [orm|rule]`: precision and recall of the rules on the labelled corpus, with every miss and false
 * positive, and the ORMs that a rule has no cases of yet.
 */
import { cells, notApplicable } from './cells.ts';
import { scores } from './corpus.ts';

const all = await scores(process.argv[2]);
const width = Math.max(...all.map(({ rule }) => rule.length));
console.log(`${'rule'.padEnd(width)}  orm        bad  traps  true positives  false positives  misses`);
for (const { rule, orm, bad, traps, hits, falsePositives, misses } of all)
  console.log(
    `${rule.padEnd(width)}  ${orm.padEnd(9)} ${String(bad).padStart(4)} ${String(traps).padStart(6)} ${String(hits).padStart(15)} ${String(falsePositives.length).padStart(16)} ${String(misses.length).padStart(7)}`,
  );
const sum = (count: (score: (typeof all)[number]) => number): number =>
  all.reduce((total, score) => total + count(score), 0);
const hits = sum((score) => score.hits);
const wrong = sum((score) => score.falsePositives.length);
const missed = sum((score) => score.misses.length);
const precision = hits / (hits + wrong);
const recall = hits / (hits + missed);
console.log(
  `\n${sum(({ bad }) => bad)} cases, ${sum(({ traps }) => traps)} traps: precision ${precision.toFixed(3)} (target 0.97), recall ${recall.toFixed(3)} (target 0.95)`,
);
for (const { falsePositives, misses } of all) {
  for (const line of falsePositives) console.log(`false positive  ${line}`);
  for (const line of misses) console.log(`miss            ${line}`);
}
if (process.argv[2] === undefined) {
  const has = new Set(all.map(({ orm, rule }) => `${orm} ${rule}`));
  for (const [rule, orms] of Object.entries(cells)) {
    const missing = orms.filter((orm) => !has.has(`${orm} ${rule}`) && notApplicable[rule]?.[orm] === undefined);
    if (missing.length > 0) console.log(`no cases        ${rule}: ${missing.join(', ')}`);
  }
  for (const [rule, reasons] of Object.entries(notApplicable))
    for (const [orm, reason] of Object.entries(reasons)) console.log(`not applicable  ${rule}: ${orm}, ${reason}`);
}
process.exit(precision >= 0.97 && recall >= 0.95 ? 0 : 1);
