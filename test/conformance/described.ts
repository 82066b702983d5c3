/** One shape for what a library creates and what we read, so that the two can be compared element by element. */
import type { EnumType, Table } from '../../src/core/schema/model.ts';

export interface DescribedColumn {
  readonly name: string;
  /** Class of the type (`ColumnType`), `[]` appended for arrays. */
  readonly type: string;
  readonly nullable: boolean;
}

export interface DescribedKey {
  /** Null where the oracle names none. */
  readonly name: string | null;
  readonly columns: readonly string[];
}

export interface DescribedForeignKey extends DescribedKey {
  /** `namespace.table`, without the default namespace. */
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete: string;
  readonly onUpdate: string;
}

export interface DescribedIndex extends DescribedKey {
  readonly method: string | null;
  /** It has a predicate. */
  readonly partial: boolean;
  /** `desc` columns. */
  readonly descending: readonly string[];
}

export interface DescribedTable {
  readonly name: string;
  readonly columns: readonly DescribedColumn[];
  readonly primaryKey: readonly string[];
  readonly primaryKeyName: string | null;
  readonly foreignKeys: readonly DescribedForeignKey[];
  readonly indexes: readonly DescribedIndex[];
  readonly uniques: readonly DescribedIndex[];
}

export interface Described {
  readonly tables: readonly DescribedTable[];
  /** `name(value, value)`; null where the oracle knows of none. */
  readonly enums: readonly string[] | null;
}

export function qualified(name: string, namespace: string | null): string {
  return namespace === null ? name : `${namespace}.${name}`;
}

export interface DescribeOptions {
  /** Class of a column's type as the oracle tells it, where it cannot tell as much as the model does. */
  readonly typeOf?: (column: Table['columns'][number]) => string;
  readonly enums?: boolean;
}

/** What the database holds of our tables: views and keys that are not enforced are left out. */
export function describeModel(
  tables: readonly Table[],
  enums: readonly EnumType[],
  options: DescribeOptions = {},
): Described {
  const typeOf = options.typeOf ?? ((column) => column.type);
  return {
    tables: tables
      .filter(({ kind }) => kind !== 'view' && kind !== 'materialized-view')
      .map((table): DescribedTable => {
        const described = table.indexes
          .filter(({ origin }) => origin !== 'engine')
          .map((index) => ({
            name: index.name,
            columns: index.columns,
            method: index.method,
            partial: index.where !== null,
            descending: index.columns.filter((_, at) => index.orders[at] === 'desc'),
            unique: index.unique,
          }));
        const withoutUnique = ({ unique: _, ...index }: (typeof described)[number]): DescribedIndex => index;
        return {
          name: qualified(table.name, table.namespace),
          columns: table.columns.map((column) => ({
            name: column.name,
            type: `${typeOf(column)}${column.array ? '[]' : ''}`,
            nullable: column.nullable,
          })),
          primaryKey: table.primaryKey,
          primaryKeyName: table.primaryKeyName,
          foreignKeys: table.foreignKeys
            .filter(({ enforced }) => enforced)
            .map((key) => ({
              name: key.name,
              columns: key.columns,
              table: qualified(key.references.table, key.references.namespace),
              references: key.references.columns,
              onDelete: key.onDelete ?? 'NO ACTION',
              onUpdate: key.onUpdate ?? 'NO ACTION',
            })),
          indexes: described.filter(({ unique }) => !unique).map(withoutUnique),
          uniques: [
            ...described.filter(({ unique }) => unique).map(withoutUnique),
            ...table.uniques.map(({ name, columns }) => ({
              name,
              columns,
              method: null,
              partial: false,
              descending: [],
            })),
          ],
        };
      }),
    enums:
      options.enums === false
        ? null
        : enums.map(({ name, namespace, values }) => enumText(qualified(name, namespace), values)),
  };
}

export function enumText(name: string, values: readonly string[]): string {
  return `${name}(${values.join(', ')})`;
}
