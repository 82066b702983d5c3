/**
 * Order of the columns of keys: Hibernate 6 puts small values first, then goes by name (`ColumnOrderingStrategyStandard`); Hibernate 5 keeps
 * the order of the properties.
 */
import type { Context } from './context.ts';
import type { DraftColumn, DraftTable } from './drafts.ts';

/** Decimal digits that fit a byte: log 256 / log 10. */
const digitsPerByte = Math.log(256) / Math.log(10);

export function orderKeys(table: DraftTable, { hibernate }: Context): void {
  if (hibernate === 5 || table.primaryKey.length < 2) return;
  table.primaryKey = orderedNames(table.primaryKey, table);
}

export function orderedNames(names: readonly string[], table: DraftTable): string[] {
  const size = (name: string): number => sizeOf(table.columns.get(name.toLowerCase()));
  return names.toSorted((a, b) => size(a) - size(b) || (a < b ? -1 : a > b ? 1 : 0));
}

/** Bytes that a value takes, four at least. */
function sizeOf(column: DraftColumn | undefined): number {
  if (!column) return Infinity;
  switch (column.type) {
    case 'unknown':
      return Infinity;
    case 'boolean':
    case 'int16':
    case 'int32':
    case 'float32':
    case 'date':
    case 'time':
      return 4;
    case 'int64':
    case 'float64':
    case 'datetime':
    case 'datetime-tz':
      return 8;
    case 'uuid':
      return 16;
    case 'decimal':
      return Math.max(Math.ceil((column.precision ?? 38) / digitsPerByte), 4);
    default:
      // A text of the default length counts as if it had none.
      return column.length === null || column.length === 255 ? 10_485_760 : Math.max(column.length, 4);
  }
}
