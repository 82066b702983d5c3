/** Finds the models of a project: `model(name, schema)`, `forFeature([…])`, `getModelForClass(…)`, discriminators. */
import type { SourceRange } from '../../schema/source.ts';
import type { Fragment } from '../reader.ts';
import type { CallSite } from '../shared/typescript/callSites.ts';
import { isClass, isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import type { Mappings, Model, Report, Schema } from './model.ts';
import { pluralize } from './pluralize.ts';
import type { Schemas } from './schemas.ts';
import { lastName, optionsOf, refName, textOf } from './values.ts';

interface Work {
  readonly schemas: Schemas;
  readonly models: Model[];
  readonly report: Report;
  /** `mongoose.pluralize(null)` was called. */
  readonly isPlain: boolean;
}

export function findModels(
  fragments: readonly Fragment<Mappings>[],
  schemas: Schemas,
  report: Report,
): readonly Model[] {
  const isPlain = fragments.some(({ mappings }) =>
    mappings.calls.some(
      ({ method, arguments: [first] }) => method === 'pluralize' && first?.is === 'literal' && first.value === null,
    ),
  );
  const work: Work = { schemas, models: [], report, isPlain };
  const helpers = new Set<CallSite>();
  for (const { file, mappings } of fragments)
    for (const call of mappings.calls) {
      const helper = call.construct || call.receiver !== '' ? null : helperOf(call, file, fragments, work);
      if (helper && registered(call, helper, file, work)) helpers.add(helper.call);
    }
  for (const { file, mappings } of fragments)
    for (const call of mappings.calls) {
      if (call.construct) continue;
      if (helpers.has(call)) continue;
      if (call.method === 'model') modelled(call, file, work);
      else if (call.method === 'forFeature') features(schemas.evaluate(call, 0, file), call, file, work);
      else if (call.method === 'forFeatureAsync') features(schemas.evaluate(call, 0, file), call, file, work);
      else if (call.method === 'getModelForClass' || call.method === 'addModelToTypegoose') typegoose(call, file, work);
    }
  // Bases first: a discriminator shares the collection of another model.
  for (const { file, mappings } of fragments)
    for (const call of mappings.calls)
      if (!call.construct && (call.method === 'discriminator' || call.method === 'getDiscriminatorModelForClass'))
        discriminated(call, file, work);
  unregistered(fragments, work);
  return work.models;
}

/** Null = any model of a name will do, as long as it is there once. */
function add(
  name: string,
  schema: Schema,
  given: {
    readonly collection?: string | null;
    readonly variable: string | null;
    readonly file: string;
    readonly at: SourceRange;
    readonly base?: Model | null;
    readonly value?: string | null;
  },
  { models, isPlain }: Work,
): Model {
  // A model that is registered in several modules is one model.
  const known = models.find((each) => each.name === name && each.schema === schema);
  if (known) return known;
  const collection = given.base?.collection ?? given.collection ?? textOf(schema.options.get('collection'));
  const model: Model = {
    name,
    schema,
    collection: collection ?? (isPlain ? name : pluralize(name)),
    variable: given.variable,
    file: given.file,
    at: schema.class ? schema.at : given.at,
    base: given.base ?? null,
    discriminatorValue: given.value ?? null,
  };
  models.push(model);
  return model;
}

/** `mongoose.model('User', schema, 'collection')`; with the name alone it only gets a model. */
function modelled(call: CallSite, file: string, work: Work): void {
  if (call.arguments.length < 2) return;
  const { schemas, report } = work;
  const name = refName(schemas.evaluate(call, 0, file), schemas.evaluator);
  const value = schemas.evaluate(call, 1, file);
  const schema = schemas.of(value, call.at);
  if (name === null || !schema) {
    const isMongoose = /(?:^|\.)(?:mongoose|connection|conn|db)$/i.test(call.receiver) || call.receiver === '';
    if (isMongoose && !(isObject(value) && !value.entries.has('schema')))
      report({
        code: 'unresolved-entity',
        message: `The schema of ${name ?? 'a model'} cannot be read without running the code, so its collection is not shown.`,
        severity: 'information',
        at: call.at,
      });
    return;
  }
  const third = schemas.evaluate(call, 2, file);
  const collection = textOf(third) ?? textOf(optionsOf(third).get('collection'));
  add(
    name,
    schema,
    { collection, variable: call.assigned, file, at: schema.at.file === file ? schema.at : call.at },
    work,
  );
}

/** Of a function of the project that hands two of its parameters to `model`: that call, and which parameters they are. */
interface Helper {
  readonly call: CallSite;
  readonly name: number;
  readonly schema: number;
}

/** `getOrCreateModel('User', schema)`, where its body says `mongoose.model(name, schema)`. */
function helperOf(
  { method }: CallSite,
  file: string,
  fragments: readonly Fragment<Mappings>[],
  { schemas }: Work,
): Helper | null {
  if (!method.endsWith('Model')) return null;
  const fn = schemas.evaluator.evaluate({ is: 'name', name: method }, { file, names: null, outer: null });
  if (!isFunction(fn)) return null;
  const { parameters } = fn.value;
  const place = (value: CallSite['arguments'][number] | undefined): number =>
    value?.is === 'name' ? parameters.indexOf(value.name) : -1;
  const mappings = fragments.find((each) => each.file === fn.scope.file)?.mappings;
  for (const call of mappings?.calls ?? []) {
    const around = call.scope === null ? undefined : mappings?.scopes[call.scope];
    if (call.method !== 'model' || around?.parameters.join() !== parameters.join()) continue;
    const [name, schema] = [place(call.arguments[0]), place(call.arguments[1])];
    if (name !== -1 && schema !== -1) return { call, name, schema };
  }
  return null;
}

function registered(call: CallSite, helper: Helper, file: string, work: Work): boolean {
  const { schemas } = work;
  const name = refName(schemas.evaluate(call, helper.name, file), schemas.evaluator);
  const schema = schemas.of(schemas.evaluate(call, helper.schema, file));
  if (name === null || !schema) return false;
  add(name, schema, { variable: call.assigned, file, at: schema.at.file === file ? schema.at : call.at }, work);
  return true;
}

/** `MongooseModule.forFeature([{ name: Cat.name, schema: CatSchema, discriminators: […] }])` */
function features(list: Result, call: CallSite, file: string, work: Work): void {
  const { schemas } = work;
  for (const each of isList(list) ? list : []) {
    const options = optionsOf(each);
    if (isClass(each)) {
      // nestjs-typegoose takes the classes themselves.
      const schema = schemas.of(each);
      if (schema) add(typegooseName(each.name, schema), schema, { variable: null, file, at: call.at }, work);
      continue;
    }
    const name = refName(options.get('name'), schemas.evaluator);
    const factory = options.get('useFactory');
    const stated = options.get('schema') ?? (isFunction(factory) ? schemas.evaluator.call(factory, []) : undefined);
    const schema = schemas.of(stated);
    if (name === null || !schema) continue;
    const base = add(
      name,
      schema,
      { collection: textOf(options.get('collection')), variable: null, file, at: schema.at },
      work,
    );
    const discriminators = options.get('discriminators');
    for (const child of isList(discriminators) ? discriminators : []) {
      const own = optionsOf(child);
      const childName = refName(own.get('name'), schemas.evaluator);
      const childSchema = schemas.of(own.get('schema'));
      if (childName !== null && childSchema)
        add(
          childName,
          childSchema,
          { variable: null, file, at: childSchema.at, base, value: textOf(own.get('value')) ?? childName },
          work,
        );
    }
  }
}

function typegooseName(className: string, { options }: Schema): string {
  return textOf(options.get('typegoose.customName')) ?? className;
}

function typegoose(call: CallSite, file: string, work: Work): void {
  const target = work.schemas.evaluate(call, 0, file);
  const schema = isClass(target) ? work.schemas.of(target) : null;
  if (!isClass(target) || !schema) return;
  const given = optionsOf(work.schemas.evaluate(call, 1, file));
  const options = optionsOf(given.get('schemaOptions'));
  for (const [key, value] of options) schema.options.set(key, value);
  const custom = textOf(optionsOf(given.get('options')).get('customName'));
  add(custom ?? typegooseName(target.name, schema), schema, { variable: call.assigned, file, at: schema.at }, work);
}

/** `Base.discriminator('Child', schema, value)`, `getDiscriminatorModelForClass(Base, Child)`. */
function discriminated(call: CallSite, file: string, work: Work): void {
  const { schemas } = work;
  if (call.method === 'getDiscriminatorModelForClass') {
    const child = schemas.evaluate(call, 1, file);
    const schema = isClass(child) ? schemas.of(child) : null;
    const base = modelNamed(schemas.evaluate(call, 0, file), call.arguments[0], work);
    if (isClass(child) && schema && base)
      add(
        typegooseName(child.name, schema),
        schema,
        { variable: call.assigned, file, at: schema.at, base, value: child.name },
        work,
      );
    return;
  }
  const name = refName(schemas.evaluate(call, 0, file), schemas.evaluator);
  const schema = schemas.of(schemas.evaluate(call, 1, file));
  const base = modelNamed(undefined, { is: 'name', name: call.receiver }, work);
  if (name === null || !schema || !base) return;
  const third = schemas.evaluate(call, 2, file);
  const value = textOf(third) ?? textOf(optionsOf(third).get('value')) ?? name;
  add(name, schema, { variable: call.assigned, file, at: schema.at, base, value }, work);
}

function modelNamed(
  value: Result,
  written: CallSite['arguments'][number] | undefined,
  { models, schemas }: Work,
): Model | undefined {
  const path = written?.is === 'name' ? lastName(written.name) : null;
  const name = isClass(value) ? value.name : path;
  return (
    models.find((model) => model.variable !== null && lastName(model.variable) === path) ??
    models.find((model) => model.name === name) ??
    (isClass(value) ? models.find(({ schema }) => schema === schemas.ofClass(value)) : undefined)
  );
}

/** Schemas of classes that are exported and never registered here: an application elsewhere in the workspace may do so. */
function unregistered(fragments: readonly Fragment<Mappings>[], work: Work): void {
  const { schemas, models } = work;
  const used = new Set<Schema>(models.map(({ schema }) => schema));
  const visit = (schema: Schema, depth: number): void => {
    for (const { type } of schema.fields.values())
      if (type.schema && depth < 12 && !nested.has(type.schema)) {
        nested.add(type.schema);
        visit(type.schema, depth + 1);
      }
  };
  const nested = new Set<Schema>();
  const candidates: { readonly schema: Schema; readonly call: CallSite; readonly file: string }[] = [];
  for (const { file, mappings } of fragments)
    for (const call of mappings.calls) {
      if (call.method !== 'createForClass') continue;
      const target = schemas.evaluate(call, 0, file);
      const schema = isClass(target) ? schemas.ofClass(target) : null;
      if (schema) candidates.push({ schema, call, file });
    }
  for (const schema of [...used, ...candidates.map((each) => each.schema)]) visit(schema, 0);
  for (const { schema, call, file } of candidates)
    if (!used.has(schema) && !nested.has(schema) && schema.class && schema.options.get('_id') !== false)
      add(schema.class.name, schema, { variable: call.assigned, file, at: schema.at }, work);
}
