import type { Dialect, Index, Table } from '../schema/model.ts';
import { engines } from './registry.ts';

/** Something that can serve a look-up: the primary key, a unique constraint or an index. */
export interface AccessPath {
  readonly kind: 'primary key' | 'unique constraint' | 'index';
  readonly name: string | null;
  readonly columns: readonly string[];
  /** The index behind it, where it is one. */
  readonly index: Index | null;
}

/** Why an access path does not serve an equality look-up by the given columns; null = it does. */
export type Obstacle =
  | { readonly kind: 'columns-not-leading' }
  | { readonly kind: 'column-missing' }
  | { readonly kind: 'partial'; readonly where: string }
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'method'; readonly method: string };

/** All access paths of a table: primary key first, then unique constraints, then indexes, in the table's order. */
export function accessPaths(table: Table): readonly AccessPath[] {
  return [
    ...(table.primaryKey.length > 0
      ? [{ kind: 'primary key' as const, name: table.primaryKeyName, columns: table.primaryKey, index: null }]
      : []),
    ...table.uniques.map(({ name, columns }) => ({ kind: 'unique constraint' as const, name, columns, index: null })),
    ...table.indexes.map((index) => ({ kind: 'index' as const, name: index.name, columns: index.columns, index })),
  ];
}

/**
 * Whether an equality look-up by all of `columns` is served, that is, whether they are the leading columns. Their order among
 * themselves does not matter: each is compared with a value, so `(b, a)` finds `a = 1 AND b = 2` as `(a, b)` does.
 */
export function obstacleTo(path: AccessPath, columns: readonly string[], dialect: Dialect | null): Obstacle | null {
  const { index } = path;
  if (index) {
    if (index.expression !== null) return { kind: 'expression', expression: index.expression };
    if (index.method !== null && !servesEquality(index.method, columns, index, dialect))
      return { kind: 'method', method: index.method };
  }
  const leading = path.columns.slice(0, columns.length);
  if (!columns.every((column) => leading.includes(column)))
    return {
      kind: columns.every((column) => path.columns.includes(column)) ? 'columns-not-leading' : 'column-missing',
    };
  if (index?.where != null && !isNotNullPredicate(index.where, columns)) return { kind: 'partial', where: index.where };
  return null;
}

/** Hash indexes hold all their columns in one hash, so they serve only a look-up by exactly those. */
function servesEquality(method: string, columns: readonly string[], index: Index, dialect: Dialect | null): boolean {
  const name = method.toLowerCase();
  const known = dialect === null ? ['btree'] : engines[dialect].equalityMethods;
  if (!known.includes(name)) return false;
  return !name.startsWith('hash') || index.columns.length === columns.length;
}

/**
 * `fk IS NOT NULL` leaves out only rows that no look-up by the key can ask for, and PostgreSQL proves that for `fk = $1`
 * even in a generic plan (checked on 15.18). Several such conditions may be joined by AND, each on one of the columns.
 */
function isNotNullPredicate(where: string, columns: readonly string[]): boolean {
  return stripParentheses(where)
    .split(/\s+and\s+/iu)
    .every((condition) => {
      const column = /^(.+?)\s+is\s+not\s+null$/iu.exec(stripParentheses(condition))?.[1];
      return column !== undefined && columns.includes(unquote(column));
    });
}

function stripParentheses(text: string): string {
  let inner = text.trim();
  while (/^\([^()]*\)$/u.test(inner)) inner = inner.slice(1, -1).trim();
  return inner;
}

function unquote(identifier: string): string {
  const name = identifier.trim().split('.').at(-1) ?? '';
  return name.replace(/^["`[](.*)["`\]]$/u, '$1');
}
