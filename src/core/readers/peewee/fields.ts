/** Peewee's fields and what they are to each engine (`FIELD` and `Database.field_types` of peewee.py; playhouse). */
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { ColumnShape } from '../../schema/emptyTable.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { entryOf, externalPath, isCall, isClass, isDict } from '../shared/python/values.ts';

export interface Field {
  readonly name: string;
  /** Class of Peewee that it is or builds on. */
  readonly kind: string;
  readonly options: ReadonlyMap<string, PyValue>;
  readonly call: PyCall | null;
  readonly at: SourceRange;
}

interface Known {
  /** `field_type` of the class. */
  readonly type: string;
  readonly length?: number;
  /** Has an index where nothing else is said. */
  readonly index?: string;
}

const kinds: Readonly<Record<string, Known>> = {
  AnyField: { type: 'ANY' },
  IntegerField: { type: 'INT' },
  BigIntegerField: { type: 'BIGINT' },
  SmallIntegerField: { type: 'SMALLINT' },
  AutoField: { type: 'AUTO' },
  BigAutoField: { type: 'BIGAUTO' },
  IdentityField: { type: 'INT' },
  PrimaryKeyField: { type: 'AUTO' },
  FloatField: { type: 'FLOAT' },
  DoubleField: { type: 'DOUBLE' },
  DecimalField: { type: 'DECIMAL' },
  CharField: { type: 'VARCHAR', length: 255 },
  FixedCharField: { type: 'CHAR', length: 255 },
  TextField: { type: 'TEXT' },
  BlobField: { type: 'BLOB' },
  BitField: { type: 'BIGINT' },
  BigBitField: { type: 'BLOB' },
  UUIDField: { type: 'UUID' },
  BinaryUUIDField: { type: 'UUIDB' },
  DateTimeField: { type: 'DATETIME' },
  DateField: { type: 'DATE' },
  TimeField: { type: 'TIME' },
  TimestampField: { type: 'BIGINT' },
  IPField: { type: 'BIGINT' },
  BooleanField: { type: 'BOOL' },
  JSONField: { type: 'JSON' },
  BareField: { type: '' },
  // playhouse
  ArrayField: { type: 'INT', index: 'gin' },
  HStoreField: { type: 'HSTORE', index: 'gin' },
  BinaryJSONField: { type: 'JSONB', index: 'gin' },
  TSVectorField: { type: 'TSVECTOR', index: 'gin' },
  DateTimeTZField: { type: 'TIMESTAMPTZ' },
  IntervalField: { type: 'INTERVAL' },
  MySQLJSONField: { type: 'JSON' },
  JSONBField: { type: 'JSONB' },
  CompressedField: { type: 'BLOB' },
  PickleField: { type: 'BLOB' },
  EnumField: { type: 'VARCHAR', length: 255 },
  IntEnumField: { type: 'INT' },
  RowIDField: { type: 'AUTO' },
  DocIDField: { type: 'AUTO' },
  AutoIncrementField: { type: 'AUTO' },
  TDecimalField: { type: 'TEXT' },
  ISODateTimeField: { type: 'DATETIME' },
  LSMTableField: { type: 'BLOB' },
  SearchField: { type: '' },
  PasswordField: { type: 'BLOB' },
  ForeignKeyField: { type: 'INT' },
  DeferredForeignKey: { type: 'INT' },
  ManyToManyField: { type: '' },
};

const general: Readonly<Record<string, string>> = {
  AUTO: 'integer',
  BIGAUTO: 'bigint',
  BIGINT: 'bigint',
  BLOB: 'blob',
  BOOL: 'smallint',
  CHAR: 'char',
  DATE: 'date',
  DATETIME: 'datetime',
  DECIMAL: 'decimal',
  DOUBLE: 'real',
  FLOAT: 'real',
  INT: 'integer',
  SMALLINT: 'smallint',
  TEXT: 'text',
  TIME: 'time',
  UUID: 'text',
  UUIDB: 'blob',
  VARCHAR: 'varchar',
};

const own: Readonly<Partial<Record<Dialect, Readonly<Record<string, string>>>>> = {
  sqlite: { BIGAUTO: 'integer', BIGINT: 'integer', BOOL: 'integer', DOUBLE: 'real', JSON: 'text', SMALLINT: 'integer' },
  postgresql: {
    BLOB: 'bytea',
    BOOL: 'boolean',
    DATETIME: 'timestamp',
    DECIMAL: 'numeric',
    DOUBLE: 'double precision',
    JSON: 'jsonb',
    UUID: 'uuid',
    UUIDB: 'bytea',
  },
  mysql: {
    BOOL: 'bool',
    DECIMAL: 'numeric',
    DOUBLE: 'double precision',
    FLOAT: 'float',
    JSON: 'json',
    UUID: 'varchar',
    UUIDB: 'varbinary',
  },
};

/** Classes of what the engine's type cannot say. */
const classes: Readonly<Record<string, ColumnShape['type']>> = {
  BOOL: 'boolean',
  JSON: 'json',
  UUID: 'uuid',
  DECIMAL: 'decimal',
  BIGINT: 'int64',
  BIGAUTO: 'int64',
  SMALLINT: 'int16',
  DOUBLE: 'float64',
};

