/** Types of SQLAlchemy → what each engine is told, as SQLAlchemy's own compilers write it (sqlalchemy.org, "Column and Data Types"). */
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { ColumnType, Dialect } from '../../schema/model.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyClass, PyValue } from '../shared/python/values.ts';
import { argumentOf, isCall, isClass, isFunction, isMember, isSequence, textOf } from '../shared/python/values.ts';
import { enumOfType } from './enums.ts';
import type { EnumSpec } from './enums.ts';
import type { Names } from './names.ts';

export interface Shape {
  readonly type: ColumnType;
  readonly rawType: string;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  readonly array: boolean;
  readonly unsigned: boolean;
  readonly enum: EnumSpec | null;
  readonly collation: string | null;
  /** Class that converts the values on their way. */
  readonly transformer: string | null;
}

export interface TypeContext {
  readonly evaluator: Evaluator;
  readonly names: Names;
  readonly dialect: Dialect;
  /** Columns of a class come before those of its mixins: the project uses what SQLAlchemy 2 brought. */
  readonly ownFirst?: boolean;
}

const deepest = 8;

function lastName(path: string | null): string {
  return path === null ? '' : path.slice(path.lastIndexOf('.') + 1);
}

/** Null = it is no type. */
export function shapeOfType(value: PyValue | undefined, context: TypeContext, depth = 0): Shape | null {
  if (value === undefined || value === null || depth > deepest) return null;
  const { names } = context;
  if (isMember(value) && value.value !== null && isClass(value.object))
    return shapeOfType(value.value, context, depth + 1);
  if (isClass(value)) return shapeOfClass(value, context, depth);
  if (isCall(value)) {
    if (isClass(value.callee)) return shapeOfClass(value.callee, context, depth, value);
    if (isMember(value.callee) && value.callee.name === 'with_variant') return variant(value, context, depth);
    // `MutableDict.as_mutable(JSON)`
    if (
      lastName(names.path(value.callee)) === 'as_mutable' ||
      (isMember(value.callee) && value.callee.name === 'as_mutable')
    )
      return shapeOfType(value.arguments[0], context, depth + 1);
  }
  const path = names.path(isCall(value) ? value.callee : value);
  if (path === null) return null;
  const name = path.slice(path.lastIndexOf('.') + 1);
  return builtIn(name, path, value, context, depth);
}

function variant(call: Extract<PyValue, { is: 'call' }>, context: TypeContext, depth: number): Shape | null {
  const base = isMember(call.callee) ? shapeOfType(call.callee.object, context, depth + 1) : null;
  const { dialect } = context;
  const [type, ...engines] = call.arguments;
  const own = engines.some(
    (engine) =>
      engine === dialect ||
      (engine === 'mysql' && dialect === 'mariadb') ||
      (engine === 'postgresql' && dialect === 'cockroachdb'),
  );
  return (own ? shapeOfType(type, context, depth + 1) : null) ?? base;
}

