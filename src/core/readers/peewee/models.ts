/** Models of Peewee, what they inherit, and how they refer to each other. */
import type { Dialect } from '../../schema/model.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyClass, PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isClass, isFunction, rangeOf } from '../shared/python/values.ts';
import { fieldOf, flag, isAuto, textOption } from './fields.ts';
import type { Field } from './fields.ts';

export interface Model {
  readonly cls: PyClass;
  readonly name: string;
  readonly table: string;
  readonly namespace: string | null;
  /** Before names of indexes. */
  readonly prefix: string;
  /** Those of other models first. The key that Peewee adds is among them. */
  readonly fields: readonly Field[];
  /** Names of fields; [] = the model has no key. */
  readonly key: readonly string[];
  option(name: string): PyValue | undefined;
  readonly at: SourceRange;
}

export interface World {
  readonly evaluator: Evaluator;
  readonly dialect: Dialect;
  /** Without those that only others are made from. */
  readonly models: readonly Model[];
  readonly byClass: ReadonlyMap<PyClass, Model>;
  readonly byName: ReadonlyMap<string, readonly Model[]>;
  readonly problems: Problem[];
}

const root =
  /^(?:peewee\w*|playhouse\.\w+)\.(?:Model|AsyncModel|AIOModel|FTSModel|FTS5Model|VirtualModel|FlaskDB\(\)\.Model)$|^(?:playhouse\.flask_utils\.)?FlaskDB\(\)\.Model$/;
/** What a model's options hand on to those that inherit from it (peewee.py `ModelBase.inheritable`). */
const inheritable = new Set([
  'constraints',
  'indexes',
  'primary_key',
  'schema',
  'table_function',
  'legacy_table_names',
]);

export function createWorld(evaluator: Evaluator, dialect: Dialect): World {
  const known = new Map<PyClass, Model>();
  const of = (cls: PyClass): Model => {
    let model = known.get(cls);
    if (!model) known.set(cls, (model = modelOf(cls, evaluator, of)));
    return model;
  };
  const all = [...evaluator.graph.files.keys()]
    .sort()
    .flatMap((file) => evaluator.classesOf(file))
    .filter((cls) => !cls.qualifiedName.includes('.') && isModel(cls, evaluator))
    .map(of);
  const extended = new Set(all.flatMap(({ cls }) => evaluator.basesOf(cls).filter(isClass)));
  const byName = new Map<string, Model[]>();
  for (const model of all)
    byName.set(model.name.toLowerCase(), [...(byName.get(model.name.toLowerCase()) ?? []), model]);
  const world: World = { evaluator, dialect, models: all, byClass: known, byName, problems: [] };
  // What nothing leads to and others inherit from is there to be inherited from.
  const targets = new Set(all.flatMap((model) => model.fields.flatMap((field) => targetOf(field, model, world) ?? [])));
  return { ...world, models: all.filter((model) => !extended.has(model.cls) || targets.has(model)) };
}

export function isModel(cls: PyClass, evaluator: Evaluator): boolean {
  return evaluator.lineage(cls).foreign.some((base) => root.test(externalPath(base) ?? ''));
}

function modelOf(cls: PyClass, evaluator: Evaluator, of: (cls: PyClass) => Model): Model {
  const parents = evaluator
    .basesOf(cls)
    .filter(isClass)
    .filter((base) => isModel(base, evaluator))
    .map(of);
  const nested = evaluator.membersOf(cls).find(({ name }) => name === 'Meta');
  const meta = nested ? evaluator.memberValue(nested) : undefined;
  const option = (name: string): PyValue | undefined => {
    const member = isClass(meta) ? evaluator.member(meta, name) : undefined;
    if (member) return evaluator.memberValue(member);
    return inheritable.has(name)
      ? parents.map((parent) => parent.option(name)).find((value) => value !== undefined)
      : undefined;
  };
  const at = rangeOf(cls.file, cls.declaration.at);
  const own = evaluator.membersOf(cls).flatMap((member) => {
    if (member.statement.kind !== 'assign' || !member.statement.value) return [];
    const field = fieldOf(
      member.name,
      evaluator.memberValue(member),
      rangeOf(member.file, member.statement.at),
      evaluator,
    );
    return field ? [field] : [];
  });
  const taken = new Set(evaluator.membersOf(cls).map(({ name }) => name));
  const inherited = new Map<string, Field>();
  for (const parent of parents)
    for (const field of parent.fields)
      if (!taken.has(field.name) && !flag(field, 'primary_key') && field.call !== null)
        inherited.set(field.name, field);
  const fields = [...inherited.values(), ...own];
  const composite = option('primary_key');
  const keyed = keyOf(fields, own, composite, parents, at);
  const legacy = option('legacy_table_names') !== false;
  const stated = option('table_name') ?? option('db_table');
  const schema = option('schema');
  const table =
    typeof stated === 'string' && stated !== '' ? stated : tableName(cls, legacy, option('table_function'), evaluator);
  return {
    cls,
    name: cls.name,
    table,
    namespace: typeof schema === 'string' ? schema : null,
    prefix: legacy ? cls.name.toLowerCase() : table,
    fields: keyed.fields,
    key: keyed.key,
    option,
    at,
  };
}

