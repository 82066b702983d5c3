/** Models of Tortoise, what they inherit, and how they refer to each other. */
import type { Dialect } from '../../schema/model.ts';
import type { Problem, SourceRange } from '../../schema/source.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyClass, PyValue } from '../shared/python/values.ts';
import { externalPath, isClass, rangeOf } from '../shared/python/values.ts';
import { fieldOf, flag, textOption } from './fields.ts';
import type { Field } from './fields.ts';

export interface Model {
  readonly cls: PyClass;
  readonly name: string;
  readonly table: string;
  readonly namespace: string | null;
  readonly abstract: boolean;
  /** Those of bases and mixins first. */
  readonly fields: readonly Field[];
  meta(name: string): PyValue | undefined;
  readonly at: SourceRange;
}

export interface World {
  readonly evaluator: Evaluator;
  readonly dialect: Dialect;
  readonly models: readonly Model[];
  readonly byName: ReadonlyMap<string, readonly Model[]>;
  readonly byClass: ReadonlyMap<PyClass, Model>;
  readonly problems: Problem[];
}

const root = /^tortoise(?:\.models)?\.Model$/;

export function createWorld(evaluator: Evaluator, dialect: Dialect): World {
  const models = [...evaluator.graph.files.keys()]
    .sort()
    .flatMap((file) => evaluator.classesOf(file))
    .filter((cls) => !cls.qualifiedName.includes('.') && isModel(cls, evaluator))
    .map((cls) => modelOf(cls, evaluator));
  const byName = new Map<string, Model[]>();
  for (const model of models) byName.set(model.name, [...(byName.get(model.name) ?? []), model]);
  return {
    evaluator,
    dialect,
    models,
    byName,
    byClass: new Map(models.map((model) => [model.cls, model])),
    problems: [],
  };
}

function isModel(cls: PyClass, evaluator: Evaluator): boolean {
  return evaluator.lineage(cls).foreign.some((base) => root.test(externalPath(base) ?? ''));
}

function modelOf(cls: PyClass, evaluator: Evaluator): Model {
  const nested = evaluator.membersOf(cls).find(({ name }) => name === 'Meta');
  const metaClass = nested ? evaluator.memberValue(nested) : undefined;
  const meta = (name: string): PyValue | undefined => {
    const member = isClass(metaClass) ? evaluator.member(metaClass, name) : undefined;
    return member ? evaluator.memberValue(member) : undefined;
  };
  const table = meta('table');
  const schema = meta('schema');
  const fields = fieldsOf(cls, evaluator);
  // An abstract base is one that says so, or one that has nothing.
  return {
    cls,
    name: cls.name,
    table: typeof table === 'string' && table !== '' ? table : cls.name.toLowerCase(),
    namespace: typeof schema === 'string' ? schema : null,
    abstract: meta('abstract') === true,
    fields,
    meta,
    at: rangeOf(cls.file, cls.declaration.at),
  };
}

/** Fields of all classes it inherits from are its own: there is no inheritance between tables. */
function fieldsOf(cls: PyClass, evaluator: Evaluator): readonly Field[] {
  const found = new Map<string, Field | null>();
  for (const each of evaluator.lineage(cls).classes.toReversed())
    for (const member of evaluator.membersOf(each)) {
      if (member.statement.kind !== 'assign' || !member.statement.value) continue;
      const at = rangeOf(member.file, member.statement.at);
      const field = fieldOf(member.name, evaluator.memberValue(member), at, evaluator);
      if (field || found.has(member.name)) found.set(member.name, field);
    }
  return [...found.values()].filter((field) => field !== null);
}

/** Null = Tortoise adds `id`. */
export function keyField(model: Model): Field | null {
  return model.fields.find((field) => flag(field, 'primary_key')) ?? null;
}

export function columnName(field: Field): string {
  return textOption(field, 'source_field') ?? (field.relation === null ? field.name : `${field.name}_id`);
}

export function keyColumn(model: Model): string {
  const key = keyField(model);
  return key ? columnName(key) : 'id';
}

/** `"models.Order"`, or the class itself. */
export function targetOf(field: Field, model: Model, world: World): Model | null {
  const to = field.options.get('to');
  if (isClass(to)) return world.byClass.get(to) ?? null;
  if (typeof to !== 'string') return null;
  const named = (world.byName.get(to.slice(to.lastIndexOf('.') + 1)) ?? []).filter(({ abstract }) => !abstract);
  return named.find(({ cls }) => cls.file === model.cls.file) ?? nearest(named, model) ?? null;
}

/** Of several of one name that which lies next to it. */
function nearest(models: readonly Model[], to: Model): Model | undefined {
  const shared = ({ cls }: Model): number => {
    let at = 0;
    while (at < cls.file.length && cls.file[at] === to.cls.file[at]) at++;
    return at;
  };
  return models.toSorted((a, b) => shared(b) - shared(a))[0];
}

/** Name of the other side; null = it has none. */
export function accessorOf(field: Field, model: Model): string | null {
  return field.options.get('related_name') === false ? null : (textOption(field, 'related_name') ?? `${model.table}s`);
}

export function joinTableName(field: Field, model: Model, target: Model): string {
  return textOption(field, 'through') ?? `${model.table}_${target.table}`;
}
