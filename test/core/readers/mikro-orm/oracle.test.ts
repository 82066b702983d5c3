import assert from 'node:assert/strict';
import type { Case } from '../../../conformance/oracle.ts';
import { mikroOrmOracle } from '../../../conformance/oracles/mikro-orm.ts';
import { facets, nameDifferences, score } from '../../../conformance/score.ts';

describe('MikroORM entities against its schema generator', function () {
  this.timeout(180_000);
  let cases: readonly Case[] = [];
  before(async () => {
    cases = await mikroOrmOracle.cases();
  });

  it('reads what the schema generator creates', () => {
    assert.ok(cases.length >= 10, `${cases.length} cases`);
    for (const { name, expected, actual } of cases) {
      const scores = score(expected, actual);
      assert.ok(scores.columns.expected > 0, `${name}: the oracle knows of no column`);
      assert.deepEqual(
        facets.flatMap((facet) => scores[facet].differences.map((line) => `${name} ${facet}: ${line}`)),
        [],
      );
    }
  });

  it('names keys and indexes as MikroORM does', () => {
    for (const { name, expected, actual } of cases) {
      // SQLite's catalogue does not tell the names of foreign keys.
      const differences = nameDifferences(expected, actual).filter(
        (line) => !name.endsWith('sqlite') || !line.includes('foreign key'),
      );
      assert.deepEqual(differences, [], name);
    }
  });
});
