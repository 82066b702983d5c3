/**
 * Liquibase's own names of types → those of the engines, as its data types write them (docs.liquibase.com, "Data type handling"; `liquibase.datatype.core` of 4.x).
 * What it does not know is handed to the engine as it stands.
 */
import type { Dialect } from '../../schema/model.ts';

type Family = 'postgresql' | 'mysql' | 'sqlite' | 'mssql' | 'oracle';

const families: Readonly<Partial<Record<Dialect, Family>>> = {
  postgresql: 'postgresql',
  cockroachdb: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mysql',
  sqlite: 'sqlite',
  mssql: 'mssql',
  oracle: 'oracle',
};

/** One name for the spellings of a type. */
const aliases: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bit: 'boolean',
  integer: 'int',
  int4: 'int',
  int8: 'bigint',
  int2: 'smallint',
  number: 'numeric',
  'character varying': 'varchar',
  varchar2: 'varchar',
  nvarchar2: 'nvarchar',
  character: 'char',
  longvarchar: 'clob',
  longtext: 'clob',
  ntext: 'nclob',
  longnvarchar: 'nclob',
  image: 'blob',
  longblob: 'blob',
  oid: 'blob',
  longvarbinary: 'binary',
  varbinary: 'binary',
  bytea: 'binary',
  'double precision': 'double',
  'java.math.bigdecimal': 'numeric',
  uniqueidentifier: 'uuid',
};

const keepsSizes: ReadonlySet<string> = new Set([
  'varchar',
  'nvarchar',
  'char',
  'nchar',
  'numeric',
  'decimal',
  'varchar2',
  'nvarchar2',
  'number',
]);

const names: Readonly<Record<Family, Readonly<Record<string, string>>>> = {
  postgresql: {
    tinyint: 'smallint',
    mediumint: 'integer',
    int: 'integer',
    double: 'double precision',
    currency: 'decimal',
    nvarchar: 'varchar',
    nchar: 'char',
    clob: 'text',
    nclob: 'text',
    text: 'text',
    blob: 'oid',
    binary: 'bytea',
    datetime: 'timestamp',
    float: 'float',
  },
  mysql: {
    boolean: 'tinyint(1)',
    int: 'int',
    currency: 'decimal',
    clob: 'longtext',
    nclob: 'longtext',
    text: 'text',
    blob: 'blob',
    uuid: 'char(36)',
    double: 'double',
    xml: 'longtext',
  },
  sqlite: {
    int: 'integer',
    clob: 'text',
    nclob: 'text',
    uuid: 'text',
    datetime: 'text',
    currency: 'real',
    double: 'double',
    binary: 'blob',
  },
  mssql: {
    boolean: 'bit',
    int: 'int',
    mediumint: 'int',
    clob: 'varchar(max)',
    text: 'varchar(max)',
    nclob: 'nvarchar(max)',
    blob: 'varbinary(max)',
    binary: 'varbinary',
    datetime: 'datetime2',
    timestamp: 'datetime2',
    uuid: 'uniqueidentifier',
    double: 'float(53)',
    currency: 'money',
  },
  oracle: {
    boolean: 'number(1)',
    tinyint: 'number(3)',
    smallint: 'number(5)',
    int: 'integer',
    mediumint: 'mediumint',
    bigint: 'number(38, 0)',
    varchar: 'varchar2',
    nvarchar: 'nvarchar2',
    numeric: 'number',
    decimal: 'decimal',
    currency: 'number(15, 2)',
    text: 'clob',
    clob: 'clob',
    nclob: 'nclob',
    blob: 'blob',
    binary: 'blob',
    datetime: 'timestamp',
    time: 'date',
    uuid: 'raw(16)',
    double: 'float(24)',
  },
};

/** `varchar(255)`, `java.sql.Types.VARCHAR(255)`, `BIGINT UNSIGNED` → text of the engine's type. */
export function databaseTypeOf(written: string, dialect: Dialect): string {
  const text = written
    .trim()
    .replace(/^java\.sql\.Types\./i, '')
    .replace(/\{.*\}$/, '');
  const family = families[dialect];
  const [, base = text, sizes, rest = ''] = /^([^(]+?)\s*(?:\(([^)]*)\)\s*(.*))?$/s.exec(text) ?? [];
  if (!family) return text;
  // `timestamp with time zone`, `int unsigned`: the engine's own words.
  if (/\b(?:with|without)\s+time\s*zone\b|\bunsigned\b/i.test(text)) return text.toLowerCase();
  const lower = base.toLowerCase();
  const key = aliases[lower] ?? lower;
  // What MySQL has of its own stays as it is.
  if (
    family === 'mysql' &&
    /^(?:longblob|mediumblob|tinyblob|longtext|mediumtext|tinytext|varbinary|binary|bit)$/.test(lower)
  ) {
    if (lower === 'bit' && (sizes === undefined || sizes.trim() === '1')) return names.mysql.boolean ?? text;
    return text.toLowerCase();
  }
  if (lower === 'bit' && sizes !== undefined && sizes.trim() !== '1') return text.toLowerCase();
  const named = names[family][key];
  const shown = named ?? (key in names.postgresql || key in aliases ? key : lower);
  if (sizes === undefined || shown.includes('(')) return shown;
  const hasSizes =
    keepsSizes.has(shown) || named === undefined || /^(?:float|timestamp|datetime2|varbinary|time)$/.test(shown);
  return hasSizes ? `${shown}(${sizes})${rest === '' || /^(?:char|byte)$/i.test(rest) ? '' : ` ${rest}`}` : shown;
}
