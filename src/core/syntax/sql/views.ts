/** Views, and the types that users make of others. */
import { readColumn, readType } from './columns.ts';
import type { Skipped } from './columns.ts';
import type { SqlCursor } from './cursor.ts';
import type { DdlOperation } from './operation.ts';

/** Behind the word VIEW. */
export function readCreateView(cursor: SqlCursor, materialized: boolean): DdlOperation[] {
  cursor.takes('IF', 'NOT', 'EXISTS');
  const at = cursor.range();
  const table = cursor.name();
  if (table === null) return [];
  const columns = cursor.sees('(') ? (cursor.names() ?? []) : [];
  // WITH SCHEMABINDING, WITH (security_barrier), USING method, BUILD IMMEDIATE …
  while (!cursor.isDone && !cursor.sees('AS')) if (cursor.group() === null) cursor.next();
  if (!cursor.takes('AS')) return [];
  return [{ kind: 'createView', table, materialized, columns, query: withoutTail(cursor.rest()), at }];
}

function withoutTail(query: string): string {
  return query
    .replace(/\s+WITH\s+(?:(?:NO\s+)?DATA|(?:CASCADED\s+|LOCAL\s+)?CHECK\s+OPTION|READ\s+ONLY)\s*$/i, '')
    .trim();
}

/** Behind the word DOMAIN, or behind `TYPE name FROM` of SQL Server. */
export function readDomain(cursor: SqlCursor, skipped: Skipped): DdlOperation[] {
  const domain = cursor.name();
  cursor.takesAny('AS', 'FROM');
  if (domain === null) return [];
  const start = cursor.position;
  const type = readType(cursor);
  if (type === null) return [];
  cursor.position = start;
  const { column } = readColumn(domain.name, cursor, skipped);
  return [{ kind: 'createDomain', domain, type, nullable: column.nullable }];
}
