/** Columns that become required, or come required: rows that are there need a value for them. */
import { plainType, tableKey } from '../../diff/diff.ts';
import type { Comparable } from '../../diff/diff.ts';
import type { Change } from '../../schema/change.ts';
import type { Column, Dialect } from '../../schema/model.ts';
import { zeroValue } from './zeroValue.ts';

export interface NeededValue {
  /** `table.column`, as a fill is addressed. */
  readonly column: string;
  readonly type: string;
  /** `added`: every row lacks a value; `required`: only rows that hold none today. */
  readonly why: 'added' | 'required';
  /** SQL that the column takes, for want of better; null = nothing is safe to invent. */
  readonly suggestion: string | null;
}

export function needsValue(column: Column): boolean {
  return !column.nullable && column.default === null && column.generated === null;
}

export function neededValues(
  changes: readonly Change[],
  filled: ReadonlyMap<string, string>,
  to: Comparable,
  dialect: Dialect,
): NeededValue[] {
  const created = new Set(changes.flatMap((change) => (change.kind === 'createTable' ? [tableKey(change.table)] : [])));
  return changes.flatMap((change): NeededValue[] => {
    if (change.kind !== 'addColumn' && change.kind !== 'alterColumn') return [];
    const at = { name: change.table, namespace: change.namespace };
    const column = change.kind === 'addColumn' ? change.column : change.to;
    const name = `${change.table}.${column.name}`;
    if (created.has(tableKey(at)) || filled.has(name)) return [];
    if (change.kind === 'addColumn' ? !needsValue(column) : !change.facets.includes('nullable') || column.nullable)
      return [];
    return [
      {
        column: name,
        type: plainType(column),
        why: change.kind === 'addColumn' ? 'added' : 'required',
        suggestion: column.default ?? zeroValue(column, to, dialect),
      },
    ];
  });
}
