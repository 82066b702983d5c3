/**
 * Names of constraints and indexes that the schema does not name: `User_email_key`. Cut to what the engine allows, as Prisma does
 * (psl/psl-core/src/datamodel_connector/constraint_names.rs of prisma-engines).
 */
import type { Dialect } from '../../schema/model.ts';

/** Longest identifier, in bytes. */
const limits: Readonly<Partial<Record<Dialect, number>>> = {
  postgresql: 63,
  cockroachdb: 63,
  mysql: 64,
  mssql: 128,
  mongodb: 127,
};

export type Suffix = '_pkey' | '_key' | '_idx' | '_fkey';

export function constraintName(table: string, columns: readonly string[], suffix: Suffix, dialect: Dialect): string {
  const joined = [table, ...columns.map((column) => column.replaceAll('.', '_'))].join('_');
  return cut(joined, (limits[dialect] ?? Infinity) - suffix.length) + suffix;
}

function cut(text: string, bytes: number): string {
  let length = 0;
  let result = '';
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (length > bytes) return result;
    result += char;
  }
  return result;
}

/** MySQL calls every primary key PRIMARY, SQLite and MongoDB name none. */
export function namesPrimaryKeys(dialect: Dialect): boolean {
  return dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'mssql';
}
