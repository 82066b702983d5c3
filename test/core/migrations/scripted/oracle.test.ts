/** What we replay against what the tools themselves do: Sequelize and Knex run the fixtures, Liquibase's are written by hand. */
import assert from 'node:assert/strict';
import { liquibaseOracle } from '../../../conformance/oracles/liquibase.ts';
import { knexOracle, sequelizeMigrationsOracle } from '../../../conformance/oracles/scriptedMigrations.ts';
import { facets, nameDifferences, score } from '../../../conformance/score.ts';

describe('Replayed migrations of Sequelize, Knex and Liquibase', function () {
  this.timeout(300_000);

  for (const oracle of [sequelizeMigrationsOracle, knexOracle, liquibaseOracle])
    it(`of ${oracle.orm} build what the tool builds`, async () => {
      for (const { name, expected, actual } of await oracle.cases()) {
        assert.ok(expected.tables.length > 2, name);
        const scores = score(expected, actual);
        for (const facet of facets) assert.deepEqual(scores[facet].differences, [], `${name}: ${facet}`);
        // SQLite's catalogue tells no names of foreign keys.
        if (!name.includes('sqlite')) assert.deepEqual(nameDifferences(expected, actual), [], name);
      }
    });
});
