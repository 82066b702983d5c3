/** What we replay against what the tools themselves do: TypeORM, Sequelize and Knex run the fixtures; Liquibase, which needs Java, is asked by `npm run conformance`. */
import assert from 'node:assert/strict';
import { casesOf } from '../../../conformance/oracles/liquibase.ts';
import {
  knexOracle,
  sequelizeMigrationsOracle,
  typeormMigrationsOracle,
} from '../../../conformance/oracles/scriptedMigrations.ts';
import { facets, nameDifferences, score } from '../../../conformance/score.ts';

describe('Replayed migrations of TypeORM, Sequelize, Knex and Liquibase', function () {
  this.timeout(300_000);

  for (const oracle of [
    typeormMigrationsOracle,
    sequelizeMigrationsOracle,
    knexOracle,
    { orm: 'Liquibase', cases: () => casesOf(null) },
  ])
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
