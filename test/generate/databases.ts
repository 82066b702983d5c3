/** Databases for the example projects: PostgreSQL in WebAssembly behind a socket, a real server where one is named, SQLite in a file. */
import { PGlite } from '@electric-sql/pglite';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import Database from 'better-sqlite3';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { temporaryFolder } from '../support/folders.ts';

export type EngineName = 'pglite' | 'postgresql' | 'sqlite';

export interface TestDatabase {
  readonly name: EngineName;
  /** `PostgreSQL 18.1`, for the table. */
  readonly version: string;
  /** What a project reads to find it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Drops everything, then makes the schemas beside `public` that a project expects. */
  reset(schemas: readonly string[]): Promise<void>;
  /** Runs one statement and yields its rows. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  stop(): Promise<void>;
}

/** Rejects where the engine is not there. */
export async function openDatabase(name: EngineName): Promise<TestDatabase> {
  switch (name) {
    case 'pglite':
      return openPglite();
    case 'postgresql':
      return openServer();
    case 'sqlite':
      return openSqlite();
  }
}

/** Names of a real server's database, which is emptied: `postgres://user@localhost:5432/scratch`. */
export const serverVariable = 'DATA_ENGINEER_TEST_POSTGRESQL';

async function openPglite(): Promise<TestDatabase> {
  const database = await PGlite.create({ extensions: { uuid_ossp } });
  await database.exec('CREATE EXTENSION IF NOT EXISTS "uuid-ossp"');
  const { rows } = await database.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  const server = new PGLiteSocketServer({ db: sequential(database), host: '127.0.0.1', port: 0, maxConnections: 100 });
  await server.start();
  const query: TestDatabase['query'] = async (sql) => (await database.exec(sql)).at(-1)?.rows ?? [];
  return {
    name: 'pglite',
    version: `PGlite (PostgreSQL ${rows[0]?.version ?? 'unknown'})`,
    environment: {
      DATABASE_URL: `postgres://postgres:postgres@${server.getServerConn()}/postgres`,
      DATABASE_TLS: 'off',
    },
    reset: (schemas) => emptied(query, schemas),
    query,
    async stop() {
      await server.stop();
      await database.close();
    },
  };
}

/**
 * pglite-socket (0.2) works its clients' messages off one by one, and keeps to one client only inside a transaction. Parse, Bind and
 * Execute of two clients would mix: their statements have no name. So an unfinished sequence counts as a transaction.
 */
function sequential(database: PGlite): PGlite {
  let isUnfinished = false;
  return new Proxy(database, {
    get(target, property) {
      if (property === 'isInTransaction') return () => isUnfinished || target.isInTransaction();
      if (property === 'execProtocolRawStream')
        return (message: Uint8Array, options: Parameters<PGlite['execProtocolRawStream']>[1]) => {
          isUnfinished = 'PBDECH'.includes(String.fromCharCode(message[0] ?? 0));
          return target.execProtocolRawStream(message, options);
        };
      if (property === 'exec')
        return (sql: string) => {
          // A client that left in the middle is rolled back by the server.
          isUnfinished = false;
          return target.exec(sql);
        };
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

async function openServer(): Promise<TestDatabase> {
  const url = process.env[serverVariable];
  if (url === undefined) throw new Error(`${serverVariable} does not say where a PostgreSQL server is.`);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const query: TestDatabase['query'] = async (sql) => (await client.query<Record<string, unknown>>(sql)).rows;
  const { rows } = await client.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
  return {
    name: 'postgresql',
    version: `PostgreSQL ${rows[0]?.version ?? 'unknown'}`,
    environment: { DATABASE_URL: url, DATABASE_TLS: 'off' },
    reset: (schemas) => emptied(query, schemas),
    query,
    stop: () => client.end(),
  };
}

async function emptied(run: TestDatabase['query'], schemas: readonly string[]): Promise<void> {
  const found = await run(
    `SELECT quote_ident(nspname) AS name FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'`,
  );
  for (const { name } of found) await run(`DROP SCHEMA ${String(name)} CASCADE`);
  for (const name of ['public', ...schemas]) await run(`CREATE SCHEMA "${name}"`);
  await run('CREATE EXTENSION IF NOT EXISTS "uuid-ossp"');
}

function openSqlite(): Promise<TestDatabase> {
  const file = join(temporaryFolder('generate-sqlite'), 'test.db');
  const remove = () => {
    for (const ending of ['', '-wal', '-shm', '-journal']) {
      if (existsSync(file + ending)) rmSync(file + ending);
    }
    return Promise.resolve();
  };
  return Promise.resolve({
    name: 'sqlite',
    version: 'SQLite',
    environment: { DATABASE_FILE: file },
    reset: remove,
    query: (sql) => {
      const database = new Database(file);
      try {
        return Promise.resolve(database.prepare<[], Record<string, unknown>>(sql).all());
      } finally {
        database.close();
      }
    },
    stop: remove,
  });
}
