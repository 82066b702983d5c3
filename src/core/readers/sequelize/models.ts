/** Finds the models of a project, and what an expression means by one. */
import type { Fragment } from '../reader.ts';
import type { CallSite } from '../shared/typescript/callSites.ts';
import { scopesOf } from '../shared/typescript/callSites.ts';
import type { Value } from '../shared/typescript/declarations.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { isClass, isObject } from '../shared/typescript/results.ts';
import type { ClassNode, Result, Scope } from '../shared/typescript/results.ts';
import { readAttributes } from './attributes.ts';
import type { TableOfModel } from './attributes.ts';
import { dataTypeOf } from './dataTypes.ts';
import { decoratedModel } from './decorated.ts';
import type { DecoratedModel } from './decorated.ts';
import { readIndexes } from './indexes.ts';
import type { Mappings, ModelSource, Options, Report } from './model.ts';
import { optionsOf, noOptions, objectOf, textOf } from './values.ts';

export interface Sources {
  readonly models: readonly ModelSource[];
  /** What decorators said besides, by their model. */
  readonly decorated: ReadonlyMap<ModelSource, DecoratedModel>;
}

interface Work {
  readonly evaluator: Evaluator;
  readonly tableOf: TableOfModel;
  readonly report: Report;
}

export function findModels(
  fragments: readonly Fragment<Mappings>[],
  evaluator: Evaluator,
  report: Report,
  tableOf: TableOfModel,
): Sources {
  const work: Work = { evaluator, tableOf, report };
  const models: ModelSource[] = [];
  const decorated = new Map<ModelSource, DecoratedModel>();
  for (const { file, mappings } of fragments) {
    const scopeOf = scopesOf(file, mappings.scopes, evaluator);
    for (const call of mappings.calls) {
      const source =
        call.method === 'init'
          ? initialized(call, file, scopeOf(call.scope), work)
          : call.method === 'define'
            ? defined(call, file, scopeOf(call.scope), work)
            : null;
      if (source) models.push(source);
    }
    for (const declaration of mappings.declarations.classes) {
      if (!mayDecorate(mappings, declaration.decorators.length)) continue;
      const found = decoratedModel(evaluator.classOf(file, declaration), evaluator);
      if (!found) continue;
      const source = fromDecorators(found, file, work);
      models.push(source);
      decorated.set(source, found);
    }
  }
  return { models, decorated };
}

/** Without an import of a library with decorators none of them can be meant. */
function mayDecorate({ declarations }: Mappings, decorators: number): boolean {
  return decorators > 0 || declarations.imports.some(({ module }) => module.startsWith('@sequelize/'));
}

const telling = [
  'sequelize',
  'modelName',
  'tableName',
  'timestamps',
  'underscored',
  'paranoid',
  'freezeTableName',
  'createdAt',
  'updatedAt',
  'schema',
  'indexes',
];

/** `User.init({ … }, { sequelize })`, also as `super.init` and `this.init` in a static method of the class. */
function initialized(call: CallSite, file: string, scope: Scope, work: Work): ModelSource | null {
  const [first, second] = call.arguments;
  const own = /^(?:super|this)$/.test(call.receiver);
  const name = own ? call.class : call.receiver.slice(call.receiver.lastIndexOf('.') + 1);
  if (!first || name === null || name === '') return null;
  const node = classNamed(name, file, scope, work.evaluator);
  const options = second ? optionsOf(work.evaluator.evaluate(second, scope)) : noOptions;
  const isModel = node !== null && extendsModel(node);
  const attributes = objectOf(work.evaluator.evaluate(first, scope));
  const tells = telling.some((key) => options.has(key)) && (attributes !== null || isModel);
  if (!tells && !isModel) return null;
  if (!attributes) {
    unread(name, call, work.report);
    return null;
  }
  const modelName = textOf(options.get('modelName')) ?? name;
  return make({ modelName, entity: name, file, class: node, variable: name, options }, attributes, call.at, work);
}

