/** Migrations that are programs: run by Sequelize, Knex and TypeORM themselves, and what the engine holds then compared with what we replay. */
import { fileURLToPath } from 'node:url';
import { knexReader } from '../../../src/core/readers/knex/reader.ts';
import type { Reader } from '../../../src/core/readers/reader.ts';
import { typeormMigrationsReader } from '../../../src/core/readers/typeorm-migrations/reader.ts';
import { sequelizeMigrationsReader } from '../../../src/core/readers/sequelize-migrations/reader.ts';
import type { Dialect } from '../../../src/core/schema/model.ts';
import { loadSyntax } from '../../core/readers/typeorm/read.ts';
import { readTextsOf } from '../../support/compileFolder.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { DescribeOptions, Described } from '../described.ts';
import type { Case, Oracle } from '../oracle.ts';
import { typeormScript } from '../typeormMigrations.ts';
import { knexPostgresqlScript, knexSqliteScript, sequelizeScript } from '../runMigrations.ts';

export const migrationFixtures = fileURLToPath(new URL('../fixtures/migrations', import.meta.url));
const domain = fileURLToPath(new URL('../fixtures/domain', import.meta.url));
const folder = (name: string): string => `${migrationFixtures}/${name}`;

/** What is replayed of the folders, whose files lie side by side as in one project. */
async function replayed<Mappings>(
  reader: Reader<Mappings>,
  paths: readonly string[],
  dialect: Dialect,
  options: DescribeOptions = {},
): Promise<Described> {
  const texts = new Map(
    paths.flatMap((each) => [...readTextsOf(each)].map(([name, text]) => [`migrations/${name}`, text] as const)),
  );
  const { tables, enums, problems } = readTexts(reader, texts, await loadSyntax()).link({
    dialect,
    source: 'migrations',
  });
  const [problem] = problems;
  if (problem) throw new Error(`${problem.at?.file ?? ''}:${problem.at?.line ?? 0}: ${problem.message}`);
  return describeModel(tables, enums, options);
}

export const sequelizeMigrationsOracle: Oracle = {
  orm: 'Sequelize (mig.)',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const database = await openPostgresql();
    try {
      const cases: Case[] = [];
      for (const { name, kind, path } of [
        { name: 'domain', kind: 'domain', path: `${domain}/sequelize-migrations` },
        { name: 'sequelize-cli and Umzug on postgresql', kind: 'special', path: folder('sequelize') },
      ] as const)
        cases.push({
          name,
          kind,
          source: 'run by Sequelize 6, executed on PGlite',
          expected: (await database.read(await sequelizeScript(path))).described,
          actual: await replayed(sequelizeMigrationsReader, [path], 'postgresql'),
        });
      return cases;
    } finally {
      await database.close();
    }
  },
};

export const typeormMigrationsOracle: Oracle = {
  orm: 'TypeORM (mig.)',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const database = await openPostgresql();
    try {
      const cases: Case[] = [];
      for (const { name, kind, path } of [
        { name: 'domain', kind: 'domain', path: `${domain}/typeorm-migrations` },
        { name: 'calls, renames and SQL', kind: 'special', path: folder('typeorm') },
      ] as const) {
        const { described } = await database.read(await typeormScript(path));
        cases.push({
          name,
          kind,
          source: 'run by TypeORM 1.1 on PGlite',
          expected: { ...described, tables: described.tables.filter((table) => table.name !== 'migrations') },
          actual: await replayed(typeormMigrationsReader, [path], 'postgresql'),
        });
      }
      return cases;
    } finally {
      await database.close();
    }
  },
};

export const knexOracle: Oracle = {
  orm: 'Knex',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const database = await openPostgresql();
    const shop = [`${domain}/knex`];
    try {
      const cases: Case[] = [];
      for (const { kind, paths } of [
        { kind: 'domain', paths: shop },
        { kind: 'special', paths: ['knex', 'knex-postgresql'].map(folder) },
      ] as const)
        cases.push({
          name: `${kind} on postgresql`,
          kind,
          source: 'run by knex 3, executed on PGlite',
          expected: (await database.read(await knexPostgresqlScript(paths))).described,
          actual: await replayed(knexReader, paths, 'postgresql'),
        });
      for (const { kind, paths } of [
        { kind: 'domain', paths: shop },
        { kind: 'special', paths: [folder('knex')] },
      ] as const)
        cases.push({
          name: `${kind} on sqlite`,
          kind,
          source: 'run by knex 3 on SQLite',
          expected: readSqlite(await knexSqliteScript(paths)),
          actual: await replayed(knexReader, paths, 'sqlite', {
            enums: false,
            typeOf: ({ type }) => (type === 'enum' ? 'text' : type),
          }),
        });
      return cases;
    } finally {
      await database.close();
    }
  },
};
