/** What a SQLite database holds after a script, by its own pragmas. */
import Database from 'better-sqlite3';
import { columnTypeOf } from '../../../src/core/schema/columnTypes.ts';
import type { Described, DescribedForeignKey, DescribedIndex, DescribedTable } from '../described.ts';

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly pk: number;
  readonly hidden: number;
}

interface ForeignKeyRow {
  readonly id: number;
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly on_update: string;
  readonly on_delete: string;
}

interface IndexRow {
  readonly name: string;
  readonly unique: number;
  readonly origin: string;
  readonly partial: number;
}

interface IndexColumnRow {
  readonly name: string | null;
  readonly desc: number;
  readonly key: number;
}

/** Throws with SQLite's own message. */
export function readSqlite(script: string): Described {
  const database = new Database(':memory:');
  try {
    database.exec(script);
    const tables = database
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
      .all() as { name: string }[];
    return { tables: tables.map(({ name }) => tableOf(name, database)), enums: null };
  } finally {
    database.close();
  }
}

function tableOf(name: string, database: Database.Database): DescribedTable {
  const pragma = (call: string): readonly unknown[] => database.prepare(`SELECT * FROM ${call}`).all();
  const quoted = `'${name.replaceAll("'", "''")}'`;
  // Hidden columns are those of virtual tables (1) and generated ones (2, 3).
  const columns = (pragma(`pragma_table_xinfo(${quoted})`) as readonly ColumnRow[]).filter(
    ({ hidden }) => hidden !== 1,
  );
  const indexes = (pragma(`pragma_index_list(${quoted})`) as readonly IndexRow[]).filter(
    ({ origin }) => origin !== 'pk',
  );
  const indexOf = (row: IndexRow): DescribedIndex => {
    const parts = (
      pragma(`pragma_index_xinfo('${row.name.replaceAll("'", "''")}')`) as readonly IndexColumnRow[]
    ).filter(({ key, name: column }) => key === 1 && column !== null);
    return {
      name: row.name,
      columns: parts.map((part) => part.name ?? ''),
      method: null,
      partial: row.partial === 1,
      descending: parts.filter(({ desc }) => desc === 1).map((part) => part.name ?? ''),
    };
  };
  const keys = new Map<number, ForeignKeyRow[]>();
  for (const row of pragma(`pragma_foreign_key_list(${quoted})`) as readonly ForeignKeyRow[]) {
    const known = keys.get(row.id);
    if (known) known.push(row);
    else keys.set(row.id, [row]);
  }
  return {
    name,
    columns: columns.map((row) => ({
      name: row.name,
      type: classOf(row.type),
      nullable: row.notnull === 0 && row.pk === 0,
    })),
    primaryKey: columns
      .filter(({ pk }) => pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((row) => row.name),
    primaryKeyName: null,
    foreignKeys: [...keys.values()].flatMap(([first, ...rest]): DescribedForeignKey[] =>
      first
        ? [
            {
              name: null,
              columns: [first, ...rest].map(({ from }) => from),
              table: first.table,
              references: [first, ...rest].map(({ to }) => to),
              onDelete: first.on_delete,
              onUpdate: first.on_update,
            },
          ]
        : [],
    ),
    indexes: indexes.filter(({ unique }) => unique === 0).map(indexOf),
    uniques: indexes.filter(({ unique }) => unique === 1).map(indexOf),
  };
}

/** SQLite's REAL is a double of eight bytes (sqlite.org/datatype3.html). */
function classOf(type: string): string {
  const plain = type.toLowerCase().replace(/\s*\([^)]*\)/, '');
  if (plain === 'real') return 'float64';
  return plain === 'jsonb' ? 'json' : columnTypeOf(plain, 'sqlite');
}
