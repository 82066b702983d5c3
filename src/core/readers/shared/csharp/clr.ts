/** What EF Core makes of the types of properties: values it stores in a column, references to other entities, or nothing. */
import type { ColumnType } from '../../../schema/model.ts';
import type { ClassInfo, CsProject } from './project.ts';
import { simpleName } from './types.ts';
import type { TypeRef } from './types.ts';

export type Scalar =
  | 'int'
  | 'long'
  | 'short'
  | 'byte'
  | 'sbyte'
  | 'uint'
  | 'ulong'
  | 'ushort'
  | 'bool'
  | 'string'
  | 'char'
  | 'decimal'
  | 'double'
  | 'float'
  | 'guid'
  | 'datetime'
  | 'datetimeoffset'
  | 'timespan'
  | 'dateonly'
  | 'timeonly'
  | 'bytes'
  | 'json'
  | 'instant'
  | 'localdate'
  | 'localdatetime'
  | 'localtime'
  | 'period'
  | 'network'
  | 'geometry'
  | 'vector'
  | 'xml'
  | 'range'
  | 'tsvector'
  | 'hierarchyid'
  | 'hstore'
  | 'bits'
  | 'other';

const scalars: Readonly<Record<string, Scalar>> = {
  int: 'int',
  Int32: 'int',
  long: 'long',
  Int64: 'long',
  short: 'short',
  Int16: 'short',
  byte: 'byte',
  Byte: 'byte',
  sbyte: 'sbyte',
  SByte: 'sbyte',
  uint: 'uint',
  UInt32: 'uint',
  ulong: 'ulong',
  UInt64: 'ulong',
  ushort: 'ushort',
  UInt16: 'ushort',
  bool: 'bool',
  Boolean: 'bool',
  string: 'string',
  String: 'string',
  char: 'char',
  Char: 'char',
  decimal: 'decimal',
  Decimal: 'decimal',
  double: 'double',
  Double: 'double',
  float: 'float',
  Single: 'float',
  Guid: 'guid',
  DateTime: 'datetime',
  DateTimeOffset: 'datetimeoffset',
  TimeSpan: 'timespan',
  DateOnly: 'dateonly',
  TimeOnly: 'timeonly',
  Uri: 'string',
  JsonDocument: 'json',
  JsonElement: 'json',
  Instant: 'instant',
  LocalDate: 'localdate',
  LocalDateTime: 'localdatetime',
  LocalTime: 'localtime',
  OffsetDateTime: 'instant',
  ZonedDateTime: 'instant',
  Period: 'period',
  Duration: 'period',
  IPAddress: 'network',
  PhysicalAddress: 'network',
  NpgsqlInet: 'network',
  NpgsqlCidr: 'network',
  Point: 'geometry',
  Geometry: 'geometry',
  LineString: 'geometry',
  Polygon: 'geometry',
  MultiPolygon: 'geometry',
  MultiPoint: 'geometry',
  MultiLineString: 'geometry',
  GeometryCollection: 'geometry',
  Vector: 'vector',
  HalfVector: 'vector',
  SqlVector: 'vector',
  NpgsqlRange: 'range',
  NpgsqlTsVector: 'tsvector',
  HierarchyId: 'hierarchyid',
  BitArray: 'bits',
  Ulid: 'other',
  object: 'other',
};

/** Stored by reference in C#, so that `?` says whether null is allowed only where nullable reference types are on. */
const referenceScalars = new Set<Scalar>([
  'string',
  'bytes',
  'network',
  'geometry',
  'vector',
  'xml',
  'tsvector',
  'hstore',
  'bits',
  'other',
  'hierarchyid',
  'period',
]);

export interface ScalarType {
  readonly kind: 'scalar';
  readonly scalar: Scalar;
  readonly enum: ClassInfo | null;
  /** A list of it. */
  readonly list: boolean;
  readonly nullable: boolean;
  /** Null is allowed by the language only where `?` says so. */
  readonly value: boolean;
  /** Name of the type for evidence. */
  readonly name: string;
}

export interface NavigationType {
  readonly kind: 'reference' | 'collection';
  readonly type: TypeRef;
  readonly info: ClassInfo;
  readonly nullable: boolean;
}

export type MemberType = ScalarType | NavigationType | { readonly kind: 'unknown'; readonly type: TypeRef };

