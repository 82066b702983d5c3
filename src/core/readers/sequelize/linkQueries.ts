/** Gives queries their physical tables and columns, over all files of a project. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';
import { accessor, uncertain } from './api.ts';
import type { ModelFinder } from './modelFinder.ts';
import type { Association, Model } from './model.ts';

export interface QueryWorld {
  readonly finder: ModelFinder;
  readonly byModel: ReadonlyMap<Model, Table>;
  readonly models: readonly Model[];
}

interface Linking extends QueryWorld {
  readonly paths: PathResolver;
  readonly table: (name: string, namespace: string | null) => Table | undefined;
  /** By the end of an accessor's name: `Posts` of `getPosts`. */
  readonly accessors: ReadonlyMap<string, readonly Association[]>;
}

export function linkQueries(files: readonly FileFacts[], world: QueryWorld): readonly FileFacts[] {
  const entities = new Map<string, Table>();
  for (const [model, table] of world.byModel) {
    if (!entities.has(model.name)) entities.set(model.name, table);
    if (model.source && !entities.has(model.source.entity)) entities.set(model.source.entity, table);
  }
  const table = tableFinder(entities);
  const accessors = new Map<string, Association[]>();
  for (const { associations } of world.models)
    for (const each of associations) {
      const name = each.as.charAt(0).toUpperCase() + each.as.slice(1);
      const known = accessors.get(name);
      if (known) known.push(each);
      else accessors.set(name, [each]);
    }
  const paths = pathResolver({ entity: (name) => entities.get(name), table });
  const linking: Linking = { ...world, paths, table, accessors };
  return files.map((file) =>
    file.queries.length === 0
      ? file
      : { ...file, queries: file.queries.flatMap((query) => linkQuery(query, file.file, linking)) },
  );
}

function linkQuery(query: Query, file: string, linking: Linking): Query[] {
  if (query.sql !== null || query.entity === null) return [linkRaw(query, linking)];
  if (query.receiver === accessor) return linkAccessor(query, linking);
  const model = linking.finder.named(query.entity, { file, class: null, scopes: [], scope: null });
  const table = model ? linking.byModel.get(model) : undefined;
  if (!model || !table) {
    // Some other library's object; of a model that is not here only the name is known.
    const name = query.entity.slice(query.entity.lastIndexOf('.') + 1);
    if (query.receiver === uncertain || !/^[A-Z]/.test(name)) return [];
    return [{ ...query, entity: name, loads: [], filters: query.filters.filter(({ path }) => !path.includes('*')) }];
  }
  return [targeted(query, model, table, linking)];
}

function targeted(query: Query, model: Model, table: Table, linking: Linking): Query {
  const entity = model.source?.entity ?? model.name;
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.flatMap((use): Use[] => {
      const path = namedPath(use.path, model, linking.finder);
      if (path === null) return [];
      const found = linking.paths.resolve(table, path, entity);
      return [{ ...use, path, ...(found ? { target: found } : {}) }];
    });
  return {
    ...query,
    entity,
    receiver: null,
    table: table.name,
    namespace: table.namespace,
    filters: target(query.filters),
    sorts: target(query.sorts),
    joins: target(query.joins),
    loads: target(query.loads),
    groups: target(query.groups),
    writes: target(query.writes),
  };
}

/** Replaces models in a path by the names of their associations; null where there is none. */
function namedPath(path: string, start: Model, finder: ModelFinder): string | null {
  if (!path.includes('*')) return path;
  let model: Model | undefined = start;
  const names: string[] = [];
  for (const step of path.split('.')) {
    if (!step.startsWith('*')) {
      names.push(step);
      model = model?.associations.find(({ as }) => as === step)?.target;
      continue;
    }
    const file = model?.source?.file ?? start.source?.file ?? '';
    const target = finder.named(step.slice(1).replaceAll('/', '.'), { file, class: null, scopes: [], scope: null });
    const association: Association | undefined = model?.associations.find((each) => each.target === target);
    if (!association) return null;
    names.push(association.as);
    model = association.target;
  }
  return names.join('.');
}

function linkAccessor(query: Query, linking: Linking): Query[] {
  const found = linking.accessors.get(query.entity ?? '') ?? [];
  const targets = new Set(found.map(({ target }) => target));
  const [first] = found;
  const table = first ? linking.byModel.get(first.target) : undefined;
  // Of several models with such an association none is known to be meant, unless they lead to the same table.
  if (!first || !table || targets.size > 1) return [];
  const many = first.kind === 'hasMany' || first.kind === 'belongsToMany';
  const rows = query.operation === 'count' ? 'one' : many ? 'many' : 'one';
  return [{ ...targeted(query, first.target, table, linking), through: first.as, rows }];
}

function linkRaw(query: Query, { table: find, paths }: Linking): Query {
  const table = query.table === null ? undefined : find(query.table, query.namespace);
  if (!table) return query;
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, null);
      return found ? { ...use, target: found } : use;
    });
  return {
    ...query,
    entity: table.entity,
    table: table.name,
    namespace: table.namespace,
    filters: target(query.filters),
    sorts: target(query.sorts),
    joins: target(query.joins),
    groups: target(query.groups),
    writes: target(query.writes),
  };
}
