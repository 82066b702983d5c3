/** Classes with decorators, `defineEntity(…)` and `new EntitySchema(…)` → entities. */
import type { SourceRange } from '../../schema/source.ts';
import type { Member, TypeShape, Value } from '../shared/typescript/declarations.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isCall, isClass, isFunction, isList, isMember, isMethod, isObject } from '../shared/typescript/results.ts';
import type { ClassNode, ObjectResult, Result } from '../shared/typescript/results.ts';
import type { Entity, IndexDeclaration, MikroOrmMappings, Options, Property, PropertyKind } from './model.ts';

export interface DeclaredFile {
  readonly file: string;
  readonly mappings: MikroOrmMappings;
}

const memberDecorators: ReadonlyMap<string, PropertyKind> = new Map([
  ['PrimaryKey', 'scalar'],
  ['SerializedPrimaryKey', 'scalar'],
  ['Property', 'scalar'],
  ['Enum', 'scalar'],
  ['Formula', 'scalar'],
  ['ManyToOne', 'm:1'],
  ['OneToOne', '1:1'],
  ['OneToMany', '1:m'],
  ['ManyToMany', 'm:n'],
  ['Embedded', 'embedded'],
]);

const classDecorators = new Set(['Entity', 'Embeddable', 'Index', 'Unique', 'Check']);

export interface Entities {
  readonly all: readonly Entity[];
  /** What an expression means: a class, a schema, or the name of one. */
  of(result: Result): Entity | null;
  named(name: string): Entity | null;
}

/** Every entity of the files, and the classes that hand properties down to them. */
export function collectEntities(files: readonly DeclaredFile[], evaluator: Evaluator): Entities {
  const byClass = new Map<ClassNode, Entity | null>();
  const byResult = new Map<Result, Entity>();
  const byName = new Map<string, Entity>();
  const all: Entity[] = [];
  const own = new Map(files.map(({ file, mappings }) => [file, mappings]));

  function ofClass(node: ClassNode): Entity | null {
    const known = byClass.get(node);
    if (known !== undefined) return known;
    byClass.set(node, null);
    const mappings = own.get(node.file);
    const entity = mappings ? classEntity(node, mappings, evaluator, baseOf(node)) : null;
    byClass.set(node, entity);
    if (entity) add(entity);
    return entity;
  }

  function baseOf(node: ClassNode): Entity | null {
    for (let above = node.base; above; above = above.base) {
      const base = ofClass(above);
      if (base) return base;
    }
    // `class Author extends AuthorSchema.class`: the schema is the entity.
    return null;
  }

  function add(entity: Entity): void {
    all.push(entity);
    if (!byName.has(entity.name) || entity.role === 'entity') byName.set(entity.name, entity);
  }

  function of(result: Result, depth = 0): Entity | null {
    if (depth > 4) return null;
    if (typeof result === 'string') return byName.get(result) ?? null;
    if (isClass(result)) return ofClass(result) ?? byName.get(result.name) ?? null;
    if (isFunction(result)) return of(evaluator.call(result, []), depth + 1);
    if (isList(result)) return of(result[0], depth + 1);
    // `AuthorSchema.class`
    if (isMember(result) && result.name === 'class') return of(result.object, depth + 1);
    return byResult.get(result) ?? null;
  }

  const schemas: {
    readonly result: Result;
    readonly options: ObjectResult;
    readonly file: string;
    readonly at: SourceRange;
  }[] = [];
  for (const { file, mappings } of files) {
    if (!mappings.entities) continue;
    for (const [constant, value] of mappings.declarations.values) {
      if (value.is !== 'call') continue;
      const result = evaluator.evaluate({ is: 'name', name: constant }, { file, names: null, outer: null });
      const options = schemaOptions(result);
      const at = mappings.places[constant];
      if (options && at) schemas.push({ result, options, file, at });
    }
  }
  const bySchema = new Map(schemas.map((each) => [each.result, each]));
  const building = new Set<Result>();
  const build = (each: (typeof schemas)[number]): Entity | null => {
    const known = byResult.get(each.result);
    if (known || building.has(each.result)) return known ?? null;
    building.add(each.result);
    const given = each.options.entries.get('extends');
    const schema = bySchema.get(given);
    const base = schema ? build(schema) : isClass(given) ? ofClass(given) : null;
    const entity = schemaEntity(each, evaluator, base);
    byResult.set(each.result, entity);
    add(entity);
    return entity;
  };
  for (const each of schemas) build(each);
  for (const { file, mappings } of files) {
    if (!mappings.entities) continue;
    for (const declaration of mappings.declarations.classes) ofClass(evaluator.classOf(file, declaration));
  }
  // Parents that are named by text are known when all are.
  const linked = all.map((entity) => {
    const named = entity.base === null ? entity.options.get('extends') : undefined;
    return typeof named === 'string' ? { entity, base: byName.get(named) ?? null } : { entity, base: entity.base };
  });
  for (const { entity, base } of linked) (entity as { base: Entity | null }).base = base === entity ? null : base;
  return { all, of: (result) => of(result), named: (name) => byName.get(name) ?? null };
}

