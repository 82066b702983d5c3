/**
 * `npm run chat:retrieval`: 50 written questions about the shop and about a workspace of 1,000 tables. Prints for each command
 * how many prompts hold all the tables that are needed, and how long they are; fails below 95 % or over a budget.
 */
import { chatCommands } from '../../src/core/chat/command.ts';
import { openProject } from '../server/chat/shopProject.ts';
import { measure, openHaystack, recall } from './measure.ts';
import type { Measured } from './measure.ts';
import { haystackQuestions, shopQuestions } from './questions.ts';

const required = 0.95;

const shop = await openProject();
const haystack = await openHaystack();
console.log(`shop: ${shop.entry().project.schema.tables.length} tables, ${shopQuestions.length} questions`);
console.log(
  `haystack: ${haystack.entry().project.schema.tables.length} tables, ${haystackQuestions.length} questions\n`,
);
console.log('command     complete  tokens: mean   most  budget');
let failed = false;
const missed = new Map<string, Set<string>>();
for (const command of [null, ...chatCommands]) {
  const results: Measured[] = [];
  for (const question of shopQuestions) results.push(await measure(shop.entry(), question, command));
  for (const question of haystackQuestions) results.push(await measure(haystack.entry(), question, command));
  const most = Math.max(...results.map(({ tokens }) => tokens));
  const mean = results.reduce((sum, { tokens }) => sum + tokens, 0) / results.length;
  const budget = results[0]?.budget ?? 0;
  const share = recall(results);
  if (share < required || most > budget) failed = true;
  for (const { question, missing } of results)
    if (missing.length > 0) {
      const of = missed.get(question.text) ?? new Set<string>();
      for (const table of missing) of.add(table);
      missed.set(question.text, of);
    }
  const name = command === null ? '(free)' : `/${command}`;
  console.log(
    `${name.padEnd(12)}${`${(share * 100).toFixed(0)} %`.padStart(7)}${String(Math.round(mean)).padStart(15)}${String(most).padStart(7)}${String(budget).padStart(8)}`,
  );
}
for (const [text, tables] of missed) console.log(`  not always there: ${[...tables].join(', ')} for "${text}"`);
shop.close();
haystack.close();
console.log(
  failed
    ? `\nFAILED: less than ${required * 100} %, or over a budget.`
    : '\nEvery command holds what is needed, within its budget.',
);
process.exitCode = failed ? 1 : 0;
