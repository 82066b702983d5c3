/** Schemas that classes state: `@nestjs/mongoose` (`@Schema`, `@Prop`) and Typegoose (`@prop`, `@modelOptions`, `@index`). */
import type { SourceRange } from '../../schema/source.ts';
import type { Decorator, Member } from '../shared/typescript/declarations.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { reflectType } from '../shared/typescript/reflectType.ts';
import { isCall, isClass, isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { ClassNode, ObjectResult, Result } from '../shared/typescript/results.ts';
import type { DeclaredIndex } from './model.ts';
import { foreignPath, lastName, optionsOf } from './values.ts';

export interface ClassDefinition {
  readonly definition: ObjectResult;
  readonly options: ObjectResult;
  readonly indexes: readonly DeclaredIndex[];
  readonly at: SourceRange;
}

const modules = /^(?:@nestjs\/mongoose|@typegoose\/typegoose|@m8a\/nestjs-typegoose|typegoose)(?:\/|$)/;

function ownName({ name }: Decorator, file: string, evaluator: Evaluator): string | null {
  const declared = evaluator.graph.lookup(file, name, 'value');
  if (declared?.is === 'external') return modules.test(declared.module) ? declared.name : null;
  return null;
}

function* basesOf(node: ClassNode): Generator<ClassNode> {
  for (let at: ClassNode | null = node, depth = 0; at && depth < 20; at = at.base, depth++) yield at;
}

/** Null where no decorator of either library is on it. */
export function classDefinition(node: ClassNode, evaluator: Evaluator): ClassDefinition | null {
  const entries = new Map<string, Result>();
  const positions = new Map<string, SourceRange>();
  const options = new Map<string, Result>();
  const indexes: DeclaredIndex[] = [];
  let found = false;
  let isNest = false;
  let isSchema = false;
  for (const owner of [...basesOf(node)].reverse()) {
    const { declaration, file, scope } = owner;
    // Typegoose's own base class.
    if (owner.foreignBase && /(?:^|\.)TimeStamps$/.test(owner.foreignBase.name))
      for (const name of ['createdAt', 'updatedAt']) entries.set(name, { is: 'builtin', name: 'Date' });
    for (const decorator of declaration.decorators) {
      const name = ownName(decorator, file, evaluator);
      if (name === null) continue;
      const given = (decorator.arguments ?? []).map((each) => evaluator.evaluate(each, scope));
      const [first, second] = given;
      if (name === 'Schema') {
        found = isSchema = true;
        for (const [key, value] of optionsOf(first)) options.set(key, value);
      } else if (name === 'modelOptions') {
        found = true;
        for (const [key, value] of optionsOf(optionsOf(first).get('schemaOptions'))) options.set(key, value);
        for (const [key, value] of optionsOf(optionsOf(first).get('options'))) options.set(`typegoose.${key}`, value);
      } else if (name === 'index') {
        found = true;
        indexes.unshift({ fields: first, options: optionsOf(second), at: decorator.at });
      }
    }
    for (const member of declaration.members) {
      const decorator = member.decorators.find((each) =>
        /^(?:Prop|prop|arrayProp|mapProp)$/.test(ownName(each, file, evaluator) ?? ''),
      );
      if (!decorator) continue;
      found = true;
      isNest ||= lastName(decorator.name) === 'Prop';
      entries.set(member.name, propertyOf(member, decorator, owner, evaluator));
      positions.set(member.name, member.at);
    }
  }
  // Without `@Schema` Nest knows nothing of the class.
  if (!found || (isNest && !isSchema)) return null;
  const object = (given: Map<string, Result>): ObjectResult => ({
    is: 'object',
    entries: given,
    positions,
    missing: null,
  });
  return { definition: object(entries), options: object(options), indexes, at: node.declaration.at };
}

/** The definition of one property, its type inferred where it is not stated. */
function propertyOf(member: Member, decorator: Decorator, owner: ClassNode, evaluator: Evaluator): Result {
  const [first, second] = (decorator.arguments ?? []).map((each) => evaluator.evaluate(each, owner.scope));
  const given = isCall(first) && lastName(first.name) === 'raw' ? first.arguments[0] : first;
  const isRaw = given !== first;
  if (isRaw || isList(given)) return given;
  // `@Prop(String)`
  if (given !== undefined && !isObject(given)) return given;
  const options = new Map(isObject(given) ? given.entries : []);
  for (const [key, value] of optionsOf(second)) options.set(key, value);
  const inferred = designType(member, owner, evaluator);
  let type = options.get('type') ?? options.get('items') ?? options.get('itemsType');
  // Typegoose takes functions: `type: () => [Item]`.
  if (isFunction(type)) type = evaluator.call(type, []);
  if (type === undefined) {
    const ref = options.get('ref');
    // `Ref<User>` is an id by default.
    const isNest = lastName(decorator.name) === 'Prop';
    type = ref === undefined || (isNest && inferred !== null) ? (inferred ?? 'Mixed') : 'ObjectId';
  }
  const isArray = reflectType(member.type, owner.file, evaluator) === 'Array';
  if (
    isArray &&
    !isList(type) &&
    type !== 'Array' &&
    decorator.name.toLowerCase().endsWith('prop') &&
    decorator.name !== 'Prop'
  )
    type = [type];
  if (isArray && options.get('ref') !== undefined && !isList(type)) type = [type];
  options.delete('items');
  options.delete('itemsType');
  options.set('type', type);
  return { is: 'object', entries: options, positions: new Map(), missing: null };
}

const constructors = new Set(['String', 'Number', 'Boolean', 'Date', 'Buffer', 'BigInt', 'Map']);

/** What `design:type` is for Mongoose: a constructor, a class with a schema of its own, or nothing. */
function designType(member: Member, owner: ClassNode, evaluator: Evaluator): Result | null {
  const name = reflectType(member.type, owner.file, evaluator);
  if (name === null || name === 'Object') return null;
  if (constructors.has(name)) return { is: 'builtin', name };
  if (name === 'Array') return 'Array';
  const target = evaluator.evaluate({ is: 'name', name: typeName(member) ?? name }, owner.scope);
  if (isClass(target)) return target;
  const path = foreignPath(target);
  return path === null ? null : lastName(path);
}

function typeName({ type }: Member): string | null {
  if (type?.is === 'reference') return type.name;
  const only = type?.is === 'union' ? type.types.find((each) => each.is === 'reference') : undefined;
  return only?.is === 'reference' ? only.name : null;
}
