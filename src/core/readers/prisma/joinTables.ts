/** Join tables that Prisma creates for many-to-many relations: `_CategoryToPost` with the columns A and B. */
import type { Column, ForeignKey, Index, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { columnsOfModel } from './columns.ts';
import { keyFields } from './group.ts';
import type { Model, Resolved } from './group.ts';
import { isImplicitManyToMany, relationFields } from './relations.ts';
import type { RelationField } from './relations.ts';
import { plainColumn } from '../../schema/emptyTable.ts';
import type { ColumnShape } from '../../schema/emptyTable.ts';
import { plainIndex } from '../../schema/plainIndex.ts';

/** Name of the join table; the same from either side. */
export function joinTableName({ model, target, relationName }: RelationField): string {
  return `_${relationName ?? [model.name, target.name].sort().join('To')}`;
}

/** A refers to the model whose name comes first; of a model's relation to itself, by the names of the fields. */
function isSideA({ model, target, field, opposite }: RelationField): boolean {
  if (model.name !== target.name) return model.name < target.name;
  return opposite === null || field.name < opposite.name;
}

export function joinTables(resolved: Resolved): readonly Table[] {
  const tables = new Map<string, Table>();
  for (const model of resolved.models.values()) {
    for (const relation of relationFields(model, resolved)) {
      if (!isImplicitManyToMany(relation, resolved) || !isSideA(relation)) continue;
      const table = joinTable(relation, resolved);
      const key = `${table.namespace ?? ''}\0${table.name}`;
      if (!tables.has(key)) tables.set(key, table);
    }
  }
  return [...tables.values()];
}

function joinTable(relation: RelationField, resolved: Resolved): Table {
  const { settings } = resolved;
  const { model, target, field } = relation;
  const name = joinTableName(relation);
  const { at } = field.declaration;
  const withKey = settings.joinTablesHaveKey;
  const unique = `${name}_AB_unique`;
  const isMssql = settings.dialect === 'mssql';
  return {
    name,
    namespace: model.namespace,
    entity: null,
    reader: 'prisma',
    kind: 'join-table',
    columns: [keyColumn('A', model, resolved, at), keyColumn('B', target, resolved, at)],
    primaryKey: withKey ? ['A', 'B'] : [],
    primaryKeyName: withKey ? `${name}_AB_pkey` : null,
    uniques: isMssql
      ? [{ name: unique, columns: ['A', 'B'], nullsNotDistinct: true, deferrable: null, origin: 'orm', at }]
      : [],
    indexes: [
      ...(withKey || isMssql ? [] : [index(unique, ['A', 'B'], true, at)]),
      index(`${name}_B_index`, ['B'], false, at),
    ],
    foreignKeys: [foreignKey(name, 'A', model, resolved, at), foreignKey(name, 'B', target, resolved, at)],
    relations: [],
    checks: [],
    exclusions: [],
    inheritance: null,
    viewExpression: null,
    comment: null,
    managed: true,
    module: settings.moduleOf(at.file),
    at,
  };
}

function keyColumn(name: string, model: Model, resolved: Resolved, at: SourceRange): Column {
  const [key] = keyFields(model);
  const referenced = columnsOfModel(model, resolved).find((column) => column.property === key?.name);
  const shape: ColumnShape = {
    type: referenced?.type ?? 'unknown',
    rawType: referenced?.rawType ?? 'unknown',
    length: referenced?.length ?? null,
    precision: referenced?.precision ?? null,
    scale: referenced?.scale ?? null,
    array: false,
  };
  return { ...plainColumn(name, shape, at), property: null, enum: referenced?.enum ?? null };
}

function index(name: string, columns: readonly string[], unique: boolean, at: SourceRange): Index {
  return plainIndex(columns, at, { name, unique, origin: 'orm' });
}

function foreignKey(
  table: string,
  column: 'A' | 'B',
  target: Model,
  { settings }: Resolved,
  at: SourceRange,
): ForeignKey {
  return {
    name: settings.foreignKeys ? `${table}_${column}_fkey` : null,
    columns: [column],
    references: {
      table: target.table,
      namespace: target.namespace,
      columns: keyFields(target).map((field) => field.column),
    },
    onDelete: 'CASCADE',
    onUpdate: 'CASCADE',
    deferrable: null,
    enforced: settings.foreignKeys,
    origin: 'orm',
    at,
  };
}
