/** Migrations that are programs: run by Sequelize and Knex themselves, and what the engine holds then compared with what we replay. */
import { fileURLToPath } from 'node:url';
import { knexReader } from '../../../src/core/readers/knex/reader.ts';
import type { Reader } from '../../../src/core/readers/reader.ts';
import { sequelizeMigrationsReader } from '../../../src/core/readers/sequelize-migrations/reader.ts';
import type { Dialect } from '../../../src/core/schema/model.ts';
import { loadSyntax } from '../../core/readers/typeorm/read.ts';
import { readTextsOf } from '../../support/compileFolder.ts';
import { readTexts } from '../../support/readTexts.ts';
import { openPostgresql } from '../catalogues/postgresql.ts';
import { readSqlite } from '../catalogues/sqlite.ts';
import { describeModel } from '../described.ts';
import type { DescribeOptions, Described } from '../described.ts';
import type { Oracle } from '../oracle.ts';
import { knexPostgresqlScript, knexSqliteScript, sequelizeScript } from '../runMigrations.ts';

export const migrationFixtures = fileURLToPath(new URL('../fixtures/migrations', import.meta.url));
const folder = (name: string): string => `${migrationFixtures}/${name}`;

/** What is replayed of the folders, whose files lie side by side as in one project. */
async function replayed<Mappings>(
  reader: Reader<Mappings>,
  folders: readonly string[],
  dialect: Dialect,
  options: DescribeOptions = {},
): Promise<Described> {
  const texts = new Map(
    folders.flatMap((each) =>
      [...readTextsOf(folder(each))].map(([name, text]) => [`migrations/${name}`, text] as const),
    ),
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
  orm: 'Sequelize migrations',
  unavailable: () => Promise.resolve(null),
  async cases() {
    const database = await openPostgresql();
    try {
      const { described } = await database.read(await sequelizeScript(folder('sequelize')));
      return [
        {
          name: 'sequelize-cli and Umzug on postgresql',
          kind: 'special',
          source: 'run by Sequelize 6, executed on PGlite',
          expected: described,
          actual: await replayed(sequelizeMigrationsReader, ['sequelize'], 'postgresql'),
        },
      ];
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
    const folders = ['knex', 'knex-postgresql'];
    try {
      const { described } = await database.read(await knexPostgresqlScript(folders.map(folder)));
      return [
        {
          name: 'knex on postgresql',
          kind: 'special',
          source: 'run by knex 3, executed on PGlite',
          expected: described,
          actual: await replayed(knexReader, folders, 'postgresql'),
        },
        {
          name: 'knex on sqlite',
          kind: 'special',
          source: 'run by knex 3 on SQLite',
          expected: readSqlite(await knexSqliteScript([folder('knex')])),
          actual: await replayed(knexReader, ['knex'], 'sqlite', {
            enums: false,
            typeOf: ({ type }) => (type === 'enum' ? 'text' : type),
          }),
        },
      ];
    } finally {
      await database.close();
    }
  },
};