const positional: Readonly<Record<string, readonly string[]>> = {
  CharField: ['max_length'],
  FixedCharField: ['max_length'],
  DecimalField: ['max_digits', 'decimal_places'],
  ForeignKeyField: ['model', 'field', 'backref', 'on_delete', 'on_update', 'deferrable'],
  DeferredForeignKey: ['model'],
  ManyToManyField: ['model', 'backref', 'through_model', 'on_delete', 'on_update'],
  ArrayField: ['field_class', 'field_kwargs', 'dimensions'],
  EnumField: ['enum', 'max_length'],
};
const common = ['null', 'index', 'unique', 'column_name', 'default', 'primary_key', 'constraints'];

/** Names that options had before 3.0. */
const renamed: Readonly<Record<string, string>> = {
  db_column: 'column_name',
  rel_model: 'model',
  to_field: 'field',
  related_name: 'backref',
  rel_model_name: 'model',
};

/** Null where the value of a class attribute is no field. */
export function fieldOf(name: string, value: PyValue, at: SourceRange, evaluator: Evaluator): Field | null {
  if (!isCall(value)) return null;
  const kind = kindOf(value.callee, evaluator);
  if (kind === null) return null;
  const options = new Map<string, PyValue>();
  const names = positional[kind] ?? common;
  for (const [index, argument] of value.arguments.entries()) {
    const key = names[index];
    if (key !== undefined) options.set(key, argument);
  }
  for (const [key, argument] of value.keywords)
    options.set(Object.hasOwn(renamed, key) ? (renamed[key] ?? key) : key, argument);
  return { name, kind, options, call: value, at };
}

/** `playhouse.postgres_ext.JSONField` is none of PostgreSQL's better one. */
function kindOf(callee: PyValue, evaluator: Evaluator): string | null {
  if (isClass(callee)) {
    const { foreign } = evaluator.lineage(callee);
    return foreign.map((each) => kindOf(each, evaluator)).find((each) => each !== null) ?? null;
  }
  const path = externalPath(callee);
  if (path === null || !/^(?:peewee\w*|playhouse)\b/.test(path)) return null;
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (Object.hasOwn(kinds, name)) return name;
  return name.endsWith('Field') ? name : null;
}

export function flag(field: Field, option: string): boolean {
  return field.options.get(option) === true;
}

export function textOption(field: Field, option: string): string | null {
  const value = field.options.get(option);
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOption(field: Field, option: string): number | null {
  const value = field.options.get(option);
  return typeof value === 'number' ? value : null;
}

/** Method of the index it has; null = it has none. */
export function indexMethod(field: Field): { readonly method: string | null } | null {
  const known = Object.hasOwn(kinds, field.kind) ? kinds[field.kind] : undefined;
  const stated = field.options.get('index');
  const relation = field.kind === 'ForeignKeyField' || field.kind === 'DeferredForeignKey';
  const indexed = typeof stated === 'boolean' ? stated : relation || known?.index !== undefined;
  if (!indexed && !flag(field, 'unique')) return null;
  const type = textOption(field, 'index_type')?.toLowerCase() ?? known?.index ?? null;
  return { method: type === 'btree' ? null : type };
}

export function isAuto(field: Field): boolean {
  return /^(?:Big)?AutoField$|^(?:PrimaryKey|Identity|RowID|DocID|AutoIncrement)Field$/.test(field.kind);
}

const none = { length: null, precision: null, scale: null, array: false };

export function shapeOf(field: Field, dialect: Dialect, evaluator: Evaluator): ColumnShape {
  const known = Object.hasOwn(kinds, field.kind) ? kinds[field.kind] : undefined;
  if (!known) return { ...none, type: 'unknown', rawType: field.kind };
  if (field.kind === 'ArrayField') return arrayShape(field, dialect, evaluator);
  const shape = plainShape(known.type, dialect);
  if (known.length !== undefined) return { ...shape, length: numberOption(field, 'max_length') ?? known.length };
  if (known.type === 'DECIMAL')
    return {
      ...shape,
      precision: numberOption(field, 'max_digits') ?? 10,
      scale: numberOption(field, 'decimal_places') ?? 5,
    };
  return shape;
}

/** `ArrayField(CharField, field_kwargs={"max_length": 10})` */
function arrayShape(field: Field, dialect: Dialect, evaluator: Evaluator): ColumnShape {
  const element = field.options.get('field_class');
  const kind = element === undefined ? 'IntegerField' : (kindOf(element, evaluator) ?? 'IntegerField');
  const given = field.options.get('field_kwargs');
  const options = new Map<string, PyValue>();
  if (isDict(given))
    for (const key of ['max_length', 'max_digits', 'decimal_places']) {
      const value = entryOf(given, key);
      if (value !== undefined) options.set(key, value);
    }
  const inner = kind === 'ArrayField' ? 'IntegerField' : kind;
  return { ...shapeOf({ ...field, kind: inner, options }, dialect, evaluator), array: true };
}

function plainShape(type: string, dialect: Dialect): ColumnShape {
  const engine = dialect === 'mariadb' ? 'mysql' : dialect === 'cockroachdb' ? 'postgresql' : dialect;
  const rawType = own[engine]?.[type] ?? general[type] ?? type.toLowerCase();
  const told = columnTypeOf(rawType, dialect);
  const known = Object.hasOwn(classes, type) ? classes[type] : undefined;
  const sizes: Readonly<Record<string, number>> = engine === 'mysql' ? { UUID: 40, UUIDB: 16 } : {};
  return { ...none, type: known ?? (type === 'UUIDB' ? 'binary' : told), rawType, length: sizes[type] ?? null };
}
