/** Parts of tables with nothing told of them, for readers to say what they know. */
import type { Column, Table, Unique } from './model.ts';
import type { SourceRange } from './source.ts';

export type ColumnShape = Pick<Column, 'type' | 'rawType' | 'length' | 'precision' | 'scale' | 'array'>;

export function plainColumn(name: string, shape: ColumnShape, at: SourceRange): Column {
  return {
    name,
    property: name,
    ...shape,
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
  };
}

export function plainUnique(name: string | null, columns: readonly string[], at: SourceRange): Unique {
  return { name, columns, nullsNotDistinct: false, deferrable: null, origin: 'declared', at };
}

export function plainTable(name: string, reader: string, module: string, at: SourceRange): Table {
  return {
    name,
    namespace: null,
    entity: null,
    reader,
    kind: 'table',
    columns: [],
    primaryKey: [],
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
    module,
    at,
  };
}
