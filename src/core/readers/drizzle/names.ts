/** Names as Drizzle (`casing.js`) and drizzle-kit (its serializers) make them. */
import type { Dialect } from '../../schema/model.ts';
import type { Casing } from './model.ts';

/** Name of a column that states none: its key. */
export function casedName(key: string, casing: Casing | null): string {
  if (casing === null) return key;
  const words = key.replace(/['\u2019]/g, '').match(/[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g) ?? [];
  if (casing === 'snake_case') return words.map((word) => word.toLowerCase()).join('_');
  return words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

export interface NamedColumn {
  readonly name: string;
  /** Before its case is changed: names of constraints are made of these, and then have them replaced. */
  readonly original: string;
}

function recased(name: string, columns: readonly NamedColumn[]): string {
  return columns.reduce((text, column) => text.replace(column.original, column.name), name);
}

export function foreignKeyName(
  table: string,
  columns: readonly NamedColumn[],
  target: string,
  references: readonly NamedColumn[],
  dialect: Dialect,
): string {
  const originals = (each: readonly NamedColumn[]): readonly string[] => each.map(({ original }) => original);
  const name = `${[table, ...originals(columns), target, ...originals(references)].join('_')}_fk`;
  return fitting(recased(recased(name, columns), references), dialect);
}

export function primaryKeyName(table: string, columns: readonly NamedColumn[], dialect: Dialect): string {
  return fitting(recased(`${table}_${columns.map(({ original }) => original).join('_')}_pk`, columns), dialect);
}

/** The case of columns is not changed in these. */
export function uniqueName(table: string, columns: readonly NamedColumn[], dialect: Dialect): string {
  return fitting(`${table}_${columns.map(({ original }) => original).join('_')}_unique`, dialect);
}

export function indexName(table: string, columns: readonly NamedColumn[], dialect: Dialect): string {
  return fitting(`${table}_${columns.map(({ name }) => name).join('_')}_index`, dialect);
}

/** PostgreSQL cuts names to 63 bytes; the other engines refuse longer ones. */
export function fitting(name: string, dialect: Dialect): string {
  return dialect === 'postgresql' ? name.slice(0, 63) : name;
}
