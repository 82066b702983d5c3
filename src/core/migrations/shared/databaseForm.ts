/**
 * A schema as the database holds it. Entities say more than that (a UUID that the ORM asks for, an enumeration where the engine has none) and say it
 * in other words than migrations do; brought to one form, only real differences are left.
 */
import type { Comparable, DiffOptions } from '../../diff/diff.ts';
import { tableKey } from '../../diff/diff.ts';
import { canonicalDefault, canonicalType, isUnsigned, withoutBrackets } from '../../dialects/types.ts';
import type { Column, Dialect, EnumType, Generated, Index, Table } from '../../schema/model.ts';

const stored: ReadonlySet<string> = new Set(['table', 'join-table', 'closure-table']);

/** They make UUIDs by themselves and hand them over; TypeORM has the engine make them. */
const handsOver: ReadonlySet<string> = new Set(['jpa', 'sqlalchemy', 'mybatis']);

export interface DatabaseFormOptions {
  readonly dialect: Dialect;
  /** Function that makes UUIDs in PostgreSQL; the one the database's own defaults use, so that no second extension is needed. */
  readonly uuidFunction: string;
}

/** Of two spellings that mean the same, neither is a change. */
export function diffOptions(dialect: Dialect): Pick<DiffOptions, 'typeOf' | 'defaultOf'> {
  return {
    typeOf: (column) => canonicalType(dialect, column),
    defaultOf: (column) => canonicalDefault(dialect, column),
  };
}

/** `gen_random_uuid()` is part of PostgreSQL since 13; older projects use the extension's function. */
export function uuidFunctionOf(schema: Comparable): string {
  for (const { columns } of schema.tables) {
    for (const { default: text } of columns) {
      const match = /uuid_generate_v\d\(\)/.exec(text ?? '');
      if (match) return match[0];
    }
  }
  return 'gen_random_uuid()';
}

/** Only what migrations are responsible for: no views, no tables the ORM is told to leave alone, no index the engine makes by itself. */
export function databaseForm(schema: Comparable, options: DatabaseFormOptions): Comparable {
  const { dialect } = options;
  const inline = dialect === 'mysql' || dialect === 'mariadb' || dialect === 'sqlite';
  const hasEnums = inline || dialect === 'postgresql' || dialect === 'cockroachdb';
  const enums = new Map<string, EnumType>();
  const known = new Map(schema.enums.map((type) => [tableKey(type), type]));
  const tables = schema.tables
    .filter((table) => stored.has(table.kind) && table.managed)
    .map((table): Table => {
      const columns = table.columns.map((column) => {
        const isKey = table.primaryKey.includes(column.name);
        const next = columnForm(isKey ? { ...column, nullable: false } : column, table, options);
        if (next.enum === null) return next;
        if (!hasEnums) return { ...next, enum: null };
        const type =
          known.get(tableKey({ name: next.enum, namespace: table.namespace })) ??
          schema.enums.find(({ name }) => name === next.enum);
        if (!type) return next;
        // A type that is written into the column has no name: both sides are given the same.
        const named = inline
          ? { ...type, name: `${table.name}_${column.name.toLowerCase()}_enum`, namespace: table.namespace }
          : type;
        enums.set(tableKey(named), named);
        return { ...next, enum: named.name };
      });
      return constraintForm({ ...table, columns }, dialect);
    });
  return {
    tables,
    enums: [...enums.values()],
  };
}

/**
 * Tables of scripts lie where the connection looks (`search_path`, Flyway's `defaultSchema`); entities name that place. Where one side names none and the other one only, it is
 * the same.
 */
export function inOneNamespace(schema: Comparable, other: Comparable): Comparable {
  const places = new Set(other.tables.filter(({ kind }) => stored.has(kind)).map(({ namespace }) => namespace));
  const [place] = places;
  const isNowhere = schema.tables.every(({ namespace }) => namespace === null);
  if (places.size !== 1 || place === null || place === undefined || !isNowhere) return schema;
  return {
    tables: schema.tables.map((table) => ({
      ...table,
      namespace: place,
      foreignKeys: table.foreignKeys.map((key) => ({
        ...key,
        references: { ...key.references, namespace: key.references.namespace ?? place },
      })),
    })),
    enums: schema.enums.map((type) => ({ ...type, namespace: type.namespace ?? place })),
  };
}

function columnForm(column: Column, { reader }: Table, { dialect, uuidFunction }: DatabaseFormOptions): Column {
  const { generated } = column;
  const comment = column.comment === '' ? null : column.comment;
  if (generated === null) return { ...column, comment };
  if (generated.kind === 'uuid') {
    if (handsOver.has(reader)) return { ...column, comment, generated: null };
    const standard = dialect === 'postgresql' ? uuidFunction : dialect === 'mssql' ? 'NEWSEQUENTIALID()' : null;
    return { ...column, comment, generated: null, default: column.default ?? standard };
  }
  return { ...column, comment, generated: generatedForm(generated, dialect) };
}

