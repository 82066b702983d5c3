/** Tortoise's fields and what they are to each engine (tortoise/fields/data.py). */
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { ColumnShape } from '../../schema/emptyTable.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isClass, isMember, isPlain } from '../shared/python/values.ts';

export type RelationName = 'ForeignKeyField' | 'OneToOneField' | 'ManyToManyField';

export interface Field {
  readonly name: string;
  /** Class of Tortoise that it is or builds on. */
  readonly kind: string;
  readonly relation: RelationName | null;
  readonly options: ReadonlyMap<string, PyValue>;
  readonly call: PyCall;
  readonly at: SourceRange;
}

interface Types {
  /** PostgreSQL, and the others where they have none of their own. */
  readonly general: string;
  readonly mysql?: string;
  readonly sqlite?: string;
  readonly mssql?: string;
  readonly oracle?: string;
}

const types: Readonly<Record<string, Types>> = {
  IntField: { general: 'int' },
  BigIntField: { general: 'bigint', oracle: 'int' },
  SmallIntField: { general: 'smallint' },
  IntEnumField: { general: 'smallint' },
  CharField: { general: 'varchar', oracle: 'nvarchar2' },
  CharEnumField: { general: 'varchar', oracle: 'nvarchar2' },
  TextField: { general: 'text', mysql: 'longtext', mssql: 'nvarchar(max)', oracle: 'nclob' },
  BooleanField: { general: 'bool', sqlite: 'int', mssql: 'bit', oracle: 'number' },
  DecimalField: { general: 'decimal', sqlite: 'varchar' },
  DatetimeField: {
    general: 'timestamptz',
    mysql: 'datetime',
    sqlite: 'timestamp',
    mssql: 'datetime2',
    oracle: 'timestamp with time zone',
  },
  DateField: { general: 'date' },
  TimeField: { general: 'timetz', mysql: 'time', sqlite: 'time', mssql: 'time', oracle: 'nvarchar2' },
  TimeDeltaField: { general: 'bigint', oracle: 'number' },
  FloatField: { general: 'double precision', mysql: 'double', sqlite: 'real' },
  JSONField: { general: 'jsonb', mysql: 'json', sqlite: 'json', mssql: 'nvarchar(max)', oracle: 'nclob' },
  UUIDField: { general: 'uuid', mysql: 'char', sqlite: 'char', mssql: 'char', oracle: 'char' },
  BinaryField: { general: 'bytea', mysql: 'longblob', sqlite: 'blob', mssql: 'varbinary(max)', oracle: 'blob' },
  TSVectorField: { general: 'tsvector' },
  ArrayField: { general: 'int' },
  VectorField: { general: 'vector' },
  GeometryField: { general: 'geometry' },
};

const positional: Readonly<Record<string, readonly string[]>> = {
  IntField: ['primary_key'],
  BigIntField: ['primary_key'],
  SmallIntField: ['primary_key'],
  CharField: ['max_length'],
  DecimalField: ['max_digits', 'decimal_places'],
  CharEnumField: ['enum_type', 'description', 'max_length'],
  IntEnumField: ['enum_type', 'description'],
  ArrayField: ['element_type'],
  ForeignKeyField: ['to', 'related_name', 'on_delete', 'db_constraint', 'null'],
  OneToOneField: ['to', 'related_name', 'on_delete', 'db_constraint', 'null'],
  ManyToManyField: [
    'to',
    'through',
    'forward_key',
    'backward_key',
    'related_name',
    'on_delete',
    'db_constraint',
    'unique',
  ],
};

/** Classes behind the functions that make fields. */
const classes: Readonly<Record<string, string>> = {
  ForeignKeyFieldInstance: 'ForeignKeyField',
  OneToOneFieldInstance: 'OneToOneField',
  ManyToManyFieldInstance: 'ManyToManyField',
  CharEnumFieldInstance: 'CharEnumField',
  IntEnumFieldInstance: 'IntEnumField',
};

/** Null where the value of a class attribute is no field. */
export function fieldOf(name: string, value: PyValue, at: SourceRange, evaluator: Evaluator): Field | null {
  if (!isCall(value)) return null;
  const kind = kindOf(value.callee, evaluator);
  if (kind === null) return null;
  const options = new Map<string, PyValue>();
  for (const [index, argument] of value.arguments.entries()) {
    const key = positional[kind]?.[index];
    if (key !== undefined) options.set(key, argument);
  }
  for (const [key, argument] of value.keywords) options.set(renamed(key), argument);
  const relation = /^(?:ForeignKey|OneToOne|ManyToMany)Field$/.test(kind) ? (kind as RelationName) : null;
  return { name, kind, relation, options, call: value, at };
}

