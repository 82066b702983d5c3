/** SQL of default values that are stated as values of C#. */
import type { Dialect } from '../../../schema/model.ts';
import { isKind, nameValue } from './values.ts';
import type { Value } from './values.ts';

/** Null where the value is not known. Enum members are given by name: how they are stored is not known here. */
export function defaultLiteral(value: Value, dialect: Dialect): string | null {
  if (typeof value === 'string') return `${dialect === 'mssql' ? 'N' : ''}'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') {
    if (dialect === 'mssql') return `CAST(${value ? '1' : '0'} AS bit)`;
    if (dialect === 'postgresql') return value ? 'TRUE' : 'FALSE';
    return value ? '1' : '0';
  }
  if (isKind(value, 'named')) return `'${nameValue(value) ?? ''}'`;
  return null;
}
