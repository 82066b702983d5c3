/** What every step of a replay needs: where it stands, how it finds its table, how it says that something is not there. */
import type { Comparable } from '../../diff/diff.ts';
import { tableKey } from '../../diff/diff.ts';
import type { Column, Dialect, Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { SqlName, SqlSpan, SqlType } from '../../syntax/sql/operation.ts';

export interface ReplayContext {
  readonly dialect: Dialect;
  /** Where the operation stands in the user's source. */
  readonly at: SourceRange;
  /** Where a part of it stands; absent = `at` is as near as it is known. */
  readonly locate?: (span: SqlSpan) => SourceRange;
}

export function placeOf({ at, locate }: ReplayContext, span: SqlSpan | undefined): SourceRange {
  return span && locate ? locate(span) : at;
}

/** What a database holds while it is built: types that stand for others are gone once their columns are known. */
export interface ReplaySchema extends Comparable {
  readonly domains?: readonly ReplayDomain[];
  /** Tables that follow what happens to another one. */
  readonly heirs?: readonly {
    readonly parent: SqlName;
    readonly child: SqlName;
    readonly how: 'inherits' | 'partition';
  }[];
}

export interface ReplayDomain extends SqlName {
  readonly type: SqlType;
  readonly nullable: boolean | null;
}

/** Caught by `applyOperations`: the operation changes nothing, the message is a problem. */
export class NotThere extends Error {}

export function findTable(schema: Comparable, name: SqlName): Table | undefined {
  return schema.tables.find((table) => tableKey(table) === tableKey(name));
}

export function shown(name: SqlName): string {
  return name.namespace === null ? name.name : `${name.namespace}.${name.name}`;
}

export function requireColumn(table: Table, name: string): Column {
  const column = table.columns.find((each) => each.name === name);
  if (!column) throw new NotThere(`${table.name} has no column "${name}" here.`);
  return column;
}

export function update(
  schema: Comparable,
  name: SqlName,
  change: (table: Table) => Table,
  then: (schema: Comparable) => Comparable = (same) => same,
): Comparable {
  const table = findTable(schema, name);
  if (!table) throw new NotThere(`There is no table ${shown(name)} at this point.`);
  const next = change(table);
  return then({ ...schema, tables: schema.tables.map((each) => (each === table ? next : each)) });
}
