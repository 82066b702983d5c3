/** Runs the associations of a project in the order of its files: those that calls state, then those of decorators. */
import type { SourceRange } from '../../schema/source.ts';
import type { Fragment } from '../reader.ts';
import { scopesOf } from '../shared/typescript/callSites.ts';
import type { Value } from '../shared/typescript/declarations.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isClass, isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { associate } from './associate.ts';
import type { World } from './associate.ts';
import type { DecoratedAssociation, DecoratedModel } from './decorated.ts';
import type { AssociationKind, Mappings, Model, ModelSource, Options, Report, Settings } from './model.ts';
import type { ModelFinder, Place } from './modelFinder.ts';
import { literalText } from './models.ts';
import { noOptions, optionsOf, textOf } from './values.ts';

export interface AssociationWork {
  readonly fragments: readonly Fragment<Mappings>[];
  /** Join tables without a model are added to it. */
  readonly models: Model[];
  readonly decorated: ReadonlyMap<ModelSource, DecoratedModel>;
  readonly evaluator: Evaluator;
  readonly finder: ModelFinder;
  readonly settings: Settings;
  readonly report: Report;
}

const kinds = new Set<string>(['belongsTo', 'hasOne', 'hasMany', 'belongsToMany']);

function isKind(method: string): method is AssociationKind {
  return kinds.has(method);
}

export function runAssociations(work: AssociationWork): void {
  const { fragments, models, evaluator, finder, settings, report } = work;
  const added = new Map<string, Model>();
  const world: World = {
    settings,
    modelNamed: (name) => added.get(name) ?? models.find((model) => model.name === name),
    addModel(model) {
      added.set(model.name, model);
      models.push(model);
    },
  };
  for (const { file, mappings } of fragments) {
    const scopeOf = scopesOf(file, mappings.scopes, evaluator);
    for (const call of mappings.calls) {
      const { method, at } = call;
      if (!isKind(method)) continue;
      const place: Place = { file, class: call.class, scopes: mappings.scopes, scope: call.scope };
      const [first, second] = call.arguments;
      const source = finder.named(call.receiver, place);
      // Other libraries have associations as well; without its model this is none of ours.
      if (!source || !first) continue;
      const target = finder.find(first, place);
      if (!target) {
        reportTarget(source.name, method, describe(first), at, report);
        continue;
      }
      const options = second ? optionsOf(evaluator.evaluate(second, scopeOf(call.scope))) : noOptions;
      const through = method === 'belongsToMany' ? throughOf(second, options, place, finder) : null;
      if (method === 'belongsToMany' && through === null) reportThrough(source.name, target.name, at, report);
      else associate({ kind: method, source, target, options, through, at }, world);
    }
  }
  for (const model of [...models]) {
    const decorated = model.source ? work.decorated.get(model.source) : undefined;
    if (decorated) for (const each of decorated.associations) associateDecorated(model, each, work, world);
  }
}

function reportTarget(source: string, method: string, target: string, at: SourceRange, report: Report): void {
  report({
    code: 'unresolved-entity',
    message: `${source}.${method}(${target}): no model of that name was found, so the relation and its key are not shown.`,
    severity: 'information',
    at,
  });
}

function reportThrough(source: string, target: string, at: SourceRange, report: Report): void {
  report({
    code: 'unresolved-option',
    message: `${source}.belongsToMany(${target}): the table in between cannot be read without running the code. State \`through\` as a name or a model.`,
    severity: 'information',
    at,
  });
}

function describe(value: Value): string {
  return value.is === 'name' ? value.name : value.is === 'literal' ? String(value.value) : '…';
}

/** `through: 'name'`, `through: Model`, `through: { model: … }`, which is read as written: evaluated, a model is only a call. */
function throughOf(
  given: Value | undefined,
  options: Options,
  place: Place,
  finder: ModelFinder,
): Model | string | null {
  const stated = given?.is === 'object' ? given.entries.find(({ key }) => key === 'through')?.value : undefined;
  const inner = stated?.is === 'object' ? stated.entries.find(({ key }) => key === 'model')?.value : stated;
  const text = literalText(inner);
  if (text === null && inner) {
    const model = finder.find(inner, place);
    if (model) return model;
  }
  const value = options.get('through');
  return text ?? textOf(value) ?? textOf(isObject(value) ? value.entries.get('model') : undefined);
}

function associateDecorated(source: Model, given: DecoratedAssociation, work: AssociationWork, world: World): void {
  const { finder, report, evaluator } = work;
  const file = source.source?.file ?? '';
  const target = modelOf(given.target, file, finder);
  if (!target) {
    reportTarget(source.name, given.kind, foreignText(given.target), given.at, report);
    return;
  }
  const options = new Map<string, Result>([['as', given.as]]);
  const [first, second, third] = given.arguments;
  let through: Model | string | null = null;
  if (isObject(first)) for (const [key, value] of first.entries) options.set(key, value);
  else if (given.kind !== 'belongsToMany' && first !== undefined) options.set('foreignKey', first);
  if (given.kind === 'belongsToMany') {
    const stated = isObject(first) ? first.entries.get('through') : first;
    const inner = isObject(stated) ? stated.entries.get('model') : stated;
    const called =
      typeof inner === 'object' && inner !== null && 'is' in inner && inner.is === 'function'
        ? evaluator.call(inner, [])
        : inner;
    through = modelOf(called, file, finder) ?? textOf(called);
    if (second !== undefined) options.set('foreignKey', second);
    if (third !== undefined) options.set('otherKey', third);
    if (through === null) {
      reportThrough(source.name, target.name, given.at, report);
      return;
    }
  }
  const keyOf = (holder: Model | string | null, referenced: Model): string | null =>
    holder === null || typeof holder === 'string' ? null : decoratedKey(holder, referenced, work);
  const infer = (key: 'foreignKey' | 'otherKey', holder: Model | string | null, referenced: Model): void => {
    const before = options.get(key);
    if (textOf(before) !== null || textOf(optionsOf(before).get('name')) !== null) return;
    const name = keyOf(holder, referenced);
    if (name === null) return;
    options.set(key, isObject(before) ? { ...before, entries: new Map([...before.entries, ['name', name]]) } : name);
  };
  if (given.kind === 'belongsTo') infer('foreignKey', source, target);
  else if (given.kind !== 'belongsToMany') infer('foreignKey', target, source);
  else {
    infer('foreignKey', through, source);
    infer('otherKey', through, target);
  }
  associate({ kind: given.kind, source, target, options, through, at: given.at }, world);
}

/** The attribute that `@ForeignKey(() => Referenced)` marks. */
function decoratedKey(holder: Model, referenced: Model, { decorated, finder }: AssociationWork): string | null {
  const keys = holder.source ? decorated.get(holder.source)?.foreignKeys : undefined;
  const file = holder.source?.file ?? '';
  return keys?.find(({ target }) => modelOf(target, file, finder) === referenced)?.attribute ?? null;
}

function modelOf(value: Result, file: string, finder: ModelFinder): Model | undefined {
  if (isClass(value)) return finder.named(value.name, { file: value.file, class: null, scopes: [], scope: null });
  const text = foreignText(value);
  return text === '…' ? undefined : finder.named(text, { file, class: null, scopes: [], scope: null });
}

function foreignText(value: Result): string {
  if (isClass(value)) return value.name;
  if (typeof value !== 'object' || value === null || !('is' in value)) return '…';
  const text = value.is === 'external' ? value.name : value.is === 'unknown' ? value.text : '…';
  return /^[\w$.]+$/.test(text) ? text : '…';
}
