/** Engine types → the classes of the schema model. One table for all engines: names that mean different things are told apart by dialect. */
import type { ColumnType, Dialect } from './model.ts';

const classes: Readonly<Partial<Record<ColumnType, readonly string[]>>> = {
  boolean: ['boolean', 'bool', 'bit'],
  int16: ['smallint', 'int2', 'tinyint', 'year', 'smallserial'],
  int32: ['integer', 'int', 'int4', 'mediumint', 'serial', 'oid'],
  int64: ['bigint', 'int8', 'int64', 'bigserial', 'unsigned big int'],
  decimal: ['decimal', 'numeric', 'number', 'dec', 'fixed', 'smalldecimal'],
  float32: ['real', 'float4'],
  float64: ['double precision', 'double', 'float', 'float8', 'float64', 'binary_double', 'binary_float'],
  money: ['money', 'smallmoney'],
  string: [
    'character varying',
    'varchar',
    'nvarchar',
    'varchar2',
    'nvarchar2',
    'string',
    'varying character',
    'alphanum',
    'shorttext',
    'native character',
    'citext',
    'ltree',
    'sysname',
    'set',
  ],
  text: ['text', 'tinytext', 'mediumtext', 'longtext', 'ntext', 'clob', 'nclob', 'long', 'tsvector', 'tsquery'],
  char: ['character', 'char', 'nchar', 'national char'],
  binary: [
    'bytea',
    'blob',
    'tinyblob',
    'mediumblob',
    'longblob',
    'binary',
    'varbinary',
    'bytes',
    'image',
    'raw',
    'long raw',
    'bfile',
    'bit varying',
    'varbit',
    'rowversion',
  ],
  uuid: ['uuid', 'uniqueidentifier'],
  date: ['date'],
  time: ['time', 'time without time zone', 'time with time zone', 'timetz'],
  datetime: ['timestamp', 'timestamp without time zone', 'datetime', 'datetime2', 'smalldatetime', 'seconddate'],
  'datetime-tz': ['timestamptz', 'timestamp with time zone', 'datetimeoffset', 'timestamp with local time zone'],
  interval: ['interval', 'interval year to month', 'interval day to second'],
  json: ['json', 'jsonb', 'hstore'],
  xml: ['xml'],
  enum: ['enum'],
  array: ['array'],
  geometry: [
    'geometry',
    'geography',
    'point',
    'line',
    'lseg',
    'box',
    'path',
    'polygon',
    'circle',
    'linestring',
    'multipoint',
    'multilinestring',
    'multipolygon',
    'geometrycollection',
    'geomcollection',
    'st_geometry',
    'st_point',
    'cube',
  ],
  vector: ['vector', 'halfvec', 'real_vector', 'half_vector'],
  network: ['inet', 'cidr', 'macaddr', 'macaddr8', 'inet4', 'inet6'],
  range: [
    'int4range',
    'int8range',
    'numrange',
    'tsrange',
    'tstzrange',
    'daterange',
    'int4multirange',
    'int8multirange',
    'nummultirange',
    'tsmultirange',
    'tstzmultirange',
    'datemultirange',
  ],
  'object-id': ['objectid'],
  object: ['object'],
};

const byName = new Map(
  Object.entries(classes).flatMap(([type, names]) => names.map((name) => [name, type as ColumnType] as const)),
);

export function columnTypeOf(rawType: string, dialect: Dialect): ColumnType {
  const name = rawType.toLowerCase();
  if (dialect === 'postgresql' && name === 'bit') return 'binary';
  if (dialect === 'mssql' && name === 'timestamp') return 'binary';
  if (dialect === 'mssql' && name === 'real') return 'float32';
  // Eight bytes (sqlite.org/datatype3.html).
  if (dialect === 'sqlite' && name === 'real') return 'float64';
  if (dialect === 'mysql' || dialect === 'mariadb') {
    if (name === 'real') return 'float64';
    if (name === 'float') return 'float32';
    if (name === 'bit') return 'binary';
  }
  return byName.get(name) ?? (dialect === 'sqlite' ? affinityOf(name) : 'unknown');
}

/** SQLite goes by what a type's name contains, in this order (sqlite.org/datatype3.html, 3.1); without a type, anything goes. */
function affinityOf(name: string): ColumnType {
  if (name === '' || name === 'any') return 'unknown';
  if (name.includes('int')) return 'int64';
  if (/char|clob|text/.test(name)) return 'text';
  if (name.includes('blob')) return 'binary';
  return /real|floa|doub/.test(name) ? 'float64' : 'unknown';
}
