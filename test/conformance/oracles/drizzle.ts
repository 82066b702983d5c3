/** Drizzle itself: drizzle-kit writes the migration that creates the schema, and the engine executes it. */
import { fileURLToPath } from 'node:url';
import type { LinkResult } from '../../../src/core/readers/reader.ts';
import { creationScript, fixtureFolders, sourcesIn } from '../../core/readers/drizzle/kit.ts';
import { readDrizzle } from '../../core/readers/drizzle/read.ts';
import { loadSyntax } from '../../core/readers/typeorm/read.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { Described } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import { describeScript } from './prisma.ts';

const domain = fileURLToPath(new URL('../fixtures/domain/drizzle', import.meta.url));

/** SQLite and MySQL have no enum types of their own. */
function describePlain({ tables, enums }: LinkResult): Described {
  return describeModel(tables, enums, { enums: false });
}

export const drizzleOracle: Oracle = {
  orm: 'Drizzle',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const syntax = await loadSyntax();
    const database = await openPostgresql();
    const cases: Case[] = [];
    try {
      for (const { name, folder } of [{ name: 'domain', folder: domain }, ...fixtureFolders('postgresql')]) {
        const { tables, enums } = readDrizzle(sourcesIn(folder), syntax);
        cases.push({
          name,
          kind: name === 'domain' ? 'domain' : 'special',
          source: 'drizzle-kit, executed on PGlite',
          expected: (await database.read(await creationScript(folder, 'postgresql'))).described,
          actual: describeModel(tables, enums),
        });
      }
    } finally {
      await database.close();
    }
    for (const { name, folder } of fixtureFolders('sqlite'))
      cases.push({
        name,
        kind: 'special',
        source: 'drizzle-kit, executed on SQLite',
        expected: readSqlite(await creationScript(folder, 'sqlite')),
        actual: describePlain(readDrizzle(sourcesIn(folder), syntax)),
      });
    for (const { name, folder } of fixtureFolders('mysql'))
      cases.push({
        name,
        kind: 'special',
        source: 'drizzle-kit, its script read by our own DDL reader',
        expected: { ...describeScript(await creationScript(folder, 'mysql'), 'mysql'), enums: null },
        actual: describePlain(readDrizzle(sourcesIn(folder), syntax)),
      });
    return cases;
  },
};
