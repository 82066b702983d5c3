/** The models as migrations leave them: what Django calls the project state (django/db/migrations/state.py). */
import { fieldOf, isColumn } from '../../readers/django/fields.ts';
import type { Field } from '../../readers/django/fields.ts';
import type { Meta } from '../../readers/django/meta.ts';
import { isKnown } from '../../readers/django/models.ts';
import type { Model, Models, Project } from '../../readers/django/models.ts';
import { splitTable, truncated } from '../../readers/django/names.ts';
import { knownByLabel } from '../../readers/django/knownModels.ts';
import type { KnownModel } from '../../readers/django/knownModels.ts';
import type { World } from '../../readers/django/world.ts';
import type { PyCall, PyClass, PyValue } from '../../readers/shared/python/values.ts';
import { isCall, isDict, isSequence } from '../../readers/shared/python/values.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Operation } from './operations.ts';
import { textArgument } from './operations.ts';
import type { App } from '../../readers/django/apps.ts';

export type ModelOptions = ReadonlyMap<string, PyValue>;

/** A model of the state; replaced, never changed. */
export interface StateModel extends Model {
  readonly options: ModelOptions;
  /** Labels of the models it inherits from: `app.model`; abstract ones and mixins are none of the state. */
  readonly bases: readonly string[];
}

export interface ProjectState {
  /** For the code that makes tables of models. */
  readonly world: World;
  get(app: string, name: string): StateModel | undefined;
  all(): readonly StateModel[];
  set(model: StateModel): void;
  delete(model: StateModel): void;
  /** For operations that are tried on a state of their own. */
  copy(): ProjectState;
}

export function createState(project: Project, models: ReadonlyMap<string, StateModel> = new Map()): ProjectState {
  const byLabel = new Map(models);
  const ofClass = (cls: PyClass): StateModel | null => [...byLabel.values()].find((each) => each.cls === cls) ?? null;
  const concreteOf = (model: StateModel, seen: ReadonlySet<StateModel>): StateModel | KnownModel | null => {
    if (model.options.get('proxy') !== true || seen.has(model)) return null;
    const [base] = model.bases.flatMap((label) => byLabel.get(label.toLowerCase()) ?? knownByLabel(label) ?? []);
    const isProxy = base !== undefined && !isKnown(base) && base.options.get('proxy') === true;
    return isProxy ? concreteOf(base, new Set([...seen, model])) : (base ?? null);
  };
  /** Asked anew each time: operations replace the model whose table a proxy shares. */
  const withConcrete = (model: StateModel): StateModel => {
    const proxyOf = concreteOf(model, new Set());
    return proxyOf ? { ...model, proxyOf } : model;
  };
  const lookups: Models = {
    get all() {
      return [...byLabel.values()];
    },
    of: ofClass,
    named: (app, name) => {
      const model = byLabel.get(labelOf(app, name));
      return model && withConcrete(model);
    },
    byName: (name) =>
      [...byLabel.values()].filter((each) => each.name.toLowerCase() === name.toLowerCase()).map(withConcrete),
  };
  return {
    world: { ...project, models: lookups },
    get: (app, name) => byLabel.get(labelOf(app, name)),
    all: () => [...byLabel.values()],
    set: (model) => void byLabel.set(labelOf(model.app.label, model.name), model),
    delete: (model) => void byLabel.delete(labelOf(model.app.label, model.name)),
    copy: () => createState(project, byLabel),
  };
}

function labelOf(app: string, name: string): string {
  return `${app}.${name}`.toLowerCase();
}

/** Of `CreateModel`. `unread`: of how many fields nothing can be told; a manager that is called a field has no column. */
export function newModel(
  operation: Operation,
  app: App,
  project: Project,
): { readonly model: StateModel; readonly unread: number } | null {
  const name = textArgument(operation, 'name');
  const stated = operation.argument('fields');
  if (name === null || !isSequence(stated)) return null;
  const options = operation.argument('options');
  const parents = operation.argument('bases');
  const bases = isSequence(parents) ? parents.items.filter((each) => typeof each === 'string') : [];
  const { at } = operation;
  let compositeKey: readonly string[] | null = null;
  let unread = 0;
  const fields = stated.items.flatMap((each): readonly Field[] => {
    const [key, value] = isSequence(each) ? each.items : [];
    if (typeof key !== 'string' || !isCall(value)) {
      unread++;
      return [];
    }
    const field = fieldOf(key, value, value.at, project.fieldContext);
    if (isColumn(field)) return [field];
    if (field?.columnless === 'CompositePrimaryKey')
      compositeKey = field.call.arguments.filter((part) => typeof part === 'string');
    return [];
  });
  const stateOptions: ModelOptions = isDict(options)
    ? new Map(options.entries.flatMap(([key, value]) => (typeof key === 'string' ? [[key, value] as const] : [])))
    : new Map();
  return {
    model: made({ cls: classFor(name, at), name, app, fields, compositeKey, at, bases }, stateOptions, project),
    unread,
  };
}

