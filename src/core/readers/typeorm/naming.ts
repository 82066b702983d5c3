/**
 * Names as TypeORM derives them: `DefaultNamingStrategy` (typeorm 0.3 and 1.x agree) and the `SnakeNamingStrategy` of the
 * package typeorm-naming-strategies. A strategy is a set of pure functions; a custom one replaces some of them.
 */
import { sha1 } from '../shared/sha1.ts';

export interface NamingStrategy {
  tableName(className: string, given: string | null): string;
  closureJunctionTableName(table: string): string;
  columnName(property: string, given: string | null, prefixes: readonly string[]): string;
  primaryKeyName(table: string, columns: readonly string[]): string;
  uniqueConstraintName(table: string, columns: readonly string[]): string;
  relationConstraintName(table: string, columns: readonly string[], where: string | null): string;
  foreignKeyName(
    table: string,
    columns: readonly string[],
    referencedTable: string,
    referencedColumns: readonly string[],
  ): string;
  indexName(table: string, columns: readonly string[], where: string | null): string;
  checkConstraintName(table: string, expression: string, isEnum: boolean): string;
  exclusionConstraintName(table: string, expression: string): string;
  joinColumnName(relation: string, referencedColumn: string): string;
  joinTableName(first: string, second: string, firstProperty: string, secondProperty: string): string;
  joinTableColumnDuplicationPrefix(column: string, index: number): string;
  joinTableColumnName(table: string, property: string, column: string | null): string;
  joinTableInverseColumnName(table: string, property: string, column: string | null): string;
  prefixTableName(prefix: string, table: string): string;
  readonly materializedPathColumnName: string;
  readonly nestedSetColumnNames: { readonly left: string; readonly right: string };
}

/** As typeorm/util/StringUtils: spaces, dashes and underscores go, what follows is capital; the first letter is small. */
export function camelCase(text: string): string {
  return text.replace(/^([A-Z])|[\s\-_](\w)/g, (_match, first?: string, next?: string) =>
    next === undefined ? (first ?? '').toLowerCase() : next.toUpperCase(),
  );
}

export function snakeCase(text: string): string {
  return text
    .replace(/([A-Z])([A-Z])([a-z])/g, '$1_$2$3')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Only the first letter of each word stays capital: `postalCode` → `Postalcode`. */
export function titleCase(text: string): string {
  return text.replace(/\w\S*/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
}

/** Join table names longer than the engine allows: each term of each segment is cut, as typeorm/util/StringUtils does. */
export function shorten(text: string): string {
  return text
    .split('_')
    .map((segment) => {
      const terms = segment
        .replace(/([a-z\xE0-\xFF])([A-Z\xC0-\xDF])/g, '$1 $2')
        .replace(/(_)([a-z])/g, ' $2')
        .split(' ');
      return terms.map((term) => term.slice(0, terms.length > 1 ? 2 : 3)).join('');
    })
    .join('_');
}

type Hashed = (
  prefix: string,
  length: number,
  table: string,
  columns: readonly string[],
  where?: string | null,
) => string;

/** `legacy`: typeorm 0.x hashes the percent-encoded text, which tells wherever an expression is part of it. */
function hashing(legacy: boolean): Hashed {
  return (prefix, length, table, columns, where) => {
    const bare = table.slice(table.lastIndexOf('.') + 1);
    const key = `${bare}_${columns.toSorted().join('_')}${where ? `_${where}` : ''}`.toWellFormed();
    return `${prefix}_${sha1(legacy ? encodeURIComponent(key) : key).slice(0, length)}`;
  };
}

export function defaultNaming(legacy: boolean): NamingStrategy {
  const hashed = hashing(legacy);
  return {
    tableName: (className, given) => given ?? snakeCase(className),
    closureJunctionTableName: (table) => `${table}_closure`,
    columnName(property, given, prefixes) {
      const name = given ?? property;
      return prefixes.length > 0 ? camelCase(prefixes.join('_')) + titleCase(name) : name;
    },
    primaryKeyName: (table, columns) => hashed('PK', 27, table, columns),
    uniqueConstraintName: (table, columns) => hashed('UQ', 27, table, columns),
    relationConstraintName: (table, columns, where) => hashed('REL', 26, table, columns, where),
    foreignKeyName: (table, columns) => hashed('FK', 27, table, columns),
    indexName: (table, columns, where) => hashed('IDX', 26, table, columns, where),
    checkConstraintName: (table, expression, isEnum) =>
      hashed('CHK', 26, table, [expression]) + (isEnum ? '_ENUM' : ''),
    exclusionConstraintName: (table, expression) => hashed('XCL', 26, table, [expression]),
    joinColumnName: (relation, referencedColumn) => camelCase(`${relation}_${referencedColumn}`),
    joinTableName: (first, second, firstProperty) =>
      snakeCase(`${first}_${firstProperty.replaceAll('.', '_')}_${second}`),
    joinTableColumnDuplicationPrefix: (column, index) => `${column}_${index}`,
    joinTableColumnName: (table, property, column) => camelCase(`${table}_${column ?? property}`),
    joinTableInverseColumnName: (table, property, column) => camelCase(`${table}_${column ?? property}`),
    prefixTableName: (prefix, table) => prefix + table,
    materializedPathColumnName: 'mpath',
    nestedSetColumnNames: { left: 'nsleft', right: 'nsright' },
  };
}

/** typeorm-naming-strategies 4.x, `SnakeNamingStrategy`. */
export function snakeNaming(legacy: boolean): NamingStrategy {
  return {
    ...defaultNaming(legacy),
    tableName: (className, given) => given ?? snakeCase(className),
    columnName: (property, given, prefixes) => snakeCase([...prefixes, ''].join('_')) + (given ?? snakeCase(property)),
    joinColumnName: (relation, referencedColumn) => snakeCase(`${relation}_${referencedColumn}`),
    joinTableColumnName: (table, property, column) => snakeCase(`${table}_${column ?? property}`),
    joinTableInverseColumnName: (table, property, column) => snakeCase(`${table}_${column ?? property}`),
  };
}
