/**
 * Column types that each provider gives to the types of C#, from the type mapping sources of the providers (EFCore.SqlServer, EFCore.Sqlite,
 * Npgsql.EntityFrameworkCore.PostgreSQL, Pomelo.EntityFrameworkCore.MySql, Oracle.EntityFrameworkCore).
 */
import { columnTypeOf } from '../../../schema/columnTypes.ts';
import type { Column, ColumnType, Dialect } from '../../../schema/model.ts';
import { columnTypes } from './clr.ts';
import type { Scalar, ScalarType } from './clr.ts';
import type { TypeRef } from './types.ts';

/** What is stated of a column beside the type of its property. */
export interface Facets {
  readonly columnType?: string;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly unicode?: boolean;
  readonly fixedLength?: boolean;
  readonly rowVersion?: boolean;
  /** Type the value is stored as; null = a converter class or lambdas. */
  readonly conversion?: { readonly to: TypeRef | null; readonly text: string };
}

export type ColumnShape = Pick<Column, 'type' | 'rawType' | 'length' | 'precision' | 'scale' | 'array'>;

type Family = 'mssql' | 'postgresql' | 'mysql' | 'sqlite' | 'oracle';

export function familyOf(dialect: Dialect): Family {
  if (dialect === 'postgresql' || dialect === 'cockroachdb') return 'postgresql';
  if (dialect === 'mysql' || dialect === 'mariadb') return 'mysql';
  return dialect === 'sqlite' || dialect === 'oracle' ? dialect : 'mssql';
}

const plain: Readonly<Record<Family, Readonly<Partial<Record<Scalar, string>>>>> = {
  mssql: {
    int: 'int',
    long: 'bigint',
    short: 'smallint',
    byte: 'tinyint',
    sbyte: 'smallint',
    uint: 'bigint',
    ulong: 'decimal(20,0)',
    ushort: 'int',
    bool: 'bit',
    double: 'float',
    float: 'real',
    guid: 'uniqueidentifier',
    datetime: 'datetime2',
    datetimeoffset: 'datetimeoffset',
    timespan: 'time',
    dateonly: 'date',
    timeonly: 'time',
    json: 'nvarchar(max)',
    instant: 'datetime2',
    localdate: 'date',
    localdatetime: 'datetime2',
    localtime: 'time',
    geometry: 'geography',
    hierarchyid: 'hierarchyid',
    other: 'sql_variant',
    hstore: 'nvarchar(max)',
    network: 'nvarchar(45)',
    xml: 'xml',
    vector: 'vector',
  },
  postgresql: {
    int: 'integer',
    long: 'bigint',
    short: 'smallint',
    byte: 'smallint',
    sbyte: 'smallint',
    uint: 'bigint',
    ulong: 'numeric(20,0)',
    ushort: 'integer',
    bool: 'boolean',
    double: 'double precision',
    float: 'real',
    guid: 'uuid',
    datetime: 'timestamp with time zone',
    datetimeoffset: 'timestamp with time zone',
    timespan: 'interval',
    dateonly: 'date',
    timeonly: 'time without time zone',
    json: 'jsonb',
    instant: 'timestamp with time zone',
    localdate: 'date',
    localdatetime: 'timestamp without time zone',
    localtime: 'time without time zone',
    period: 'interval',
    network: 'inet',
    geometry: 'geometry',
    vector: 'vector',
    tsvector: 'tsvector',
    hstore: 'hstore',
    bits: 'bit varying',
    range: 'tstzrange',
    xml: 'xml',
  },
  mysql: {
    int: 'int',
    long: 'bigint',
    short: 'smallint',
    byte: 'tinyint unsigned',
    sbyte: 'tinyint',
    uint: 'int unsigned',
    ulong: 'bigint unsigned',
    ushort: 'smallint unsigned',
    bool: 'tinyint(1)',
    double: 'double',
    float: 'float',
    guid: 'char(36)',
    datetime: 'datetime(6)',
    datetimeoffset: 'datetime(6)',
    timespan: 'time(6)',
    dateonly: 'date',
    timeonly: 'time(6)',
    json: 'json',
    geometry: 'geometry',
  },
  sqlite: {
    int: 'INTEGER',
    long: 'INTEGER',
    short: 'INTEGER',
    byte: 'INTEGER',
    sbyte: 'INTEGER',
    uint: 'INTEGER',
    ulong: 'INTEGER',
    ushort: 'INTEGER',
    bool: 'INTEGER',
    double: 'REAL',
    float: 'REAL',
    bytes: 'BLOB',
  },
  oracle: {
    int: 'NUMBER(10)',
    long: 'NUMBER(19)',
    short: 'NUMBER(5)',
    byte: 'NUMBER(3)',
    sbyte: 'NUMBER(3)',
    uint: 'NUMBER(10)',
    ulong: 'NUMBER(20)',
    ushort: 'NUMBER(5)',
    bool: 'NUMBER(1)',
    double: 'BINARY_DOUBLE',
    float: 'BINARY_FLOAT',
    guid: 'RAW(16)',
    datetime: 'TIMESTAMP(7)',
    datetimeoffset: 'TIMESTAMP(7) WITH TIME ZONE',
    timespan: 'INTERVAL DAY(8) TO SECOND(7)',
    dateonly: 'DATE',
    timeonly: 'INTERVAL DAY(8) TO SECOND(7)',
    bytes: 'BLOB',
  },
};

