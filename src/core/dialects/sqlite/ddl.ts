/**
 * SQLite's DDL. Its ALTER TABLE can rename, add a column and drop a plain one; everything else builds the table anew and copies the rows, by the
 * procedure of sqlite.org/lang_altertable.html §7 (foreign keys off, new table, copy, drop, rename, indexes).
 */
import { tableKey } from '../../diff/diff.ts';
import type { Change, TableRef } from '../../schema/change.ts';
import type { Column, Table } from '../../schema/model.ts';
import { columnList, commonPrinters, createIndex, nameOr, printWith, sizedType, statement, tableBody } from '../ddl.ts';
import type { DdlContext, DdlPrinter, Printers, Spelling, Statement } from '../ddl.ts';
import { quoteIdentifier, quoteTable } from '../quoting.ts';

const id = (name: string): string => quoteIdentifier(name, 'sqlite');
const table = (at: TableRef): string => quoteTable(at.table, at.namespace, 'sqlite');
const isNumbered = (column: Column): boolean =>
  column.generated?.kind === 'increment' || column.generated?.kind === 'identity';

/** AUTOINCREMENT exists only on a single `integer PRIMARY KEY` that stands with its column. */
function numberedKey(owner: Table): Column | undefined {
  const [key, second] = owner.primaryKey;
  return second === undefined ? owner.columns.find((column) => column.name === key && isNumbered(column)) : undefined;
}

/** Literals stand bare; what is computed needs brackets (sqlite.org/lang_createtable.html §3.2). */
const bare =
  /^(?:\(.*\)|[-+]?[\d.]+(?:e[-+]?\d+)?|x?'(?:[^']|'')*'|null|true|false|current_(?:time|date|timestamp))$/is;

/** There are no enum types: the values are checked where the column stands, in the form by which TypeORM knows them again. */
function enumCheck(column: Column, { from, to }: DdlContext): string {
  const type = [...to.enums, ...from.enums].find(({ name }) => name === column.enum);
  const values = type?.values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',') ?? '';
  return values === '' ? '' : ` CHECK( ${id(column.name)} IN (${values}) )`;
}

function spellingOf(context: DdlContext): Spelling {
  return {
    dialect: 'sqlite',
    columnType(column) {
      if (isNumbered(column)) return 'integer PRIMARY KEY AUTOINCREMENT';
      if (column.enum === null) return sizedType(column);
      const type = column.rawType === 'enum' ? 'varchar' : sizedType(column);
      return type + enumCheck(column, context);
    },
    columnSuffix({ generated, collation }) {
      const computed =
        generated?.kind === 'stored' || generated?.kind === 'virtual'
          ? `GENERATED ALWAYS AS (${generated.expression ?? 'NULL'}) ${generated.kind.toUpperCase()}`
          : '';
      return [collation === null ? '' : `COLLATE ${collation}`, computed].filter(Boolean).join(' ');
    },
    defaultOf: (text) => (bare.test(text) ? text : `(${text})`),
    inlinePrimaryKey: (owner) => numberedKey(owner) !== undefined,
  };
}

function printers(context: DdlContext): Printers {
  const common = commonPrinters(spellingOf(context));
  const nothing = (): string[] => [];
  return {
    ...common,
    // Foreign keys cannot be added later, and may name a table that does not exist yet.
    createTable: (change) => [create(change.table, change.table.name, context)],
    addForeignKey: nothing,
    addIndex: (change) => [createIndex(change, change.index, 'sqlite', { using: false, include: false })],
    dropIndex: (change) => [`DROP INDEX ${id(nameOr(change.index.name, change.table, change.index.columns, 'idx'))}`],
    // There is no statement for it, and the name of an index matters to nobody but a later migration.
    renameIndex: (change, { to }) => {
      const owner = to.tables.find(
        (candidate) => tableKey(candidate) === tableKey({ name: change.table, namespace: change.namespace }),
      );
      const index = owner?.indexes.find((candidate) => candidate.name === change.to);
      return index
        ? [`DROP INDEX ${id(change.from)}`, createIndex(change, index, 'sqlite', { using: false, include: false })]
        : [];
    },
  };
}

function create(owner: Table, name: string, context: DdlContext): string {
  const enforced = owner.foreignKeys.filter((key) => key.enforced);
  return `CREATE TABLE ${quoteTable(name, owner.namespace, 'sqlite')} ${tableBody(owner, spellingOf(context), enforced)}`;
}

/** Table a change is made in, by its key before any rename; null for changes of whole tables and types. */
function ownerOf(change: Change): string | null {
  if (!('namespace' in change)) return null;
  return tableKey({ name: change.table, namespace: change.namespace });
}

