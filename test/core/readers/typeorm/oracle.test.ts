import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Syntax } from '../../../../src/core/syntax/syntax.ts';
import { aDataSource } from '../../../support/dataSources.ts';
import { compile, connectless, describeMetadata, describeTables, engines, readFolder } from './oracle.ts';
import type { Compiled } from './oracle.ts';
import { loadSyntax, readTexts } from './read.ts';

const fixtures = fileURLToPath(new URL('fixtures', import.meta.url));
/** Where the two lines differ, the version in the project's manifest decides. */
const versions = ['typeorm', 'typeorm-03'] as const;

const folders = ['any', 'postgresql', 'mysql'].flatMap((group) =>
  readdirSync(join(fixtures, group)).map((name) => ({ group, name, folder: join(fixtures, group, name) })),
);

describe('TypeORM reader against TypeORM', function () {
  this.timeout(60_000);
  let syntax: Syntax;
  before(async () => {
    syntax = await loadSyntax();
  });

  for (const version of versions) {
    for (const { group, name, folder } of folders) {
      describe(`${version}: ${group}/${name}`, () => {
        let compiled: Compiled;
        before(() => {
          compiled = compile(folder, version);
        });
        after(() => compiled.dispose());

        for (const engine of engines.filter(({ dialect }) => group === 'any' || group === dialect)) {
          it(`has the same tables on ${engine.dialect}`, async () => {
            const expected = describeMetadata(await connectless(compiled, engine));
            const { tables, enums, problems } = readTexts(readFolder(folder), syntax).link(engine.dialect, [], {
              typeorm: version === 'typeorm' ? '^1.1.1' : '^0.3.31',
            });
            assert.ok(expected.length > 0);
            assert.deepEqual(describeTables(tables, enums), expected);
            assert.deepEqual(problems, []);
          });
        }
      });
    }
  }

  describe('naming strategies', () => {
    const folder = join(fixtures, 'naming');
    let compiled: Compiled;
    before(() => {
      compiled = compile(folder);
    });
    after(() => compiled.dispose());

    for (const strategy of ['SnakeNamingStrategy', 'ShopNaming'] as const) {
      for (const engine of engines) {
        it(`${strategy} of the workspace gives the same names on ${engine.dialect}`, async () => {
          const expected = describeMetadata(await connectless(compiled, engine, optionsWith(compiled, strategy)));
          const source = aDataSource('naming.ts', { namingStrategy: strategy });
          const { tables, enums, problems } = readTexts(readFolder(folder), syntax).link(engine.dialect, [source]);
          assert.deepEqual(describeTables(tables, enums), expected);
          assert.deepEqual(problems, []);
        });
      }
    }

    it('the package typeorm-naming-strategies is known without its source', async () => {
      const [engine] = engines;
      const expected = describeMetadata(
        await connectless(compiled, engine, optionsWith(compiled, 'SnakeNamingStrategy')),
      );
      const texts = new Map([...readFolder(folder)].filter(([path]) => path === 'entities.ts'));
      const source = aDataSource('app.ts', { namingStrategy: 'new SnakeNamingStrategy()' });
      const { tables, enums } = readTexts(texts, syntax).link(engine.dialect, [source]);
      assert.deepEqual(describeTables(tables, enums), expected);
    });

    it('prefix and schema of the data source are honoured', async () => {
      const [engine] = engines;
      const expected = describeMetadata(await connectless(compiled, engine, { entityPrefix: 'app_', schema: 'shop' }));
      const source = aDataSource('naming.ts', { entityPrefix: 'app_', namespace: 'shop' });
      const { tables, enums } = readTexts(readFolder(folder), syntax).link(engine.dialect, [source]);
      assert.deepEqual(describeTables(tables, enums), expected);
    });
  });
});

function optionsWith(compiled: Compiled, name: string): object {
  const strategy = compiled.exported.find((each) => typeof each === 'function' && each.name === name);
  assert.ok(typeof strategy === 'function', pathToFileURL(name).href);
  return { namingStrategy: new (strategy as new () => object)() };
}
