/** Runs migrations by the tools they are written for; what the engine was told is kept as a script. */
import { createRequire } from 'node:module';
import { PGlite } from '@electric-sql/pglite';
import { Sequelize } from 'sequelize';
import type * as knexPackage from 'knex';
import type { Knex } from 'knex';
import { compileFolder } from '../support/compileFolder.ts';

const require = createRequire(import.meta.url);

interface Migration {
  readonly up: (...args: readonly unknown[]) => Promise<unknown>;
}

/** In the order of their names, as the tools run them; modules beside them lie in folders. */
function migrationsOf(folder: string): { readonly all: readonly Migration[]; readonly dispose: () => void } {
  const compiled = compileFolder(folder);
  const all = compiled.files.filter((name) => !name.includes('/')).map((name) => compiled.load(name) as Migration);
  return { all, dispose: () => compiled.dispose() };
}

/** What Sequelize sends to PostgreSQL for the migrations. The tables are not asked: only renaming a column would. */
export async function sequelizeScript(folder: string): Promise<string> {
  const sequelize = new Sequelize({ dialect: 'postgres', logging: false });
  const statements: string[] = [];
  sequelize.query = ((sql: string | { readonly query: string }, options?: { readonly plain?: boolean }) => {
    statements.push(typeof sql === 'string' ? sql : sql.query);
    return Promise.resolve(options?.plain === true ? null : []);
  }) as unknown as typeof sequelize.query;
  const transaction = { commit: () => Promise.resolve(), rollback: () => Promise.resolve() };
  sequelize.transaction = ((work: (handle: unknown) => Promise<unknown>) =>
    work(transaction)) as unknown as typeof sequelize.transaction;
  const queryInterface = sequelize.getQueryInterface();
  Object.assign(queryInterface, {
    assertTableHasColumn: (_table: string, column: string) =>
      Promise.resolve({ [column]: { type: '', allowNull: true, defaultValue: null } }),
  });
  // Types are looked up again once an enum is made, which nobody can answer here.
  const { dialect } = sequelize as unknown as { dialect: { connectionManager: object } };
  Object.assign(dialect.connectionManager, { _refreshDynamicOIDs: () => Promise.resolve() });
  const umzug = { context: queryInterface };
  const { all, dispose } = migrationsOf(folder);
  try {
    // sequelize-cli hands over the interface, Umzug an object that holds it: each takes what it knows.
    for (const migration of all)
      await migration.up(Object.assign(Object.create(queryInterface) as object, umzug), Sequelize);
  } finally {
    dispose();
  }
  return statements
    .filter((sql) => /^\s*(?:CREATE|ALTER|COMMENT|DROP|DO)\b/i.test(sql))
    .map((sql) => `${sql.replace(/;\s*$/, '')};`)
    .join('\n');
}

/** What SQLite holds after Knex has run the migrations in it. */
export async function knexSqliteScript(folders: readonly string[]): Promise<string> {
  const knex = (require('knex') as typeof knexPackage.knex)({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  try {
    await runKnex(knex, folders);
    const rows = await knex<{ sql: string | null; name: string }>('sqlite_master').select('sql', 'name');
    return rows.flatMap(({ sql, name }) => (sql === null || name.startsWith('sqlite_') ? [] : [`${sql};`])).join('\n');
  } finally {
    await knex.destroy();
  }
}

async function runKnex(knex: Knex, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const { all, dispose } = migrationsOf(folder);
    try {
      for (const migration of all) await migration.up(knex);
    } finally {
      dispose();
    }
  }
}

/** What Knex told PostgreSQL, which is there (PGlite) and answers. */
export async function knexPostgresqlScript(folders: readonly string[]): Promise<string> {
  const database = await PGlite.create();
  const statements: string[] = [];
  const Client = require('knex/lib/dialects/postgres') as new (config: object) => object;
  class PgliteClient extends Client {
    _driver(): object {
      return {};
    }
    acquireRawConnection(): Promise<object> {
      return Promise.resolve({});
    }
    destroyRawConnection(): Promise<void> {
      return Promise.resolve();
    }
    validateConnection(): boolean {
      return true;
    }
    async _query(
      _connection: object,
      query: { sql: string; bindings?: unknown[]; response?: unknown },
    ): Promise<unknown> {
      const { rows, affectedRows } = await database.query(query.sql, query.bindings ?? []);
      if (!/^\s*(?:select|insert|update|delete)/i.test(query.sql)) statements.push(`${query.sql};`);
      query.response = { rows, rowCount: affectedRows ?? rows.length, command: query.sql.split(' ')[0]?.toUpperCase() };
      return query;
    }
  }
  const knex = (require('knex') as typeof knexPackage.knex)({
    client: PgliteClient as unknown as typeof Knex.Client,
    connection: {},
    version: '16.0',
    pool: { min: 1, max: 1 },
  });
  try {
    await runKnex(knex, folders);
  } finally {
    await knex.destroy();
    await database.close();
  }
  return statements.join('\n');
}
