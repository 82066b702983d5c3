/** Tables for tests, with only what the test is about stated. */
import type { Column, EnumType, ForeignKey, Index, Relation, Table, Unique } from '../../src/core/schema/model.ts';

const at = { file: 'tables.ts', line: 1, column: 1, endLine: 1, endColumn: 1 };

export function aColumn(name: string, stated: Partial<Column> = {}): Column {
  return {
    name,
    property: name,
    type: 'int32',
    rawType: 'integer',
    length: null,
    precision: null,
    scale: null,
    array: false,
    nullable: false,
    default: null,
    generated: null,
    enum: null,
    collation: null,
    comment: null,
    role: null,
    classification: null,
    selected: true,
    insertable: true,
    updatable: true,
    transformer: null,
    at,
    ...stated,
  };
}

export function aTable(name: string, stated: Partial<Table> = {}): Table {
  return {
    name,
    namespace: null,
    entity: null,
    reader: 'test',
    kind: 'table',
    columns: [aColumn('id')],
    primaryKey: ['id'],
    primaryKeyName: null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    relations: [],
    checks: [],
    exclusions: [],
    inheritance: null,
    viewExpression: null,
    comment: null,
    managed: true,
    module: 'src',
    at,
    ...stated,
  };
}

export function anIndex(columns: readonly string[], stated: Partial<Index> = {}): Index {
  return {
    name: null,
    columns,
    orders: [],
    include: [],
    unique: false,
    method: null,
    where: null,
    expression: null,
    origin: 'declared',
    at,
    ...stated,
  };
}

export function aUnique(columns: readonly string[], stated: Partial<Unique> = {}): Unique {
  return { name: null, columns, nullsNotDistinct: false, deferrable: null, origin: 'declared', at, ...stated };
}

export function aForeignKey(columns: readonly string[], table: string, stated: Partial<ForeignKey> = {}): ForeignKey {
  return {
    name: null,
    columns,
    references: { table, namespace: null, columns: ['id'] },
    onDelete: null,
    onUpdate: null,
    deferrable: null,
    enforced: true,
    origin: 'declared',
    at,
    ...stated,
  };
}

export function aRelation(
  property: string,
  kind: Relation['kind'],
  target: string,
  stated: Partial<Relation> = {},
): Relation {
  return {
    property,
    kind,
    target,
    targetNamespace: null,
    owner: false,
    columns: [],
    inverse: null,
    joinTable: null,
    nullable: true,
    fetch: 'explicit',
    cascade: [],
    at,
    ...stated,
  };
}

export function anEnum(name: string, values: readonly string[]): EnumType {
  return { name, namespace: null, values, at };
}
