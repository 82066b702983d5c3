/** Migrations of TypeORM run by TypeORM itself, on PGlite, which stands for the server behind its driver. */
import { PGlite } from '@electric-sql/pglite';
import { DataSource } from 'typeorm';
import { compileFolder } from '../support/compileFolder.ts';

type Answer = (error: Error | null, result?: unknown, release?: () => void) => void;

/** As much of `pg` as TypeORM asks for. */
function driverOf(database: PGlite, statements: string[]): object {
  const client = {
    async query(sql: string, parameters: unknown[] = []): Promise<unknown> {
      // Only what has no parameters may be several statements.
      const { rows, affectedRows } =
        parameters.length > 0
          ? await database.query(sql, parameters)
          : ((await database.exec(sql)).at(-1) ?? { rows: [], affectedRows: 0 });
      if (/^\s*(?:CREATE|ALTER|COMMENT|DROP)\b/i.test(sql)) statements.push(`${sql};`);
      return { rows, rowCount: affectedRows ?? rows.length, command: sql.trim().split(/\s/)[0]?.toUpperCase() };
    },
    on: () => client,
    removeListener: () => client,
  };
  class Pool {
    on(): this {
      return this;
    }
    connect(answer: Answer): void {
      answer(null, client, () => undefined);
    }
    end(answer: Answer): void {
      answer(null);
    }
  }
  return { Pool, defaults: {}, types: { setTypeParser: () => undefined } };
}

/** What TypeORM told PostgreSQL for the migrations of a folder, its own table of migrations included. */
export async function typeormScript(folder: string): Promise<string> {
  const database = await PGlite.create();
  const compiled = compileFolder(folder);
  const statements: string[] = [];
  try {
    const migrations = compiled.files.flatMap((name) => {
      const loaded = compiled.load(name) as object;
      return [loaded, ...(Object.values(loaded) as unknown[])].filter(
        (each) => typeof each === 'function',
      ) as (new () => object)[];
    });
    const source = new DataSource({
      type: 'postgres',
      driver: driverOf(database, statements),
      migrations,
      installExtensions: false,
    } as unknown as ConstructorParameters<typeof DataSource>[0]);
    await source.initialize();
    await source.runMigrations({ transaction: 'each' });
    await source.destroy();
  } finally {
    compiled.dispose();
    await database.close();
  }
  return statements.join('\n');
}
