/** Column types that FluentMigrator gives on each engine, from the type maps of its generators (`SqlServer2008TypeMap`, `PostgresTypeMap`, `MySql4TypeMap`, `SQLiteTypeMap`, `OracleTypeMap`). */
import { numberValue, textValue } from '../../readers/shared/csharp/values.ts';
import type { Value } from '../../readers/shared/csharp/values.ts';
import { familyOf } from '../../readers/shared/csharp/storeTypes.ts';
import type { ColumnType, Dialect } from '../../schema/model.ts';
import type { SqlType } from '../../syntax/sql/operation.ts';
import { typeOfText } from '../shared/sqlText.ts';

export interface FluentType {
  readonly type: SqlType;
  readonly holds?: ColumnType;
}

type Names = readonly [mssql: string, postgresql: string, mysql: string, sqlite: string, oracle: string];

const plain: Readonly<Record<string, readonly [ColumnType, ...Names]>> = {
  AsBoolean: ['boolean', 'bit', 'boolean', 'tinyint(1)', 'INTEGER', 'NUMBER(1)'],
  AsByte: ['int16', 'tinyint', 'smallint', 'tinyint unsigned', 'INTEGER', 'NUMBER(3)'],
  AsInt16: ['int16', 'smallint', 'smallint', 'smallint', 'INTEGER', 'NUMBER(5)'],
  AsInt32: ['int32', 'int', 'integer', 'int', 'INTEGER', 'NUMBER(10)'],
  AsInt64: ['int64', 'bigint', 'bigint', 'bigint', 'INTEGER', 'NUMBER(19)'],
  AsFloat: ['float32', 'real', 'real', 'float', 'NUMERIC', 'FLOAT(24)'],
  AsDouble: ['float64', 'float', 'double precision', 'double', 'NUMERIC', 'DOUBLE PRECISION'],
  AsCurrency: ['money', 'money', 'money', 'decimal(19,4)', 'NUMERIC', 'NUMBER(19,4)'],
  AsGuid: ['uuid', 'uniqueidentifier', 'uuid', 'char(36)', 'UNIQUEIDENTIFIER', 'RAW(16)'],
  AsDate: ['date', 'date', 'date', 'date', 'DATETIME', 'DATE'],
  AsTime: ['time', 'time', 'time', 'time', 'DATETIME', 'DATE'],
  AsDateTime: ['datetime', 'datetime', 'timestamp', 'datetime', 'DATETIME', 'TIMESTAMP(4)'],
  AsDateTime2: ['datetime', 'datetime2', 'timestamp', 'datetime', 'DATETIME', 'TIMESTAMP(4)'],
  AsDateTimeOffset: [
    'datetime-tz',
    'datetimeoffset',
    'timestamptz',
    'timestamp',
    'TEXT',
    'TIMESTAMP(4) WITH TIME ZONE',
  ],
  AsXml: ['xml', 'xml', 'xml', 'text', 'TEXT', 'XMLTYPE'],
};

const places = ['mssql', 'postgresql', 'mysql', 'sqlite', 'oracle'];

/** Null where the call states no type, or one of the user's own that is no text. */
export function typeOfCall(name: string, args: readonly Value[], dialect: Dialect): FluentType | null {
  const family = familyOf(dialect);
  const made = (text: string, holds?: ColumnType): FluentType | null => {
    const type = typeOfText(text, dialect);
    return type && { type, ...(holds === undefined ? {} : { holds }) };
  };
  const known = plain[name];
  if (known) return made(known[places.indexOf(family) + 1] ?? '', known[0]);
  const size = numberValue(args[0]);
  switch (name) {
    case 'AsCustom':
      return made(textValue(args[0]) ?? '');
    case 'AsDecimal': {
      const scale = numberValue(args[1]);
      const sizes = size === null ? '19,5' : `${size},${scale ?? 0}`;
      return made(
        family === 'sqlite' ? 'NUMERIC' : `${family === 'oracle' ? 'NUMBER' : 'decimal'}(${sizes})`,
        'decimal',
      );
    }
    case 'AsBinary':
      if (family === 'mssql') return made(size === null ? 'varbinary(8000)' : sized('varbinary', size, 8000), 'binary');
      if (family === 'mysql' && size !== null && size <= 8000) return made(`varbinary(${size})`, 'binary');
      return made(family === 'postgresql' ? 'bytea' : family === 'mysql' ? 'longblob' : 'BLOB', 'binary');
    case 'AsString':
    case 'AsAnsiString':
    case 'AsFixedLengthString':
    case 'AsFixedLengthAnsiString':
      return text(name, size, family, made);
    default:
      return null;
  }
}

function text(
  name: string,
  size: number | null,
  family: ReturnType<typeof familyOf>,
  made: (text: string, holds?: ColumnType) => FluentType | null,
): FluentType | null {
  const isFixed = name.includes('Fixed');
  const isAnsi = name.includes('Ansi');
  const holds: ColumnType = isFixed ? 'char' : 'string';
  switch (family) {
    case 'mssql': {
      const type = `${isAnsi ? '' : 'n'}${isFixed ? 'char' : 'varchar'}`;
      return made(sized(type, size ?? 255, isAnsi ? 8000 : 4000), (size ?? 255) > 4000 ? 'text' : holds);
    }
    case 'postgresql':
      if (isFixed) return made(`char(${size ?? 255})`, 'char');
      return size === null || size > 10_485_760 ? made('text', 'text') : made(`varchar(${size})`, 'string');
    case 'mysql':
      if (size !== null && size > 16_777_215) return made('longtext', 'text');
      if (size !== null && size > 65_535) return made('mediumtext', 'text');
      if (size !== null && size > 21_845) return made('text', 'text');
      return made(`${isFixed ? 'char' : 'varchar'}(${size ?? 255})`, holds);
    case 'sqlite':
      return made('TEXT', holds);
    case 'oracle':
      if (size !== null && size > 4000) return made(isAnsi ? 'CLOB' : 'NCLOB', 'text');
      return made(`${isAnsi ? '' : 'N'}${isFixed ? 'CHAR' : 'VARCHAR2'}(${size ?? 255})`, holds);
  }
}

function sized(type: string, size: number, longest: number): string {
  return `${type}(${size > longest ? 'max' : size})`;
}
