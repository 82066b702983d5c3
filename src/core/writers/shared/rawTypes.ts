/** Types as the engines are told, by what they mean. */
import type { ColumnType, Dialect } from '../../schema/model.ts';
import type { TypeSpec } from '../entityChange.ts';

type Spelling = Readonly<Partial<Record<ColumnType, string>>>;

const postgresql: Spelling = {
  string: 'character varying',
  char: 'character',
  text: 'text',
  int16: 'smallint',
  int32: 'integer',
  int64: 'bigint',
  decimal: 'numeric',
  float32: 'real',
  float64: 'double precision',
  boolean: 'boolean',
  date: 'date',
  time: 'time without time zone',
  datetime: 'timestamp without time zone',
  'datetime-tz': 'timestamp with time zone',
  uuid: 'uuid',
  json: 'jsonb',
  binary: 'bytea',
};
const mysql: Spelling = {
  string: 'varchar',
  char: 'char',
  text: 'text',
  int16: 'smallint',
  int32: 'int',
  int64: 'bigint',
  decimal: 'decimal',
  float32: 'float',
  float64: 'double',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  json: 'json',
  binary: 'blob',
};
const sqlite: Spelling = {
  ...mysql,
  int32: 'integer',
  float64: 'double',
  json: 'json',
};
const mssql: Spelling = {
  string: 'nvarchar',
  char: 'nchar',
  int16: 'smallint',
  int32: 'int',
  int64: 'bigint',
  decimal: 'decimal',
  float32: 'real',
  float64: 'float',
  boolean: 'bit',
  date: 'date',
  time: 'time',
  datetime: 'datetime2',
  'datetime-tz': 'datetimeoffset',
  uuid: 'uniqueidentifier',
};
const oracle: Spelling = {
  string: 'varchar2',
  char: 'char',
  text: 'clob',
  int32: 'number',
  decimal: 'number',
  float64: 'float',
  date: 'date',
  datetime: 'timestamp',
  'datetime-tz': 'timestamp with time zone',
  binary: 'blob',
};
const spellings: Readonly<Partial<Record<Dialect, Spelling>>> = {
  postgresql,
  cockroachdb: { ...postgresql, int16: 'int2', int32: 'int4', int64: 'int8', binary: 'bytes' },
  mysql,
  mariadb: { ...mysql, uuid: 'uuid' },
  sqlite,
  mssql,
  oracle,
};

/** Without sizes; null where the engine has no such type. An unknown engine is taken for PostgreSQL. */
export function rawTypeOf({ type }: Pick<TypeSpec, 'type'>, dialect: Dialect | null): string | null {
  return spellings[dialect ?? 'postgresql']?.[type] ?? null;
}
