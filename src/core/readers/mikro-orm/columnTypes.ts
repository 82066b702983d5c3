/** Types of properties → columns, as MikroORM's platforms write them (`packages/core/src/platforms`, `packages/sql/src/dialects`; 7.2). */
import type { Dialect } from '../../schema/model.ts';
import { typeShape as shape, typeShapeOfText as shapeOfText } from '../shared/typeText.ts';
import type { TypeShape } from '../shared/typeText.ts';
import type { TypeShape as DeclaredType } from '../shared/typescript/declarations.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { reflectType } from '../shared/typescript/reflectType.ts';
import {
  isCall,
  isClass,
  isFunction,
  isList,
  isMember,
  isMethod,
  isObject,
  ownKeys,
} from '../shared/typescript/results.ts';
import type { ClassNode, Result } from '../shared/typescript/results.ts';
import type { Options, Property, Settings } from './model.ts';

export interface PropertyType extends TypeShape {
  readonly array: boolean;
}

/** Classes of types that packages of MikroORM export, and the names of `t`. */
const ormTypes: Readonly<Record<string, string>> = {
  ArrayType: 'array',
  EnumArrayType: 'array',
  BigIntType: 'bigint',
  BlobType: 'blob',
  BooleanType: 'boolean',
  CharacterType: 'character',
  DateTimeType: 'datetime',
  DateType: 'date',
  DecimalType: 'decimal',
  DoubleType: 'double',
  EnumType: 'enum',
  FloatType: 'float',
  IntegerType: 'integer',
  IntervalType: 'interval',
  JsonType: 'json',
  MediumIntType: 'mediumint',
  SmallIntType: 'smallint',
  StringType: 'string',
  TextType: 'text',
  TimeType: 'time',
  TinyIntType: 'tinyint',
  Uint8ArrayType: 'blob',
  UuidType: 'uuid',
  UnknownType: 'unknown',
  FullTextType: 'tsvector',
};

/** Wrappers of types that stand for what they wrap. */
const wrappers = new Set([
  'Opt',
  'Hidden',
  'Ref',
  'Rel',
  'Reference',
  'ScalarRef',
  'ScalarReference',
  'IdentifiedReference',
  'LoadedReference',
  'Loaded',
  'NonNullable',
  'Readonly',
]);

function numberOf(options: Options, key: string): number | null {
  const value = options.get(key);
  return typeof value === 'number' ? value : null;
}

/** Column type stated as the engine spells it. */
export function statedColumnTypes(options: Options): readonly string[] {
  const several = options.get('columnTypes');
  if (isList(several)) return several.filter((each) => typeof each === 'string');
  const one = options.get('columnType');
  return typeof one === 'string' ? [one] : [];
}

export function itemsOf(property: Property, evaluator: Evaluator): readonly Result[] | null {
  const given = property.options.get('items');
  const items = isFunction(given) ? evaluator.call(given, []) : given;
  if (isList(items)) return items;
  if (isObject(items)) {
    // Numeric enums can be looked up by value too; those entries are no members.
    const keys = ownKeys(items).filter((key) => !/^-?\d+$/.test(key));
    return keys.map((key) => items.entries.get(key));
  }
  return given === undefined ? itemsOfType(property, evaluator) : null;
}

/** `@Enum() kind!: Kind`, `@Enum({ type: 'Kind' })`: the enum that the type names. */
function itemsOfType({ type, options, scope }: Property, evaluator: Evaluator): readonly Result[] | null {
  const stated = options.get('type');
  const name = typeof stated === 'string' ? stated : referredName(type);
  const declared = name === null || scope === null ? null : evaluator.graph.lookup(scope.file, name, 'type');
  if (declared?.is !== 'enum') return null;
  const { entries } = evaluator.enumOf(declared.declaration, declared.file);
  return declared.declaration.members.map(([member]) => entries.get(member));
}

export function typeOfProperty(property: Property, settings: Settings, evaluator: Evaluator): PropertyType {
  const { options } = property;
  const { dialect } = settings;
  const [stated] = statedColumnTypes(options);
  const native = options.get('nativeEnumName');
  const isArray = options.get('array') === true;
  if (typeof native === 'string') {
    const name = native.replace(/^.*\./, '');
    return { ...shape(name, dialect), type: 'enum', array: isArray };
  }
  if (stated !== undefined) {
    const plain = stated.replace(/\s+generated always as [\s\S]*$/i, '').replace(/\[\]$/, '');
    return { ...shapeOfText(plain, dialect), array: /\[\]\s*$/.test(stated) };
  }
  if (options.get('enum') === true && !isArray) {
    const items = itemsOf(property, evaluator);
    const texts = items === null || items.every((item) => typeof item === 'string');
    return { ...enumType(texts, items, dialect), array: false };
  }
  const name = typeNameOf(property, settings, evaluator);
  if (typeof name !== 'string') return { ...name, array: false };
  return named(isArray && name !== 'json' ? 'array' : name, property, settings);
}

