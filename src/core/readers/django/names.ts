/**
 * Names of tables, indexes and constraints as Django makes them (django/db/backends/utils.py `truncate_name`, `names_digest`;
 * django/db/backends/base/schema.py `_create_index_name`; django/db/models/indexes.py `set_name_with_model`).
 */
import type { Dialect } from '../../schema/model.ts';
import { md5 } from '../shared/md5.ts';

/** Longest identifier; null = any (SQLite). */
export function maxNameLength(dialect: Dialect): number | null {
  switch (dialect) {
    case 'sqlite':
      return null;
    case 'mysql':
    case 'mariadb':
      return 64;
    case 'oracle':
      return 30;
    case 'mssql':
      return 128;
    default:
      return 63;
  }
}

function digest(parts: readonly string[], length: number): string {
  return md5(parts.join('')).slice(0, length);
}

/** Quotes that keep Django from touching a name: `db_table = '"quoted"'`. */
export function unquoted(name: string): string {
  return name.length > 1 && name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1) : name;
}

export function truncated(name: string, dialect: Dialect): string {
  const limit = maxNameLength(dialect);
  if (limit === null || name.length <= limit) return name;
  return name.slice(0, limit - 4) + digest([name], 4);
}

/** Of `db_index`, `unique_together` (`_uniq`), foreign keys (`_fk_…`), PostgreSQL's pattern indexes (`_like`). */
export function indexName(table: string, columns: readonly string[], suffix: string, dialect: Dialect): string {
  const limit = maxNameLength(dialect) ?? 200;
  const plain = withoutNamespace(table);
  let ending = digest([plain, ...columns], 8) + suffix;
  const joined = columns.join('_');
  const whole = `${plain}_${joined}_${ending}`;
  if (whole.length <= limit) return whole;
  if (ending.length > limit / 3) ending = ending.slice(0, Math.floor(limit / 3));
  const rest = Math.floor((limit - ending.length) / 2) - 1;
  const name = `${plain.slice(0, rest)}_${joined.slice(0, rest)}_${ending}`;
  return /^[_\d]/.test(name) ? `D${name.slice(0, -1)}` : name;
}

export function foreignKeyName(
  table: string,
  column: string,
  target: { readonly table: string; readonly column: string },
  dialect: Dialect,
): string {
  return indexName(table, [column], `_fk_${withoutNamespace(target.table)}_${target.column}`, dialect);
}

/**
 * Of an entry in `Meta.indexes` without a name.
 * @param columns with `-` before those in descending order
 * @param suffix `idx`, `gin`, `gist`, `brin`…
 */
export function declaredIndexName(table: string, columns: readonly string[], suffix: string): string {
  const plain = withoutNamespace(table);
  const first = columns[0]?.replace(/^-/, '') ?? '';
  const name = `${plain.slice(0, 11)}_${first.slice(0, 7)}_${digest([plain, ...columns, suffix], 6)}_${suffix}`;
  return /^[_\d]/.test(name) ? `D${name.slice(1)}` : name;
}

/** `"schema"."table"`: the usual trick to reach another schema. */
export function splitTable(name: string): { readonly namespace: string | null; readonly table: string } {
  const [, namespace, table] = /^"?([^".]+)"?\."?([^".]+)"?$/.exec(name) ?? [];
  if (namespace !== undefined && table !== undefined && name.includes('"')) return { namespace, table };
  return { namespace: null, table: unquoted(name) };
}

function withoutNamespace(name: string): string {
  return splitTable(name).table;
}
