/** All schemas of a project, each once however many names it has, with what is added to them after they are made. */
import type { SourceRange } from '../../schema/source.ts';
import type { Fragment } from '../reader.ts';
import { scopesOf } from '../shared/typescript/callSites.ts';
import type { CallSite } from '../shared/typescript/callSites.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isCall, isClass, isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { ClassNode, ObjectResult, Result, Scope } from '../shared/typescript/results.ts';
import { classDefinition } from './classes.ts';
import { addDefinition } from './fields.ts';
import type { SchemaWorld } from './fields.ts';
import type { Mappings, Report, Schema } from './model.ts';
import { lastName, optionsOf, textOf } from './values.ts';

export interface Schemas {
  /** Null where the value is no schema. @param at where it is used, for a schema that no variable holds */
  of(value: Result, at?: SourceRange): Schema | null;
  ofClass(node: ClassNode): Schema | null;
  /** Result of an expression where it stands. */
  evaluate(call: CallSite, index: number, file: string): Result;
  scope(call: CallSite, file: string): Scope;
  readonly evaluator: Evaluator;
}

export function collectSchemas(
  fragments: readonly Fragment<Mappings>[],
  evaluator: Evaluator,
  report: Report,
): Schemas {
  const byCall = new Map<Result, Schema>();
  const byClass = new Map<ClassNode, Schema | null>();
  const places = new Map<Result, SourceRange>();
  const scopes = new Map(
    fragments.map(({ file, mappings }) => [file, scopesOf(file, mappings.scopes, evaluator)] as const),
  );
  const nowhere = fragments[0]?.mappings.declarations.classes[0]?.at ?? {
    file: fragments[0]?.file ?? '',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  };
  const scope = (call: CallSite, file: string): Scope =>
    scopes.get(file)?.(call.scope) ?? { file, names: null, outer: null };

  const world: SchemaWorld = {
    schemaOf: (value) => of(value),
    implicit(definition, at, parent) {
      const schema = make(definition, undefined, at);
      // Objects in arrays take this option from the schema around them.
      if (parent.options.get('_id') === false) schema.options.set('_id', false);
      return schema;
    },
    unread(path, at) {
      report({
        code: 'unresolved-option',
        message: `The type of ${path} cannot be read without running the code. State it as String, Schema.Types.…, or a schema.`,
        severity: 'information',
        at,
      });
    },
    call: (value) => (isFunction(value) ? evaluator.call(value, []) : value),
  };

  function make(definition: Result, options: Result, at: SourceRange, node: ClassNode | null = null): Schema {
    const schema: Schema = {
      fields: new Map(),
      options: new Map(optionsOf(options)),
      indexes: [],
      virtuals: [],
      class: node,
      at,
    };
    if (isObject(definition)) addDefinition(definition, schema, at, world);
    else if (definition !== undefined) {
      const other = of(definition);
      if (other) absorb(schema, other);
    }
    return schema;
  }

  function ofClass(node: ClassNode): Schema | null {
    const known = byClass.get(node);
    if (known !== undefined) return known;
    const stated = classDefinition(node, evaluator);
    if (!stated) {
      byClass.set(node, null);
      return null;
    }
    // Before its fields are read: a class may refer to itself.
    const schema = make(undefined, stated.options, stated.at, node);
    byClass.set(node, schema);
    addDefinition(stated.definition, schema, stated.at, world);
    for (const index of stated.indexes) schema.indexes.push(index);
    return schema;
  }

  function of(value: Result, used: SourceRange = nowhere): Schema | null {
    if (isClass(value)) return ofClass(value);
    if (!isCall(value)) return null;
    const known = byCall.get(value);
    if (known) return known;
    const name = lastName(value.name);
    const [first, second] = value.arguments;
    if (value.on && chained.has(name)) {
      const schema = of(value.on, used);
      if (schema) {
        byCall.set(value, schema);
        change(schema, name, value.arguments, schema.at, schemas, world);
      }
      return schema;
    }
    if (name === 'createForClass' || name === 'buildSchema') {
      const schema = isClass(first) ? ofClass(first) : null;
      if (schema) byCall.set(value, schema);
      return schema;
    }
    if (name === 'clone' || name === 'discriminator') return null;
    if (!name.endsWith('Schema') || name === 'model') return null;
    const at = places.get(value) ?? used;
    const schema: Schema = { ...make(undefined, second, at) };
    // Before its definition is read: a schema may hold itself.
    byCall.set(value, schema);
    if (isObject(first)) addDefinition(first, schema, at, world);
    else if (first !== undefined) {
      const other = of(first);
      if (other) absorb(schema, other);
      else
        report({
          code: 'unresolved-entity',
          message: `The definition of ${value.text.slice(0, 60).split('\n')[0] ?? 'a schema'} cannot be read without running the code, so its paths are missing.`,
          severity: 'information',
          at,
        });
    }
    return schema;
  }

  // Where each schema stands is known by its variable alone.
  for (const { file, mappings } of fragments)
    for (const call of mappings.calls) {
      if (!call.construct && !/^(?:createForClass|buildSchema|Schema)$/.test(call.method)) continue;
      if (call.assigned === null) continue;
      const value = evaluator.evaluate({ is: 'name', name: call.assigned }, scope(call, file));
      if (isCall(value) && !places.has(value)) places.set(value, call.at);
    }
  const schemas: Schemas = {
    of,
    ofClass,
    evaluator,
    scope,
    evaluate(call, index, file) {
      const value = call.arguments[index];
      return value ? evaluator.evaluate(value, scope(call, file)) : undefined;
    },
  };
  for (const { file, mappings } of fragments)
    for (const call of mappings.calls) applyCall(call, file, schemas, world, scope(call, file));
  return schemas;
}

