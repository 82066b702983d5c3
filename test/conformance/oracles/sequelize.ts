/** Sequelize 6 itself: the models are loaded, what `sync` sends is executed by the engine, or read by our own DDL reader where there is none. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sequelizeReader } from '../../../src/core/readers/sequelize/reader.ts';
import type { LinkResult } from '../../../src/core/readers/reader.ts';
import type { Dialect } from '../../../src/core/schema/model.ts';
import { syncScript } from '../../core/readers/sequelize/oracle.ts';
import { loadSyntax } from '../../core/readers/typeorm/read.ts';
import { readTextsOf } from '../../support/compileFolder.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { Described } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import { describeScript } from './prisma.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/sequelize', import.meta.url));
const fixtures = fileURLToPath(new URL('../fixtures/sequelize', import.meta.url));
const version7 = fileURLToPath(new URL('../fixtures/sequelize7', import.meta.url));
/** Types that PostgreSQL alone has. */
const postgresqlOnly = new Set(['define', 'init']);

export const sequelizeOracle: Oracle = {
  orm: 'Sequelize',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const syntax = await loadSyntax();
    const read = (folder: string, dialect: Dialect): LinkResult =>
      readTexts(sequelizeReader, readTextsOf(folder), syntax).link({ dialect });
    const folders = [
      { name: 'domain', folder: domain },
      ...readdirSync(fixtures)
        .sort()
        .map((name) => ({ name, folder: join(fixtures, name) })),
    ];
    const database = await openPostgresql();
    const cases: Case[] = [];
    try {
      const { tables: decorated, enums: ofDecorated } = read(version7, 'postgresql');
      cases.push({
        name: 'decorators of version 7',
        kind: 'special',
        source: 'by hand from the documentation of Sequelize 7, executed on PGlite',
        expected: (await database.read(readFileSync(join(version7, 'expected.sql'), 'utf8'))).described,
        actual: describeModel(decorated, ofDecorated),
      });
      for (const { name, folder } of folders) {
        const kind = name === 'domain' ? 'domain' : 'special';
        const { tables, enums } = read(folder, 'postgresql');
        cases.push({
          name: `${name} on postgresql`,
          kind,
          source: 'sync of Sequelize 6, executed on PGlite',
          expected: (await database.read(await syncScript(folder, 'postgresql'))).described,
          actual: describeModel(tables, enums),
        });
        if (postgresqlOnly.has(name)) continue;
        cases.push({
          name: `${name} on sqlite`,
          kind,
          source: 'sync of Sequelize 6, executed on SQLite',
          expected: readSqlite(await syncScript(folder, 'sqlite')),
          actual: describeSqlite(read(folder, 'sqlite')),
        });
        cases.push({
          name: `${name} on mysql`,
          kind,
          source: 'sync of Sequelize 6, its statements read by our own DDL reader',
          expected: describeScript(await syncScript(folder, 'mysql'), 'mysql'),
          actual: describeMysql(read(folder, 'mysql')),
        });
      }
    } finally {
      await database.close();
    }
    return cases;
  },
};

/** Enums are text in SQLite, truth values numbers. */
function describeSqlite({ tables, enums }: LinkResult): Described {
  return describeModel(tables, enums, {
    enums: false,
    typeOf: ({ type, rawType }) => (type === 'enum' ? 'text' : rawType === 'tinyint' ? 'int16' : type),
  });
}

/** Enums of MySQL have no names. */
function describeMysql({ tables, enums }: LinkResult): Described {
  return describeModel(tables, enums, { enums: false });
}