function schemaOptions(result: Result): ObjectResult | null {
  let current = result;
  while (isMethod(current)) current = current.object;
  if (!isCall(current) || (current.name !== 'defineEntity' && current.name !== 'EntitySchema')) return null;
  // TypeORM has an EntitySchema too.
  if (current.module !== null && !/^@?mikro-orm/.test(current.module)) return null;
  const [options] = current.arguments;
  return isObject(options) && (options.entries.has('properties') || current.module !== null) ? options : null;
}

function schemaEntity(
  { options, file, at }: { readonly options: ObjectResult; readonly file: string; readonly at: SourceRange },
  evaluator: Evaluator,
  base: Entity | null,
): Entity {
  const { entries } = options;
  const given = entries.get('properties');
  const builders: Result = { is: 'external', module: '@mikro-orm/core', name: 'p' };
  const listed = isFunction(given) ? evaluator.call(given, [builders]) : given;
  const properties = new Map<string, Property>();
  if (isObject(listed))
    for (const [name, value] of listed.entries) {
      const made = isFunction(value) ? evaluator.call(value, []) : value;
      const property = schemaProperty(name, made, listed.positions.get(name) ?? at);
      if (property) properties.set(name, property);
    }
  const target = entries.get('class');
  const stated = entries.get('name');
  const listOf = (key: string): readonly Result[] => {
    const value = entries.get(key);
    return isList(value) ? value : [];
  };
  return {
    name: typeof stated === 'string' ? stated : isClass(target) ? target.name : '',
    file,
    at,
    class: null,
    role: entries.get('embeddable') === true ? 'embeddable' : entries.get('abstract') === true ? 'base' : 'entity',
    options: entries,
    properties,
    indexes: [
      ...listOf('indexes').flatMap((each) => indexOf(each, false, null, at)),
      ...listOf('uniques').flatMap((each) => indexOf(each, true, null, at)),
    ],
    checks: [],
    base,
  };
}

const schemaKinds: Readonly<Record<string, PropertyKind>> = {
  embedded: 'embedded',
  manyToMany: 'm:n',
  manyToOne: 'm:1',
  oneToMany: '1:m',
  oneToOne: '1:1',
};
const kinds = new Set<Result>(['scalar', 'm:1', '1:1', '1:m', 'm:n', 'embedded']);