function classNamed(name: string, file: string, scope: Scope, evaluator: Evaluator): ClassNode | null {
  const found = evaluator.evaluate({ is: 'name', name }, scope);
  if (isClass(found)) return found;
  const declared = evaluator.graph.lookup(file, name, 'value');
  return declared?.is === 'class' ? evaluator.classOf(declared.file, declared.declaration) : null;
}

function extendsModel(node: ClassNode): boolean {
  let at: ClassNode = node;
  for (let depth = 0; at.base && depth < 20; depth++) at = at.base;
  const { foreignBase } = at;
  return (
    foreignBase !== null &&
    /(?:^|\.)Model$/.test(foreignBase.name) &&
    (foreignBase.module === null || /sequelize/i.test(foreignBase.module) || foreignBase.module.startsWith('.'))
  );
}

/** `sequelize.define('user', { … }, { … })`. */
function defined(call: CallSite, file: string, scope: Scope, work: Work): ModelSource | null {
  const [first, second, third] = call.arguments;
  if (!first || !second) return null;
  const modelName = work.evaluator.evaluate(first, scope);
  const attributes = objectOf(work.evaluator.evaluate(second, scope));
  const isSequelize = /sequelize|(?:^|\.)(?:db|orm|conn|connection|database|model)$/i.test(call.receiver);
  if (typeof modelName !== 'string' || modelName === '') {
    if (isSequelize && attributes && hasTypes(attributes.entries))
      unread(`A model of ${call.receiver}`, call, work.report);
    return null;
  }
  if (!attributes) {
    if (isSequelize) unread(modelName, call, work.report);
    return null;
  }
  if (!isSequelize && !hasTypes(attributes.entries)) return null;
  const options = third ? optionsOf(work.evaluator.evaluate(third, scope)) : noOptions;
  return make(
    { modelName, entity: modelName, file, class: null, variable: call.assigned, options },
    attributes,
    call.at,
    work,
  );
}

function hasTypes(entries: ReadonlyMap<string, Result>): boolean {
  return [...entries.values()].some(
    (value) => typeof value === 'object' && dataTypeOf(isObject(value) ? value.entries.get('type') : value) !== null,
  );
}

function unread(what: string, call: CallSite, report: Report): void {
  report({
    code: 'unresolved-entity',
    message: `${what} is made of attributes that cannot be read without running the code, so its table is not shown. State them as an object.`,
    severity: 'information',
    at: call.at,
  });
}

function make(
  given: Pick<ModelSource, 'modelName' | 'entity' | 'file' | 'class' | 'variable' | 'options'>,
  attributes: Parameters<typeof readAttributes>[0],
  at: ModelSource['at'],
  { tableOf, report }: Work,
): ModelSource {
  const place = given.class?.file === given.file ? given.class.declaration.at : at;
  return {
    ...given,
    attributes: readAttributes(attributes, place, { model: given.modelName, tableOf, report }),
    indexes: readIndexes(given.options.get('indexes'), place),
    at: place,
  };
}

function fromDecorators(found: DecoratedModel, file: string, { tableOf, report }: Work): ModelSource {
  const { name } = found.class;
  const options: Options = found.options;
  const modelName = textOf(options.get('modelName')) ?? name;
  return {
    modelName,
    entity: name,
    file,
    class: found.class,
    variable: name,
    options,
    attributes: readAttributes(found.attributes, found.at, { model: modelName, tableOf, report }),
    // Options of `@Table` come after the indexes of decorators and replace them.
    indexes: options.has('indexes')
      ? readIndexes(options.get('indexes'), found.at)
      : readIndexes(found.indexes, found.at),
    at: found.at,
  };
}

/** Text of a literal argument. */
export function literalText(value: Value | undefined): string | null {
  return value?.is === 'literal' && typeof value.value === 'string' ? value.value : null;
}
