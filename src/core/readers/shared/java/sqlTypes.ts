/**
 * Types of columns as Hibernate 5 and 6 declare them in each engine (`org.hibernate.dialect.*Dialect`, `SqlTypes`; user guide "Basic types").
 */
import type { ColumnType, Dialect } from '../../../schema/model.ts';

/** What a value is, before an engine is asked how it keeps it. */
export type ValueKind =
  | 'boolean'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'float32'
  | 'float64'
  | 'decimal'
  | 'integer-decimal'
  | 'string'
  | 'char'
  /** `LONGVARCHAR`: text of any length in Hibernate 5, a string of at most 32,600 characters in 6 (`Length.LONG`). */
  | 'long-varchar'
  | 'long-string'
  | 'clob'
  | 'binary'
  | 'long-binary'
  | 'blob'
  | 'date'
  | 'time'
  | 'time-tz'
  | 'timestamp'
  | 'timestamp-tz'
  | 'duration'
  | 'uuid'
  | 'enum-ordinal'
  | 'enum-string'
  | 'json'
  | 'geometry'
  | 'inet'
  | 'xml'
  | 'unknown';

export interface Sizes {
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

export interface SqlType extends Sizes {
  readonly type: ColumnType;
  readonly rawType: string;
}

const none: Sizes = { length: null, precision: null, scale: null };

/** @param hibernate major version: defaults of 6 differ from those of 5 */
export function sqlType(kind: ValueKind, sizes: Sizes, dialect: Dialect | null, hibernate: 5 | 6): SqlType {
  const made = (type: ColumnType, rawType: string, own: Partial<Sizes> = {}): SqlType => ({
    type,
    rawType,
    ...none,
    ...own,
  });
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const isPostgres = dialect === 'postgresql' || dialect === 'cockroachdb';
  const isOracle = dialect === 'oracle';
  const isMssql = dialect === 'mssql';
  const number = (type: ColumnType, precision: number, plain: string): SqlType =>
    isOracle ? made(type, 'number', { precision, scale: 0 }) : made(type, plain);
  const length = sizes.length ?? 255;
  /** Fractions of seconds: six digits since Hibernate 6. */
  const fraction = { precision: sizes.precision ?? (hibernate === 6 || isMysql ? 6 : null) };
  switch (kind) {
    case 'boolean':
      if (isMysql || isMssql) return made('boolean', 'bit');
      return isOracle ? made('boolean', 'number', { precision: 1, scale: 0 }) : made('boolean', 'boolean');
    case 'int8':
      return number('int16', 3, isPostgres || isMssql ? 'smallint' : 'tinyint');
    case 'int16':
      return number('int16', 5, 'smallint');
    case 'int32':
      return number('int32', 10, isMssql ? 'int' : 'integer');
    case 'int64':
      return number('int64', 19, 'bigint');
    case 'float32':
      return made('float32', isPostgres ? 'real' : isMysql || isOracle ? 'float' : 'real');
    case 'float64':
      if (isPostgres || (!isMysql && !isMssql)) return made('float64', 'double precision');
      return isMysql && hibernate === 5 ? made('float64', 'double') : made('float64', 'float', { precision: 53 });
    case 'decimal':
    case 'integer-decimal':
      return made('decimal', isOracle ? 'number' : isMysql ? 'decimal' : 'numeric', {
        precision: sizes.precision ?? (hibernate === 6 ? 38 : 19),
        scale: sizes.scale ?? (kind === 'decimal' || hibernate === 5 ? 2 : 0),
      });
    case 'string':
      return stringType(length, dialect, made);
    case 'char':
      return made('char', 'char', { length: isOracle ? 1 : (sizes.length ?? 1) });
    case 'long-varchar':
      if (hibernate === 5) return sqlType('long-string', sizes, dialect, hibernate);
      if (isMysql && sizes.length === null) return made('text', 'text');
      return sqlType('string', { ...sizes, length: sizes.length ?? 32_600 }, dialect, hibernate);
    case 'long-string':
      if (isPostgres) return made('text', 'text');
      if (isMysql) return made('text', 'longtext');
      if (isMssql) return made('text', 'varchar(max)');
      return made('text', isOracle ? 'clob' : 'text');
    case 'clob':
      if (isPostgres) return hibernate === 6 ? made('text', 'oid') : made('text', 'text');
      if (isMysql) return made('text', hibernate === 6 ? textBySize(length) : 'longtext');
      return made('text', isMssql ? 'varchar(max)' : 'clob');
    case 'binary':
      if (isPostgres) return made('binary', 'bytea');
      if (isOracle) return made('binary', 'raw', { length });
      return made('binary', 'varbinary', { length });
    case 'long-binary':
      if (isPostgres) return made('binary', 'bytea');
      return made('binary', isMysql ? 'longblob' : isMssql ? 'varbinary(max)' : 'blob');
    case 'blob':
      if (isPostgres) return made('binary', 'oid');
      if (isMysql) return made('binary', hibernate === 6 ? blobBySize(length) : 'longblob');
      return made('binary', isMssql ? 'varbinary(max)' : 'blob');
    case 'date':
      return made('date', 'date');
    case 'time':
      return made('time', isOracle ? 'timestamp' : 'time', hibernate === 6 && !isMysql ? fraction : {});
    case 'time-tz':
      return made('time', isPostgres ? 'time with time zone' : 'time', fraction);
    case 'timestamp':
      return made('datetime', isMysql ? 'datetime' : isMssql ? 'datetime2' : 'timestamp', fraction);
    case 'timestamp-tz':
      if (hibernate === 5) return sqlType('timestamp', sizes, dialect, hibernate);
      if (isMysql) return made('datetime', 'datetime', fraction);
      return made('datetime-tz', isMssql ? 'datetimeoffset' : 'timestamp with time zone', fraction);
    case 'duration':
      if (hibernate === 5) return number('int64', 19, 'bigint');
      return made('decimal', isMysql ? 'decimal' : isOracle ? 'number' : 'numeric', { precision: 21, scale: 0 });
    case 'uuid':
      if (isPostgres) return made('uuid', 'uuid');
      if (hibernate === 5) return made('binary', isMysql ? 'binary' : 'varbinary', { length: 255 });
      if (isMysql)
        return made('uuid', dialect === 'mariadb' ? 'uuid' : 'binary', dialect === 'mariadb' ? {} : { length: 16 });
      if (isOracle) return made('uuid', 'raw', { length: 16 });
      return made('uuid', isMssql ? 'uniqueidentifier' : 'uuid');
    case 'enum-ordinal':
      if (hibernate === 5) return sqlType('int32', sizes, dialect, hibernate);
      return number('int16', 3, isPostgres || isMssql ? 'smallint' : 'tinyint');
    case 'enum-string':
      if (hibernate === 6 && isMysql) return made('enum', 'enum');
      return stringType(length, dialect, made);
    case 'json':
      if (isPostgres) return made('json', 'jsonb');
      return made('json', isOracle ? 'clob' : isMssql ? 'nvarchar(max)' : 'json');
    case 'geometry':
      return made('geometry', isOracle ? 'mdsys.sdo_geometry' : 'geometry');
    case 'inet':
      return isPostgres ? made('network', 'inet') : made('binary', 'varbinary', { length: 16 });
    case 'xml':
      return made('xml', 'xml');
    case 'unknown':
      return made('unknown', 'unknown');
  }
}

type Make = (type: ColumnType, rawType: string, own?: Partial<Sizes>) => SqlType;

/** Beyond what the engine allows a `varchar` becomes a text. */
function stringType(length: number, dialect: Dialect | null, made: Make): SqlType {
  switch (dialect) {
    case 'postgresql':
    case 'cockroachdb':
      return length > 10_485_760 ? made('text', 'text') : made('string', 'varchar', { length });
    case 'mysql':
    case 'mariadb':
      if (length > 16_777_215) return made('text', 'longtext');
      return length > 65_535 ? made('text', 'mediumtext') : made('string', 'varchar', { length });
    case 'oracle':
      return length > 4000 ? made('text', 'clob') : made('string', 'varchar2', { length });
    case 'mssql':
      return length > 8000 ? made('text', 'varchar(max)') : made('string', 'varchar', { length });
    default:
      return made('string', 'varchar', { length });
  }
}

/** MySQL's texts by what they hold: Hibernate 6 takes the smallest that fits. */
function textBySize(length: number): string {
  if (length <= 255) return 'tinytext';
  return length <= 65_535 ? 'text' : length <= 16_777_215 ? 'mediumtext' : 'longtext';
}

function blobBySize(length: number): string {
  if (length <= 255) return 'tinyblob';
  return length <= 65_535 ? 'blob' : length <= 16_777_215 ? 'mediumblob' : 'longblob';
}
