import Database from 'better-sqlite3';
import type { ProofDatabase } from './database.ts';

const own = `name NOT LIKE 'sqlite_%'`;

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
  readonly hidden: number;
}

/** SQLite in memory, foreign keys on, as the drivers of the ORMs set them. */
export function openSqlite(): Promise<ProofDatabase> {
  let database = new Database(':memory:');
  database.pragma('foreign_keys = ON');
  const { version } = database.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get() ?? {
    version: '',
  };
  const tables = (): string[] =>
    database
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table' AND ${own}`)
      .all()
      .map((row) => row.name);
  return Promise.resolve({
    engine: `SQLite ${version}`,
    run: (sql) => {
      try {
        database.exec(sql);
        return Promise.resolve();
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    },
    catalogue() {
      const lines: string[] = [];
      for (const table of tables()) {
        const name = table.replaceAll("'", "''");
        lines.push(`table ${table}`);
        for (const column of database.prepare<[], ColumnInfo>(`SELECT * FROM pragma_table_xinfo('${name}')`).all()) {
          lines.push(
            `column ${table}.${column.name} ${column.type}${column.notnull ? ' not null' : ''} default ${column.dflt_value ?? 'none'} key ${column.pk} hidden ${column.hidden}`,
          );
        }
        for (const key of database
          .prepare<[], Record<string, unknown>>(
            `SELECT "table", "from", "to", on_update, on_delete, seq FROM pragma_foreign_key_list('${name}')`,
          )
          .all()) {
          lines.push(`foreign key ${table} ${JSON.stringify(key)}`);
        }
        for (const index of database
          .prepare<[], { name: string; unique: number; origin: string; partial: number }>(
            `SELECT name, "unique", origin, partial FROM pragma_index_list('${name}')`,
          )
          .all()) {
          const columns = database
            .prepare<[], { name: string | null; desc: number }>(
              `SELECT name, "desc" FROM pragma_index_xinfo('${index.name.replaceAll("'", "''")}') WHERE key = 1`,
            )
            .all();
          // The engine's own indexes are numbered in the order of their constraints: their names say nothing.
          const label = index.origin === 'c' ? index.name : index.origin;
          lines.push(
            `index ${table} ${label} ${columns.map((column) => `${column.name ?? 'expression'}${column.desc ? ' desc' : ''}`).join(',')} unique ${index.unique} partial ${index.partial}`,
          );
        }
        const { sql } = database
          .prepare<[string], { sql: string }>('SELECT sql FROM sqlite_master WHERE name = ?')
          .get(table) ?? { sql: '' };
        for (const check of sql.matchAll(/CHECK\s*\(.*\)/gi))
          lines.push(`check ${table} ${check[0].replace(/\s+/g, ' ').replace(/,$/, '')}`);
      }
      return Promise.resolve(lines.sort());
    },
    rowCounts: () =>
      Promise.resolve(
        new Map(
          tables().map((table) => [
            table,
            database
              .prepare<[], { count: number }>(`SELECT count(*) AS count FROM "${table.replaceAll('"', '""')}"`)
              .get()?.count ?? 0,
          ]),
        ),
      ),
    reset() {
      database.close();
      database = new Database(':memory:');
      database.pragma('foreign_keys = ON');
      return Promise.resolve();
    },
    close() {
      database.close();
      return Promise.resolve();
    },
  });
}