/** @param indexed part of a key or an index: SQL Server and MySQL bound the length of such columns */
export function shapeOf(type: ScalarType, settings: Facets, dialect: Dialect, indexed: boolean): ColumnShape {
  const family = familyOf(dialect);
  const stated = settings.columnType;
  const stored = storedAs(type, settings, family);
  if (stated !== undefined) return statedShape(stated, stored.scalar, dialect, settings);
  if (settings.rowVersion === true && family === 'mssql')
    return { type: 'binary', rawType: 'rowversion', length: null, precision: null, scale: null, array: false };
  if (stored.list) {
    if (family === 'postgresql') {
      const element = one({ ...stored, list: false }, settings, family, false);
      return { ...element, array: true };
    }
    const text = one({ ...stored, list: false, scalar: 'string' }, {}, family, false);
    return { ...text, type: 'json' };
  }
  return one(stored, settings, family, indexed);
}

/** Conversions change what is stored. */
function storedAs(type: ScalarType, settings: Facets, family: Family): ScalarType {
  const to = settings.conversion;
  if (!to) return type.scalar === 'hstore' && family !== 'postgresql' ? { ...type, scalar: 'string' } : type;
  const named: Readonly<Record<string, Scalar>> = {
    string: 'string',
    String: 'string',
    int: 'int',
    long: 'long',
    short: 'short',
    byte: 'byte',
    Guid: 'guid',
    decimal: 'decimal',
    double: 'double',
    bool: 'bool',
    DateTime: 'datetime',
    DateTimeOffset: 'datetimeoffset',
  };
  const target = to.to
    ? named[to.to.name.slice(to.to.name.lastIndexOf('.') + 1)]
    : to.text.includes('ToString')
      ? 'string'
      : to.text.includes('ToBytes')
        ? 'bytes'
        : undefined;
  if (to.to?.name === 'byte' && to.to.rank === 1) return { ...type, scalar: 'bytes', list: false, enum: null };
  if (target) return { ...type, scalar: target, list: false, enum: target === 'string' ? type.enum : null };
  // A list or an object with a converter is stored as text, as far as anyone can tell.
  return type.list || type.scalar === 'other' || type.scalar === 'hstore'
    ? { ...type, scalar: 'string', list: false }
    : type;
}

