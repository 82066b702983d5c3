/** A part of what `npm run chat:retrieval` measures, so that it cannot get worse unnoticed. */
import assert from 'node:assert/strict';
import { measure, openHaystack, recall } from '../../chat/measure.ts';
import type { Measured } from '../../chat/measure.ts';
import { haystackQuestions, shopQuestions } from '../../chat/questions.ts';
import { openProject } from './shopProject.ts';

describe('the slice of a prompt', function () {
  this.timeout(120_000);

  it('holds the tables of 30 questions about the shop', async () => {
    const shop = await openProject();
    const results: Measured[] = [];
    for (const question of shopQuestions) results.push(await measure(shop.entry(), question, null));
    shop.close();
    const missed = results
      .filter(({ missing }) => missing.length > 0)
      .map(({ question, missing }) => `${question.text}: ${missing.join()}`);
    assert.ok(recall(results) >= 0.95, missed.join('\n'));
    assert.ok(results.every(({ tokens, budget }) => tokens <= budget));
  });

  it('holds them among tables that are called alike', async () => {
    const haystack = await openHaystack(120);
    const questions = haystackQuestions.filter(({ text }) => !/\d/u.test(text));
    const results: Measured[] = [];
    for (const question of questions) results.push(await measure(haystack.entry(), question, 'schema'));
    haystack.close();
    assert.ok(questions.length >= 10 && recall(results) >= 0.95, results.flatMap(({ missing }) => missing).join());
  });

  it('knows a question that it cannot serve', async () => {
    const shop = await openProject();
    const { missing } = await measure(shop.entry(), { text: 'orders', tables: ['orders', 'no_such_table'] }, null);
    shop.close();
    assert.deepEqual(missing, ['no_such_table']);
  });
});
