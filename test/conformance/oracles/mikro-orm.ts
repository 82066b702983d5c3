/** MikroORM itself: its schema generator writes the DDL, and the engine executes it. */
import { fileURLToPath } from 'node:url';
import { mikroOrmReader } from '../../../src/core/readers/mikro-orm/reader.ts';
import type { LinkResult } from '../../../src/core/readers/reader.ts';
import type { Dialect } from '../../../src/core/schema/model.ts';
import { creationScript, fixtureFolders } from '../../core/readers/mikro-orm/orm.ts';
import { loadSyntax } from '../../core/readers/typeorm/read.ts';
import { readTextsOf } from '../../support/compileFolder.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/mikro-orm', import.meta.url));

export const mikroOrmOracle: Oracle = {
  orm: 'MikroORM',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const syntax = await loadSyntax();
    const read = (folder: string, dialect: Dialect): LinkResult =>
      readTexts(mikroOrmReader, readTextsOf(folder), syntax).link({
        dialect,
        versions: { '@mikro-orm/core': '^7.2.1' },
      });
    const database = await openPostgresql();
    const cases: Case[] = [];
    try {
      for (const { name, folder } of [{ name: 'domain', folder: domain }, ...fixtureFolders('postgresql')]) {
        const { tables, enums } = read(folder, 'postgresql');
        cases.push({
          name,
          kind: name === 'domain' ? 'domain' : 'special',
          source: 'schema generator, executed on PGlite',
          expected: (await database.read(await creationScript(folder, 'postgresql'))).described,
          actual: describeModel(tables, enums),
        });
      }
    } finally {
      await database.close();
    }
    for (const { name, folder } of fixtureFolders('sqlite')) {
      const { tables } = read(folder, 'sqlite');
      cases.push({
        name,
        kind: 'special',
        source: 'schema generator, executed on SQLite',
        expected: readSqlite(await creationScript(folder, 'sqlite')),
        actual: describeModel(tables, [], { enums: false }),
      });
    }
    return cases;
  },
};
