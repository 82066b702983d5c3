/** Fragments of all files of a project → its tables. Pure: the same fragments give the same tables. */
import type { FileFacts } from '../../schema/code.ts';
import { memoize } from '../../schema/memo.ts';
import type { Problem } from '../../schema/source.ts';
import type { Dialect } from '../../schema/model.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { Consultations } from '../shared/typescript/consulted.ts';
import { createEvaluator } from '../shared/typescript/evaluate.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { createModuleGraph } from '../shared/typescript/moduleGraph.ts';
import { isClass, isFunction } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { runAssociations } from './associations.ts';
import { defineModel } from './define.ts';
import { linkQueries } from './linkQueries.ts';
import { createModelFinder } from './modelFinder.ts';
import type { ModelFinder } from './modelFinder.ts';
import { findModels, literalText } from './models.ts';
import type { Mappings, Model, Settings } from './model.ts';
import { tablesOf } from './tables.ts';
import { noOptions, optionsOf, textOf } from './values.ts';

export function link(fragments: readonly Fragment<Mappings>[], context: LinkContext): LinkResult {
  const sorted = fragments.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const facts = sorted.map((fragment) => fragment.facts);
  // In a project of another ORM the files are read for the names that models might use: without a model there is nothing to link.
  if (!sorted.some(mayHoldModels))
    return { tables: [], enums: [], files: facts.map((file) => withoutQueries(file, {})), problems: [] };
  const graph = createModuleGraph(
    sorted.map(({ file, mappings }) => ({ file, declarations: mappings.declarations })),
    context.resolve,
    new Consultations(),
  );
  const evaluator = createEvaluator(graph, { paths: true });
  const problems = new Map<string, Problem>();
  const report = (problem: Problem): void => void problems.set(JSON.stringify(problem), problem);

  const { models: sources, decorated } = findModels(sorted, evaluator, report, (value) => {
    const name = nameOf(value, evaluator);
    return name === null ? null : { table: `${modelMark}${name}`, schema: null };
  });
  const settings = settingsOf(sorted, context, evaluator);
  const models: Model[] = sources.map((source) => defineModel(source, settings));
  const finder = createModelFinder(models, sorted, graph, context);
  resolveReferences(models, finder);
  removeAttributes(sorted, finder);
  runAssociations({ fragments: sorted, models, decorated, evaluator, finder, settings, report });
  const { tables, enums, byModel } = tablesOf(models, settings, context);
  return {
    tables,
    enums,
    files: linkQueries(facts, { finder, byModel, models }),
    problems: [...problems.values()],
  };
}

/** Models are defined by calls, or by decorators that somebody imports from the library. */
function mayHoldModels({ mappings }: Fragment<Mappings>): boolean {
  const { calls, instances, aliases, declarations } = mappings;
  return (
    calls.length + instances.length + aliases.length > 0 ||
    declarations.imports.some(({ module }) => module.includes('sequelize'))
  );
}

/** What looks like a query of a model is none where there is no model. */
const withoutQueries = memoize((file: FileFacts): FileFacts =>
  file.queries.length === 0 ? file : { ...file, queries: [] },
);

/** `references.model` is a model: which one is known when all are defined. */
const modelMark = '\0';

function nameOf(value: Result, evaluator: Evaluator): string | null {
  const target = isFunction(value) ? evaluator.call(value, []) : value;
  if (isClass(target)) return target.name;
  if (typeof target !== 'object' || target === null || !('is' in target)) return null;
  if (target.is === 'external') return target.name;
  if (target.is === 'unknown' && /^[\w$.]+$/.test(target.text)) return target.text;
  // `const User = sequelize.define('user', …)`
  const [first] = target.is === 'call' ? target.arguments : [];
  return typeof first === 'string' ? first : null;
}

function resolveReferences(models: readonly Model[], finder: ModelFinder): void {
  for (const { attributes, source } of models)
    for (const attribute of attributes.values()) {
      const { references } = attribute;
      if (!references?.table.startsWith(modelMark)) continue;
      const name = references.table.slice(modelMark.length);
      const target = source
        ? finder.named(name, { file: source.file, class: null, scopes: [], scope: null })
        : undefined;
      attribute.references = target ? { ...references, table: target.tableName, schema: target.schema } : undefined;
    }
}

function removeAttributes(fragments: readonly Fragment<Mappings>[], finder: ModelFinder): void {
  for (const { file, mappings } of fragments)
    for (const call of mappings.calls) {
      if (call.method !== 'removeAttribute') continue;
      const name = literalText(call.arguments[0]);
      const place = { file, class: call.class, scopes: mappings.scopes, scope: call.scope };
      if (name !== null) finder.named(call.receiver, place)?.attributes.delete(name);
    }
}

/** Of the application's instances the first that says how models are defined. */
function settingsOf(fragments: readonly Fragment<Mappings>[], context: LinkContext, evaluator: Evaluator): Settings {
  const instances = [
    ...fragments.filter(({ facts }) => facts.purpose === 'application'),
    ...fragments.filter(({ facts }) => facts.purpose !== 'application'),
  ].flatMap(({ file, mappings }) => mappings.instances.map((instance) => ({ file, instance })));
  const stated = instances.find(({ instance }) => instance.define);
  const evaluated = stated?.instance.define
    ? evaluator.evaluate(stated.instance.define, { file: stated.file, names: null, outer: null })
    : null;
  const schema = instances.find(({ instance }) => instance.schema);
  const schemaName = schema?.instance.schema
    ? textOf(evaluator.evaluate(schema.instance.schema, { file: schema.file, names: null, outer: null }))
    : null;
  const dialect: Dialect =
    context.dialect ?? instances.find(({ instance }) => instance.dialect)?.instance.dialect ?? 'postgresql';
  const isVersion7 =
    context.versions?.['@sequelize/core'] !== undefined ||
    fragments.some(({ mappings }) =>
      mappings.declarations.imports.some(({ module }) => module.startsWith('@sequelize/core')),
    );
  return { isVersion7, dialect, define: evaluated === null ? noOptions : optionsOf(evaluated), schema: schemaName };
}