/** `p.string().length(20)`, `{ type: 'string', length: 20 }`, `{ kind: 'm:1', entity: () => Author }`. */
function schemaProperty(name: string, value: Result, at: SourceRange): Property | null {
  const common = {
    name,
    optional: false,
    type: null,
    initial: undefined,
    made: null,
    computed: false,
    scope: null,
    at,
  };
  if (isObject(value)) {
    const kind = value.entries.get('kind') ?? value.entries.get('reference') ?? 'scalar';
    return {
      ...common,
      kind: (kinds.has(kind) ? kind : 'scalar') as PropertyKind,
      options: withFieldName(value.entries),
    };
  }
  const calls: { readonly name: string; readonly arguments: readonly Result[] }[] = [];
  let current: Result = value;
  while (isMethod(current)) {
    calls.unshift(current);
    current = current.object;
  }
  const [maker, ...rest] = calls;
  if (!maker) return null;
  const options = new Map<string, Result>();
  const kind = schemaKinds[maker.name] ?? 'scalar';
  const [first] = maker.arguments;
  if (kind !== 'scalar') options.set('entity', first);
  else if (maker.name === 'enum') {
    options.set('enum', true);
    options.set('items', first);
  } else if (maker.name === 'type') options.set('type', first);
  else if (maker.name === 'formula') options.set('formula', true);
  else {
    options.set('type', maker.name);
    if (typeof first === 'number') options.set('length', first);
  }
  for (const call of rest) {
    const several = /^(?:fieldNames|columnTypes|joinColumns|inverseJoinColumns|cascade|referencedColumnNames)$/.test(
      call.name,
    );
    options.set(call.name, several ? call.arguments : call.arguments.length === 0 ? true : call.arguments[0]);
  }
  return { ...common, kind, options: withFieldName(options) };
}

/** `name` is the column's, in decorators and schemas alike. */
function withFieldName(options: Options): Options {
  const named = options.get('name');
  return typeof named === 'string' && !options.has('fieldName') ? new Map([...options, ['fieldName', named]]) : options;
}

function classEntity(
  node: ClassNode,
  mappings: MikroOrmMappings,
  evaluator: Evaluator,
  base: Entity | null,
): Entity | null {
  const { declaration, file, scope } = node;
  const isOurs = (name: string): boolean => ofMikroOrm(name, file, mappings, evaluator);
  const decorators = declaration.decorators.flatMap((each) => {
    const name = plainName(each.name);
    return classDecorators.has(name) && isOurs(each.name) ? [{ ...each, name }] : [];
  });
  const properties = new Map<string, Property>();
  const indexes: IndexDeclaration[] = [];
  const checks: { name: string | null; expression: string; at: SourceRange }[] = [];
  const evaluate = (value: Value): Result => evaluator.evaluate(value, scope);
  for (const member of declaration.members) {
    if (member.static) continue;
    for (const decorator of member.decorators) {
      const name = plainName(decorator.name);
      if (!isOurs(decorator.name)) continue;
      const args = (decorator.arguments ?? []).map(evaluate);
      const kind = memberDecorators.get(name);
      if (kind) properties.set(member.name, classProperty(member, name, kind, args, node, evaluator));
      else if (name === 'Index' || name === 'Unique')
        indexes.push(...indexOf(args[0] ?? emptyObject, name === 'Unique', member.name, member.at));
    }
  }
  for (const decorator of decorators) {
    const [first] = (decorator.arguments ?? []).map(evaluate);
    if (decorator.name === 'Index' || decorator.name === 'Unique')
      indexes.push(...indexOf(first, decorator.name === 'Unique', null, decorator.at));
    if (decorator.name === 'Check' && isObject(first)) checks.push(checkOf(first, decorator.at));
  }
  const entity = decorators.find(({ name }) => name === 'Entity');
  const embeddable = decorators.find(({ name }) => name === 'Embeddable');
  if (!entity && !embeddable && properties.size === 0) return null;
  const [given] = (entity ?? embeddable)?.arguments?.map(evaluate) ?? [];
  const options: Options = isObject(given) ? given.entries : new Map();
  return {
    name: declaration.name,
    file,
    at: declaration.at,
    class: node,
    role: embeddable ? 'embeddable' : entity && options.get('abstract') !== true ? 'entity' : 'base',
    options,
    properties,
    indexes,
    checks,
    base,
  };
}

