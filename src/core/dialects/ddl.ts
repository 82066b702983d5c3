/** SQL text for changes of a schema. The common printer speaks what most engines share; each engine overrides only what differs. */
import { tableKey } from '../diff/diff.ts';
import type { Comparable } from '../diff/diff.ts';
import type { Change, ChangeKind, TableRef } from '../schema/change.ts';
import type { Check, Column, Dialect, ForeignKey, Index, Table, Unique } from '../schema/model.ts';
import { quoteIdentifier, quoteTable } from './quoting.ts';

export interface Statement {
  /** Without a closing semicolon. */
  readonly sql: string;
  /** The engine refuses it, or gives it another meaning, inside a transaction. */
  readonly outsideTransaction: boolean;
}

/** The schemas the changes lead from and to, for engines that have to build a table anew. */
export interface DdlContext {
  readonly from: Comparable;
  readonly to: Comparable;
}

type Of<Kind extends ChangeKind> = Extract<Change, { kind: Kind }>;

/** One printing function per kind of change: a new kind does not compile until every engine can print it. */
export type Printers = { readonly [Kind in ChangeKind]: (change: Of<Kind>, context: DdlContext) => readonly string[] };

/** What the engines spell differently inside a statement. */
export interface Spelling {
  readonly dialect: Dialect;
  /** Type and generation of a column, without nullability and default: `varchar(20)`, `SERIAL`. */
  columnType(column: Column): string;
  /** What follows nullability and default: `AUTO_INCREMENT`, `GENERATED ALWAYS AS (…) STORED`. */
  columnSuffix(column: Column): string;
  /** The default as the engine takes it; absent = as it is. */
  defaultOf?(text: string): string;
  /** The primary key stands with the column instead of at the end of the table. */
  inlinePrimaryKey(table: Table): boolean;
}

/** Prints the changes in their order; every statement can be run as it is, one after the other. */
export type DdlPrinter = (changes: readonly Change[], context: DdlContext) => readonly Statement[];

export function statement(sql: string, outsideTransaction = false): Statement {
  return { sql, outsideTransaction };
}

export function printWith(printers: Printers, change: Change, context: DdlContext): readonly string[] {
  const print = printers[change.kind] as (change: Change, context: DdlContext) => readonly string[];
  return print(change, context);
}

/** `rawType(length)` or `rawType(precision, scale)`, as the ORM states it. */
export function sizedType(column: Column): string {
  const sizes =
    column.length !== null ? [column.length] : [column.precision, column.scale].filter((size) => size !== null);
  if (sizes.length === 0) return column.rawType;
  // The size stands before what follows the type's first words: `timestamp(3) with time zone`, `character varying(20)`.
  const tail = / (with|without) time zone$/i.exec(column.rawType);
  return tail
    ? `${column.rawType.slice(0, tail.index)}(${sizes.join(', ')})${tail[0]}`
    : `${column.rawType}(${sizes.join(', ')})`;
}

export function columnList(columns: readonly string[], dialect: Dialect): string {
  return columns.map((column) => quoteIdentifier(column, dialect)).join(', ');
}

/** `"name" type NOT NULL DEFAULT …` */
export function columnDefinition(column: Column, spelling: Spelling): string {
  return [
    quoteIdentifier(column.name, spelling.dialect),
    spelling.columnType(column),
    ...(column.nullable ? [] : ['NOT NULL']),
    ...(column.default === null ? [] : [`DEFAULT ${spelling.defaultOf?.(column.default) ?? column.default}`]),
    ...(spelling.columnSuffix(column) === '' ? [] : [spelling.columnSuffix(column)]),
  ].join(' ');
}

function named(name: string | null, dialect: Dialect): string {
  return name === null ? '' : `CONSTRAINT ${quoteIdentifier(name, dialect)} `;
}

export function uniqueClause(unique: Unique, dialect: Dialect): string {
  const nulls = unique.nullsNotDistinct ? ' NULLS NOT DISTINCT' : '';
  return `${named(unique.name, dialect)}UNIQUE${nulls} (${columnList(unique.columns, dialect)})${deferral(unique.deferrable)}`;
}

export function checkClause(check: Check, dialect: Dialect): string {
  return `${named(check.name, dialect)}CHECK (${check.expression})`;
}

export function foreignKeyClause(key: ForeignKey, dialect: Dialect): string {
  const { references } = key;
  const actions = `${key.onDelete === null ? '' : ` ON DELETE ${key.onDelete}`}${key.onUpdate === null ? '' : ` ON UPDATE ${key.onUpdate}`}`;
  const target = `${quoteTable(references.table, references.namespace, dialect)} (${columnList(references.columns, dialect)})`;
  return `${named(key.name, dialect)}FOREIGN KEY (${columnList(key.columns, dialect)}) REFERENCES ${target}${actions}${deferral(key.deferrable)}`;
}

function deferral(deferrable: string | null): string {
  return deferrable === null ? '' : ` DEFERRABLE ${deferrable}`;
}

/** Body of a CREATE TABLE; foreign keys only where the engine cannot add them later. */
export function tableBody(table: Table, spelling: Spelling, foreignKeys: readonly ForeignKey[] = []): string {
  const { dialect } = spelling;
  const primaryKey =
    table.primaryKey.length === 0 || spelling.inlinePrimaryKey(table)
      ? []
      : [`${named(table.primaryKeyName, dialect)}PRIMARY KEY (${columnList(table.primaryKey, dialect)})`];
  const parts = [
    ...table.columns.map((column) => columnDefinition(column, spelling)),
    ...primaryKey,
    ...table.uniques.map((unique) => uniqueClause(unique, dialect)),
    ...table.checks.map((check) => checkClause(check, dialect)),
    ...foreignKeys.map((key) => foreignKeyClause(key, dialect)),
  ];
  return `(\n${parts.map((part) => `  ${part}`).join(',\n')}\n)`;
}

