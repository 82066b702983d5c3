/** Definitions of schemas → paths: what `Schema.prototype.add` and `interpretAsType` make of them (`lib/schema.js` of Mongoose 9.7). */
import type { SourceRange } from '../../schema/source.ts';
import { isClass, isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { ObjectResult, Result } from '../shared/typescript/results.ts';
import type { Field, FieldType, Schema } from './model.ts';
import { foreignPath, lastName, noOptions, optionsOf } from './values.ts';

/** Schemas that are met on the way: calls, classes and objects within a type. */
export interface SchemaWorld {
  /** Null where the value is no schema. */
  schemaOf(value: Result): Schema | null;
  /** The schema that stands for an object in the place of a type. */
  implicit(definition: ObjectResult, at: SourceRange, parent: Schema): Schema;
  unread(path: string, at: SourceRange): void;
  /** Result of a function that gives a type: `type: () => [Item]`. */
  call(value: Result): Result;
}

/** Schema types by the names people write, lower case; Mongoose takes both `Oid` and `ObjectId`. */
const typeNames: Readonly<Record<string, string>> = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  bool: 'Boolean',
  date: 'Date',
  buffer: 'Buffer',
  objectid: 'ObjectId',
  oid: 'ObjectId',
  mixed: 'Mixed',
  object: 'Mixed',
  decimal128: 'Decimal128',
  map: 'Map',
  uuid: 'UUID',
  bigint: 'BigInt',
  double: 'Double',
  int32: 'Int32',
  array: 'Array',
  documentarray: 'Array',
  union: 'Mixed',
};

/** Names that are set by Mongoose itself and never paths. */
const special = new Set(['__proto__', 'constructor', 'prototype']);
const maxDepth = 12;

export function addDefinition(
  definition: ObjectResult,
  schema: Schema,
  at: SourceRange,
  world: SchemaWorld,
  prefix = '',
  depth = 0,
): void {
  if (definition.missing !== null) world.unread(`${prefix}…${definition.missing}`, at);
  for (const [key, value] of definition.entries) {
    if (special.has(key) || value === undefined || value === null) continue;
    const path = prefix + key;
    const place = definition.positions.get(key) ?? at;
    if (key === '_id' && value === false) {
      if (prefix === '') schema.options.set('_id', false);
      continue;
    }
    if (isObject(value) && value.entries.size > 0 && isNested(value) && depth < maxDepth)
      addDefinition(value, schema, place, world, `${path}.`, depth + 1);
    else setField(path, value, place, schema, world, depth);
  }
}

/** An object without a type is a tree of paths; `{ type: { type: String } }` has a path of that name. */
function isNested({ entries }: ObjectResult): boolean {
  const type = entries.get('type');
  return type === undefined || type === null || (isObject(type) && type.entries.get('type') !== undefined);
}

function setField(
  path: string,
  value: Result,
  at: SourceRange,
  schema: Schema,
  world: SchemaWorld,
  depth: number,
): void {
  const options = isObject(value) ? value.entries : noOptions;
  const stated = isObject(value) ? (value.entries.size === 0 ? 'Mixed' : value.entries.get('type')) : value;
  const type = typeOf(stated, at, schema, world, depth);
  if (!type) world.unread(path, at);
  schema.fields.set(path, { path, type: type ?? plain('unknown'), options, at } satisfies Field);
}

function plain(name: string): FieldType {
  return { name, depth: 0, schema: null, element: noOptions };
}

/** Null where the type cannot be made out. */
export function typeOf(
  value: Result,
  at: SourceRange,
  parent: Schema,
  world: SchemaWorld,
  depth = 0,
): FieldType | null {
  if (depth > maxDepth) return plain('Mixed');
  if (isList(value)) return arrayOf(value[0], at, parent, world, depth);
  if (typeof value === 'string') return named(value);
  if (value === undefined || value === null) return plain('Mixed');
  const schema = world.schemaOf(value);
  if (schema) return { ...plain('Embedded'), schema };
  if (isObject(value)) {
    if (value.entries.size === 0) return plain('Mixed');
    return { ...plain('Embedded'), schema: world.implicit(value, at, parent) };
  }
  if (isFunction(value)) {
    const result = world.call(value);
    return isFunction(result) ? null : typeOf(result, at, parent, world, depth + 1);
  }
  const path = foreignPath(value);
  const found = path === null ? null : named(lastName(path));
  if (found) return found;
  // A class without a schema is an object of any shape.
  return isClass(value) ? plain('Mixed') : null;
}

function named(name: string): FieldType | null {
  const type = typeNames[name.toLowerCase()];
  if (type === undefined) return null;
  return type === 'Array' ? { ...plain('Mixed'), depth: 1 } : plain(type);
}

function arrayOf(element: Result, at: SourceRange, parent: Schema, world: SchemaWorld, depth: number): FieldType {
  const wrapped = (type: FieldType | null, stated = type?.element ?? noOptions): FieldType => ({
    ...(type ?? plain('Mixed')),
    depth: (type?.depth ?? 0) + 1,
    element: stated,
  });
  if (!isObject(element))
    return wrapped(element === undefined ? plain('Mixed') : typeOf(element, at, parent, world, depth + 1));
  const type = element.entries.get('type');
  const isOptions = type !== undefined && !(isObject(type) && type.entries.get('type') !== undefined);
  if (!isOptions) return wrapped(typeOf(element, at, parent, world, depth + 1));
  return wrapped(typeOf(type, at, parent, world, depth + 1), optionsOf(element));
}