function one(type: ScalarType, settings: Facets, family: Family, indexed: boolean): ColumnShape {
  const none = { type: columnTypes[type.scalar], length: null, precision: null, scale: null, array: false };
  const length = settings.maxLength ?? null;
  const { scalar } = type;
  if (scalar === 'string' || scalar === 'char' || scalar === 'xml' || (family === 'sqlite' && !plain.sqlite[scalar])) {
    if (family === 'sqlite') return { ...none, rawType: 'TEXT', length };
    return textShape(scalar === 'char' ? 1 : length, settings, family, indexed, scalar === 'char');
  }
  if (scalar === 'bytes') return bytesShape(length, settings, family, indexed);
  if (scalar === 'decimal') {
    const precision =
      settings.precision ?? (family === 'mssql' || family === 'oracle' ? 18 : family === 'mysql' ? 65 : null);
    const scale =
      settings.scale ??
      (settings.precision !== undefined
        ? null
        : family === 'mssql' || family === 'oracle'
          ? 2
          : family === 'mysql'
            ? 30
            : null);
    return {
      ...none,
      rawType: family === 'postgresql' ? 'numeric' : family === 'oracle' ? 'DECIMAL' : 'decimal',
      precision,
      scale,
    };
  }
  const known = plain[family][scalar] ?? plain.mssql[scalar] ?? 'unknown';
  const sizes = /^([^(]*)\((\d+)(?:,(\d+))?\)(.*)$/u.exec(known);
  const precise = /^(?:datetime|time|local|instant)/u.test(scalar) && settings.precision !== undefined;
  const rawType = sizes ? `${(sizes[1] ?? '').trim()}${sizes[4] ?? ''}` : known;
  // MySQL's only boolean is a number of one digit.
  const typed: ColumnType = family === 'postgresql' ? classOf(rawType, none.type) : none.type;
  const first = sizes?.[2] === undefined ? null : Number(sizes[2]);
  if (none.type === 'uuid' || scalar === 'bool' || scalar === 'network')
    return { ...none, type: typed, rawType: known };
  return {
    ...none,
    type: typed,
    rawType,
    precision: precise ? (settings.precision ?? null) : first,
    scale: sizes?.[3] === undefined ? null : Number(sizes[3]),
  };
}

function classOf(rawType: string, fallback: ColumnType): ColumnType {
  const found = columnTypeOf(rawType, 'postgresql');
  return found === 'unknown' ? fallback : found;
}

function textShape(
  length: number | null,
  settings: Facets,
  family: Family,
  indexed: boolean,
  isChar: boolean,
): ColumnShape {
  const unicode = settings.unicode !== false;
  const fixed = settings.fixedLength === true;
  const none = { precision: null, scale: null, array: false };
  const short = { ...none, type: fixed ? ('char' as const) : ('string' as const) };
  if (family === 'postgresql') {
    if (length === null) return { ...none, type: 'text', rawType: 'text', length: null };
    return {
      ...short,
      type: fixed || isChar ? 'char' : 'string',
      rawType: fixed || isChar ? 'character' : 'character varying',
      length,
    };
  }
  if (family === 'mysql') {
    const known = length ?? (indexed ? 255 : null);
    if (known === null || known > 65535) return { ...none, type: 'text', rawType: 'longtext', length: null };
    return { ...short, rawType: fixed ? 'char' : 'varchar', length: known };
  }
  if (family === 'oracle') {
    const known = length ?? (indexed ? 450 : 2000);
    if (known > 4000) return { ...none, type: 'text', rawType: unicode ? 'NCLOB' : 'CLOB', length: null };
    return {
      ...short,
      rawType: fixed ? (unicode ? 'NCHAR' : 'CHAR') : unicode ? 'NVARCHAR2' : 'VARCHAR2',
      length: known,
    };
  }
  const longest = unicode ? 4000 : 8000;
  const known = length ?? (indexed ? (unicode ? 450 : 900) : null);
  const name = `${unicode ? 'n' : ''}${fixed ? 'char' : 'varchar'}`;
  if (known === null || known > longest || known < 0)
    return { ...none, type: 'text', rawType: `${name}(max)`, length: null };
  return { ...short, rawType: name, length: known };
}

function bytesShape(length: number | null, settings: Facets, family: Family, indexed: boolean): ColumnShape {
  const none = { type: 'binary' as const, precision: null, scale: null, array: false };
  if (family === 'postgresql') return { ...none, rawType: 'bytea', length: null };
  if (family === 'sqlite') return { ...none, rawType: 'BLOB', length: null };
  if (family === 'oracle')
    return length === null ? { ...none, rawType: 'BLOB', length: null } : { ...none, rawType: 'RAW', length };
  if (family === 'mysql')
    return length === null ? { ...none, rawType: 'longblob', length: null } : { ...none, rawType: 'varbinary', length };
  const known = length ?? (indexed ? 900 : null);
  return known === null || known > 8000
    ? { ...none, rawType: 'varbinary(max)', length: null }
    : { ...none, rawType: settings.fixedLength === true ? 'binary' : 'varbinary', length: known };
}

const fallbackFamily: Readonly<Record<Family, Dialect>> = {
  mssql: 'mssql',
  postgresql: 'postgresql',
  mysql: 'mysql',
  sqlite: 'sqlite',
  oracle: 'oracle',
};

/** `HasColumnType("decimal(18, 2)")`, `HasColumnType("timestamp with time zone")`, `HasColumnType("text[]")` */
function statedShape(text: string, scalar: Scalar, dialect: Dialect, settings: Facets): ColumnShape {
  const array = text.endsWith('[]');
  const bare = array ? text.slice(0, -2) : text;
  const sized = /^([^(]*)\(\s*(\w+)\s*(?:,\s*(\d+)\s*)?\)(.*)$/u.exec(bare);
  const [first, second] = [sized?.[2], sized?.[3]];
  const rawType = sized ? `${(sized[1] ?? '').trim()} ${(sized[4] ?? '').trim()}`.trim() : bare.trim();
  const lower = rawType.toLowerCase();
  const isMax = first?.toLowerCase() === 'max';
  const known = columnTypeOf(lower, fallbackFamily[familyOf(dialect)]);
  const size = first === undefined || isMax || !/^\d+$/u.test(first) ? null : Number(first);
  let type: ColumnType = isMax && known === 'string' ? 'text' : known === 'unknown' ? columnTypes[scalar] : known;
  // Names of SQLite's storage classes say less than the property does.
  if (familyOf(dialect) === 'sqlite' && /^(?:text|integer|blob|real)$/u.test(lower)) type = columnTypes[scalar];
  if (scalar === 'bool' && /^(?:tinyint|bit|number)$/u.test(lower)) type = 'boolean';
  if (scalar === 'guid' && /^(?:char|raw|binary)$/u.test(lower)) type = 'uuid';
  const none = {
    type,
    rawType: isMax ? `${rawType}(max)` : rawType,
    length: null,
    precision: null,
    scale: null,
    array,
  };
  if (type === 'decimal' || type === 'money')
    return {
      ...none,
      precision: size ?? settings.precision ?? null,
      scale: second === undefined ? (settings.scale ?? null) : Number(second),
    };
  if (/^(?:date|time|interval|float)/u.test(type)) return { ...none, precision: size };
  return {
    ...none,
    length:
      size ??
      (/^(?:string|char|binary)$/u.test(type) && !isMax && settings.maxLength !== undefined
        ? settings.maxLength
        : null),
  };
}
