/**
 * Column types that Django's backends give its fields (`data_types` of django/db/backends/<engine>/base.py), by what a field calls
 * itself (`get_internal_type`).
 */
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { Column, ColumnType, Dialect } from '../../schema/model.ts';

export type ColumnShape = Pick<Column, 'type' | 'rawType' | 'length' | 'precision' | 'scale' | 'array'> & {
  readonly unsigned?: boolean;
};

interface Known {
  readonly type: ColumnType;
  readonly postgresql: string;
  readonly mysql: string;
  readonly sqlite: string;
  readonly oracle: string;
  /** Of mssql-django. */
  readonly mssql: string;
}

function known(
  type: ColumnType,
  postgresql: string,
  mysql: string,
  sqlite: string,
  oracle: string,
  mssql: string,
): Known {
  return { type, postgresql, mysql, sqlite, oracle, mssql };
}

/** `%` stands for the length, `#` for precision and scale. */
const types: Readonly<Record<string, Known>> = {
  AutoField: known('int32', 'integer', 'integer', 'integer', 'number(11)', 'int'),
  BigAutoField: known('int64', 'bigint', 'bigint', 'integer', 'number(19)', 'bigint'),
  SmallAutoField: known('int16', 'smallint', 'smallint', 'integer', 'number(5)', 'smallint'),
  BinaryField: known('binary', 'bytea', 'longblob', 'blob', 'blob', 'varbinary(max)'),
  BooleanField: known('boolean', 'boolean', 'bool', 'bool', 'number(1)', 'bit'),
  CharField: known('string', 'varchar%', 'varchar%', 'varchar%', 'nvarchar2%', 'nvarchar%'),
  FixedCharField: known('char', 'char%', 'char%', 'char%', 'nchar%', 'nchar%'),
  DateField: known('date', 'date', 'date', 'date', 'date', 'date'),
  DateTimeField: known('datetime-tz', 'timestamp with time zone', 'datetime(6)', 'datetime', 'timestamp', 'datetime2'),
  DecimalField: known('decimal', 'numeric#', 'numeric#', 'decimal', 'number#', 'numeric#'),
  DurationField: known('interval', 'interval', 'bigint', 'bigint', 'interval day(9) to second(6)', 'bigint'),
  FloatField: known('float64', 'double precision', 'double precision', 'real', 'double precision', 'double precision'),
  IntegerField: known('int32', 'integer', 'integer', 'integer', 'number(11)', 'int'),
  BigIntegerField: known('int64', 'bigint', 'bigint', 'bigint', 'number(19)', 'bigint'),
  SmallIntegerField: known('int16', 'smallint', 'smallint', 'smallint', 'number(11)', 'smallint'),
  PositiveIntegerField: known('int32', 'integer', 'integer unsigned', 'integer unsigned', 'number(11)', 'int'),
  PositiveBigIntegerField: known('int64', 'bigint', 'bigint unsigned', 'bigint unsigned', 'number(19)', 'bigint'),
  PositiveSmallIntegerField: known(
    'int16',
    'smallint',
    'smallint unsigned',
    'smallint unsigned',
    'number(11)',
    'smallint',
  ),
  GenericIPAddressField: known('network', 'inet', 'char(39)', 'char(39)', 'varchar2(39)', 'nvarchar(39)'),
  IPAddressField: known('network', 'inet', 'char(15)', 'char(15)', 'varchar2(15)', 'nvarchar(15)'),
  JSONField: known('json', 'jsonb', 'json', 'text', 'nclob', 'nvarchar(max)'),
  TextField: known('text', 'text', 'longtext', 'text', 'nclob', 'nvarchar(max)'),
  TimeField: known('time', 'time', 'time(6)', 'time', 'timestamp', 'time'),
  UUIDField: known('uuid', 'uuid', 'char(32)', 'char(32)', 'varchar2(32)', 'char(32)'),
  // django.contrib.postgres and the like: their types are the same whatever the engine.
  HStoreField: same('json', 'hstore'),
  CITextField: same('string', 'citext'),
  IntegerRangeField: same('range', 'int4range'),
  BigIntegerRangeField: same('range', 'int8range'),
  DecimalRangeField: same('range', 'numrange'),
  DateTimeRangeField: same('range', 'tstzrange'),
  DateRangeField: same('range', 'daterange'),
  SearchVectorField: same('text', 'tsvector'),
  GeometryField: same('geometry', 'geometry'),
  VectorField: same('vector', 'vector'),
  HalfVectorField: same('vector', 'halfvec'),
  LTreeField: same('string', 'ltree'),
};

function same(type: ColumnType, raw: string): Known {
  return known(type, raw, raw, raw, raw, raw);
}

export interface Sizes {
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

export function isInternalType(name: string): boolean {
  return Object.hasOwn(types, name);
}

/** `unknown` where no field calls itself so. */
export function columnShape(internal: string, { length, precision, scale }: Sizes, dialect: Dialect): ColumnShape {
  const found = Object.hasOwn(types, internal) ? types[internal] : undefined;
  const none = { length: null, precision: null, scale: null, array: false };
  if (!found) return { type: 'unknown', rawType: internal, ...none };
  const raw = found[engineOf(dialect)];
  const name = raw.replace(/[%#]$|\s*\([^)]*\)$/, '');
  const [, stated = null] = /\((\d+)\)$/.exec(raw) ?? [];
  const unsigned = name.endsWith(' unsigned');
  const plain = unsigned ? name.slice(0, -' unsigned'.length) : name;
  const shape = {
    ...none,
    type: classOf(found.type, plain, dialect),
    rawType: plain,
    ...(unsigned ? { unsigned: true } : {}),
  };
  if (raw.endsWith('%')) return { ...shape, length };
  if (raw.endsWith('#')) return { ...shape, precision, scale };
  if (stated === null) return shape;
  const size = Number(stated);
  return /^(?:datetime|time|interval|number)/.test(name) ? { ...shape, precision: size } : { ...shape, length: size };
}

function engineOf(dialect: Dialect): 'postgresql' | 'mysql' | 'sqlite' | 'oracle' | 'mssql' {
  if (dialect === 'mariadb') return 'mysql';
  return dialect === 'mysql' || dialect === 'sqlite' || dialect === 'oracle' || dialect === 'mssql'
    ? dialect
    : 'postgresql';
}

/** What the engine's type cannot say, the field does: an INTEGER of SQLite that a BooleanField made stays a boolean. */
function classOf(field: ColumnType, raw: string, dialect: Dialect): ColumnType {
  const engine = columnTypeOf(raw, dialect);
  if (engine === 'unknown' || field === 'boolean' || field === 'decimal' || field.startsWith('int')) return field;
  // SQLite's REAL is a double of eight bytes (sqlite.org/datatype3.html).
  return field === 'float64' ? field : engine;
}
