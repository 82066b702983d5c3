import assert from 'node:assert/strict';
import { drizzleOracle } from '../../../conformance/oracles/drizzle.ts';
import type { Case } from '../../../conformance/oracle.ts';
import { facets, nameDifferences, score } from '../../../conformance/score.ts';

describe('Drizzle schemas against drizzle-kit', function () {
  this.timeout(120_000);
  let cases: readonly Case[] = [];
  before(async () => {
    cases = await drizzleOracle.cases();
  });

  it('reads what drizzle-kit creates', () => {
    assert.ok(cases.length >= 6, `${cases.length} cases`);
    for (const { name, expected, actual } of cases) {
      const scores = score(expected, actual);
      assert.ok(scores.columns.expected > 0, `${name}: the oracle knows of no column`);
      assert.deepEqual(
        facets.flatMap((facet) => scores[facet].differences.map((line) => `${name} ${facet}: ${line}`)),
        [],
      );
    }
  });

  it('names keys and indexes as drizzle-kit does', () => {
    for (const { name, expected, actual } of cases) {
      // SQLite's catalogue does not tell the names of foreign keys.
      const differences = nameDifferences(expected, actual).filter(
        (line) => !name.startsWith('sqlite') || !line.includes('foreign key'),
      );
      assert.deepEqual(differences, [], name);
    }
  });
});
