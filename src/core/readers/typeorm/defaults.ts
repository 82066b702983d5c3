/** The SQL of a column's default: `normalizeDefault` of each driver of typeorm 1.1. */
import { isFunction, isList, isObject, ownKeys } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { Result } from '../shared/typescript/results.ts';
import type { ColumnMeta } from './model.ts';

/** Null = no default, or one that cannot be told without running the code. */
export function defaultOf(column: ColumnMeta, evaluator: Evaluator): string | null {
  const { driver, legacy } = column.entity.settings;
  const { dialect } = driver;
  if (column.sqlDefault !== null) return column.sqlDefault === '' ? null : datetime(column.sqlDefault, dialect);
  const value = column.default;
  if (value === null || value === undefined) return null;
  if (isFunction(value)) {
    const sql = evaluator.call(value, []);
    return typeof sql === 'string' ? datetime(sql, dialect) : null;
  }
  if (typeof value === 'object' && 'is' in value && value.is !== 'object') return null;
  const array = column.isArray && isList(value);
  switch (dialect) {
    case 'mysql':
    case 'mariadb':
      if (typeof value === 'number') return `'${value.toFixed(column.options.scale ?? 0)}'`;
      if (typeof value === 'boolean')
        return value && !isEnum(column) ? '1' : isEnum(column) ? `'${String(value)}'` : '0';
      if (typeof value === 'string') return `'${value}'`;
      if (isEnum(column) || column.type === 'set') return isList(value) ? `'${value.map(String).join(',')}'` : null;
      return isList(value) && value.length > 0 ? value.map(String).join(',') : null;
    case 'sqlite':
    case 'mssql':
    case 'oracle':
    case 'sap':
      if (typeof value === 'number') return String(value);
      if (typeof value === 'boolean') return dialect === 'sap' ? String(value) : value ? '1' : '0';
      if (typeof value === 'string') return `'${value}'`;
      if (dialect !== 'sqlite') return isList(value) ? value.map(String).join(',') : null;
      if (isList(value) && column.type === 'simple-enum') return `'${value.map(String).join(',')}'`;
      return column.type === 'jsonb' ? `jsonb(${json(value, legacy)})` : json(value, legacy);
    case 'cockroachdb':
      return cockroachDefault(value, column);
    case 'spanner':
      return typeof value === 'string' && value === '' ? '""' : plainText(value);
    default:
      if (array) return `'{${value.map(String).join(',')}}'`;
      if (typeof value === 'number' || typeof value === 'string' || isEnum(column)) return `'${plainText(value)}'`;
      if (typeof value === 'boolean') return String(value);
      return json(value, legacy);
  }
}

function isEnum(column: ColumnMeta): boolean {
  return column.type === 'enum' || column.type === 'simple-enum';
}

function plainText(value: Result): string {
  return isList(value) ? value.map(plainText).join(',') : typeof value === 'object' ? '' : String(value);
}

function json(value: Result, legacy: boolean): string {
  const text = JSON.stringify(toJson(value));
  return legacy ? `'${text}'` : `'${text.replaceAll("'", "''")}'`;
}

function toJson(value: Result): unknown {
  if (isList(value)) return value.map(toJson);
  if (isObject(value)) return Object.fromEntries(ownKeys(value).map((key) => [key, toJson(value.entries.get(key))]));
  return typeof value === 'object' && value !== null ? null : value;
}

function cockroachDefault(value: Result, column: ColumnMeta): string | null {
  const { entity } = column;
  const isList_ = isList(value);
  if (isEnum(column) && column.isArray) {
    const name = `"${column.options.enumName ?? `${entity.name}_${column.name.toLowerCase()}_enum`}"`;
    const given = isList_ ? value.map(String) : plainText(value).replace('{', '').replace('}', '').split(',');
    if (value === '{}') return `ARRAY[]::${name}[]`;
    return `ARRAY[${given.map((each) => `'${each}'`).join(',')}]::${name}[]`;
  }
  if (isEnum(column)) return `'${plainText(value)}'`;
  if (typeof value === 'number') return `(${value})`;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `'${value}'${column.isArray ? `::${column.type ?? ''}[]` : ''}`;
  return json(value, entity.settings.legacy);
}

const clock = /^(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP|LOCALTIME)(\(\d+\))?$/;

/** Functions of the clock in the form the engine's catalogue gives them back, so that TypeORM sees no difference. */
function datetime(sql: string, dialect: ColumnMeta['entity']['settings']['driver']['dialect']): string {
  const upper = sql.trim().toUpperCase();
  switch (dialect) {
    case 'mysql':
    case 'mariadb': {
      const match = /^(?:CURRENT_TIMESTAMP|NOW)(\(\d*\))?$/.exec(upper);
      if (!match) return sql;
      const precision = match[1] ?? '';
      if (dialect === 'mariadb') return `CURRENT_TIMESTAMP${precision || '()'}`;
      return precision === '()' ? 'CURRENT_TIMESTAMP' : `CURRENT_TIMESTAMP${precision}`;
    }
    case 'mssql':
      return upper === 'CURRENT_TIMESTAMP' ? 'getdate()' : sql;
    case 'cockroachdb':
      return upper === 'CURRENT_TIMESTAMP' ? 'current_timestamp()' : upper === 'CURRENT_DATE' ? 'current_date()' : sql;
    case 'postgresql': {
      const match = clock.exec(upper);
      if (!match) return sql;
      const [, name = '', precision = ''] = match;
      const now = "('now'::text)";
      if (name === 'CURRENT_TIMESTAMP') return precision ? `${now}::timestamp${precision} with time zone` : 'now()';
      if (name === 'CURRENT_DATE') return `${now}::date`;
      if (name === 'CURRENT_TIME') return `${now}::time${precision} with time zone`;
      return name === 'LOCALTIME'
        ? `${now}::time${precision} without time zone`
        : `${now}::timestamp${precision} without time zone`;
    }
    default:
      return sql;
  }
}
