/** Tables and columns while they are put together. */
import type {
  Check,
  Column,
  EnumType,
  ForeignKey,
  Index,
  Relation,
  Table,
  TableKind,
  Unique,
} from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Entity } from './hierarchy.ts';

export interface DraftColumn extends Omit<Column, 'classification' | 'selected' | 'collation'> {
  /** Before the physical naming strategy: what `columnList` and `referencedColumnName` may say. */
  readonly logical: string;
  readonly unique: boolean;
  /** Secondary table it is in; null = the entity's own. */
  readonly table: string | null;
}

export interface DraftTable {
  readonly name: string;
  readonly namespace: string | null;
  readonly entity: Entity | null;
  readonly kind: TableKind;
  /** By name in lower case. */
  readonly columns: Map<string, DraftColumn>;
  primaryKey: string[];
  readonly uniques: Unique[];
  readonly indexes: Index[];
  readonly foreignKeys: ForeignKey[];
  readonly relations: Relation[];
  readonly checks: Check[];
  viewExpression: string | null;
  comment: string | null;
  managed: boolean;
  inheritance: Table['inheritance'];
  readonly at: SourceRange;
}

export function newTable(
  name: string,
  namespace: string | null,
  kind: TableKind,
  at: SourceRange,
  entity: Entity | null = null,
): DraftTable {
  return {
    name,
    namespace,
    entity,
    kind,
    columns: new Map(),
    primaryKey: [],
    uniques: [],
    indexes: [],
    foreignKeys: [],
    relations: [],
    checks: [],
    viewExpression: null,
    comment: null,
    managed: true,
    inheritance: null,
    at,
  };
}

/** Two mappings of one column make one column: a relation and a read-only property of its key. */
export function addColumn(table: DraftTable, column: DraftColumn): void {
  const key = column.name.toLowerCase();
  const known = table.columns.get(key);
  if (!known) {
    table.columns.set(key, column);
    if (column.unique) addUnique(table, [column.name], null, column.at);
    return;
  }
  table.columns.set(key, {
    ...known,
    property: known.property ?? column.property,
    nullable: known.nullable && column.nullable,
    insertable: known.insertable || column.insertable,
    updatable: known.updatable || column.updatable,
    generated: known.generated ?? column.generated,
    default: known.default ?? column.default,
    role: known.role ?? column.role,
  });
  if (column.unique) addUnique(table, [known.name], null, column.at);
}

export function addUnique(table: DraftTable, columns: readonly string[], name: string | null, at: SourceRange): void {
  const same = table.uniques.findIndex((each) => each.columns.join('\0') === columns.join('\0'));
  if (columns.length === 0 || (same !== -1 && name === null)) return;
  const unique: Unique = { name, columns, nullsNotDistinct: false, deferrable: null, origin: 'declared', at };
  if (same === -1) table.uniques.push(unique);
  else table.uniques[same] = unique;
}

export function addForeignKey(table: DraftTable, key: ForeignKey): void {
  const text = (each: ForeignKey): string => `${each.columns.join('\0')}\0\0${each.references.table}`;
  if (key.columns.length > 0 && !table.foreignKeys.some((each) => text(each) === text(key)))
    table.foreignKeys.push(key);
}

/** @param moduleOf folder of a file, relative to the project's root */
export function finished(draft: DraftTable, moduleOf: (file: string) => string): Table {
  const columns = [...draft.columns.values()].map(
    ({ logical: _logical, unique: _unique, table: _table, ...column }): Column => ({
      ...column,
      collation: null,
      classification: null,
      selected: true,
    }),
  );
  return {
    name: draft.name,
    namespace: draft.namespace,
    entity: draft.entity?.className ?? null,
    reader: 'jpa',
    kind: draft.kind,
    columns,
    primaryKey: draft.primaryKey,
    primaryKeyName: null,
    uniques: draft.uniques,
    indexes: draft.indexes,
    foreignKeys: draft.foreignKeys,
    relations: draft.relations,
    checks: draft.checks,
    exclusions: [],
    inheritance: draft.inheritance,
    viewExpression: draft.viewExpression,
    comment: draft.comment,
    managed: draft.managed,
    module: moduleOf(draft.at.file),
    at: draft.at,
  };
}

export interface BuiltSchema {
  readonly tables: readonly DraftTable[];
  readonly enums: readonly EnumType[];
  readonly ofEntity: ReadonlyMap<Entity, DraftTable>;
}
