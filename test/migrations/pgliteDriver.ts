/** PGlite as the `pg` that TypeORM's driver for PostgreSQL asks for: a pool whose every connection is the one there is. */
import type { PGlite } from '@electric-sql/pglite';

type Connected = (error: Error | null, client: Client | null, release: () => void) => void;

export interface Client {
  on(): void;
  removeListener(): void;
  query(sql: string, values?: readonly unknown[]): Promise<{ command: string; rows: unknown[]; rowCount: number }>;
}

export function pgliteDriver(database: PGlite) {
  const client: Client = {
    on: () => undefined,
    removeListener: () => undefined,
    async query(sql, values) {
      const command = /^\s*(\w+)/.exec(sql)?.[1]?.toUpperCase() ?? '';
      // As `pg` does: without values it is the simple protocol, which takes several statements.
      if (values === undefined || values.length === 0) {
        const results = await database.exec(sql);
        const last = results.at(-1);
        return { command, rows: last?.rows ?? [], rowCount: last?.affectedRows ?? 0 };
      }
      const { rows, affectedRows } = await database.query(sql, [...values]);
      return { command, rows, rowCount: affectedRows ?? 0 };
    },
  };
  class Pool {
    on(): void {
      // Nothing happens to it from elsewhere.
    }
    connect(done: Connected): void {
      done(null, client, () => undefined);
    }
    end(done: (error?: Error) => void): void {
      done();
    }
  }
  return { Pool, defaults: {} };
}
