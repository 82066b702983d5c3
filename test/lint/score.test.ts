import assert from 'node:assert/strict';
import { rules } from '../../src/core/lint/registry.ts';
import { scores } from './corpus.ts';

describe('rules on the labelled corpus', function () {
  this.timeout(60_000);

  it('report what is marked and nothing else', async () => {
    const found = await scores();
    assert.ok(found.length > 0);
    for (const { rule, bad, traps, hits, falsePositives, misses } of found) {
      assert.ok(bad >= 5 && traps >= 5, `${rule} has ${bad} cases and ${traps} traps`);
      assert.ok(hits >= bad, `${rule} reports on ${hits} lines of ${bad} cases`);
      assert.deepEqual([...falsePositives, ...misses], []);
      assert.ok(rules.some(({ id }) => id === rule));
    }
  });
});