type Stated = Pick<StateModel, 'cls' | 'name' | 'app' | 'fields' | 'compositeKey' | 'at' | 'bases'>;

function made(
  { cls, name, app, fields, compositeKey, at, bases }: Stated,
  options: ModelOptions,
  project: Project,
): StateModel {
  const named = options.get('db_table');
  const { namespace, table } =
    typeof named === 'string' && named !== ''
      ? splitTable(named)
      : { namespace: null, table: `${app.label}_${name.toLowerCase()}` };
  return {
    ...{ cls, name, app, fields, compositeKey, at, bases, options, namespace },
    meta: metaOf(options),
    abstract: options.get('abstract') === true,
    proxyOf: null,
    table: truncated(table, project.dialect),
    parents: [],
    genericKeys: [],
  };
}

function metaOf(options: ModelOptions): Meta {
  const get = (name: string): PyValue | undefined => options.get(name);
  return { own: get, get, cls: null };
}

/** Stands for the model where a class is asked for; the same through all its changes. */
function classFor(name: string, { file, line, column, endLine, endColumn }: SourceRange): PyClass {
  return {
    is: 'class',
    name,
    qualifiedName: name,
    file,
    declaration: {
      ...{ kind: 'class', name, bases: [], keywords: [], decorators: [], body: [], doc: null },
      at: [line, column, endLine, endColumn],
    },
    scope: { file, names: null, class: null, outer: null },
  };
}

export function withFields(model: StateModel, fields: readonly Field[], project: Project): StateModel {
  return made({ ...model, fields }, model.options, project);
}

export function withOptions(model: StateModel, options: ModelOptions, project: Project): StateModel {
  return made(model, options, project);
}

export function withOption(model: StateModel, name: string, value: PyValue | undefined, project: Project): StateModel {
  const options = new Map(model.options);
  if (value === undefined || value === null) options.delete(name);
  else options.set(name, value);
  return withOptions(model, options, project);
}

/** Under another name; models that refer to it are told by `withReferences`. */
export function renamed(model: StateModel, name: string, project: Project): StateModel {
  return made({ ...model, name }, model.options, project);
}

/** The model with relations to `from` leading to `to` instead; both are `app.model`. */
export function withReferences(model: StateModel, from: string, to: string, project: Project): StateModel {
  const [app = '', name = ''] = from.toLowerCase().split('.');
  const means = (value: PyValue | undefined): boolean =>
    typeof value === 'string' &&
    (value.toLowerCase() === `${app}.${name}` ||
      (value.toLowerCase() === name && model.app.label.toLowerCase() === app));
  const leads = (field: Field): boolean => means(field.options.get('to')) || means(field.options.get('through'));
  const bases = model.bases.map((label) => (label.toLowerCase() === `${app}.${name}` ? to : label));
  if (bases.some((label, at) => label !== model.bases[at]))
    return withReferences(made({ ...model, bases }, model.options, project), from, to, project);
  if (!model.fields.some(leads)) return model;
  const fields = model.fields.map((field) => {
    if (!leads(field)) return field;
    const options = [...field.options].map(([key, value]) => [key, means(value) ? to : value] as const);
    return { ...field, options: new Map(options) };
  });
  return withFields(model, fields, project);
}

/** Calls of a list in the options: `indexes`, `constraints`. */
export function listed(model: StateModel, option: 'indexes' | 'constraints'): readonly PyValue[] {
  const value = model.options.get(option);
  return isSequence(value) ? value.items : [];
}

export function nameOfEntry(value: PyValue): string | null {
  const name = isCall(value) ? value.keywords.get('name') : undefined;
  return typeof name === 'string' ? name : null;
}

export function withName(call: PyCall, name: string): PyCall {
  return { ...call, keywords: new Map([...call.keywords, ['name', name]]) };
}

/** Options name fields: those of an index, of `unique_together`. */
export function withFieldRenamed(model: StateModel, from: string, to: string, project: Project): StateModel {
  const rename = (value: PyValue): PyValue => {
    if (value === from) return to;
    if (value === `-${from}`) return `-${to}`;
    if (isSequence(value)) return { ...value, items: value.items.map(rename) };
    if (!isCall(value)) return value;
    const stated = value.keywords.get('fields');
    return stated === undefined
      ? value
      : { ...value, keywords: new Map([...value.keywords, ['fields', rename(stated)]]) };
  };
  const options = new Map(model.options);
  for (const option of ['unique_together', 'index_together', 'indexes', 'constraints', 'order_with_respect_to']) {
    const value = options.get(option);
    if (value !== undefined) options.set(option, rename(value));
  }
  const fields = model.fields.map((field) => (field.name === from ? { ...field, name: to } : field));
  return made({ ...model, fields }, options, project);
}
