import type { Comparable } from '../../diff/diff.ts';
import type { Column, Dialect } from '../../schema/model.ts';

/** What a required column is filled with when its values are gone; null where nothing is safe to invent (keys, references, types of the user's own). */
export function zeroValue(column: Column, schema: Comparable, dialect: Dialect): string | null {
  const isKey = schema.tables.some(
    (table) =>
      table.columns.includes(column) &&
      (table.primaryKey.includes(column.name) ||
        [...table.foreignKeys, ...table.uniques, ...table.indexes.filter(({ unique }) => unique)].some(({ columns }) =>
          columns.includes(column.name),
        )),
  );
  if (isKey) return null;
  if (column.array) return "'{}'";
  if (column.enum !== null) {
    const value = schema.enums.find(({ name }) => name === column.enum)?.values[0];
    return value === undefined ? null : `'${value.replaceAll("'", "''")}'`;
  }
  switch (column.type) {
    case 'boolean':
      return dialect === 'postgresql' ? 'false' : '0';
    case 'int16':
    case 'int32':
    case 'int64':
    case 'decimal':
    case 'money':
    case 'float32':
    case 'float64':
      return '0';
    case 'string':
    case 'text':
    case 'char':
      return "''";
    case 'json':
      return "'{}'";
    case 'date':
      return "'1970-01-01'";
    case 'datetime':
    case 'datetime-tz':
      return "'1970-01-01 00:00:00'";
    default:
      return null;
  }
}
