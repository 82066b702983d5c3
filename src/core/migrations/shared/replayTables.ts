/** Tables and columns that go or get another name, with all that hangs on them. */
import type { Comparable } from '../../diff/diff.ts';
import { tableKey } from '../../diff/diff.ts';
import type { Dialect, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { SqlName } from '../../syntax/sql/operation.ts';
import { renameIn } from './replayExpressions.ts';
import { NotThere, findTable, requireColumn, shown, update } from './replayState.ts';

export function emptyTable(named: SqlName, comment: string | null, at: SourceRange): Table {
  return {
    ...{ name: named.name, namespace: named.namespace, entity: null, reader: 'migration', kind: 'table', columns: [] },
    ...{ primaryKey: [], primaryKeyName: null, uniques: [], indexes: [], foreignKeys: [], relations: [], checks: [] },
    ...{ exclusions: [], inheritance: null, viewExpression: null, comment, managed: true, module: '', at },
  };
}

export function dropTable(schema: Comparable, name: SqlName, ifExists: boolean, dialect: Dialect): Comparable {
  const table = findTable(schema, name);
  if (!table) {
    if (ifExists) return schema;
    throw new NotThere(`There is no table ${shown(name)} to drop at this point.`);
  }
  const others = schema.tables.filter((each) => each !== table);
  const inline = dialect === 'postgresql' || dialect === 'cockroachdb';
  return {
    ...schema,
    // Types in a column go with it; SQLite keeps references to a table that is gone, by name, until it is there again.
    enums: inline
      ? schema.enums
      : schema.enums.filter((type) => !table.columns.some((column) => column.enum === type.name)),
    tables:
      dialect === 'sqlite'
        ? others
        : others.map((each) => withoutReferences(each, (key) => tableKey(key) === tableKey(table))),
  };
}

function withoutReferences(table: Table, gone: (target: SqlName, columns: readonly string[]) => boolean): Table {
  const kept = table.foreignKeys.filter(
    ({ references }) => !gone({ name: references.table, namespace: references.namespace }, references.columns),
  );
  return kept.length === table.foreignKeys.length ? table : { ...table, foreignKeys: kept };
}

export function renameTable(schema: Comparable, from: SqlName, to: SqlName): Comparable {
  const renamed = update(schema, from, (table) => ({ ...table, name: to.name, namespace: to.namespace }));
  return {
    ...renamed,
    tables: renamed.tables.map((table) => ({
      ...table,
      foreignKeys: table.foreignKeys.map((key) =>
        tableKey({ name: key.references.table, namespace: key.references.namespace }) === tableKey(from)
          ? { ...key, references: { ...key.references, table: to.name, namespace: to.namespace } }
          : key,
      ),
    })),
  };
}

export function dropColumn(schema: Comparable, name: SqlName, column: string, ifExists: boolean): Comparable {
  const dropped = update(schema, name, (table) => {
    if (!table.columns.some((each) => each.name === column)) {
      if (ifExists) return table;
      throw new NotThere(`${table.name} has no column "${column}" to drop here.`);
    }
    const without = <T extends { readonly columns: readonly string[] }>(parts: readonly T[]): T[] =>
      parts.filter((part) => !part.columns.includes(column));
    const isKey = table.primaryKey.includes(column);
    return {
      ...table,
      columns: table.columns.filter((each) => each.name !== column),
      primaryKey: isKey ? [] : table.primaryKey,
      primaryKeyName: isKey ? null : table.primaryKeyName,
      uniques: without(table.uniques),
      indexes: without(table.indexes),
      foreignKeys: without(table.foreignKeys),
      checks: table.checks.filter(({ expression }) => renameIn(expression, column, '') === expression),
    };
  });
  return {
    ...dropped,
    tables: dropped.tables.map((table) =>
      withoutReferences(table, (target, columns) => tableKey(target) === tableKey(name) && columns.includes(column)),
    ),
  };
}

export function renameColumn(schema: Comparable, name: SqlName, from: string, to: string): Comparable {
  const now = (column: string): string => (column === from ? to : column);
  const renamed = update(schema, name, (table) => {
    requireColumn(table, from);
    return {
      ...table,
      columns: table.columns.map((column) => (column.name === from ? { ...column, name: to } : column)),
      primaryKey: table.primaryKey.map(now),
      uniques: table.uniques.map((unique) => ({ ...unique, columns: unique.columns.map(now) })),
      indexes: table.indexes.map((index) => ({
        ...index,
        columns: index.columns.map(now),
        include: index.include.map(now),
        where: index.where === null ? null : renameIn(index.where, from, to),
        expression: index.expression === null ? null : renameIn(index.expression, from, to),
      })),
      foreignKeys: table.foreignKeys.map((key) => ({ ...key, columns: key.columns.map(now) })),
      checks: table.checks.map((check) => ({ ...check, expression: renameIn(check.expression, from, to) })),
    };
  });
  return {
    ...renamed,
    tables: renamed.tables.map((table) => ({
      ...table,
      foreignKeys: table.foreignKeys.map((key) =>
        tableKey({ name: key.references.table, namespace: key.references.namespace }) === tableKey(name)
          ? { ...key, references: { ...key.references, columns: key.references.columns.map(now) } }
          : key,
      ),
    })),
  };
}