function generatedForm({ kind, expression }: Generated, dialect: Dialect): Generated | null {
  // The program asks the sequence for values and writes them; where the database does so, it is by a default.
  if (kind === 'application' || kind === 'sequence') return null;
  // Every integer that is the key of a table of SQLite is; nothing states it.
  if (kind === 'rowid' && dialect === 'sqlite') return null;
  const isNumber = kind === 'identity' || kind === 'increment';
  // Only PostgreSQL has both.
  if (isNumber) return { kind: dialect === 'postgresql' ? kind : 'increment', expression: null };
  return { kind, expression: expression === null ? null : withoutBrackets(expression) };
}

function constraintForm(table: Table, dialect: Dialect): Table {
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  // InnoDB checks at once either way; SQL Server and Oracle have no such action, and ORMs leave it away there.
  const hasNoRestrict = isMysql || dialect === 'mssql' || dialect === 'oracle';
  const indexes = table.indexes.filter(({ origin }) => origin !== 'engine').map((index) => indexForm(index, dialect));
  const uniques: Index[] = table.uniques.map(({ name, columns, origin, at }) => ({
    ...{
      name,
      columns,
      orders: [],
      include: [],
      unique: true,
      method: null,
      where: null,
      expression: null,
      origin,
      at,
    },
  }));
  return {
    ...table,
    checks: table.checks.map((check) => ({ ...check, expression: withoutBrackets(check.expression) })),
    // A relation one to one makes its unique key twice over where the ORM is asked for it as well.
    indexes: isMysql
      ? [
          ...indexes,
          ...uniques.filter(
            (unique) => !indexes.some((index) => index.unique && index.columns.join() === unique.columns.join()),
          ),
        ]
      : indexes,
    uniques: isMysql ? [] : table.uniques,
    foreignKeys: table.foreignKeys.map((key) => ({
      ...key,
      onDelete: hasNoRestrict && key.onDelete === 'RESTRICT' ? 'NO ACTION' : key.onDelete,
      onUpdate: hasNoRestrict && key.onUpdate === 'RESTRICT' ? 'NO ACTION' : key.onUpdate,
    })),
  };
}

function indexForm(index: Index, dialect: Dialect): Index {
  return {
    ...index,
    method: methodForm(index.method?.toLowerCase() ?? null, dialect),
    where: index.where === null ? null : withoutBrackets(index.where).replace(/\s+/g, ' '),
  };
}

/** Entities that serve several engines ask for what only some have; ORMs then make the plain index. */
function methodForm(method: string | null, dialect: Dialect): string | null {
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  if (method === 'btree' || dialect === 'sqlite') return null;
  if (isMysql) return method === 'fulltext' || method === 'spatial' ? method : null;
  if (dialect !== 'postgresql') return method;
  return method === 'spatial' ? 'gist' : method === 'fulltext' ? null : method;
}

/**
 * The target with the names and spellings that elements already have: half of all names are generated, and a constraint is not dropped and made anew for its name.
 * `from` comes with confirmed renames applied.
 */
export function keepNames(from: Comparable, to: Comparable, dialect: Dialect): Comparable {
  const before = new Map(from.tables.map((table) => [tableKey(table), table]));
  return {
    ...to,
    tables: to.tables.map((table) => {
      const old = before.get(tableKey(table));
      if (!old) return table;
      const sameKey = old.primaryKey.join('\u0000') === table.primaryKey.join('\u0000');
      return {
        ...table,
        columns: table.columns.map((column) => {
          const previous = old.columns.find(({ name }) => name === column.name);
          return previous ? keepSpelling(previous, column, dialect) : column;
        }),
        primaryKeyName: sameKey ? old.primaryKeyName : table.primaryKeyName,
        uniques: named(old.uniques, table.uniques, (unique) => unique.columns.join('\u0000')),
        checks: named(old.checks, table.checks, (check) => check.expression.replace(/\s+/g, ' ').trim()),
        foreignKeys: named(old.foreignKeys, table.foreignKeys, (key) =>
          JSON.stringify([
            key.columns,
            key.references,
            key.onDelete ?? 'NO ACTION',
            key.onUpdate ?? 'NO ACTION',
            key.deferrable,
          ]),
        ),
      };
    }),
  };
}

/** Of two spellings that mean the same, the one that is there. */
function keepSpelling(old: Column, column: Column, dialect: Dialect): Column {
  const { type, rawType, length, precision, scale } = old;
  const sameType = canonicalType(dialect, old) === canonicalType(dialect, column);
  const sameDefault = canonicalDefault(dialect, old) === canonicalDefault(dialect, column);
  return {
    ...column,
    ...(sameType ? { type, rawType, length, precision, scale } : {}),
    // Said beside the name or within it.
    ...(sameType && isUnsigned(dialect, column) ? { unsigned: true } : {}),
    ...(sameDefault ? { default: old.default } : {}),
  };
}

function named<T extends { readonly name: string | null }>(
  old: readonly T[],
  now: readonly T[],
  shape: (part: T) => string,
): T[] {
  const waiting = [...old];
  return now.map((part) => {
    const place = waiting.findIndex((other) => shape(other) === shape(part));
    const [twin] = place === -1 ? [] : waiting.splice(place, 1);
    return twin ? { ...part, name: twin.name } : part;
  });
}