/** Names that were used before 0.21, and those of 0.x. */
function renamed(option: string): string {
  const before: Readonly<Record<string, string>> = {
    pk: 'primary_key',
    index: 'db_index',
    model_name: 'to',
    create_unique_index: 'unique',
  };
  return Object.hasOwn(before, option) ? (before[option] ?? option) : option;
}

function kindOf(callee: PyValue, evaluator: Evaluator): string | null {
  if (isClass(callee)) {
    const base = evaluator
      .lineage(callee)
      .foreign.map((each) => kindOf(each, evaluator))
      .find((each) => each !== null);
    return base ?? null;
  }
  const path = externalPath(callee);
  if (path === null || !/^(?:tortoise|tortoise_vector|tortoise_gis)\b/.test(path)) return null;
  const last = path.slice(path.lastIndexOf('.') + 1);
  const name = Object.hasOwn(classes, last) ? (classes[last] ?? last) : last;
  return Object.hasOwn(types, name) || Object.hasOwn(positional, name) ? name : name.endsWith('Field') ? name : null;
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

const none = { length: null, precision: null, scale: null, array: false };

export function shapeOf(field: Field, dialect: Dialect, evaluator: Evaluator): ColumnShape {
  const known = Object.hasOwn(types, field.kind) ? types[field.kind] : undefined;
  if (!known) return { ...none, type: 'unknown', rawType: field.kind };
  if (field.kind === 'ArrayField') {
    const element = (textOption(field, 'element_type') ?? 'int').toLowerCase();
    return { ...none, type: columnTypeOf(element, dialect), rawType: element, array: true };
  }
  const rawType = known[engineOf(dialect)] ?? known.general;
  const shape = { ...none, rawType, type: classOf(field.kind, rawType, dialect) };
  if (field.kind === 'UUIDField') return rawType === 'char' ? { ...shape, length: 36 } : shape;
  if (field.kind === 'DecimalField')
    return rawType === 'varchar'
      ? { ...shape, length: 40 }
      : { ...shape, precision: numberOption(field, 'max_digits'), scale: numberOption(field, 'decimal_places') };
  if (field.kind === 'CharField') return { ...shape, length: numberOption(field, 'max_length') };
  if (field.kind === 'CharEnumField')
    return { ...shape, length: statedLength(field) ?? longestMember(field, evaluator) };
  if (/^datetime$|^time$/.test(rawType) && (dialect === 'mysql' || dialect === 'mariadb'))
    return { ...shape, precision: 6 };
  return shape;
}

/** 0 = not stated. */
function statedLength(field: Field): number | null {
  const length = numberOption(field, 'max_length');
  return length === 0 ? null : length;
}

/** What the engine's type cannot say, the field does: a decimal stays one in SQLite, where it is kept as text. */
function classOf(kind: string, rawType: string, dialect: Dialect): ColumnShape['type'] {
  if (kind === 'BooleanField') return 'boolean';
  if (kind === 'DecimalField') return 'decimal';
  if (kind === 'FloatField') return 'float64';
  if (kind === 'TSVectorField') return 'text';
  return columnTypeOf(rawType.replace(/\(max\)$/, ''), dialect);
}

function engineOf(dialect: Dialect): keyof Types {
  if (dialect === 'mariadb') return 'mysql';
  return dialect === 'mysql' || dialect === 'sqlite' || dialect === 'mssql' || dialect === 'oracle'
    ? dialect
    : 'general';
}

/** Without a length the longest value decides. */
function longestMember(field: Field, evaluator: Evaluator): number | null {
  const type = field.options.get('enum_type');
  if (!isClass(type)) return null;
  const lengths = evaluator.membersOf(type).flatMap((member) => {
    if (member.statement.kind !== 'assign') return [];
    const value = evaluator.memberValue(member);
    const plain = isMember(value) ? value.value : value;
    return isPlain(plain) && plain !== null ? [String(plain).length] : [];
  });
  return lengths.length === 0 ? null : Math.max(...lengths);
}