function enumType(texts: boolean, items: readonly Result[] | null, dialect: Dialect): TypeShape {
  if (!texts)
    return shape(dialect === 'postgresql' ? 'smallint' : dialect === 'sqlite' ? 'integer' : 'tinyint', dialect);
  if (dialect === 'mysql' || dialect === 'mariadb') return shape(items === null ? 'varchar' : 'enum', dialect);
  return shape('text', dialect);
}

/** The name that MikroORM finds the type by, or the type itself where a class of the project states it. */
function typeNameOf(property: Property, settings: Settings, evaluator: Evaluator): string | TypeShape {
  const { options, type, made, initial, scope } = property;
  const stated = options.get('type');
  const explicit = stated === undefined ? null : ofTypeOption(stated, settings.dialect, evaluator);
  if (explicit !== null) return explicit;
  const plain = type === null ? null : unwrapped(type, scope?.file ?? '', evaluator);
  if (plain) {
    const name = reflectType(plain, scope?.file ?? '', evaluator);
    if (name !== null && name !== 'Object') return name;
    // Types alone are gone at run time; from the source an object is stored as JSON.
    return settings.tsMorph && plain.is !== 'keyword' ? 'json' : 'any';
  }
  if (made !== null) return made;
  return typeof initial === 'object' || initial === undefined ? 'any' : typeof initial;
}

/** `string & Opt`, `Opt<string>`, `string | null` → `string`. */
function unwrapped(type: DeclaredType, file: string, evaluator: Evaluator, depth = 0): DeclaredType | null {
  if (depth > 8) return type;
  if (type.is === 'intersection' || type.is === 'union') {
    const kept = type.types.filter(
      (each) =>
        !(each.is === 'reference' && wrappers.has(each.name) && each.arguments.length === 0) &&
        !(each.is === 'keyword' && (each.name === 'null' || each.name === 'undefined')) &&
        !(each.is === 'object' && type.is === 'intersection'),
    );
    const [only] = kept;
    return kept.length === 1 && only ? unwrapped(only, file, evaluator, depth + 1) : { ...type, types: kept };
  }
  if (type.is === 'reference' && wrappers.has(type.name) && type.arguments[0])
    return unwrapped(type.arguments[0], file, evaluator, depth + 1);
  return type;
}

/** Name of the class behind `Author`, `Ref<Author>`, `Collection<Book>`, `Author | null`. */
export function referredName(type: DeclaredType | null, depth = 0): string | null {
  if (!type || depth > 6) return null;
  switch (type.is) {
    case 'union':
    case 'intersection': {
      for (const each of type.types) {
        const name = referredName(each, depth + 1);
        if (name !== null && !wrappers.has(name)) return name;
      }
      return null;
    }
    case 'array':
      return referredName(type.element, depth + 1);
    case 'reference':
      return type.arguments[0] && /^(?:Collection|Array|Promise)$|Ref|Rel|Opt|Loaded/.test(type.name)
        ? referredName(type.arguments[0], depth + 1)
        : type.name;
    default:
      return null;
  }
}

function ofTypeOption(stated: Result, dialect: Dialect, evaluator: Evaluator): string | TypeShape | null {
  if (typeof stated === 'string') return stated;
  // `t.decimal`, `types.text`
  if (isMember(stated)) return stated.name;
  if (typeof stated !== 'object' || stated === null || !('is' in stated)) return null;
  if (stated.is === 'external') return ormTypes[stated.name] ?? stated.name;
  if (stated.is === 'builtin') return stated.name;
  if (isCall(stated)) {
    const known = ormTypes[stated.name];
    if (known !== undefined) return known;
    return null;
  }
  if (isMethod(stated)) return stated.name;
  if (isClass(stated)) return ofTypeClass(stated, dialect, evaluator);
  if (isFunction(stated)) return ofTypeOption(evaluator.call(stated, []), dialect, evaluator);
  return null;
}

/** A type of the project's own says what its column is, or builds on one that does. */
function ofTypeClass(node: ClassNode, dialect: Dialect, evaluator: Evaluator): string | TypeShape {
  for (let current: ClassNode | null = node; current; current = current.base) {
    const { scope, foreignBase } = current;
    const body = current.declaration.members.find(({ name }) => name === 'getColumnType')?.body;
    if (body) {
      const text = body.returns === null ? undefined : evaluator.evaluate(body.returns, scope);
      if (typeof text === 'string') return shapeOfText(text, dialect);
      // `platform.getVarcharTypeDeclarationSQL(prop)`
      const declared = /get(\w+?)(?:Type)?DeclarationSQL/.exec(body.text)?.[1];
      if (declared !== undefined) return declared.toLowerCase();
    }
    const known = ormTypes[foreignBase?.name.replace(/<[\s\S]*$/, '') ?? ''];
    if (known !== undefined) return known;
  }
  return 'unknown';
}

