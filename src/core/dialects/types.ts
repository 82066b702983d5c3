/**
 * Types and defaults as the engines keep them, so that two spellings of one thing compare equal: `int4` and `integer`, `'1'` and `1`,
 * `CURRENT_TIMESTAMP` and `now()`. Sources: postgresql.org/docs/current/datatype.html, dev.mysql.com/doc/refman/8.4/en/data-types.html,
 * sqlite.org/datatype3.html.
 */
import { columnTypeOf } from '../schema/columnTypes.ts';
import type { Column, ColumnType, Dialect } from '../schema/model.ts';

const postgresql: Readonly<Record<string, string>> = {
  int: 'integer',
  int4: 'integer',
  serial: 'integer',
  serial4: 'integer',
  int2: 'smallint',
  smallserial: 'smallint',
  serial2: 'smallint',
  int8: 'bigint',
  bigserial: 'bigint',
  serial8: 'bigint',
  varchar: 'character varying',
  'char varying': 'character varying',
  char: 'character',
  bpchar: 'character',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
  bool: 'boolean',
  decimal: 'numeric',
  dec: 'numeric',
  float8: 'double precision',
  float: 'double precision',
  float4: 'real',
  varbit: 'bit varying',
};

const mysql: Readonly<Record<string, string>> = {
  integer: 'int',
  bool: 'tinyint',
  boolean: 'tinyint',
  numeric: 'decimal',
  dec: 'decimal',
  fixed: 'decimal',
  'double precision': 'double',
  real: 'double',
  'character varying': 'varchar',
  'national varchar': 'varchar',
  nvarchar: 'varchar',
  character: 'char',
  nchar: 'char',
  'national char': 'char',
};

const mssql: Readonly<Record<string, string>> = {
  integer: 'int',
  dec: 'decimal',
  numeric: 'decimal',
  'double precision': 'float',
  rowversion: 'timestamp',
  'character varying': 'varchar',
  'national character varying': 'nvarchar',
};

const aliases: Readonly<Partial<Record<Dialect, Readonly<Record<string, string>>>>> = {
  postgresql,
  mysql,
  mariadb: mysql,
  sqlite: { int: 'integer', 'character varying': 'varchar', numeric: 'decimal' },
  mssql,
};

/** The name the engine gives a type, without sizes: `int4` → `integer`. */
export function canonicalTypeName(dialect: Dialect, name: string): string {
  const known = aliases[dialect] ?? {};
  return Object.hasOwn(known, name.toLowerCase()) ? (known[name.toLowerCase()] ?? name) : name;
}

export interface DatabaseType {
  readonly type: ColumnType;
  readonly rawType: string;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
  /** `serial` and its like are no types but a type with a sequence. */
  readonly increments: boolean;
}

/** A type as a statement names it, with what stands in its brackets. */
export function databaseType(name: string, sizes: readonly string[], dialect: Dialect): DatabaseType {
  const increments = dialect === 'postgresql' && /^(?:small|big)?serial[248]?$/i.test(name);
  const rawType = canonicalTypeName(dialect, name);
  const plain = signless(rawType);
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const numbers = sizes.map(Number).map((size) => (Number.isInteger(size) ? size : null));
  const [first = null, second = null] = numbers;
  // FLOAT(p) says how precise it has to be: up to 24 bits it is a FLOAT, beyond a DOUBLE (dev.mysql.com/doc/refman/8.4/en/floating-point-types.html).
  if (isMysql && plain.toLowerCase() === 'float' && sizes.length === 1 && first !== null && first <= 53)
    return databaseType(rawType.replace(/float/i, first > 24 ? 'double' : 'float'), [], dialect);
  // tinyint(1) is how MySQL spells a truth value.
  const type =
    isMysql && plain === 'tinyint' && (first === 1 || /^bool/i.test(name)) ? 'boolean' : columnTypeOf(plain, dialect);
  const none = { length: null, precision: null, scale: null };
  const base = { type, rawType, increments, ...none };
  switch (type) {
    case 'decimal':
    case 'money':
    case 'float32':
    case 'float64':
      return { ...base, precision: first, scale: second };
    case 'time':
    case 'datetime':
    case 'datetime-tz':
    case 'interval':
      return { ...base, precision: first };
    case 'boolean':
    case 'int16':
    case 'int32':
    case 'int64':
      // What MySQL has in the brackets of an integer is how wide it is shown.
      return dialect === 'sqlite' ? { ...base, length: first } : base;
    default:
      return { ...base, length: first };
  }
}

/** `int unsigned` → `int`; `zerofill` makes a number unsigned as well (dev.mysql.com/doc/refman/8.4/en/numeric-type-attributes.html). */
export function signless(rawType: string): string {
  return rawType.replace(/ (?:unsigned|signed|zerofill)\b/gi, '');
}

export function isUnsigned(dialect: Dialect, column: Pick<Column, 'rawType' | 'unsigned'>): boolean {
  if (dialect !== 'mysql' && dialect !== 'mariadb') return false;
  return column.unsigned === true || / (?:unsigned|zerofill)\b/i.test(column.rawType);
}

