import Database from 'better-sqlite3';
import { tokenizeSql } from '../core/syntax/sql/tokens.ts';
import type { ProofDatabase } from './database.ts';

const own = `name NOT LIKE 'sqlite_%'`;

/** SQLite keeps expressions as they were written: what differs in spaces alone is equal. */
function plain(sql: string): string {
  return tokenizeSql(sql, 'sqlite')
    .map(({ start, end }) => sql.slice(start, end))
    .join(' ');
}

/**
 * Defaults and expressions come from source that nobody may have looked at yet. Without regard to quotes and comments, because what is not understood the same
 * way by us and by SQLite would be the way out.
 */
function reachesOut(sql: string): boolean {
  return /\battach\b[\s\S]*\bas\b/i.test(sql) || /\bvacuum\b[\s\S]*\binto\b/i.test(sql);
}

/** Each `CHECK (…)` of a CREATE TABLE, whole. */
function checksOf(sql: string): string[] {
  const tokens = tokenizeSql(sql, 'sqlite');
  return tokens.flatMap((token, place) => {
    if (token.key !== 'CHECK') return [];
    let depth = 0;
    for (const { key, end } of tokens.slice(place + 1)) {
      if (key === '(') depth++;
      if (key === ')' && --depth === 0) return [plain(sql.slice(token.start, end))];
    }
    return [];
  });
}

interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  readonly pk: number;
  readonly hidden: number;
}

/** SQLite in memory (or in a file, which is never reset), foreign keys on, as the drivers of the ORMs set them. */
export function openSqlite(file = ':memory:'): Promise<ProofDatabase> {
  let database = new Database(file);
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
        if (reachesOut(sql)) throw new Error('ATTACH and VACUUM INTO open other files: a proof does not run them.');
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
            `column ${table}.${column.name} ${column.type}${column.notnull ? ' not null' : ''} default ${column.dflt_value === null ? 'none' : plain(column.dflt_value)} key ${column.pk} hidden ${column.hidden}`,
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
          .prepare<[], { name: string; unique: number; origin: string }>(
            `SELECT name, "unique", origin FROM pragma_index_list('${name}')`,
          )
          .all()) {
          const columns = database
            .prepare<[], { name: string | null; desc: number }>(
              `SELECT name, "desc" FROM pragma_index_xinfo('${index.name.replaceAll("'", "''")}') WHERE key = 1`,
            )
            .all();
          const stated = database
            .prepare<[string], { sql: string | null }>(
              `SELECT sql FROM sqlite_master WHERE type = 'index' AND name = ?`,
            )
            .get(index.name);
          const where = /\bWHERE\b([\s\S]*)$/i.exec(stated?.sql ?? '')?.[1];
          // The engine's own indexes are numbered in the order of their constraints: their names say nothing.
          const label = index.origin === 'c' ? index.name : index.origin;
          lines.push(
            `index ${table} ${label} ${columns.map((column) => `${column.name ?? 'expression'}${column.desc ? ' desc' : ''}`).join(',')} unique ${index.unique} where ${where === undefined ? 'all' : plain(where)}`,
          );
        }
        const { sql } = database
          .prepare<[string], { sql: string }>('SELECT sql FROM sqlite_master WHERE name = ?')
          .get(table) ?? { sql: '' };
        for (const check of checksOf(sql)) lines.push(`check ${table} ${check}`);
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
