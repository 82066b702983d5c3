/**
 * What TypeORM's drivers make of a column's type, default and length (`normalizeType`, `normalizeDefault`, `getColumnLength`,
 * `mappedDataTypes` of typeorm 1.1, src/driver/<engine>/<Engine>Driver.ts). A type given as a constructor is written
 * `String`, `Number`, `Boolean`, `Date`, `Buffer`.
 */
import type { Dialect } from '../../schema/model.ts';

export interface DateType {
  readonly type: string;
  readonly default: string;
  readonly precision: number | null;
}

export interface Driver {
  readonly dialect: Dialect;
  readonly types: Readonly<Record<string, string>>;
  /** Length a type has when none is given. */
  readonly lengths: Readonly<Record<string, string>>;
  /** What @CreateDateColumn, @UpdateDateColumn and @DeleteDateColumn are when no type is given. */
  readonly date: DateType;
  /** @VersionColumn and @TreeLevelColumn. */
  readonly counter: string;
  readonly uuidLength: string | null;
  /** Unique constraints are unique indexes. */
  readonly uniquesAreIndexes: boolean;
  readonly hasSchemas: boolean;
  readonly maxAliasLength: number | null;
}

const simple = { 'simple-array': 'text', 'simple-json': 'text' } as const;

const postgres: Driver = {
  dialect: 'postgresql',
  types: {
    ...simple,
    Number: 'integer',
    int: 'integer',
    int4: 'integer',
    String: 'character varying',
    varchar: 'character varying',
    Date: 'timestamp without time zone',
    timestamp: 'timestamp without time zone',
    timestamptz: 'timestamp with time zone',
    time: 'time without time zone',
    timetz: 'time with time zone',
    Boolean: 'boolean',
    bool: 'boolean',
    'simple-enum': 'enum',
    int2: 'smallint',
    int8: 'bigint',
    decimal: 'numeric',
    float8: 'double precision',
    float: 'double precision',
    float4: 'real',
    char: 'character',
    varbit: 'bit varying',
  },
  lengths: {},
  date: { type: 'timestamp', default: 'now()', precision: null },
  counter: 'int4',
  uuidLength: null,
  uniquesAreIndexes: false,
  hasSchemas: true,
  maxAliasLength: 63,
};

const mysql: Driver = {
  dialect: 'mysql',
  types: {
    ...simple,
    Number: 'int',
    integer: 'int',
    String: 'varchar',
    Date: 'datetime',
    Buffer: 'blob',
    Uint8Array: 'blob',
    Boolean: 'tinyint',
    uuid: 'varchar',
    'simple-enum': 'enum',
    'double precision': 'double',
    real: 'double',
    dec: 'decimal',
    numeric: 'decimal',
    fixed: 'decimal',
    bool: 'tinyint',
    boolean: 'tinyint',
    nvarchar: 'varchar',
    'national varchar': 'varchar',
    nchar: 'char',
    'national char': 'char',
  },
  lengths: { String: '255', varchar: '255', nvarchar: '255', 'national varchar': '255', varbinary: '255' },
  date: { type: 'datetime', default: 'CURRENT_TIMESTAMP(6)', precision: 6 },
  counter: 'int',
  uuidLength: '36',
  uniquesAreIndexes: true,
  hasSchemas: false,
  maxAliasLength: 63,
};

const sqlite: Driver = {
  dialect: 'sqlite',
  types: {
    ...simple,
    Number: 'integer',
    int: 'integer',
    String: 'varchar',
    Date: 'datetime',
    Boolean: 'boolean',
    Buffer: 'blob',
    Uint8Array: 'blob',
    uuid: 'varchar',
    'simple-enum': 'varchar',
  },
  lengths: {},
  date: { type: 'datetime', default: "datetime('now')", precision: null },
  counter: 'integer',
  uuidLength: null,
  uniquesAreIndexes: false,
  hasSchemas: false,
  maxAliasLength: null,
};

const mssql: Driver = {
  dialect: 'mssql',
  types: {
    Number: 'int',
    integer: 'int',
    String: 'nvarchar',
    Date: 'datetime',
    Boolean: 'bit',
    Buffer: 'binary',
    Uint8Array: 'binary',
    uuid: 'uniqueidentifier',
    'simple-array': 'ntext',
    'simple-json': 'ntext',
    'simple-enum': 'nvarchar',
    dec: 'decimal',
    'double precision': 'float',
    rowversion: 'timestamp',
  },
  lengths: { String: '255', varchar: '255', nvarchar: '255' },
  date: { type: 'datetime2', default: 'getdate()', precision: null },
  counter: 'int',
  uuidLength: null,
  uniquesAreIndexes: false,
  hasSchemas: true,
  maxAliasLength: 128,
};

