import assert from 'node:assert/strict';
import { rules } from '../../src/core/lint/registry.ts';
import { scores } from './corpus.ts';
import { groupBy } from '../../src/core/schema/groupBy.ts';

describe('rules on the labelled corpus', function () {
  this.timeout(60_000);

  it('report what is marked and nothing else', async () => {
    const found = await scores();
    assert.ok(found.length > 0);
    for (const { orm, rule, bad, traps, hits, falsePositives, misses } of found) {
      assert.ok(bad >= 2 && traps >= 2, `${orm}/${rule} has ${bad} cases and ${traps} traps`);
      assert.ok(hits >= bad, `${rule} reports on ${hits} lines of ${bad} cases`);
      assert.deepEqual([...falsePositives, ...misses], []);
      assert.ok(rules.some(({ id }) => id === rule));
    }
    // What an ORM does in its own way is shown by a few more cases; ten of each rule are written for its semantics.
    for (const [rule, files] of groupBy(found, (each) => each.rule)) {
      const sum = (kind: 'bad' | 'traps'): number => files.reduce((total, file) => total + file[kind], 0);
      assert.ok(sum('bad') >= 5 && sum('traps') >= 5, `${rule} has ${sum('bad')} cases and ${sum('traps')} traps`);
    }
  });
});
