/** Half a program tells nothing of what it does, so each broken file is read beside the whole ones, whose tables have to stay. */
import assert from 'node:assert/strict';
import { knexReader } from '../../../../src/core/readers/knex/reader.ts';
import type { LinkResult } from '../../../../src/core/readers/reader.ts';
import { sequelizeMigrationsReader } from '../../../../src/core/readers/sequelize-migrations/reader.ts';
import { typeormMigrationsReader } from '../../../../src/core/readers/typeorm-migrations/reader.ts';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { migrationFixtures } from '../../../conformance/oracles/scriptedMigrations.ts';
import { cutsOf, mutated, mutationCount } from '../../../support/brokenTexts.ts';
import { readTextsOf } from '../../../support/compileFolder.ts';
import { seeded } from '../../../support/random.ts';
import { readTexts } from '../../../support/readTexts.ts';
import { loadSyntax } from '../../readers/typeorm/read.ts';

/** Each replays all files of its folder, so a third has to do where no number is asked for. */
const mutations = process.env.MUTATIONS === undefined ? Math.ceil(mutationCount / 3) : mutationCount;
/** Milliseconds that no set of files of this size may take, however broken. */
const limit = 20_000;

describe('Broken migrations that are programs', function () {
  this.timeout(3_600_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  const textsOf = (name: string): ReadonlyMap<string, string> =>
    new Map([...readTextsOf(`${migrationFixtures}/${name}`)].map(([path, text]) => [`migrations/${path}`, text]));
  const tools: readonly (readonly [
    string,
    ReadonlyMap<string, string>,
    (texts: ReadonlyMap<string, string>) => LinkResult,
  ])[] = [
    ['Sequelize', textsOf('sequelize'), (texts) => readTexts(sequelizeMigrationsReader, texts, syntax).link()],
    ['TypeORM', textsOf('typeorm'), (texts) => readTexts(typeormMigrationsReader, texts, syntax).link()],
    ['Knex', textsOf('knex'), (texts) => readTexts(knexReader, texts, syntax).link()],
  ];

  for (const [name, texts, read] of tools) {
    const bounded = (changed: ReadonlyMap<string, string>): number => {
      const started = performance.now();
      const { tables } = read(changed);
      assert.ok(performance.now() - started < limit, `${name} took too long`);
      assert.ok(tables.every((table) => table.name !== '' && table.at.line > 0));
      return tables.length;
    };

    it(`of ${name}, cut at their tokens`, () => {
      const step = process.env.MUTATIONS === undefined ? 15 : 1;
      let [cuts, found] = [0, 0];
      for (const [path, text] of texts)
        for (const [at, cut] of [...cutsOf(text)].entries()) {
          if (at % step !== 0) continue;
          found += bounded(new Map([...texts, [path, cut]]));
          cuts++;
        }
      assert.ok(cuts > 40 && found > cuts, `${cuts} cuts, ${found} tables`);
      console.log(`      ${cuts} cuts, ${found} tables read`);
    });

    it(`of ${name}, with ${mutations} mutations`, () => {
      const random = seeded(29);
      let found = 0;
      for (let count = 0; count < mutations; count++) {
        const path = random.pick([...texts.keys()]);
        found += bounded(new Map([...texts, [path, mutated(texts.get(path) ?? '', random, 1 + random.below(4))]]));
      }
      assert.ok(found > mutations, `${found} tables`);
      console.log(`      ${mutations} mutations, ${found} tables read`);
    });
  }
});