const emptyObject: ObjectResult = { is: 'object', entries: new Map(), positions: new Map(), missing: null };

function plainName(name: string): string {
  return name.replace(/^.*\./, '');
}

/** TypeORM and others have decorators of the same names: the import tells whose it is. */
function ofMikroOrm(name: string, file: string, { declarations }: MikroOrmMappings, evaluator: Evaluator): boolean {
  const head = name.split('.')[0] ?? name;
  const imported = declarations.imports.find(({ local }) => local === head);
  if (imported && /^@?mikro-orm/.test(imported.module)) return true;
  const declared = evaluator.graph.lookup(file, name, 'value');
  return declared?.is === 'external' && /^@?mikro-orm/.test(declared.module);
}

function classProperty(
  member: Member,
  decorator: string,
  kind: PropertyKind,
  args: readonly Result[],
  node: ClassNode,
  evaluator: Evaluator,
): Property {
  const options = new Map<string, Result>();
  const [first, second, third] = args;
  const merge = (result: Result): void => {
    if (isObject(result)) for (const [key, value] of result.entries) options.set(key, value);
  };
  if (decorator === 'Enum') {
    options.set('enum', true);
    if (isFunction(first)) options.set('items', first);
  }
  if (decorator === 'PrimaryKey') options.set('primary', true);
  if (decorator === 'SerializedPrimaryKey') options.set('persist', false);
  if (decorator === 'Formula') options.set('formula', true);
  if (kind !== 'scalar' && !isObject(first) && first !== undefined) options.set('entity', first);
  if (kind !== 'scalar' && (typeof second === 'string' || isFunction(second))) options.set('mappedBy', second);
  merge(first);
  merge(second);
  merge(third);
  const initial = member.value ? evaluator.evaluate(member.value, node.scope) : undefined;
  return {
    name: member.name,
    kind,
    options: withFieldName(options),
    optional: member.optional,
    type: member.type ?? collectionMade(member.value),
    initial,
    made: isCall(initial) ? initial.name : madeBy(member.value),
    computed: member.kind !== 'property',
    scope: node.scope,
    at: member.at,
  };
}

/** `new Collection<Article>(this)` of a property without a type: ts-morph, which reads types for MikroORM, infers it. */
function collectionMade(value: Value | null): TypeShape | null {
  const element =
    value?.is === 'call' && value.construct ? /^new\s+Collection\s*<\s*(\w+)/.exec(value.text)?.[1] : null;
  return element == null
    ? null
    : { is: 'reference', name: 'Collection', arguments: [{ is: 'reference', name: element, arguments: [] }] };
}

/** `new Date()`, `Date.now()`, `v4()`. */
function madeBy(value: Value | null): string | null {
  if (value?.is !== 'call' || value.callee.is !== 'name') return null;
  return value.construct ? value.callee.name : null;
}

function checkOf(
  { entries }: ObjectResult,
  at: SourceRange,
): { name: string | null; expression: string; at: SourceRange } {
  const [name, expression] = [entries.get('name'), entries.get('expression')];
  return {
    name: typeof name === 'string' ? name : null,
    expression: typeof expression === 'string' ? expression : isFunction(expression) ? expression.value.text : '',
    at,
  };
}

function indexOf(
  given: Result,
  unique: boolean,
  property: string | null,
  at: SourceRange,
): readonly IndexDeclaration[] {
  const options: Options = isObject(given) ? given.entries : new Map();
  const listed = options.get('properties');
  const names = isList(listed) ? listed : listed === undefined ? [] : [listed];
  const properties = names.filter((name) => typeof name === 'string');
  return [{ properties: properties.length === 0 && property !== null ? [property] : properties, options, unique, at }];
}
