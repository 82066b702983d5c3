/**
 * The closed union of everything that can happen to a schema, shared by the differ, the DDL printers, the migration rules
 * and the writers. Tables are addressed by physical name; `namespace` null = the default schema.
 */
import type { Check, Column, EnumType, ForeignKey, Index, Table, Unique } from './model.ts';

export interface TableRef {
  readonly table: string;
  readonly namespace: string | null;
}

/** A property of a column that an `alterColumn` changes. */
export type ColumnFacet = 'type' | 'nullable' | 'default' | 'generated' | 'enum' | 'collation' | 'comment';

export type Change =
  | { readonly kind: 'createTable'; readonly table: Table }
  | { readonly kind: 'dropTable'; readonly table: Table }
  | ({ readonly kind: 'renameTable'; readonly to: string; readonly toNamespace: string | null } & TableRef)
  | ({ readonly kind: 'addColumn'; readonly column: Column } & TableRef)
  | ({ readonly kind: 'dropColumn'; readonly column: Column } & TableRef)
  | ({ readonly kind: 'renameColumn'; readonly from: string; readonly to: string } & TableRef)
  | ({
      readonly kind: 'alterColumn';
      readonly from: Column;
      readonly to: Column;
      readonly facets: readonly ColumnFacet[];
    } & TableRef)
  | ({ readonly kind: 'setPrimaryKey'; readonly from: readonly string[]; readonly to: readonly string[] } & TableRef)
  | ({ readonly kind: 'addIndex'; readonly index: Index } & TableRef)
  | ({ readonly kind: 'dropIndex'; readonly index: Index } & TableRef)
  | ({ readonly kind: 'renameIndex'; readonly from: string; readonly to: string } & TableRef)
  | ({ readonly kind: 'addUnique'; readonly unique: Unique } & TableRef)
  | ({ readonly kind: 'dropUnique'; readonly unique: Unique } & TableRef)
  | ({ readonly kind: 'addForeignKey'; readonly foreignKey: ForeignKey } & TableRef)
  | ({ readonly kind: 'dropForeignKey'; readonly foreignKey: ForeignKey } & TableRef)
  | ({ readonly kind: 'addCheck'; readonly check: Check } & TableRef)
  | ({ readonly kind: 'dropCheck'; readonly check: Check } & TableRef)
  | { readonly kind: 'createEnum'; readonly enum: EnumType }
  | { readonly kind: 'dropEnum'; readonly enum: EnumType }
  | { readonly kind: 'alterEnum'; readonly from: EnumType; readonly to: EnumType };

export type ChangeKind = Change['kind'];
