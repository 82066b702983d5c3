/** Column types of Knex → SQL of the engine (`lib/dialects/<dialect>/schema/*-columncompiler.js` of knex 3). */
import { isObject, isText, memberOf } from '../shared/script/values.ts';
import type { Value } from '../shared/script/values.ts';
import type { Dialect } from '../../schema/model.ts';

/** Other names of one type. */
const aliases: Readonly<Record<string, string>> = {
  float: 'floating',
  enum: 'enu',
  boolean: 'bool',
  string: 'varchar',
  bigint: 'biginteger',
  int: 'integer',
};

export function typeKey(method: string): string {
  const lower = method.toLowerCase();
  return aliases[lower] ?? lower;
}

export const columnTypes: ReadonlySet<string> = new Set(
  (
    'tinyint smallint mediumint int bigint decimal float double real bit boolean serial date datetime timestamp time year geometry geography point char ' +
    'varchar tinytext text mediumtext longtext binary varbinary tinyblob mediumblob blob longblob enum set bool increments bigincrements integer ' +
    'biginteger string json jsonb uuid enu specifictype'
  ).split(' '),
);

const plain: Readonly<Partial<Record<Dialect, Readonly<Record<string, string>>>>> = {
  postgresql: {
    tinyint: 'smallint',
    smallint: 'smallint',
    mediumint: 'integer',
    floating: 'real',
    double: 'double precision',
    binary: 'bytea',
    json: 'json',
    jsonb: 'jsonb',
    uuid: 'uuid',
    mediumtext: 'text',
    longtext: 'text',
    tinytext: 'text',
  },
  mysql: { integer: 'int', jsonb: 'json', json: 'json', bool: 'boolean', mediumint: 'mediumint', smallint: 'smallint' },
  sqlite: {
    double: 'float',
    decimal: 'float',
    floating: 'float',
    timestamp: 'datetime',
    json: 'json',
    jsonb: 'json',
    smallint: 'integer',
    mediumint: 'integer',
  },
  mssql: {
    integer: 'int',
    smallint: 'smallint',
    tinyint: 'tinyint',
    mediumint: 'int',
    floating: 'float',
    double: 'float',
    bool: 'bit',
    text: 'nvarchar(max)',
    mediumtext: 'nvarchar(max)',
    longtext: 'nvarchar(max)',
    json: 'nvarchar(max)',
    jsonb: 'nvarchar(max)',
    uuid: 'uniqueidentifier',
    binary: 'varbinary(max)',
  },
};

/** What every engine is told that has no word of its own. */
const common: Readonly<Record<string, string>> = {
  bool: 'boolean',
  biginteger: 'bigint',
  smallint: 'integer',
  mediumint: 'integer',
  binary: 'blob',
  json: 'text',
  jsonb: 'text',
  bit: 'text',
  enu: 'varchar',
};

function family(dialect: Dialect): Dialect {
  if (dialect === 'cockroachdb') return 'postgresql';
  return dialect === 'mariadb' ? 'mysql' : dialect;
}

function numberOr(value: Value, otherwise: number): number {
  const number = isText(value) ? Number(value) : Number.NaN;
  return Number.isNaN(number) ? otherwise : number;
}

/** @param key of `typeKey`; @param args those behind the column's name */
export function sqlTypeOf(key: string, args: readonly Value[], dialect: Dialect): string | null {
  const engine = family(dialect);
  const [first, second] = args;
  switch (key) {
    case 'specifictype':
      return typeof first === 'string' ? first : null;
    case 'varchar':
      return `${engine === 'mssql' ? 'nvarchar' : 'varchar'}(${numberOr(first, 255)})`;
    case 'char':
      return `char(${numberOr(first, engine === 'mysql' || engine === 'sqlite' ? 255 : 1)})`;
    case 'decimal':
      if (engine === 'sqlite') return 'float';
      return first === null ? 'decimal' : `decimal(${numberOr(first, 8)}, ${numberOr(second, 2)})`;
    case 'floating':
      return engine === 'mysql'
        ? `float(${numberOr(first, 8)}, ${numberOr(second, 2)})`
        : (plain[engine]?.floating ?? 'float');
    case 'double':
      return engine === 'mysql' && isText(first)
        ? `double(${numberOr(first, 8)}, ${numberOr(second, 2)})`
        : (plain[engine]?.double ?? 'double');
    case 'datetime':
    case 'timestamp':
      return timeOf(key, first, second, engine);
    case 'time':
      return typeof first === 'number' && engine === 'mysql' ? `time(${first})` : 'time';
    case 'text':
      if (engine === 'mysql' && typeof first === 'string' && /^(?:medium|long)/.test(first))
        return `${first.replace(/text$/, '')}text`;
      return plain[engine]?.text ?? 'text';
    case 'tinyint':
    case 'integer':
      if (engine === 'mysql') return `${key === 'integer' ? 'int' : key}${isText(first) ? `(${first})` : ''}`;
      return plain[engine]?.[key] ?? key;
    case 'binary':
      return engine === 'mysql' && isText(first) ? `varbinary(${first})` : (plain[engine]?.binary ?? 'blob');
    case 'bit':
      return isText(first) ? `bit(${first})` : 'bit';
    case 'uuid':
      if (plain[engine]?.uuid !== undefined) return plain[engine].uuid;
      return memberOf(first, 'useBinaryUuid') === true && isObject(first) ? 'binary(16)' : 'char(36)';
    case 'increments':
      return engine === 'postgresql'
        ? 'integer'
        : engine === 'mysql'
          ? 'int unsigned'
          : engine === 'mssql'
            ? 'int'
            : 'integer';
    case 'bigincrements':
      return engine === 'mysql' ? 'bigint unsigned' : engine === 'sqlite' ? 'integer' : 'bigint';
    default:
      return plain[engine]?.[key] ?? common[key] ?? key;
  }
}

/** PostgreSQL: with the zone unless it is told otherwise; the first argument is the precision elsewhere. */
function timeOf(key: string, first: Value, second: Value, engine: Dialect): string {
  const options = isObject(first) ? first : null;
  const precision = options
    ? memberOf(options, 'precision')
    : engine === 'postgresql' || engine === 'mssql'
      ? second
      : first;
  const size = typeof precision === 'number' ? `(${precision})` : '';
  if (engine === 'postgresql') {
    const useTz = options ? memberOf(options, 'useTz') !== false : first !== true;
    return `${useTz ? 'timestamptz' : 'timestamp'}${size}`;
  }
  if (engine === 'mssql') {
    const useTz = options ? memberOf(options, 'useTz') === true : first === true;
    return `${useTz ? 'datetimeoffset' : 'datetime2'}${size}`;
  }
  if (engine === 'mysql') return `${key}${size}`;
  return engine === 'sqlite' ? 'datetime' : 'timestamp';
}