/** Equal texts for columns that the engine keeps alike. Enumerations are `enum`: which one is a matter of its own. */
export function canonicalType(dialect: Dialect, column: Column): string {
  const suffix = column.array ? '[]' : '';
  if (column.enum !== null) return `enum${suffix}`;
  const written = /^([^()]*?)\s*\(([^()]*)\)(.*)$/.exec(column.rawType);
  const name = written ? `${written[1] ?? ''}${written[3] ?? ''}` : column.rawType;
  const given = [column.length, column.precision, column.scale].filter((size) => size !== null).map(String);
  const stated = databaseType(
    name,
    given.length > 0 || !written ? given : (written[2] ?? '').split(',').map((size) => size.trim()),
    dialect,
  );
  const sizes = sizesOf(dialect, stated);
  const sign = isUnsigned(dialect, column) ? ' unsigned' : '';
  return `${signless(stated.rawType.toLowerCase())}${sizes.length > 0 ? `(${sizes.join(',')})` : ''}${sign}${suffix}`;
}

function sizesOf(dialect: Dialect, { rawType, type, length, precision, scale }: DatabaseType): number[] {
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  if (type === 'decimal') {
    if (precision === null) return isMysql ? [10, 0] : [];
    return dialect === 'sqlite' && scale === null ? [precision] : [precision, scale ?? 0];
  }
  if (type === 'time' || type === 'datetime' || type === 'datetime-tz') {
    const standard = dialect === 'postgresql' ? 6 : isMysql ? 0 : dialect === 'mssql' ? 7 : null;
    return precision === null || precision === standard ? [] : [precision];
  }
  if (type === 'char' && length === null && dialect !== 'sqlite') return rawType === 'citext' ? [] : [1];
  return [length, precision, scale].filter((size) => size !== null);
}

const uuidFunctions = /^(?:"?public"?\.)?"?(?:uuid_generate_v\d|gen_random_uuid|newid|newsequentialid|uuid)"?\(\)$/;
const clock =
  /^(?:now\(\)|current_timestamp(?:\(\))?|transaction_timestamp\(\)|localtimestamp|getdate\(\)|sysdatetime\(\)|datetime\('now'\)|\(?'now'::text\)?::timestamp(?:\(6\))?(?: with(?:out)? time zone)?)$/;

/** Equal texts for defaults that the engine keeps alike; null = none. */
export function canonicalDefault(dialect: Dialect, column: Column): string | null {
  if (column.default === null || column.generated !== null) return null;
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  let text = withoutBrackets(column.default.trim());
  if (isMysql && /^".*"$/s.test(text)) text = `'${text.slice(1, -1).replaceAll("'", "''")}'`;
  text = withoutCast(text);
  if (/^null$/i.test(text)) return null;
  const isText = /^(?:[eEnN])?'(?:[^']|'')*'$/s.test(text);
  const bare = isText
    ? text
        .replace(/^[eEnN]/, '')
        .slice(1, -1)
        .replaceAll("''", "'")
    : text;
  const lower = isText ? '' : lowerCase(text).replace(/\s+/g, ' ');
  if (uuidFunctions.test(lower)) return 'uuid()';
  if (clock.test(lower)) return 'now()';
  const precise =
    /^(?:current_timestamp|now|localtimestamp|\('now'::text\)::timestamp)\((\d)\)(?: with(?:out)? time zone)?(.*)$/.exec(
      lower,
    );
  if (precise)
    return dialect === 'postgresql' && precise[1] === '6'
      ? 'now()'
      : `now(${precise[1] ?? ''})${tailOf(precise[2] ?? '')}`;
  const tail = /^(?:current_timestamp|now)(?:\(\))? (on update .*)$/.exec(lower);
  if (tail) return `now()${tailOf(` ${tail[1] ?? ''}`)}`;
  if (column.type === 'boolean') {
    if (/^(?:true|t|1|b'1'|yes|on)$/i.test(bare)) return 'true';
    if (/^(?:false|f|0|b'0'|no|off)$/i.test(bare)) return 'false';
  }
  if (numeric.has(column.type) && /^[-+]?(?:\d+\.?\d*|\.\d+)$/.test(bare)) return String(Number(bare));
  if (isText) return `'${bare}'`;
  const list = /^array\[([^\]]*)\](?:::.*)?$/s.exec(lower);
  if (list) return `'{${(list[1] ?? '').replaceAll("'", '').replace(/,\s+/g, ',')}}'`;
  return lower;
}

const numeric: ReadonlySet<ColumnType> = new Set(['int16', 'int32', 'int64', 'decimal', 'money', 'float32', 'float64']);

function tailOf(text: string): string {
  return text.replace(
    / on update (?:current_timestamp|now)(?:\((\d*)\))?/,
    (_, size?: string) => ` on update now(${size ?? ''})`,
  );
}

/** Brackets around the whole: `((1))` → `1`. */
export function withoutBrackets(expression: string): string {
  let text = expression.trim();
  while (text.startsWith('(') && closesAtEnd(text)) text = text.slice(1, -1).trim();
  return text;
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === "'" || char === '"') {
      const end = text.indexOf(char, at + 1);
      if (end === -1) return false;
      at = end;
    } else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at === text.length - 1;
  }
  return false;
}

/** `'new'::order_state`, `'0'::numeric(10,2)` → the literal; a cast of something computed stays. */
function withoutCast(text: string): string {
  const literal = /^([eE]?'(?:[^']|'')*'|[-+]?[\d.]+|\([-+]?[\d.]+\)|null|true|false)\s*::\s*[\w ".()[\],]+$/is.exec(
    text,
  );
  return literal ? withoutBrackets(literal[1] ?? text) : text;
}

/** Lower case outside of quotes. */
function lowerCase(text: string): string {
  return text.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^'"]+/g, (part) =>
    /^['"]/.test(part) ? part : part.toLowerCase(),
  );
}