/** `schema.add(other)`: its paths, indexes and virtuals. */
function absorb(schema: Schema, other: Schema): void {
  for (const [path, field] of other.fields) if (!schema.fields.has(path)) schema.fields.set(path, field);
  schema.indexes.push(...other.indexes);
  schema.virtuals.push(...other.virtuals);
  for (const [key, value] of other.options) if (!schema.options.has(key)) schema.options.set(key, value);
}

/** What is called on a schema that a variable holds. */
function applyCall(call: CallSite, file: string, schemas: Schemas, world: SchemaWorld, scope: Scope): void {
  if (call.construct || call.receiver === '' || !methods.has(call.method)) return;
  const receiver = schemas.evaluator.evaluate({ is: 'name', name: call.receiver }, scope);
  const schema = isCall(receiver) ? schemas.of(receiver) : null;
  if (!schema) return;
  const given = call.arguments.map((_, index) => schemas.evaluate(call, index, file));
  change(schema, call.method, given, call.at, schemas, world);
}

function change(
  schema: Schema,
  method: string,
  given: readonly Result[],
  at: SourceRange,
  schemas: Pick<Schemas, 'of'>,
  world: SchemaWorld,
): void {
  const [first, second] = given;
  switch (method) {
    case 'index':
      schema.indexes.push({ fields: first, options: optionsOf(second), at });
      return;
    case 'add': {
      const other = isObject(first) ? null : schemas.of(first);
      if (isObject(first)) addDefinition(first, schema, at, world, typeof second === 'string' ? second : '');
      else if (other) absorb(schema, other);
      return;
    }
    case 'virtual': {
      const name = textOf(first);
      if (name !== null) schema.virtuals.push({ name, options: optionsOf(second), at });
      return;
    }
    case 'set': {
      const name = textOf(first);
      if (name !== null && given.length === 2) schema.options.set(name, second);
      return;
    }
    case 'path': {
      const name = textOf(first);
      if (name !== null && second !== undefined) addDefinition(single(name, second), schema, at, world);
      return;
    }
    case 'remove':
      for (const name of isList(first) ? first : [first]) if (typeof name === 'string') schema.fields.delete(name);
  }
}

const methods = new Set(['index', 'add', 'virtual', 'set', 'path', 'remove']);
/** Methods that give the schema itself (Mongoose 9, `lib/schema.js`): `new Schema({ … }).index({ … })`. */
const chained = new Set(['add', 'index', 'loadClass', 'method', 'plugin', 'post', 'pre', 'remove', 'set', 'static']);

function single(name: string, value: Result): ObjectResult {
  return { is: 'object', entries: new Map([[name, value]]), positions: new Map(), missing: null };
}
