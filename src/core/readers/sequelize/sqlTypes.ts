/** What a data type is in the database: `lib/dialects/<dialect>/data-types.js` of Sequelize 6.37. */
import type { Column, Dialect } from '../../schema/model.ts';
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { DataType } from './dataTypes.ts';

export type Shape = Pick<Column, 'type' | 'rawType' | 'length' | 'precision' | 'scale' | 'array'> & {
  readonly unsigned?: boolean;
};

/** A column of an enum names the type itself. */
export function shapeOf(type: DataType | null, dialect: Dialect): Shape {
  if (!type) return shape('unknown', 'unknown');
  if (type.key === 'ARRAY') return { ...shapeOf(type.element, dialect), array: true };
  if (type.key === 'SQL') return statedShape(type.text ?? '', dialect);
  return family(dialect)(type, dialect);
}

function family(dialect: Dialect): (type: DataType, dialect: Dialect) => Shape {
  switch (dialect) {
    case 'mysql':
    case 'mariadb':
      return mysqlShape;
    case 'sqlite':
      return sqliteShape;
    case 'mssql':
      return mssqlShape;
    case 'oracle':
      return oracleShape;
    default:
      return postgresqlShape;
  }
}

function shape(rawType: string, type: Shape['type'], given: Partial<Shape> = {}): Shape {
  return { rawType, type, length: null, precision: null, scale: null, array: false, ...given };
}

function byName(rawType: string, dialect: Dialect, given: Partial<Shape> = {}): Shape {
  return shape(rawType, columnTypeOf(rawType, dialect), given);
}

/** `VARCHAR(20)`, `NUMERIC(10, 2)`, `text[]`. */
function statedShape(text: string, dialect: Dialect): Shape {
  const match = /^\s*([a-z][\w ]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)\s*([\w ]*?))?\s*(\[\s*\])?\s*$/i.exec(text);
  const rest = (match?.[4] ?? '').trim().toLowerCase();
  const unsigned = /\bunsigned\b/.test(`${match?.[1]?.toLowerCase() ?? ''} ${rest}`);
  const name = `${(match?.[1] ?? text).trim().toLowerCase()}${/^with(?:out)? time zone$/.test(rest) ? ` ${rest}` : ''}`;
  const rawType = name.replace(/\s+unsigned$/, '');
  const type = columnTypeOf(rawType, dialect);
  const size = match?.[2] === undefined ? null : Number(match[2]);
  const sized = type === 'string' || type === 'char' || type === 'binary';
  return shape(rawType, type, {
    length: sized ? size : null,
    precision: sized ? null : size,
    scale: match?.[3] === undefined ? null : Number(match[3]),
    array: match?.[5] !== undefined,
    ...(unsigned ? { unsigned } : {}),
  });
}

const ranges: Readonly<Record<string, string>> = {
  INTEGER: 'int4range',
  BIGINT: 'int8range',
  DECIMAL: 'numrange',
  DATE: 'tstzrange',
  DATEONLY: 'daterange',
};

function decimalOf({ precision, scale }: DataType): Partial<Shape> {
  return { precision, scale: scale ?? (precision === null ? null : 0) };
}

function postgresqlShape(type: DataType, dialect: Dialect): Shape {
  switch (type.key) {
    case 'STRING':
      return type.binary ? shape('bytea', 'binary') : shape('varchar', 'string', { length: type.length ?? 255 });
    case 'CHAR':
      return type.binary ? shape('bytea', 'binary') : shape('char', 'char', { length: type.length ?? 255 });
    case 'TEXT':
      return shape('text', 'text');
    case 'TINYINT':
    case 'SMALLINT':
      return shape('smallint', 'int16');
    case 'MEDIUMINT':
    case 'INTEGER':
      return shape('integer', 'int32');
    case 'BIGINT':
      return shape('bigint', 'int64');
    case 'FLOAT':
    case 'DOUBLE':
      return shape('double precision', 'float64');
    case 'REAL':
      return shape('real', 'float32');
    case 'DECIMAL':
      return shape('numeric', 'decimal', decimalOf(type));
    case 'DATE':
      return shape('timestamp with time zone', 'datetime-tz', { precision: type.precision });
    case 'DATEONLY':
      return shape('date', 'date');
    case 'BOOLEAN':
      return shape('boolean', 'boolean');
    case 'BLOB':
      return shape('bytea', 'binary');
    case 'ENUM':
      return shape('enum', 'enum');
    case 'RANGE':
      return shape(ranges[type.element?.key ?? 'INTEGER'] ?? 'int4range', 'range');
    case 'UUIDV1':
    case 'UUIDV4':
      return shape('uuid', 'uuid');
    default:
      return byName(type.key.toLowerCase(), dialect);
  }
}

