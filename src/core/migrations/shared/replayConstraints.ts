/** Constraints and indexes of statements → those of the model, with the names the engine gives where none is stated. */
import type { Comparable } from '../../diff/diff.ts';
import { tableKey } from '../../diff/diff.ts';
import type { Table } from '../../schema/model.ts';
import type { SqlConstraint, SqlIndex } from '../../syntax/sql/operation.ts';
import { engineName } from './names.ts';
import type { NamedPart } from './names.ts';
import { NotThere, placeOf } from './replayState.ts';
import type { ReplayContext } from './replayState.ts';
import { columnsIn } from './replayExpressions.ts';

export function addConstraint(
  table: Table,
  constraint: SqlConstraint,
  schema: Comparable,
  context: ReplayContext,
): Table {
  const { dialect } = context;
  const at = placeOf(context, constraint.at);
  const nameOr = (name: string | null, part: NamedPart, columns: readonly string[]): string | null =>
    name ?? engineName(dialect, part, table, columns);
  if ((constraint.kind === 'primaryKey' || constraint.kind === 'unique') && constraint.index !== undefined) {
    const { index: name, ...rest } = constraint;
    const index = table.indexes.find((each) => each.name === name);
    if (!index) throw new NotThere(`${table.name} has no index "${name}" to make a constraint of here.`);
    const without = { ...table, indexes: table.indexes.filter((each) => each !== index) };
    return addConstraint(without, { ...rest, name: rest.name ?? name, columns: index.columns }, schema, context);
  }
  switch (constraint.kind) {
    case 'primaryKey': {
      const isMysql = dialect === 'mysql' || dialect === 'mariadb';
      return {
        ...table,
        primaryKey: constraint.columns,
        primaryKeyName: isMysql ? null : nameOr(constraint.name, 'pkey', constraint.columns),
        ...(constraint.partition === undefined ? {} : { partitionKeyLength: constraint.partition }),
        columns: table.columns.map((column) =>
          constraint.columns.includes(column.name) ? { ...column, nullable: false } : column,
        ),
      };
    }
    case 'unique': {
      const { columns, nullsNotDistinct, deferrable } = constraint;
      const name = nameOr(constraint.name, 'key', columns);
      // MySQL knows unique constraints only as unique indexes.
      if (dialect === 'mysql' || dialect === 'mariadb')
        return withIndex(table, { ...plainIndex, name, columns, unique: true }, { ...context, at });
      const unique = { name, columns, nullsNotDistinct, deferrable, origin: 'declared' as const, at };
      return { ...table, uniques: [...table.uniques, unique] };
    }
    case 'foreignKey': {
      const { columns, references, onDelete, onUpdate, deferrable } = constraint;
      const target =
        tableKey(references) === tableKey(table)
          ? table
          : schema.tables.find((each) => tableKey(each) === tableKey(references));
      const foreignKey = {
        name: nameOr(constraint.name, 'fkey', columns),
        columns,
        references: {
          table: references.name,
          namespace: references.namespace,
          columns: references.columns.length > 0 ? references.columns : (target?.primaryKey ?? []),
        },
        ...{ onDelete, onUpdate, deferrable, enforced: true, origin: 'declared' as const, at },
      };
      return { ...table, foreignKeys: [...table.foreignKeys, foreignKey] };
    }
    case 'check': {
      const named =
        constraint.column === null
          ? columnsIn(
              constraint.expression,
              table.columns.map(({ name }) => name),
            )
          : [constraint.column];
      const name = nameOr(constraint.name, 'check', named.length === 1 ? named : []);
      return { ...table, checks: [...table.checks, { name, expression: constraint.expression, at }] };
    }
    case 'exclusion': {
      const name = nameOr(constraint.name, 'excl', []);
      return { ...table, exclusions: [...table.exclusions, { name, expression: constraint.expression, at }] };
    }
    case 'index':
      return withIndex(table, constraint.index, { ...context, at });
  }
}

const plainIndex: SqlIndex = {
  ...{ name: null, columns: [], orders: [], include: [], unique: false, method: null, where: null, expression: null },
};

export function withIndex(table: Table, index: SqlIndex, { dialect, at }: ReplayContext): Table {
  const name = index.name ?? engineName(dialect, 'idx', table, index.columns.length > 0 ? index.columns : ['expr']);
  return { ...table, indexes: [...table.indexes, { ...index, name, origin: 'declared', at }] };
}

/** Null = there is none of that name. */
export function dropConstraint(
  table: Table,
  of: 'any' | 'primaryKey' | 'foreignKey' | 'check' | 'index',
  name: string | null,
): Table | null {
  const takes = (kind: typeof of): boolean => of === 'any' || of === kind;
  if (of === 'primaryKey' || (takes('primaryKey') && name !== null && name === table.primaryKeyName))
    return table.primaryKey.length === 0 ? null : { ...table, primaryKey: [], primaryKeyName: null };
  const without = <T extends { readonly name: string | null }>(parts: readonly T[]): T[] | null => {
    const place = parts.findIndex((part) => part.name === name);
    return place === -1 ? null : parts.toSpliced(place, 1);
  };
  const foreignKeys = takes('foreignKey') ? without(table.foreignKeys) : null;
  if (foreignKeys) return { ...table, foreignKeys };
  const uniques = takes('index') ? without(table.uniques) : null;
  if (uniques) return { ...table, uniques };
  const checks = takes('check') ? without(table.checks) : null;
  if (checks) return { ...table, checks };
  const exclusions = of === 'any' ? without(table.exclusions) : null;
  if (exclusions) return { ...table, exclusions };
  const indexes = takes('index') ? without(table.indexes) : null;
  return indexes ? { ...table, indexes } : null;
}

export function renameConstraint(table: Table, from: string, to: string): Table {
  const now = <T extends { readonly name: string | null }>(parts: readonly T[]): T[] =>
    parts.map((part) => (part.name === from ? { ...part, name: to } : part));
  return {
    ...table,
    primaryKeyName: table.primaryKeyName === from ? to : table.primaryKeyName,
    uniques: now(table.uniques),
    foreignKeys: now(table.foreignKeys),
    checks: now(table.checks),
    exclusions: now(table.exclusions),
    indexes: now(table.indexes),
  };
}