function keyOf(
  fields: readonly Field[],
  own: readonly Field[],
  composite: PyValue | undefined,
  parents: readonly Model[],
  at: SourceRange,
): { readonly fields: readonly Field[]; readonly key: readonly string[] } {
  if (composite === false) return { fields, key: [] };
  if (isCall(composite)) return { fields, key: composite.arguments.filter((each) => typeof each === 'string') };
  const declared = own.find((field) => flag(field, 'primary_key') || isAuto(field) || field.kind.endsWith('AutoField'));
  if (declared) return { fields, key: [declared.name] };
  const [parent] = parents;
  const inherited = parent?.fields.find(({ name }) => parent.key.length === 1 && parent.key[0] === name);
  if (inherited?.call === null)
    // Nobody wrote it, so that it stands with the class that has it, not with the base of all classes.
    return {
      fields: [{ ...inherited, at }, ...fields.filter(({ name }) => name !== inherited.name)],
      key: [inherited.name],
    };
  if (inherited)
    return { fields: [inherited, ...fields.filter(({ name }) => name !== inherited.name)], key: [inherited.name] };
  const added: Field = { name: 'id', kind: 'AutoField', options: new Map(), call: null, at };
  return { fields: [added, ...fields], key: ['id'] };
}

function tableName(cls: PyClass, legacy: boolean, make: PyValue | undefined, evaluator: Evaluator): string {
  const made = isFunction(make) ? evaluator.run({ ...make, bound: null }, [cls]) : undefined;
  if (typeof made === 'string') return made;
  return legacy ? cls.name.toLowerCase().replace(/[^\w]+/g, '_') : snakeCase(cls.name);
}

/** `make_snake_case` of peewee.py. */
export function snakeCase(name: string): string {
  return name
    .replace(/(.)_*([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z0-9])_*([A-Z])/g, '$1_$2')
    .toLowerCase();
}

export function columnName(field: Field): string {
  const stated = textOption(field, 'column_name');
  if (stated !== null) return stated;
  const relation = field.kind === 'ForeignKeyField' || field.kind === 'DeferredForeignKey';
  return relation && !field.name.endsWith('_id') ? `${field.name}_id` : field.name;
}

/** Attribute that holds the value of a foreign key: that of the column, unless the relation has its name. */
export function attributeName(field: Field): string {
  const stated = textOption(field, 'object_id_name');
  const column = columnName(field);
  return stated ?? (column === field.name ? `${column}_id` : column);
}

export function isForeignKey(field: Field): boolean {
  return field.kind === 'ForeignKeyField' || field.kind === 'DeferredForeignKey';
}

export function targetOf(field: Field, model: Model, world: World): Model | null {
  if (!isForeignKey(field) && field.kind !== 'ManyToManyField') return null;
  const to = field.options.get('model');
  if (isClass(to)) return world.byClass.get(to) ?? null;
  if (to === 'self') return model;
  if (typeof to !== 'string') return null;
  const named = world.byName.get(to.toLowerCase()) ?? [];
  return named.find(({ cls }) => cls.file === model.cls.file) ?? named[0] ?? null;
}

/** `"email"`, or `User.email`. */
export function referencedField(field: Field, target: Model): Field | null {
  const stated = field.options.get('field');
  const name =
    typeof stated === 'string' ? stated : typeof stated === 'object' && stated?.is === 'member' ? stated.name : null;
  const found = name === null ? undefined : target.fields.find((each) => each.name === name);
  return found ?? target.fields.find((each) => each.name === target.key[0]) ?? null;
}
