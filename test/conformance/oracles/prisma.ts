/**
 * Prisma itself: the schema engine writes the DDL that it would migrate an empty database to, and the engine executes it. The engine compiled to
 * WebAssembly serves PostgreSQL, CockroachDB and SQLite; for the others Prisma's parser says what it makes of the fields and keys.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LinkResult } from '../../../src/core/readers/reader.ts';
import { applyOperations, emptySchema } from '../../../src/core/migrations/shared/replay.ts';
import type { Dialect } from '../../../src/core/schema/model.ts';
import { readStatements } from '../../../src/core/syntax/sql/readStatements.ts';
import { readPrisma } from '../../core/readers/prisma/read.ts';
import { migrationScript } from '../../core/readers/prisma/schemaEngine.ts';
import { describeParsed, parsedByPrisma } from '../../core/readers/prisma/schemaParser.ts';
import type { PrismaFiles } from '../../core/readers/prisma/schemaEngine.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { Described } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';

const fixtures = fileURLToPath(new URL('../../core/readers/prisma/fixtures', import.meta.url));
const domain = fileURLToPath(new URL('../fixtures/domain/prisma', import.meta.url));

export function schemaFiles(folder: string): PrismaFiles {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]);
}

/** Folders of fixtures that an engine can be asked about. */
export function fixtureFolders(provider: string): readonly { readonly name: string; readonly folder: string }[] {
  return readdirSync(join(fixtures, provider))
    .sort()
    .map((name) => ({ name: `${provider}/${name}`, folder: join(fixtures, provider, name) }));
}

/** Enums are text in SQLite: the database knows no more of them. */
export function describeSqlite({ tables, enums }: LinkResult): Described {
  return describeModel(tables, enums, {
    enums: false,
    typeOf: ({ type }) => (type === 'enum' ? 'text' : type),
  });
}

/** The parser does not tell of join tables. */
export function describeDeclared({ tables }: LinkResult): Described {
  return describeModel(
    tables.filter(({ kind }) => kind !== 'join-table'),
    [],
    { enums: false },
  );
}

/** There is no CockroachDB in WebAssembly: the script itself is read. */
export function describeScript(script: string, dialect: Dialect): Described {
  const at = { file: 'migration.sql', line: 1, column: 1, endLine: 1, endColumn: 1 };
  const operations = readStatements(script, dialect).statements.flatMap((statement) => statement.operations);
  const { schema } = applyOperations(emptySchema, operations, { dialect, at });
  return describeModel(schema.tables, schema.enums);
}

export const prismaOracle: Oracle = {
  orm: 'Prisma',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const database = await openPostgresql();
    try {
      const cases: Case[] = [];
      const folders = [{ name: 'domain', folder: domain }, ...fixtureFolders('postgresql')];
      for (const { name, folder } of folders) {
        const files = schemaFiles(folder);
        const { tables, enums } = readPrisma(files);
        cases.push({
          name,
          kind: name === 'domain' ? 'domain' : 'special',
          source: 'schema engine, executed on PGlite',
          expected: (await database.read(await migrationScript(files))).described,
          actual: describeModel(tables, enums),
        });
      }
      for (const { name, folder } of fixtureFolders('sqlite')) {
        const files = schemaFiles(folder);
        cases.push({
          name,
          kind: 'special',
          source: 'schema engine, executed on SQLite',
          expected: readSqlite(await migrationScript(files)),
          actual: describeSqlite(readPrisma(files)),
        });
      }
      for (const provider of ['mysql', 'sqlserver', 'mongodb'] as const) {
        for (const { name, folder } of fixtureFolders(provider)) {
          const files = schemaFiles(folder);
          cases.push({
            name,
            kind: 'special',
            source: 'schema parser; join tables and default actions are not its business',
            expected: describeParsed(parsedByPrisma(files), provider),
            actual: describeDeclared(readPrisma(files)),
          });
        }
      }
      for (const { name, folder } of fixtureFolders('cockroachdb')) {
        const files = schemaFiles(folder);
        const { tables, enums } = readPrisma(files);
        cases.push({
          name,
          kind: 'special',
          source: 'schema engine, its script read by our own DDL reader',
          expected: describeScript(await migrationScript(files), 'cockroachdb'),
          actual: describeModel(tables, enums),
        });
      }
      return cases;
    } finally {
      await database.close();
    }
  },
};