/** Changes that ALTER TABLE cannot make. */
function needsRebuild(change: Change): boolean {
  switch (change.kind) {
    case 'alterColumn':
    case 'setPrimaryKey':
    case 'addUnique':
    case 'dropUnique':
    case 'addCheck':
    case 'dropCheck':
    case 'addForeignKey':
    case 'dropForeignKey':
    case 'dropColumn': // refused where an index, a key or an expression still uses the column; building anew never is
      return true;
    case 'addColumn': {
      const { column } = change;
      // A required column without a constant default, or a computed one, cannot be added to rows that exist.
      const constant = column.default === null || !/[(]|current_/i.test(column.default);
      return !((column.nullable || column.default !== null) && constant && column.generated === null);
    }
    default:
      return false;
  }
}

export const printSqlite: DdlPrinter = (changes, context) => {
  const print = printers(context);
  const created = new Set(changes.flatMap((change) => (change.kind === 'createTable' ? [tableKey(change.table)] : [])));
  const dropped = new Set(changes.flatMap((change) => (change.kind === 'dropTable' ? [tableKey(change.table)] : [])));
  const newKeys = new Map<string, string>();
  for (const change of changes) {
    const owner = change.kind === 'renameTable' ? ownerOf(change) : null;
    if (change.kind === 'renameTable' && owner !== null)
      newKeys.set(owner, tableKey({ name: change.to, namespace: change.toNamespace }));
  }
  const finalOwner = (change: Change): string | null => {
    const owner = ownerOf(change);
    return owner === null ? null : (newKeys.get(owner) ?? owner);
  };

  const rebuilt = new Map<string, Table>();
  for (const change of changes) {
    if (change.kind === 'alterEnum') {
      for (const target of context.to.tables) {
        const isThere = context.from.tables.some(
          (table) => (newKeys.get(tableKey(table)) ?? tableKey(table)) === tableKey(target),
        );
        if (isThere && target.columns.some((column) => column.enum === change.to.name))
          rebuilt.set(tableKey(target), target);
      }
    }
    const owner = finalOwner(change);
    if (owner === null || created.has(owner) || dropped.has(owner) || !needsRebuild(change)) continue;
    const target = context.to.tables.find((candidate) => tableKey(candidate) === owner);
    if (target) rebuilt.set(owner, target);
  }

  /** What happens to a rebuilt table is part of its new form, but for renames: the copy goes by the new names. */
  const absorbed = (change: Change): boolean => {
    const owner = finalOwner(change);
    if (owner === null || change.kind === 'renameTable' || change.kind === 'renameColumn') return false;
    // Constraints of tables that are created or dropped are stated or gone with them.
    return rebuilt.has(owner) || needsRebuild(change);
  };
  const run = (selected: readonly Change[]): Statement[] =>
    selected.flatMap((change) => printWith(print, change, context).map((sql) => statement(sql)));
  const statements = [
    ...run(changes.filter((change) => change.kind !== 'dropTable' && !absorbed(change))),
    ...[...rebuilt.values()].flatMap((target) => rebuild(target, changes, context).map((sql) => statement(sql))),
    ...run(changes.filter((change) => change.kind === 'dropTable')),
  ];
  if (rebuilt.size === 0 && dropped.size === 0) return statements;
  // DROP TABLE deletes the rows first, which would cascade to every table that refers to it.
  return [statement('PRAGMA foreign_keys = OFF', true), ...statements, statement('PRAGMA foreign_keys = ON', true)];
};

/** Copies the columns that both forms have; by then renamed columns carry their new name. */
function rebuild(target: Table, changes: readonly Change[], context: DdlContext): string[] {
  const at = { table: target.name, namespace: target.namespace };
  const added = new Set(
    changes.flatMap((change) =>
      change.kind === 'addColumn' && ownerOf(change) === tableKey(target) ? [change.column.name] : [],
    ),
  );
  const copied = target.columns
    .filter(({ name, generated }) => !added.has(name) && generated?.kind !== 'stored' && generated?.kind !== 'virtual')
    .map((column) => column.name);
  const temporary = `temporary_${target.name}`;
  const copy = `INSERT INTO ${quoteTable(temporary, target.namespace, 'sqlite')} (${columnList(copied, 'sqlite')}) SELECT ${columnList(copied, 'sqlite')} FROM ${table(at)}`;
  return [
    create(target, temporary, context),
    ...(copied.length === 0 ? [] : [copy]),
    `DROP TABLE ${table(at)}`,
    `ALTER TABLE ${quoteTable(temporary, target.namespace, 'sqlite')} RENAME TO ${id(target.name)}`,
    ...target.indexes
      .filter((index) => index.origin !== 'engine')
      .map((index) => createIndex(at, index, 'sqlite', { using: false, include: false })),
  ];
}