function mysqlShape(type: DataType, dialect: Dialect): Shape {
  const unsigned = type.unsigned ? { unsigned: true } : {};
  switch (type.key) {
    case 'STRING':
      return shape('varchar', 'string', { length: type.length ?? 255 });
    case 'CHAR':
      return shape('char', 'char', { length: type.length ?? 255 });
    case 'CITEXT':
      return shape('text', 'text');
    case 'TEXT':
    case 'BLOB':
      return byName(`${type.size ?? ''}${type.key.toLowerCase()}`, dialect);
    case 'DATE':
      return shape('datetime', 'datetime', { precision: type.precision });
    case 'DATEONLY':
      return shape('date', 'date');
    case 'BOOLEAN':
      return shape('tinyint', 'boolean', { precision: 1 });
    case 'UUID':
      return shape('char', 'char', { length: 36 });
    case 'DECIMAL':
      return shape('decimal', 'decimal', { ...decimalOf(type), ...unsigned });
    case 'DOUBLE':
      return shape('double', 'float64', unsigned);
    case 'ENUM':
      return shape('enum', 'enum');
    case 'GEOMETRY':
      return byName((type.text ?? 'geometry').toLowerCase(), dialect);
    case 'JSONB':
      return shape('json', 'json');
    default:
      return byName(type.key.toLowerCase(), dialect, unsigned);
  }
}

function sqliteShape(type: DataType, dialect: Dialect): Shape {
  switch (type.key) {
    case 'STRING':
      return shape('varchar', 'string', { length: type.length ?? 255 });
    case 'CHAR':
      return shape('char', 'char', { length: type.length ?? 255 });
    case 'TEXT':
    case 'CITEXT':
      return shape('text', 'text');
    case 'DATE':
      return shape('datetime', 'datetime');
    case 'DATEONLY':
      return shape('date', 'date');
    case 'BOOLEAN':
      return shape('tinyint', 'boolean', { precision: 1 });
    case 'DECIMAL':
      return shape('decimal', 'decimal', decimalOf(type));
    case 'DOUBLE':
      return shape('double precision', 'float64');
    case 'BLOB':
      return byName(`${type.size ?? ''}blob`, dialect);
    case 'ENUM':
      return shape('text', 'enum');
    default:
      return byName(type.key.toLowerCase(), dialect);
  }
}

function mssqlShape(type: DataType, dialect: Dialect): Shape {
  switch (type.key) {
    case 'STRING':
      return type.binary
        ? shape('binary', 'binary', { length: type.length ?? 255 })
        : shape('nvarchar', 'string', { length: type.length ?? 255 });
    case 'CHAR':
      return shape('char', 'char', { length: type.length ?? 255 });
    case 'TEXT':
      return type.size === 'tiny' ? shape('nvarchar', 'string', { length: 256 }) : shape('nvarchar(max)', 'text');
    case 'UUID':
      return shape('char', 'char', { length: 36 });
    case 'DATE':
      return shape('datetimeoffset', 'datetime-tz', { precision: type.precision });
    case 'DATEONLY':
      return shape('date', 'date');
    case 'BOOLEAN':
      return shape('bit', 'boolean');
    case 'BLOB':
      return shape('varbinary(max)', 'binary');
    case 'ENUM':
      return shape('varchar', 'enum', { length: 255 });
    case 'DECIMAL':
      return shape('decimal', 'decimal', decimalOf(type));
    case 'DOUBLE':
      return shape('double precision', 'float64');
    case 'JSON':
    case 'JSONB':
      return shape('nvarchar(max)', 'json');
    default:
      return byName(type.key.toLowerCase(), dialect);
  }
}

function oracleShape(type: DataType, dialect: Dialect): Shape {
  switch (type.key) {
    case 'STRING':
      return shape('nvarchar2', 'string', { length: type.length ?? 255 });
    case 'TEXT':
      return shape('clob', 'text');
    case 'BOOLEAN':
      return shape('char', 'boolean', { length: 1 });
    case 'UUID':
      return shape('varchar2', 'uuid', { length: 36 });
    case 'DATE':
      return shape('timestamp with local time zone', 'datetime-tz');
    case 'DATEONLY':
      return shape('date', 'date');
    case 'JSON':
    case 'JSONB':
      return shape('blob', 'json');
    case 'ENUM':
      return shape('varchar2', 'enum', { length: 512 });
    case 'INTEGER':
      return shape('integer', 'int32');
    case 'BIGINT':
      return shape('number', 'int64', { precision: 19 });
    case 'DECIMAL':
      return shape('number', 'decimal', decimalOf(type));
    default:
      return byName(type.key.toLowerCase(), dialect);
  }
}
