/** Rows to try a migration on: a few per table, parents before children, valid by type, length, enum, key and reference. Deterministic. */
import { tableKey } from '../diff/diff.ts';
import type { Comparable } from '../diff/diff.ts';
import type { Column, Dialect, Table } from '../schema/model.ts';
import { columnList } from './ddl.ts';
import { quoteTable } from './quoting.ts';

export interface SampleRows {
  /** INSERT statements in an order that satisfies the foreign keys. */
  readonly statements: readonly string[];
  /** Tables that got none, and why: a required reference in a circle, a type no value is known for. */
  readonly skipped: readonly { readonly table: string; readonly reason: string }[];
}

/** `perTable` rows for each table; checks are not solved, an INSERT that breaks one fails and its rows are just missing. */
export function sampleRows(schema: Comparable, dialect: Dialect, perTable = 3): SampleRows {
  const enums = new Map(schema.enums.map((type) => [type.name, type.values]));
  const { order, circular } = parentsFirst(schema.tables);
  const statements: string[] = [];
  const skipped = circular.map((table) => ({ table: table.name, reason: 'its required references form a circle' }));
  const without = new Set(circular.map(tableKey));
  for (const table of order) {
    const missing = table.foreignKeys.find(
      (key) =>
        isRequired(table, key.columns) &&
        without.has(tableKey({ name: key.references.table, namespace: key.references.namespace })),
    );
    const unknown = table.columns.find(
      (column) =>
        !column.nullable &&
        column.default === null &&
        column.generated === null &&
        valueOf(column, 1, enums, dialect) === null,
    );
    if (missing ?? unknown) {
      without.add(tableKey(table));
      skipped.push({
        table: table.name,
        reason: missing
          ? `${missing.references.table} has no rows`
          : `no value is known for ${unknown?.name ?? ''} ${unknown?.rawType ?? ''}`,
      });
      continue;
    }
    for (let row = 1; row <= perTable; row++) statements.push(insert(table, row, enums, dialect, without));
  }
  return { statements, skipped };
}

function isRequired(table: Table, columns: readonly string[]): boolean {
  return table.columns.some((column) => columns.includes(column.name) && !column.nullable);
}

/** Depth first over required references; a table in a circle of them can hold no first row. */
function parentsFirst(tables: readonly Table[]): { order: Table[]; circular: Table[] } {
  const byKey = new Map(tables.map((table) => [tableKey(table), table]));
  const state = new Map<string, 'open' | 'done'>();
  const order: Table[] = [];
  const circular = new Set<Table>();
  const visit = (table: Table): void => {
    const key = tableKey(table);
    if (state.get(key) === 'done') return;
    if (state.get(key) === 'open') {
      circular.add(table);
      return;
    }
    state.set(key, 'open');
    for (const { columns, references } of table.foreignKeys) {
      const parent = byKey.get(tableKey({ name: references.table, namespace: references.namespace }));
      if (parent && isRequired(table, columns)) visit(parent);
    }
    state.set(key, 'done');
    order.push(table);
  };
  tables.filter((table) => table.kind !== 'view' && table.kind !== 'materialized-view').forEach(visit);
  return { order: order.filter((table) => !circular.has(table)), circular: [...circular] };
}

function insert(
  table: Table,
  row: number,
  enums: ReadonlyMap<string, readonly string[]>,
  dialect: Dialect,
  without: ReadonlySet<string>,
): string {
  const values = new Map<string, string>();
  for (const column of table.columns) {
    if (column.generated?.kind === 'stored' || column.generated?.kind === 'virtual') continue;
    values.set(column.name, valueOf(column, row, enums, dialect) ?? 'NULL');
  }
  // The n-th row refers to the n-th row of the other table, whose key columns were given the same values.
  for (const { columns, references } of table.foreignKeys) {
    const none = without.has(tableKey({ name: references.table, namespace: references.namespace }));
    const forward = references.table === table.name && references.namespace === table.namespace;
    columns.forEach((name) => {
      const column = table.columns.find((candidate) => candidate.name === name);
      if (column?.nullable === true && (none || forward || !isRequired(table, columns))) values.set(name, 'NULL');
    });
  }
  const target = `${quoteTable(table.name, table.namespace, dialect)} (${columnList([...values.keys()], dialect)})`;
  const override =
    dialect === 'postgresql' && table.columns.some((column) => column.generated?.kind === 'identity')
      ? ' OVERRIDING SYSTEM VALUE'
      : '';
  return `INSERT INTO ${target}${override} VALUES (${[...values.values()].join(', ')})`;
}

/** A value that differs by row, so that it satisfies unique keys; null = none is known for the type. */
function valueOf(
  column: Column,
  row: number,
  enums: ReadonlyMap<string, readonly string[]>,
  dialect: Dialect,
): string | null {
  if (column.array) return dialect === 'postgresql' ? `'{}'` : `''`;
  if (column.enum !== null)
    return quoted(enums.get(column.enum)?.[(row - 1) % (enums.get(column.enum)?.length ?? 1)] ?? '');
  const number = String(row);
  switch (column.type) {
    case 'boolean':
      return dialect === 'postgresql' ? String(row % 2 === 0) : String(row % 2);
    case 'int16':
    case 'int32':
    case 'int64':
    case 'decimal':
    case 'money':
    case 'float32':
    case 'float64':
      return number;
    case 'string':
    case 'text':
    case 'char':
    case 'enum':
      return quoted(
        column.length !== null && column.length < 8
          ? number
          : `${column.name} ${number}`.slice(-(column.length ?? 200)),
      );
    case 'uuid':
      return quoted(`00000000-0000-4000-8000-${number.padStart(12, '0')}`);
    case 'date':
      return quoted(`2024-01-0${number}`);
    case 'time':
      return quoted(`12:00:0${number}`);
    case 'datetime':
      return quoted(`2024-01-0${number} 12:00:00`);
    case 'datetime-tz':
      return quoted(`2024-01-0${number} 12:00:00+00`);
    case 'interval':
      return quoted(`${number} hours`);
    case 'json':
    case 'object':
      return quoted(`{"n": ${number}}`);
    case 'xml':
      return quoted(`<n>${number}</n>`);
    case 'binary':
      return dialect === 'postgresql' ? `'\\x0${number}'` : `x'0${number}'`;
    case 'network':
      return quoted(`10.0.0.${number}`);
    default:
      return column.nullable || column.default !== null ? 'NULL' : null;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
