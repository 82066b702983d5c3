/** A throw-away database of either engine that both TypeORM and the proof's catalogue can see. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import Sqlite from 'better-sqlite3';
import { DataSource } from 'typeorm';
import type { DataSourceOptions, MixedList } from 'typeorm';
import ts from 'typescript';
import { createRequire } from 'node:module';
import { postgresqlProof } from '../../src/proof/postgresql.ts';
import { openSqlite } from '../../src/proof/sqlite.ts';
import type { ProofDatabase, ProofDialect } from '../../src/proof/database.ts';
import { temporaryFolder } from '../support/folders.ts';
import { pgliteDriver } from './pgliteDriver.ts';

export type Class = new (...given: never[]) => object;

export interface TypeormDatabase {
  readonly proof: ProofDatabase;
  /** Without TypeORM's own table of migrations. */
  catalogue(): Promise<readonly string[]>;
  rows(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A connection of TypeORM's; closed when `use` has ended. */
  withTypeorm<T>(
    given: { readonly entities?: readonly Class[]; readonly migrations?: readonly Class[] },
    use: (source: DataSource) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

const migrationsTable = 'zz_migrations_of_typeorm';
const own = (lines: readonly string[]): string[] => lines.filter((line) => !line.includes(migrationsTable));
let files = 0;
let folder = '';

/** PGlite takes a second to start: one instance serves many databases, one after the other. */
let pglite: PGlite | null = null;

export async function openTypeormDatabase(dialect: ProofDialect): Promise<TypeormDatabase> {
  let options: DataSourceOptions;
  let proof: ProofDatabase;
  let rows: TypeormDatabase['rows'];
  let end: () => Promise<void>;
  if (dialect === 'postgresql') {
    const database = (pglite ??= await PGlite.create({ extensions: { uuid_ossp } }));
    proof = await postgresqlProof(database);
    await proof.reset();
    options = { type: 'postgres', driver: pgliteDriver(database) };
    rows = async (sql) => (await database.query<Record<string, unknown>>(sql)).rows;
    end = () => Promise.resolve();
  } else {
    folder ||= temporaryFolder('typeorm');
    const file = join(folder, `${++files}.sqlite`);
    proof = await openSqlite(file);
    options = { type: 'better-sqlite3', database: file };
    rows = (sql) => {
      const database = new Sqlite(file);
      try {
        return Promise.resolve(database.prepare<[], Record<string, unknown>>(sql).all());
      } finally {
        database.close();
      }
    };
    end = async () => {
      await proof.close();
      rmSync(file, { force: true });
    };
  }
  return {
    proof,
    rows,
    catalogue: async () => own(await proof.catalogue()),
    async withTypeorm({ entities = [], migrations = [] }, use) {
      const source = new DataSource({
        ...options,
        entities: entities as MixedList<Class>,
        migrations: migrations as MixedList<Class>,
        migrationsTableName: migrationsTable,
        migrationsTransactionMode: 'each',
        logging: false,
      });
      await source.initialize();
      try {
        return await use(source);
      } finally {
        await source.destroy();
      }
    },
    close: end,
  };
}

export async function closeEngines(): Promise<void> {
  await pglite?.close();
  pglite = null;
}

/** The classes that a TypeScript source text exports, run as a project of TypeORM's would compile it. */
export function classesOf(text: string): Class[] {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
    },
  });
  const exported: Record<string, unknown> = {};
  // The text is ours: entities written in this folder, migrations printed by the emitter under test.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  new Function('exports', 'require', outputText)(exported, createRequire(import.meta.url));
  return Object.values(exported).filter((each): each is Class => typeof each === 'function');
}