function named(name: string, { options }: Property, settings: Settings): PropertyType {
  const { dialect } = settings;
  const length = numberOf(options, 'length');
  const simple = name.endsWith('[]') || /^array$/i.test(name) ? 'array' : name.toLowerCase();
  const pg = dialect === 'postgresql' || dialect === 'cockroachdb';
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  const lite = dialect === 'sqlite';
  const unsigned = mysql && options.get('unsigned') === true ? ' unsigned' : '';
  const one = (rawType: string, sizes: Partial<TypeShape> = {}): PropertyType => ({
    ...shape(rawType, dialect, sizes),
    array: false,
  });
  if (dialect === 'mongodb') return mongoType(simple, dialect);
  switch (simple) {
    case 'string':
    case 'varchar':
    case 'any':
    case 'unknown':
    case 'symbol':
      return lite ? one('text') : one('varchar', { length: length === -1 ? null : (length ?? 255) });
    case 'character':
    case 'char':
      return lite ? one('text') : one('char', { length: length ?? 1 });
    case 'text':
      return one('text');
    case 'number':
    case 'int':
    case 'integer':
      return one((lite ? 'integer' : 'int') + unsigned);
    case 'smallint':
    case 'int2':
      return one(lite ? 'integer' : `smallint${unsigned}`);
    case 'tinyint':
      return one(lite ? 'integer' : pg ? 'smallint' : `tinyint${unsigned}`);
    case 'mediumint':
      return one(pg ? 'int' : `mediumint${unsigned}`);
    case 'bigint':
    case 'int8':
      return one(lite ? 'bigint' : `bigint${unsigned}`);
    case 'boolean':
    case 'bool':
      if (lite) return one('integer');
      return mysql ? one('tinyint', { length: 1, type: 'boolean' }) : one('boolean');
    case 'float':
      // SQLite's REAL has eight bytes.
      return lite ? one('real', { type: 'float64' }) : one(pg ? 'real' : 'float');
    case 'double':
      return one(pg ? 'double precision' : 'double');
    case 'decimal':
    case 'numeric':
      return one('numeric', {
        precision: numberOf(options, 'precision') ?? 10,
        scale: numberOf(options, 'scale') ?? 0,
      });
    case 'date':
      return one(name === 'Date' ? dateTime(dialect) : 'date', name === 'Date' ? timeLength(length, settings) : {});
    case 'datetime':
    case 'timestamp':
    case 'timestamptz':
      return one(dateTime(dialect), timeLength(length, settings));
    case 'time':
      return one('time', { precision: pg ? 0 : length });
    case 'interval':
      return one(pg ? 'interval' : 'text');
    case 'uuid':
      if (lite) return one('text');
      return pg ? one('uuid') : one('varchar', { length: 36 });
    case 'json':
    case 'jsonb':
    case 'object':
      return one(pg ? 'jsonb' : 'json');
    case 'blob':
    case 'buffer':
    case 'uint8array':
      return one(pg ? 'bytea' : 'blob');
    case 'array':
    case 'enumarray':
      return pg ? { ...shape('text', dialect), array: true } : one('text');
    case 'enum':
      return { ...enumType(true, null, dialect), array: false };
    default:
      // A name that MikroORM does not know is taken for the engine's.
      return { ...shapeOfText(name, dialect), length, array: false };
  }
}

function dateTime(dialect: Dialect): string {
  return dialect === 'postgresql' || dialect === 'cockroachdb' ? 'timestamptz' : 'datetime';
}

/** Before version 7 no fraction of a second was kept unless it was asked for; now PostgreSQL decides. */
function timeLength(length: number | null, { dialect, major }: Settings): Partial<TypeShape> {
  if (dialect === 'sqlite') return {};
  return { precision: length ?? (major < 7 ? 0 : dialect === 'postgresql' ? 6 : null) };
}

function mongoType(name: string, dialect: Dialect): PropertyType {
  const classes: Readonly<Record<string, TypeShape['type']>> = {
    string: 'string',
    text: 'string',
    number: 'float64',
    integer: 'int32',
    int: 'int32',
    bigint: 'int64',
    boolean: 'boolean',
    date: 'datetime',
    datetime: 'datetime',
    objectid: 'object-id',
    array: 'array',
    json: 'object',
    object: 'object',
    buffer: 'binary',
    blob: 'binary',
    uuid: 'uuid',
  };
  const array = name === 'array';
  return { ...shape(name, dialect), type: classes[name] ?? 'unknown', array };
}