/** Subclasses of the workspace: `TypeDecorator` with its `impl`, `UserDefinedType` with its `get_col_spec`, subclasses of plain types. */
function shapeOfClass(
  cls: PyClass,
  context: TypeContext,
  depth: number,
  call?: Extract<PyValue, { is: 'call' }>,
): Shape | null {
  const { evaluator, names } = context;
  const bases = evaluator.lineage(cls).foreign;
  const known = bases.find(
    (base) => names.api(base) !== null || /(?:^|\.)(?:TypeDecorator|UserDefinedType)$/.test(names.path(base) ?? ''),
  );
  if (known === undefined) return null;
  const name = names.api(known);
  if (name === 'TypeDecorator') {
    const impl = evaluator.member(cls, 'impl');
    const value = impl && evaluator.memberValue(impl);
    const shape = shapeOfType(value, context, depth + 1);
    if (!shape) return null;
    // Arguments of a decorated type go to the type that it decorates.
    const given =
      call && shape.length === null && typeof call.arguments[0] === 'number' && shape.rawType === 'varchar'
        ? call.arguments[0]
        : null;
    return { ...shape, ...(given === null ? {} : { length: given }), transformer: cls.name };
  }
  if (name === 'UserDefinedType') {
    const spec = evaluator.member(cls, 'get_col_spec');
    const value = spec && evaluator.memberValue(spec);
    const text = value && isFunction(value) ? evaluator.run({ ...value, bound: null }, []) : value;
    const raw = typeof text === 'string' ? text.toLowerCase() : 'unknown';
    return { ...plain(columnTypeOf(raw.replace(/\s*\(.*$/, ''), context.dialect), raw), transformer: cls.name };
  }
  const made = call ? { ...call, callee: known } : known;
  return shapeOfType(made, context, depth + 1);
}

function plain(type: ColumnType, rawType: string, more: Partial<Shape> = {}): Shape {
  return {
    type,
    rawType,
    length: null,
    precision: null,
    scale: null,
    array: false,
    unsigned: false,
    enum: null,
    collation: null,
    transformer: null,
    ...more,
  };
}

/** Words of each engine, where they are not those of PostgreSQL. */
type Words = Partial<Record<Dialect, readonly [ColumnType, string]>>;
type Generic = readonly [ColumnType, string, Words?];

const mysqlLike = (type: ColumnType, raw: string): Words => ({ mysql: [type, raw], mariadb: [type, raw] });

const generic: Readonly<Record<string, Generic>> = {
  Integer: ['int32', 'integer', { oracle: ['int32', 'integer'] }],
  BigInteger: ['int64', 'bigint', { oracle: ['decimal', 'number(19)'] }],
  SmallInteger: ['int16', 'smallint'],
  Boolean: [
    'boolean',
    'boolean',
    { ...mysqlLike('boolean', 'bool'), mssql: ['boolean', 'bit'], oracle: ['int16', 'smallint'] },
  ],
  Float: [
    'float64',
    'double precision',
    { ...mysqlLike('float32', 'float'), sqlite: ['float64', 'float'], mssql: ['float64', 'float'] },
  ],
  Double: ['float64', 'double precision', { ...mysqlLike('float64', 'double'), sqlite: ['float64', 'double'] }],
  Numeric: ['decimal', 'numeric'],
  String: ['string', 'varchar', { oracle: ['string', 'varchar2'] }],
  Unicode: ['string', 'varchar', { mssql: ['string', 'nvarchar'], oracle: ['string', 'nvarchar2'] }],
  AutoString: ['string', 'varchar', { oracle: ['string', 'varchar2'] }],
  Text: ['text', 'text', { mssql: ['text', 'varchar(max)'], oracle: ['text', 'clob'] }],
  UnicodeText: ['text', 'text', { mssql: ['text', 'nvarchar(max)'], oracle: ['text', 'nclob'] }],
  Date: ['date', 'date'],
  DateTime: [
    'datetime',
    'timestamp without time zone',
    {
      ...mysqlLike('datetime', 'datetime'),
      sqlite: ['datetime', 'datetime'],
      mssql: ['datetime', 'datetime'],
      oracle: ['datetime', 'date'],
    },
  ],
  Time: [
    'time',
    'time without time zone',
    { ...mysqlLike('time', 'time'), sqlite: ['time', 'time'], mssql: ['time', 'time'], oracle: ['datetime', 'date'] },
  ],
  Interval: [
    'interval',
    'interval',
    {
      ...mysqlLike('datetime', 'datetime'),
      sqlite: ['datetime', 'datetime'],
      mssql: ['datetime', 'datetime'],
      oracle: ['interval', 'interval day to second'],
    },
  ],
  LargeBinary: [
    'binary',
    'bytea',
    {
      ...mysqlLike('binary', 'blob'),
      sqlite: ['binary', 'blob'],
      mssql: ['binary', 'varbinary(max)'],
      oracle: ['binary', 'blob'],
    },
  ],
  PickleType: [
    'binary',
    'bytea',
    {
      ...mysqlLike('binary', 'blob'),
      sqlite: ['binary', 'blob'],
      mssql: ['binary', 'varbinary(max)'],
      oracle: ['binary', 'blob'],
    },
  ],
  JSON: ['json', 'json', { mssql: ['text', 'nvarchar(max)'], oracle: ['text', 'clob'] }],
  Uuid: [
    'uuid',
    'uuid',
    {
      ...mysqlLike('char', 'char'),
      sqlite: ['char', 'char'],
      mssql: ['uuid', 'uniqueidentifier'],
      oracle: ['char', 'char'],
    },
  ],
  NullType: ['unknown', 'null'],
};

/** Engine-specific and SQL-standard names (`VARCHAR`, `JSONB`) are written as they are; the rest of the libraries' types by what they are. */
const aliases: Readonly<Record<string, string>> = {
  BLOB: 'LargeBinary',
  Guid: 'Uuid',
  GUID: 'Uuid',
  UUIDType: 'UuidType',
  JSONType: 'JSON',
  EmailType: 'String255',
  URLType: 'Text',
  PasswordType: 'Binary',
  ArrowType: 'DateTime',
  ChoiceType: 'String255',
  LocaleType: 'String10',
  IPAddressType: 'String50',
  PhoneNumberType: 'String20',
  ColorType: 'String20',
  CountryType: 'String2',
  CurrencyType: 'String3',
  TimezoneType: 'String50',
  ScalarListType: 'Text',
  StringEncryptedType: 'String',
  EncryptedType: 'LargeBinary',
  TSVectorType: 'TSVECTOR',
  LtreeType: 'LTREE',
  DateTimeUTC: 'DateTime',
  UtcDateTime: 'DateTime',
  TZDateTime: 'DateTime',
  EmailStr: 'AutoString',
};

function numberOf(value: PyValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

function builtIn(name: string, path: string, value: PyValue, context: TypeContext, depth: number): Shape | null {
  const { dialect, names } = context;
  const call = isCall(value) ? value : null;
  const argument = (index: number | null, keyword: string): PyValue | undefined =>
    call ? argumentOf(call, index, keyword) : undefined;
  const collation = textOf(argument(null, 'collation'));
  if (/^(?:Enum|ENUM)$/.test(name)) return enumShape(value, name, context);
  if (name === 'ARRAY' || name === 'Array') {
    const inner = shapeOfType(argument(0, 'item_type'), context, depth + 1);
    return inner ? { ...inner, array: true } : plain('unknown', 'unknown', { array: true });
  }
  if (
    /^(?:ScalarListType|SchemaType|TypeEngine|TypeDecorator|UserDefinedType)$/.test(name) &&
    name !== 'ScalarListType'
  )
    return null;
  const alias = Object.hasOwn(aliases, name) ? (aliases[name] ?? name) : name;
  const fixed = /^String(\d+)$/.exec(alias)?.[1];
  if (fixed !== undefined) return { ...plain('string', wordOf('String', dialect)[1]), length: Number(fixed) };
  if (alias === 'UuidType') return uuidType(argument(0, 'binary'), dialect);
  if (alias === 'Binary') return plain('binary', dialect === 'postgresql' ? 'bytea' : 'varbinary');
  // Of a name in capitals the SQL says what it is; `JSON` and `UUID` are both.
  if (name === 'UUID' && /(?:^sqlalchemy\.(?:UUID|types\.UUID)|postgresql)/.test(path)) return plain('uuid', 'uuid');
  if (alias !== 'JSON' && /^[A-Z][A-Z0-9_]*$/.test(alias)) return sqlType(alias, call, path, context);
  if (/^(?:Geometry|Geography|Raster)$/.test(name)) return plain('geometry', name.toLowerCase());
  if (/^(?:Vector|VECTOR|HALFVEC|SPARSEVEC)$/.test(name))
    return plain('vector', 'vector', { length: numberOf(argument(0, 'dim')) });
  if (!Object.hasOwn(generic, alias))
    return names.api(isCall(value) ? value.callee : value) === null || !name.endsWith('Type')
      ? null
      : plain('unknown', name.toLowerCase());
  const [type, rawType] = wordOf(alias, dialect);
  const zoned = argument(0, 'timezone') === true;
  switch (alias) {
    case 'String':
    case 'Unicode':
    case 'AutoString':
      return plain(type, rawType, { length: numberOf(argument(0, 'length')), collation });
    case 'Text':
    case 'UnicodeText':
    case 'LargeBinary':
      return plain(type, rawType, { length: numberOf(argument(0, 'length')), collation });
    case 'Numeric':
      return plain(type, rawType, {
        precision: numberOf(argument(0, 'precision')),
        scale: numberOf(argument(1, 'scale')),
      });
    case 'Float': {
      const precision = numberOf(argument(0, 'precision'));
      // `FLOAT(24)` and less is a real (postgresql.org, "Numeric Types").
      const isReal = precision !== null && precision <= 24 && dialect === 'postgresql';
      return isReal
        ? plain('float32', 'real')
        : plain(type, rawType, { precision: dialect === 'postgresql' ? null : precision });
    }
    case 'DateTime':
    case 'Time':
      return zoned ? withTimeZone(alias, dialect) : plain(type, rawType);
    case 'Uuid':
      return argument(null, 'native_uuid') === false || rawType === 'char'
        ? plain('char', 'char', { length: 32 })
        : plain(type, rawType);
    default:
      return plain(type, rawType);
  }
}

function wordOf(name: string, dialect: Dialect): readonly [ColumnType, string] {
  const [type, raw, words] = generic[name] ?? ['unknown', name.toLowerCase()];
  return words?.[dialect] ?? [type, raw];
}

function withTimeZone(name: string, dialect: Dialect): Shape {
  if (dialect === 'postgresql' || dialect === 'cockroachdb')
    return name === 'Time' ? plain('time', 'time with time zone') : plain('datetime-tz', 'timestamp with time zone');
  if (dialect === 'mssql' && name === 'DateTime') return plain('datetime-tz', 'datetimeoffset');
  if (dialect === 'oracle' && name === 'DateTime') return plain('datetime-tz', 'timestamp with time zone');
  const [type, rawType] = wordOf(name, dialect);
  return plain(type, rawType);
}

function uuidType(binary: PyValue | undefined, dialect: Dialect): Shape {
  if (dialect === 'postgresql' || dialect === 'cockroachdb') return plain('uuid', 'uuid');
  if (dialect === 'mssql') return plain('uuid', 'uniqueidentifier');
  return binary === false ? plain('char', 'char', { length: 32 }) : plain('binary', 'binary', { length: 16 });
}

/** `VARCHAR(40)`, `mysql.INTEGER(unsigned=True)`, `postgresql.TIMESTAMP(timezone=True)`, `NUMERIC(10, 2)`. */
function sqlType(
  name: string,
  call: Extract<PyValue, { is: 'call' }> | null,
  path: string,
  { dialect }: TypeContext,
): Shape {
  const argument = (index: number | null, keyword: string): PyValue | undefined =>
    call ? argumentOf(call, index, keyword) : undefined;
  const raw = name.toLowerCase().replaceAll('_', ' ');
  const unsigned = argument(null, 'unsigned') === true;
  if (/^(?:DATETIME|TIMESTAMP|TIME)$/.test(name)) {
    const zoned = argument(0, 'timezone') === true;
    if (dialect === 'postgresql' || dialect === 'cockroachdb') {
      const base = name === 'TIME' ? 'time' : 'timestamp';
      const text = `${base} ${zoned ? 'with' : 'without'} time zone`;
      return plain(columnTypeOf(text, dialect), text, { precision: numberOf(argument(null, 'precision')) });
    }
    return plain(columnTypeOf(raw, dialect), raw, { precision: numberOf(argument(null, 'fsp')) });
  }
  const display = /^(?:TINYINT|SMALLINT|MEDIUMINT|INTEGER|INT|BIGINT)$/.test(name);
  const numeric = /^(?:NUMERIC|DECIMAL|NUMBER)$/.test(name);
  const first = display ? undefined : argument(0, numeric ? 'precision' : 'length');
  const length = numberOf(first);
  if (name === 'TINYINT' && (numberOf(argument(0, 'display_width')) ?? 0) === 1 && path.includes('mysql'))
    return plain('boolean', 'tinyint(1)');
  return plain(columnTypeOf(raw, dialect), raw, {
    unsigned,
    collation: textOf(argument(null, 'collation')),
    ...(numeric ? { precision: length, scale: numberOf(argument(1, 'scale')) } : { length }),
  });
}

function enumShape(value: PyValue, name: string, context: TypeContext): Shape {
  const { dialect } = context;
  const spec = enumOfType(value, context);
  if (name === 'ENUM' || spec.native) {
    if (dialect === 'postgresql' || dialect === 'cockroachdb')
      return plain('enum', spec.name ?? 'enum', { enum: spec });
    if (dialect === 'mysql' || dialect === 'mariadb') return plain('enum', 'enum', { enum: spec });
  }
  const length = spec.length ?? Math.max(0, ...spec.values.map((each) => each.length));
  return plain('string', wordOf('String', dialect)[1], { length: length === 0 ? null : length });
}

/** Whether it is a sequence of types, as annotations of lists hold them. */
export function itemsOf(value: PyValue | undefined): readonly PyValue[] {
  return isSequence(value) ? value.items : [];
}