const collections = new Set([
  'ICollection',
  'IList',
  'List',
  'IEnumerable',
  'HashSet',
  'ISet',
  'Collection',
  'ObservableCollection',
  'IReadOnlyCollection',
  'IReadOnlyList',
  'SortedSet',
  'LinkedList',
  'ObservableHashSet',
  'IReadOnlySet',
  'BindingList',
  'ReadOnlyCollection',
  'EntitySet',
]);

export function isCollection(type: TypeRef): boolean {
  return type.rank === 0 && type.args.length === 1 && collections.has(simpleName(type));
}

export function classify(type: TypeRef, from: ClassInfo, project: CsProject): MemberType {
  const name = simpleName(type);
  if (name === 'Nullable' && type.args[0]) {
    const inner = classify(type.args[0], from, project);
    return inner.kind === 'scalar' ? { ...inner, nullable: true } : inner;
  }
  if (type.rank === 1 && name === 'byte') return scalar('bytes', null, { ...type, rank: 0 });
  if (type.rank === 1 || isCollection(type)) {
    const element = type.rank === 1 ? { ...type, rank: 0, nullable: false } : type.args[0];
    const inner = element ? classify(element, from, project) : null;
    if (inner?.kind === 'scalar') return { ...inner, list: true, value: false, nullable: type.nullable };
    if (inner?.kind === 'reference' && type.rank === 0)
      return { ...inner, kind: 'collection', nullable: type.nullable };
    return { kind: 'unknown', type };
  }
  if (name === 'Dictionary' && type.args.length === 2) return scalar('hstore', null, type);
  const known = Object.hasOwn(scalars, name) ? scalars[name] : undefined;
  const info = project.resolve(type, from);
  if (info?.kind === 'enum') return scalar(underlying(info), info, type);
  if (info && (info.kind === 'class' || info.kind === 'record'))
    return { kind: 'reference', type, info, nullable: type.nullable };
  if (info?.kind === 'struct') return { kind: 'unknown', type };
  if (known) return scalar(known, null, type);
  return { kind: 'unknown', type };
}

function underlying(info: ClassInfo): Scalar {
  const base = info.parts[0]?.bases[0];
  const stated = base ? scalars[base.name] : undefined;
  return stated ?? 'int';
}

function scalar(kind: Scalar, info: ClassInfo | null, type: TypeRef): ScalarType {
  return {
    kind: 'scalar',
    scalar: kind,
    enum: info,
    list: false,
    nullable: type.nullable,
    value: !referenceScalars.has(kind) && simpleName(type) !== 'Uri' && simpleName(type) !== 'JsonDocument',
    name: simpleName(type),
  };
}

/** A scalar that a name alone says: of conversions and shadow properties. */
export function scalarNamed(type: TypeRef): ScalarType | null {
  const name = simpleName(type);
  if (name === 'Nullable' && type.args[0]) {
    const inner = scalarNamed(type.args[0]);
    return inner && { ...inner, nullable: true };
  }
  if (type.rank === 1 && name === 'byte') return scalar('bytes', null, { ...type, rank: 0 });
  const element = type.rank === 1 ? { ...type, rank: 0 } : isCollection(type) ? type.args[0] : undefined;
  if (element) {
    const inner = scalarNamed(element);
    return inner && { ...inner, list: true, value: false, nullable: type.nullable };
  }
  if (name === 'Dictionary') return scalar('hstore', null, type);
  const known = Object.hasOwn(scalars, name) ? scalars[name] : undefined;
  return known ? scalar(known, null, type) : null;
}

export const columnTypes: Readonly<Record<Scalar, ColumnType>> = {
  int: 'int32',
  long: 'int64',
  short: 'int16',
  byte: 'int16',
  sbyte: 'int16',
  uint: 'int64',
  ulong: 'decimal',
  ushort: 'int32',
  bool: 'boolean',
  string: 'string',
  char: 'char',
  decimal: 'decimal',
  double: 'float64',
  float: 'float32',
  guid: 'uuid',
  datetime: 'datetime',
  datetimeoffset: 'datetime-tz',
  timespan: 'time',
  dateonly: 'date',
  timeonly: 'time',
  bytes: 'binary',
  json: 'json',
  instant: 'datetime-tz',
  localdate: 'date',
  localdatetime: 'datetime',
  localtime: 'time',
  period: 'interval',
  network: 'network',
  geometry: 'geometry',
  vector: 'vector',
  xml: 'xml',
  range: 'range',
  tsvector: 'text',
  hierarchyid: 'string',
  hstore: 'json',
  bits: 'binary',
  other: 'unknown',
};