const oracle: Driver = {
  dialect: 'oracle',
  types: {
    Number: 'number',
    Boolean: 'number',
    numeric: 'number',
    dec: 'number',
    decimal: 'number',
    int: 'number',
    integer: 'number',
    smallint: 'number',
    real: 'float',
    'double precision': 'float',
    String: 'varchar2',
    varchar: 'varchar2',
    Date: 'timestamp',
    Buffer: 'blob',
    Uint8Array: 'blob',
    uuid: 'varchar2',
    'simple-array': 'clob',
    'simple-json': 'clob',
  },
  lengths: { String: '255', varchar: '255', varchar2: '255', nvarchar2: '255', raw: '2000', uuid: '36' },
  date: { type: 'timestamp', default: 'CURRENT_TIMESTAMP', precision: null },
  counter: 'number',
  uuidLength: null,
  uniquesAreIndexes: false,
  hasSchemas: true,
  maxAliasLength: 29,
};

const cockroach: Driver = {
  dialect: 'cockroachdb',
  types: {
    Number: 'int8',
    integer: 'int8',
    int: 'int8',
    bigint: 'int8',
    int64: 'int8',
    String: 'varchar',
    'character varying': 'varchar',
    'char varying': 'varchar',
    Date: 'timestamp',
    'timestamp without time zone': 'timestamp',
    'timestamp with time zone': 'timestamptz',
    'time without time zone': 'time',
    Boolean: 'bool',
    boolean: 'bool',
    'simple-array': 'string',
    'simple-json': 'string',
    text: 'string',
    bytea: 'bytes',
    blob: 'bytes',
    smallint: 'int2',
    numeric: 'decimal',
    dec: 'decimal',
    'double precision': 'float8',
    float: 'float8',
    real: 'float4',
    character: 'char',
    'simple-enum': 'enum',
    json: 'jsonb',
  },
  lengths: {},
  date: { type: 'timestamptz', default: 'now()', precision: null },
  counter: 'Number',
  uuidLength: null,
  uniquesAreIndexes: false,
  hasSchemas: true,
  maxAliasLength: null,
};

const spanner: Driver = {
  dialect: 'spanner',
  types: {
    Number: 'int64',
    String: 'string',
    uuid: 'string',
    Date: 'timestamp',
    Buffer: 'bytes',
    Uint8Array: 'bytes',
    Boolean: 'bool',
  },
  lengths: { String: 'max', string: 'max', bytes: 'max' },
  date: { type: 'timestamp', default: '', precision: null },
  counter: 'int64',
  uuidLength: '36',
  uniquesAreIndexes: true,
  hasSchemas: false,
  maxAliasLength: 63,
};

const sap: Driver = {
  dialect: 'sap',
  types: {
    Number: 'integer',
    int: 'integer',
    dec: 'decimal',
    float: 'double',
    String: 'nvarchar',
    Date: 'timestamp',
    Boolean: 'boolean',
    Buffer: 'blob',
    Uint8Array: 'blob',
    uuid: 'nvarchar',
    'simple-array': 'nclob',
    'simple-json': 'nclob',
    'simple-enum': 'nvarchar',
    vector: 'real_vector',
    halfvec: 'half_vector',
  },
  lengths: { String: '255', varchar: '255', nvarchar: '255', shorttext: '255', alphanum: '127', varbinary: '255' },
  date: { type: 'timestamp', default: 'CURRENT_TIMESTAMP', precision: null },
  counter: 'integer',
  uuidLength: '36',
  uniquesAreIndexes: true,
  hasSchemas: true,
  maxAliasLength: 128,
};

const mongodb: Driver = {
  dialect: 'mongodb',
  types: { Number: 'number', String: 'string', Boolean: 'boolean', Date: 'date', Array: 'array', Object: 'object' },
  lengths: {},
  date: { type: 'date', default: '', precision: null },
  counter: 'int',
  uuidLength: null,
  uniquesAreIndexes: true,
  hasSchemas: false,
  maxAliasLength: null,
};

/** Where the engine is not known, names of types are PostgreSQL's: it takes most of what TypeORM's users write. */
export function driverOf(dialect: Dialect | null): Driver {
  switch (dialect) {
    case 'mysql':
      return mysql;
    case 'mariadb':
      return { ...mysql, dialect };
    case 'sqlite':
      return sqlite;
    case 'mssql':
      return mssql;
    case 'oracle':
      return oracle;
    case 'cockroachdb':
      return cockroach;
    case 'spanner':
      return spanner;
    case 'sap':
      return sap;
    case 'mongodb':
      return mongodb;
    default:
      return postgres;
  }
}

export function normalizeType(driver: Driver, type: string): string {
  return Object.hasOwn(driver.types, type) ? (driver.types[type] ?? type) : type;
}
