/** From resolved models to tables, views and collections. */
import type { EnumType, ForeignKey, Relation, RelationKind, Table } from '../../schema/model.ts';
import { argument, attribute, textOf } from './attributes.ts';
import { columnsOfModel } from './columns.ts';
import { enumName, enumNamespace } from './group.ts';
import type { Model, Resolved } from './group.ts';
import { joinTableName, joinTables } from './joinTables.ts';
import { keysOf } from './keys.ts';
import { constraintName } from './names.ts';
import { isImplicitManyToMany, onDeleteOf, onUpdateOf, relationFields } from './relations.ts';
import type { RelationField } from './relations.ts';

export interface BuiltModel {
  readonly model: Model;
  readonly table: Table;
}

export interface Built {
  readonly models: readonly BuiltModel[];
  readonly joinTables: readonly Table[];
  readonly enums: readonly EnumType[];
}

export function build(resolved: Resolved): Built {
  return {
    models: [...resolved.models.values()].map((model) => ({ model, table: tableOf(model, resolved) })),
    joinTables: joinTables(resolved),
    enums: [...resolved.enums.values()].map((each) => ({
      name: enumName(each),
      namespace: enumNamespace(each, resolved.settings),
      values: each.values.map(({ stored }) => stored),
      at: each.at,
    })),
  };
}

function tableOf(model: Model, resolved: Resolved): Table {
  const { settings } = resolved;
  const { declaration } = model;
  const isView = declaration.kind === 'view';
  const keys = keysOf(model, resolved);
  const relations = relationFields(model, resolved);
  return {
    name: model.table,
    namespace: model.namespace,
    entity: model.name,
    reader: 'prisma',
    kind: isView ? 'view' : settings.dialect === 'mongodb' ? 'collection' : 'table',
    columns: columnsOfModel(model, resolved),
    // What a view declares tells the client how to find a row; the database has no keys of it.
    primaryKey: isView ? [] : keys.primaryKey,
    primaryKeyName: isView ? null : keys.primaryKeyName,
    uniques: isView ? [] : keys.uniques,
    indexes: isView ? [] : keys.indexes,
    foreignKeys: isView ? [] : relations.flatMap((each) => foreignKeyOf(each, resolved)),
    relations: relations.map((each) => relationOf(each, resolved)),
    checks: [],
    exclusions: [],
    inheritance: null,
    viewExpression: null,
    comment: null,
    // Views are written by hand; Prisma only reads them.
    managed: !isView,
    module: settings.moduleOf(declaration.at.file),
    at: declaration.at,
  };
}

function foreignKeyOf(relation: RelationField, resolved: Resolved): readonly ForeignKey[] {
  const { model, field, target, fields, references } = relation;
  // A list of ids is no key of one row.
  if (fields.length === 0 || field.declaration.type.list || target.declaration.kind === 'view') return [];
  const { dialect, foreignKeys } = resolved.settings;
  const columns = fields.map(({ column }) => column);
  const stated = textOf(argument(attribute(field.declaration, 'relation')?.arguments, 'map'));
  return [
    {
      name: foreignKeys ? (stated ?? constraintName(model.table, columns, '_fkey', dialect)) : null,
      columns,
      references: {
        table: target.table,
        namespace: target.namespace,
        columns: references.map(({ column }) => column),
      },
      onDelete: onDeleteOf(relation, resolved),
      onUpdate: onUpdateOf(relation, resolved),
      deferrable: null,
      enforced: foreignKeys,
      origin: 'declared',
      at: field.declaration.at,
    },
  ];
}

function relationOf(relation: RelationField, resolved: Resolved): Relation {
  const { field, target, fields, opposite } = relation;
  const { list, optional } = field.declaration.type;
  const throughTable = isImplicitManyToMany(relation, resolved);
  return {
    property: field.name,
    kind: kindOf(relation),
    target: target.table,
    targetNamespace: target.namespace,
    owner: throughTable || fields.length > 0,
    columns: fields.map(({ column }) => column),
    inverse: opposite?.name ?? null,
    joinTable: throughTable ? joinTableName(relation) : null,
    nullable: optional && !list,
    fetch: 'explicit',
    cascade: [],
    at: field.declaration.at,
  };
}

function kindOf({ field, opposite, model, fields }: RelationField): RelationKind {
  const isList = field.declaration.type.list;
  if (opposite) {
    const oppositeIsList = opposite.declaration.type.list;
    if (isList) return oppositeIsList ? 'many-to-many' : 'one-to-many';
    return oppositeIsList ? 'many-to-one' : 'one-to-one';
  }
  if (isList) return fields.length > 0 ? 'many-to-many' : 'one-to-many';
  const alone = fields.length === 1 ? fields[0] : undefined;
  const isUnique =
    alone !== undefined && (attribute(alone.declaration, 'unique') ?? attribute(alone.declaration, 'id'));
  return isUnique && model.declaration.kind === 'model' ? 'one-to-one' : 'many-to-one';
}