/** Constraints and indexes that have no name in the schema get the one PostgreSQL would give: `table_columns_suffix`. */
export function nameOr(name: string | null, table: string, columns: readonly string[], suffix: string): string {
  return name ?? `${[table, ...columns].join('_')}_${suffix}`;
}

export function createIndex(
  at: TableRef,
  index: Index,
  dialect: Dialect,
  options: { readonly using: boolean; readonly include: boolean },
): string {
  const name = quoteIdentifier(nameOr(index.name, at.table, index.columns, 'idx'), dialect);
  const parts = index.columns.map(
    (column, place) => quoteIdentifier(column, dialect) + (index.orders[place] === 'desc' ? ' DESC' : ''),
  );
  const columns = index.expression ?? parts.join(', ');
  const using = options.using && index.method !== null ? ` USING ${index.method}` : '';
  const include = options.include && index.include.length > 0 ? ` INCLUDE (${columnList(index.include, dialect)})` : '';
  const where = index.where === null ? '' : ` WHERE ${index.where}`;
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${name} ON ${quoteTable(at.table, at.namespace, dialect)}${using} (${columns})${include}${where}`;
}

/** What engines with a full ALTER TABLE have in common. */
export function commonPrinters(spelling: Spelling): Printers {
  const { dialect } = spelling;
  const id = (name: string): string => quoteIdentifier(name, dialect);
  const alter = (at: TableRef, action: string): string[] => [
    `ALTER TABLE ${quoteTable(at.table, at.namespace, dialect)} ${action}`,
  ];
  return {
    createTable: ({ table }) => [
      `CREATE TABLE ${quoteTable(table.name, table.namespace, dialect)} ${tableBody(table, spelling)}`,
    ],
    dropTable: ({ table }) => [`DROP TABLE ${quoteTable(table.name, table.namespace, dialect)}`],
    renameTable: (change) => alter(change, `RENAME TO ${id(change.to)}`),
    addColumn: (change) => alter(change, `ADD COLUMN ${columnDefinition(change.column, spelling)}`),
    dropColumn: (change) => alter(change, `DROP COLUMN ${id(change.column.name)}`),
    renameColumn: (change) => alter(change, `RENAME COLUMN ${id(change.from)} TO ${id(change.to)}`),
    alterColumn: (change) =>
      change.facets.flatMap((facet) => {
        const column = id(change.to.name);
        if (facet === 'type' || facet === 'enum')
          return alter(change, `ALTER COLUMN ${column} SET DATA TYPE ${spelling.columnType(change.to)}`);
        if (facet === 'nullable')
          return alter(change, `ALTER COLUMN ${column} ${change.to.nullable ? 'DROP' : 'SET'} NOT NULL`);
        if (facet === 'default')
          return alter(
            change,
            `ALTER COLUMN ${column} ${change.to.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${change.to.default}`}`,
          );
        return [];
      }),
    setPrimaryKey: (change, context) => {
      const name = (side: Comparable): string =>
        nameOr(
          side.tables.find((table) => tableKey(table) === tableKey({ name: change.table, namespace: change.namespace }))
            ?.primaryKeyName ?? null,
          change.table,
          [],
          'pkey',
        );
      return [
        ...(change.from.length > 0 ? alter(change, `DROP CONSTRAINT ${id(name(context.from))}`) : []),
        ...(change.to.length > 0
          ? alter(change, `ADD CONSTRAINT ${id(name(context.to))} PRIMARY KEY (${columnList(change.to, dialect)})`)
          : []),
      ];
    },
    addIndex: (change) => [createIndex(change, change.index, dialect, { using: true, include: true })],
    dropIndex: (change) => [
      `DROP INDEX ${quoteTable(nameOr(change.index.name, change.table, change.index.columns, 'idx'), change.namespace, dialect)}`,
    ],
    renameIndex: (change) => [
      `ALTER INDEX ${quoteTable(change.from, change.namespace, dialect)} RENAME TO ${id(change.to)}`,
    ],
    addUnique: (change) =>
      alter(
        change,
        `ADD ${uniqueClause({ ...change.unique, name: nameOr(change.unique.name, change.table, change.unique.columns, 'key') }, dialect)}`,
      ),
    dropUnique: (change) =>
      alter(change, `DROP CONSTRAINT ${id(nameOr(change.unique.name, change.table, change.unique.columns, 'key'))}`),
    addForeignKey: (change) =>
      alter(
        change,
        `ADD ${foreignKeyClause({ ...change.foreignKey, name: nameOr(change.foreignKey.name, change.table, change.foreignKey.columns, 'fkey') }, dialect)}`,
      ),
    dropForeignKey: (change) =>
      alter(
        change,
        `DROP CONSTRAINT ${id(nameOr(change.foreignKey.name, change.table, change.foreignKey.columns, 'fkey'))}`,
      ),
    addCheck: (change) =>
      alter(
        change,
        `ADD ${checkClause({ ...change.check, name: nameOr(change.check.name, change.table, [], 'check') }, dialect)}`,
      ),
    dropCheck: (change) => alter(change, `DROP CONSTRAINT ${id(nameOr(change.check.name, change.table, [], 'check'))}`),
    createEnum: () => [],
    dropEnum: () => [],
    alterEnum: () => [],
  };
}
