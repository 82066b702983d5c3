/** Which kind of value a property holds, by its Java type and annotations (Hibernate user guide, "Basic types"). */
import type { ValueKind } from './sqlTypes.ts';

/** By simple name: hardly anyone has classes of these names, and those that have are found before this is asked. */
const kinds: Readonly<Partial<Record<ValueKind, string>>> = {
  string: 'String CharSequence Locale Currency Class URL TimeZone ZoneId ZoneOffset',
  char: 'char Character',
  boolean: 'boolean Boolean',
  int8: 'byte Byte',
  int16: 'short Short',
  int32: 'int Integer Year AtomicInteger',
  int64: 'long Long AtomicLong',
  float32: 'float Float',
  float64: 'double Double',
  decimal: 'BigDecimal',
  'integer-decimal': 'BigInteger',
  uuid: 'UUID',
  date: 'LocalDate java.sql.Date',
  time: 'LocalTime Time java.sql.Time',
  'time-tz': 'OffsetTime',
  timestamp: 'LocalDateTime Date java.util.Date Calendar GregorianCalendar Timestamp java.sql.Timestamp DateTime',
  'timestamp-tz': 'Instant OffsetDateTime ZonedDateTime',
  duration: 'Duration',
  blob: 'Blob',
  clob: 'Clob NClob',
  inet: 'InetAddress Inet4Address Inet6Address',
  geometry:
    'Geometry Point LineString Polygon MultiPoint MultiLineString MultiPolygon GeometryCollection LinearRing Envelope',
  json: 'JsonNode ObjectNode ArrayNode JSONObject',
};

const byName = new Map(
  Object.entries(kinds).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as ValueKind] as const)),
);

export const primitives: ReadonlySet<string> = new Set([
  'boolean',
  'byte',
  'short',
  'int',
  'long',
  'float',
  'double',
  'char',
]);

/** @param qualified full name where it is known; null where the type is no basic one */
export function kindOfType(qualified: string, array: boolean): ValueKind | null {
  const simple = qualified.slice(qualified.lastIndexOf('.') + 1);
  if (array) {
    if (simple === 'byte' || simple === 'Byte') return 'binary';
    return simple === 'char' || simple === 'Character' ? 'string' : null;
  }
  // `java.sql.Date` is a day, `java.util.Date` a moment.
  return byName.get(qualified) ?? byName.get(simple) ?? null;
}

/** Names of types that Hibernate 5 (`@Type(type = "…")`) and hbm.xml know. */
const typeNames: Readonly<Partial<Record<ValueKind, string>>> = {
  string: 'string uuid-char locale currency timezone class url character-varying nstring',
  char: 'character char yes_no true_false',
  boolean: 'boolean',
  int8: 'byte',
  int16: 'short',
  int32: 'integer int numeric_boolean',
  int64: 'long',
  float32: 'float',
  float64: 'double',
  decimal: 'big_decimal',
  'integer-decimal': 'big_integer',
  'long-varchar': 'text ntext',
  'long-string': 'materialized_nclob',
  clob: 'clob materialized_clob nclob',
  binary: 'binary image uuid-binary serializable byte[] wrapper-binary',
  'long-binary': 'materialized_image',
  blob: 'blob materialized_blob',
  date: 'date calendar_date localdate',
  time: 'time localtime',
  timestamp: 'timestamp calendar localdatetime dbtimestamp',
  'timestamp-tz': 'instant offsetdatetime zoneddatetime',
  uuid: 'uuid pg-uuid',
  json: 'json jsonb json-node jsonb-node',
};

const byTypeName = new Map(
  Object.entries(typeNames).flatMap(([kind, names]) =>
    names.split(' ').map((name) => [name, kind as ValueKind] as const),
  ),
);

/** `text`, `org.hibernate.type.TextType`, `java.lang.String`; null where it is a type of the project. */
export function kindOfTypeName(name: string): ValueKind | null {
  const lower = name.toLowerCase();
  const known = byTypeName.get(lower);
  if (known) return known;
  // `java.util.Date` is the name of Hibernate's type for moments, whose last part is that of its type for days.
  if (name.startsWith('java.')) return kindOfType(name, false);
  const simple = name.slice(name.lastIndexOf('.') + 1);
  if (/json/iu.test(simple)) return 'json';
  if (/^uuidchar/iu.test(simple)) return 'string';
  if (/^(?:postgres)?uuid/iu.test(simple)) return 'uuid';
  const ofClass = byTypeName.get(
    simple
      .replace(/Type$/u, '')
      .replace(/([a-z])([A-Z])/gu, '$1_$2')
      .toLowerCase(),
  );
  return ofClass ?? null;
}

/** Constants of `SqlTypes` and `java.sql.Types`, for `@JdbcTypeCode`. */
const codes: Readonly<Record<string, ValueKind>> = {
  JSON: 'json',
  JSON_ARRAY: 'json',
  VARCHAR: 'string',
  NVARCHAR: 'string',
  CHAR: 'char',
  NCHAR: 'char',
  LONGVARCHAR: 'long-varchar',
  LONGNVARCHAR: 'long-varchar',
  LONG32VARCHAR: 'long-string',
  LONG32NVARCHAR: 'long-string',
  CLOB: 'clob',
  NCLOB: 'clob',
  BLOB: 'blob',
  VARBINARY: 'binary',
  BINARY: 'binary',
  LONGVARBINARY: 'long-binary',
  LONG32VARBINARY: 'long-binary',
  BOOLEAN: 'boolean',
  BIT: 'boolean',
  TINYINT: 'int8',
  SMALLINT: 'int16',
  INTEGER: 'int32',
  BIGINT: 'int64',
  REAL: 'float32',
  FLOAT: 'float64',
  DOUBLE: 'float64',
  NUMERIC: 'decimal',
  DECIMAL: 'decimal',
  DATE: 'date',
  TIME: 'time',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_WITH_TIMEZONE: 'timestamp-tz',
  TIMESTAMP_UTC: 'timestamp-tz',
  UUID: 'uuid',
  INET: 'inet',
  GEOMETRY: 'geometry',
  GEOGRAPHY: 'geometry',
  SQLXML: 'xml',
  INTERVAL_SECOND: 'duration',
};

export function kindOfCode(constant: string | null): ValueKind | null {
  return constant !== null && Object.hasOwn(codes, constant) ? (codes[constant] ?? null) : null;
}
