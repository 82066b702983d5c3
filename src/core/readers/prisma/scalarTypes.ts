/** Column types: what Prisma makes of its scalars on each engine, and its native types (`@db.VarChar(20)`). */
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { Column, ColumnType, Dialect } from '../../schema/model.ts';
import type { AttributeDeclaration, FieldDeclaration } from './declarations.ts';

export type ColumnShape = Pick<Column, 'type' | 'rawType' | 'length' | 'precision' | 'scale'>;

interface Default {
  readonly name: string;
  readonly sizes?: readonly number[];
}

type Scalar = 'String' | 'Boolean' | 'Int' | 'BigInt' | 'Float' | 'Decimal' | 'DateTime' | 'Json' | 'Bytes';

const scalarClass: Readonly<Record<Scalar, ColumnType>> = {
  String: 'string',
  Boolean: 'boolean',
  Int: 'int32',
  BigInt: 'int64',
  Float: 'float64',
  Decimal: 'decimal',
  DateTime: 'datetime',
  Json: 'json',
  Bytes: 'binary',
};

const postgresql: Readonly<Record<Scalar, Default>> = {
  String: { name: 'text' },
  Boolean: { name: 'boolean' },
  Int: { name: 'integer' },
  BigInt: { name: 'bigint' },
  Float: { name: 'double precision' },
  Decimal: { name: 'decimal', sizes: [65, 30] },
  DateTime: { name: 'timestamp', sizes: [3] },
  Json: { name: 'jsonb' },
  Bytes: { name: 'bytea' },
};

/** prisma.io/docs/orm/reference/prisma-schema-reference#model-field-scalar-types; DDL of Prisma's schema engine. */
const defaults: Readonly<Partial<Record<Dialect, Readonly<Record<Scalar, Default>>>>> = {
  postgresql,
  cockroachdb: {
    String: { name: 'string' },
    Boolean: { name: 'bool' },
    Int: { name: 'int4' },
    BigInt: { name: 'int8' },
    Float: { name: 'float8' },
    Decimal: { name: 'decimal', sizes: [65, 30] },
    DateTime: { name: 'timestamp', sizes: [3] },
    Json: { name: 'jsonb' },
    Bytes: { name: 'bytes' },
  },
  mysql: {
    String: { name: 'varchar', sizes: [191] },
    Boolean: { name: 'boolean' },
    Int: { name: 'integer' },
    BigInt: { name: 'bigint' },
    Float: { name: 'double' },
    Decimal: { name: 'decimal', sizes: [65, 30] },
    DateTime: { name: 'datetime', sizes: [3] },
    Json: { name: 'json' },
    Bytes: { name: 'longblob' },
  },
  sqlite: {
    String: { name: 'text' },
    Boolean: { name: 'boolean' },
    Int: { name: 'integer' },
    BigInt: { name: 'bigint' },
    Float: { name: 'real' },
    Decimal: { name: 'decimal' },
    DateTime: { name: 'datetime' },
    Json: { name: 'jsonb' },
    Bytes: { name: 'blob' },
  },
  mssql: {
    String: { name: 'nvarchar', sizes: [1000] },
    Boolean: { name: 'bit' },
    Int: { name: 'int' },
    BigInt: { name: 'bigint' },
    Float: { name: 'float', sizes: [53] },
    Decimal: { name: 'decimal', sizes: [32, 16] },
    DateTime: { name: 'datetime2' },
    Json: { name: 'nvarchar' },
    Bytes: { name: 'varbinary' },
  },
  mongodb: {
    String: { name: 'string' },
    Boolean: { name: 'bool' },
    Int: { name: 'int' },
    BigInt: { name: 'long' },
    Float: { name: 'double' },
    Decimal: { name: 'decimal' },
    DateTime: { name: 'date' },
    Json: { name: 'json' },
    Bytes: { name: 'binData' },
  },
};

/** Native types whose SQL name is not simply their own in lower case. */
const nativeNames: Readonly<Record<string, string>> = {
  DoublePrecision: 'double precision',
  VarBit: 'varbit',
  ByteA: 'bytea',
  UnsignedInt: 'int unsigned',
  UnsignedSmallInt: 'smallint unsigned',
  UnsignedTinyInt: 'tinyint unsigned',
  UnsignedMediumInt: 'mediumint unsigned',
  UnsignedBigInt: 'bigint unsigned',
  ObjectId: 'objectId',
  BinData: 'binData',
  CatalogSingleChar: '"char"',
};

export function isScalar(name: string): name is Scalar {
  return Object.hasOwn(scalarClass, name);
}

/** Null where the field is no scalar: a relation, an enum, a composite type. */
export function scalarShape(field: FieldDeclaration, dialect: Dialect): ColumnShape | null {
  const { name, unsupported } = field.type;
  if (unsupported !== null) return unsupportedShape(unsupported, dialect);
  const native = field.attributes.find((each) => each.name.includes('.'));
  if (!isScalar(name)) return null;
  if (native) return nativeShape(native, name, dialect);
  const known = (defaults[dialect] ?? postgresql)[name];
  // The engine's name alone may say less: SQLite's REAL is a double.
  return shape(known.name, known.sizes ?? [], name === 'String' ? null : scalarClass[name], scalarClass[name], dialect);
}

function nativeShape(native: AttributeDeclaration, scalar: Scalar, dialect: Dialect): ColumnShape {
  const name = native.name.slice(native.name.indexOf('.') + 1);
  const raw = nativeNames[name] ?? name.toLowerCase();
  const sizes = native.arguments.flatMap(({ value }) => (value.kind === 'number' ? [Number(value.value)] : []));
  const stated = scalar === 'Boolean' || scalar === 'Json' || dialect === 'mongodb' ? scalarClass[scalar] : null;
  return shape(raw, sizes, raw === 'objectId' ? 'object-id' : stated, scalarClass[scalar], dialect);
}

/** @param stated the class where it is known; else that of the engine's type, or `fallback` */
function shape(
  rawType: string,
  sizes: readonly number[],
  stated: ColumnType | null,
  fallback: ColumnType,
  dialect: Dialect,
): ColumnShape {
  const known = columnTypeOf(rawType.replace(/ unsigned$/, ''), dialect);
  const type = stated ?? (known === 'unknown' ? fallback : known);
  const [first = null, second = null] = sizes;
  const none = { type, rawType, length: null, precision: null, scale: null };
  if (type === 'decimal' || type === 'money') return { ...none, precision: first, scale: second };
  if (/^(?:time|datetime|interval|float)/.test(type)) return { ...none, precision: first };
  return { ...none, length: first };
}

/** `Unsupported("geometry(Point, 4326)")` */
function unsupportedShape(text: string, dialect: Dialect): ColumnShape {
  const [, name = text, list] = /^\s*([^()]*?)\s*(?:\(([^()]*)\))?\s*$/.exec(text) ?? [];
  const sizes = list?.split(',').map((part) => part.trim()) ?? [];
  const type = columnTypeOf(name.toLowerCase(), dialect);
  if (sizes.every((size) => /^\d+$/.test(size)))
    return shape(name.toLowerCase(), sizes.map(Number), type, type, dialect);
  return shape(text.toLowerCase(), [], type, type, dialect);
}

/** An enum is a type of the database on PostgreSQL and CockroachDB, a list of values in the column on MySQL, text elsewhere. */
export function enumShape(dialect: Dialect): ColumnShape {
  const rawType =
    dialect === 'sqlite' ? 'text' : dialect === 'mongodb' ? 'string' : dialect === 'mssql' ? 'nvarchar' : 'enum';
  return { type: 'enum', rawType, length: null, precision: null, scale: null };
}
