/** Which model an expression means: a class, a variable, a member of what holds all models, a name. */
import type { Fragment, LinkContext } from '../reader.ts';
import type { LocalScope } from '../shared/typescript/callSites.ts';
import type { Value } from '../shared/typescript/declarations.ts';
import type { ModuleGraph } from '../shared/typescript/moduleGraph.ts';
import { directoryOf } from '../shared/paths.ts';
import { literalText } from './models.ts';
import type { Mappings, Model } from './model.ts';
import { pluralize, singularize } from './names.ts';

/** Where an expression stands. */
export interface Place {
  readonly file: string;
  readonly class: string | null;
  readonly scopes: readonly LocalScope[];
  readonly scope: number | null;
}

export interface ModelFinder {
  find(value: Value, place: Place): Model | undefined;
  /** By a dotted path as written: `models.User`. */
  named(path: string, place: Place): Model | undefined;
  /** By the name of the model, its class or its variable. */
  byName(name: string, file: string): Model | undefined;
}

export function createModelFinder(
  models: readonly Model[],
  fragments: readonly Fragment<Mappings>[],
  graph: ModuleGraph,
  { resolve }: Pick<LinkContext, 'resolve'>,
): ModelFinder {
  const inFile = new Map<string, Model[]>();
  const byVariable = new Map<string, Model>();
  const names = new Map<string, Model[]>();
  const addName = (name: string, model: Model): void => {
    for (const key of new Set([name, name.toLowerCase()])) {
      const known = names.get(key);
      if (!known) names.set(key, [model]);
      else if (!known.includes(model)) known.push(model);
    }
  };
  for (const model of models) {
    const { source } = model;
    addName(model.name, model);
    if (!source) continue;
    const known = inFile.get(source.file);
    if (known) known.push(model);
    else inFile.set(source.file, [model]);
    for (const name of [source.variable, source.entity, source.modelName])
      if (name !== null && !byVariable.has(`${source.file}\0${name}`)) byVariable.set(`${source.file}\0${name}`, model);
    addName(source.entity, model);
    if (source.variable !== null && source.variable !== 'default') addName(lastOf(source.variable), model);
  }
  const only = (file: string): Model | undefined => {
    const [first, second] = inFile.get(file) ?? [];
    return second ? undefined : first;
  };
  for (const { file, mappings } of fragments)
    for (const { name, module } of mappings.aliases)
      for (const target of resolve(file, module)) {
        const model = only(target);
        if (model) addName(name, model);
      }

  function byName(name: string, file: string): Model | undefined {
    const found =
      names.get(name) ??
      names.get(name.toLowerCase()) ??
      names.get(singularize(name).toLowerCase()) ??
      names.get(pluralize(name).toLowerCase()) ??
      names.get(name.replace(/(?:Model|Repository)$/u, '').toLowerCase());
    if (!found || found.length < 2) return found?.[0];
    const folder = directoryOf(file);
    return (
      found.find(({ source }) => source?.file === file) ??
      found.find(({ source }) => source !== null && directoryOf(source.file) === folder) ??
      found[0]
    );
  }

  function find(value: Value, place: Place, depth = 0): Model | undefined {
    if (depth > 12) return undefined;
    switch (value.is) {
      case 'name':
        return named(value.name, place, depth);
      case 'literal':
        return typeof value.value === 'string' ? byName(value.value, place.file) : undefined;
      case 'index': {
        const key = literalText(value.key);
        return key === null ? undefined : byName(key, place.file);
      }
      case 'function':
        return value.returns ? find(value.returns, place, depth + 1) : undefined;
      case 'class':
        return byName(value.class.name, place.file);
      case 'call': {
        const text = value.arguments.map(literalText).find((each) => each !== null) ?? null;
        const callee = value.callee.is === 'name' ? value.callee.name : null;
        if (text !== null && callee !== null && /(?:^|\.)model$/.test(callee)) return byName(text, place.file);
        // `require('./user')`, `require('./user')(sequelize, DataTypes)`, `sequelize.import('./user')`
        if (text !== null && callee !== null && /(?:^|\.)(?:require|import)$/.test(callee))
          return resolve(place.file, text)
            .map(only)
            .find((model) => model !== undefined);
        return value.callee.is === 'call' ? find(value.callee, place, depth + 1) : undefined;
      }
      default:
        return undefined;
    }
  }

  function named(path: string, place: Place, depth = 0): Model | undefined {
    if (depth > 12) return undefined;
    const { file } = place;
    if (path === 'this')
      return place.class === null
        ? undefined
        : (byVariable.get(`${file}\0${place.class}`) ?? byName(place.class, file));
    for (let id = place.scope; id !== null; id = place.scopes[id]?.parent ?? null) {
      const local = place.scopes[id]?.values.find(([name]) => name === path)?.[1];
      const found = local && (local.is !== 'name' || local.name !== path) ? find(local, place, depth + 1) : undefined;
      if (found) return found;
    }
    const own = byVariable.get(`${file}\0${path}`);
    if (own) return own;
    const declared = graph.lookup(file, path, 'value');
    if (declared?.is === 'class') {
      const found = byVariable.get(`${declared.file}\0${declared.declaration.name}`);
      if (found) return found;
    } else if (declared?.is === 'value') {
      const found = byVariable.get(`${declared.file}\0${declared.name}`);
      if (found) return found;
      const elsewhere = { file: declared.file, class: null, scopes: [], scope: null };
      const target =
        find(declared.value, elsewhere, depth + 1) ?? (declared.name === 'default' ? only(declared.file) : undefined);
      if (target) return target;
    } else if (declared?.is === 'namespace') {
      const found = only(declared.file);
      if (found) return found;
    }
    return byName(lastOf(path), file);
  }

  return { find, named, byName };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
