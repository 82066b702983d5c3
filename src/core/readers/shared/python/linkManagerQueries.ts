/** Gives queries of Django and Tortoise their physical tables and columns. */
import type { FileFacts, Filter, PathUse, Query } from '../../../schema/code.ts';
import type { Table } from '../../../schema/model.ts';
import { pathResolver, tableFinder } from '../physicalPaths.ts';
import type { PathResolver } from '../physicalPaths.ts';

/** Queries that only the name of a model makes such carry this receiver until they are linked. */
export const uncertainModel = 'model?';

/** Tables by the name of the model, and what else look-ups may call a relation. */
export interface ManagerTables {
  readonly tables: readonly Table[];
  /** Other names of models: proxies. */
  readonly aliases: ReadonlyMap<string, Table>;
  /** Paths that rows of a table come by where a query states no order. */
  readonly orders?: ReadonlyMap<Table, readonly string[]>;
  /** Files that an import may mean; absent = a name means one model wherever it stands. */
  readonly resolve?: (fromFile: string, module: string) => readonly string[];
}

export function linkManagerQueries(
  files: readonly FileFacts[],
  { tables, aliases, orders, resolve }: ManagerTables,
): readonly FileFacts[] {
  const entities = new Map<string, Table>(aliases);
  for (const table of tables) entities.set(table.entity ?? table.name, table);
  const meant = modelFinder(tables, entities, resolve);
  const find = tableFinder(new Map(tables.map((table) => [`${table.namespace ?? ''}.${table.name}`, table])));
  const paths = pathResolver({ entity: (name) => entities.get(name), table: find });
  const collections = collectionsOf(tables, find);
  return files.map((file) =>
    file.queries.length === 0
      ? file
      : {
          ...file,
          queries: file.queries
            .flatMap((query) => linkQuery(query, (name) => meant(file, name), collections, find, paths))
            .map((query) => inOrder(query, orders, find)),
        },
  );
}

/**
 * The model that a name means in a file: of several of one name the one that the file declares or imports, by whatever name it does so;
 * none where that cannot be told.
 */
function modelFinder(
  tables: readonly Table[],
  entities: ReadonlyMap<string, Table>,
  resolve: ManagerTables['resolve'],
): (file: FileFacts, name: string) => Table | undefined {
  const sameName = new Map<string, Table[]>();
  for (const table of tables) {
    const name = table.entity ?? table.name;
    sameName.set(name, [...(sameName.get(name) ?? []), table]);
  }
  return (file, name) => {
    const imported = file.imports.find(({ local }) => local === name);
    const own = imported && imported.imported !== '*' ? imported.imported : name;
    const known = sameName.get(own) ?? [];
    if (known.length < 2 || !resolve) {
      const isOurs = imported !== undefined && (resolve?.(file.file, imported.module).length ?? 0) > 0;
      return entities.get(name) ?? (isOurs ? known[0] : undefined);
    }
    const places = imported ? resolve(file.file, imported.module) : [file.file];
    // A package passes on what its own modules declare.
    const found = known.filter(({ at }) =>
      places.some((place) => at.file === place || at.file.startsWith(packageOf(place))),
    );
    return imported || found.length > 0 ? only(found) : only(nearest(known, file.file));
  };
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Those in the innermost folder around the file that has any: the application of `models.Post` and `apps.get_model(…)`. */
function nearest(tables: readonly Table[], file: string): readonly Table[] {
  for (let folder = file.lastIndexOf('/'); folder > 0; folder = file.lastIndexOf('/', folder - 1)) {
    const found = tables.filter(({ at }) => at.file.startsWith(file.slice(0, folder + 1)));
    if (found.length > 0) return found;
  }
  return [];
}

/** Folder of a package, as its files' paths begin; of a plain module nothing lies below. */
function packageOf(file: string): string {
  return file.endsWith('/__init__.py') ? file.slice(0, -'__init__.py'.length) : `${file}/`;
}

/** A page of rows comes in the order of the model. */
function inOrder(
  query: Query,
  orders: ManagerTables['orders'],
  find: (name: string, namespace: string | null) => Table | undefined,
): Query {
  if (query.offset === null || query.sorts.length > 0 || query.table === null || !orders) return query;
  const table = find(query.table, query.namespace);
  const paths = (table && orders.get(table)) ?? [];
  return {
    ...query,
    sorts: paths.map((path) => ({ path: path.replaceAll('__', '.'), at: query.at, direction: 'unknown' as const })),
  };
}

/** Relations to many by their property; null where several tables have one of that name that lead elsewhere. */
function collectionsOf(
  tables: readonly Table[],
  find: (name: string, namespace: string | null) => Table | undefined,
): ReadonlyMap<string, Table | null> {
  const found = new Map<string, Table | null>();
  for (const table of tables)
    for (const { kind, property, target, targetNamespace } of table.relations) {
      if (kind !== 'one-to-many' && kind !== 'many-to-many') continue;
      const to = find(target, targetNamespace) ?? null;
      found.set(property, found.has(property) && found.get(property) !== to ? null : to);
    }
  return found;
}

function linkQuery(
  query: Query,
  entity: (name: string) => Table | undefined,
  collections: ReadonlyMap<string, Table | null>,
  find: (name: string, namespace: string | null) => Table | undefined,
  paths: PathResolver,
): readonly Query[] {
  if (query.sql !== null) {
    const table = query.table === null ? undefined : find(query.table, query.namespace);
    return [table ? linked(query, table, null, paths) : query];
  }
  if (query.entity !== null) {
    const table = entity(query.entity);
    if (table) return [linked({ ...query, receiver: null }, table, table.entity, paths)];
    return query.receiver === uncertainModel ? [] : [query];
  }
  // Something else that is filtered: a list of a form, a field of a serializer.
  const property = query.receiver?.slice(query.receiver.lastIndexOf('.') + 1) ?? '';
  const table = collections.get(property);
  if (!table) return [];
  const through =
    query.receiver === null ? {} : { through: query.receiver, uses: [...new Set([...query.uses, query.receiver])] };
  return [linked({ ...query, ...through, entity: table.entity, receiver: null }, table, table.entity, paths)];
}

function linked(query: Query, table: Table, entity: string | null, paths: PathResolver): Query {
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = resolved(table, use.path, entity, paths);
      return found ? { ...use, target: found } : use;
    });
  return {
    ...query,
    entity: table.entity ?? query.entity,
    table: table.name,
    namespace: table.namespace,
    filters: target(query.filters.map((filter) => ofRelated(filter, table))),
    sorts: target(query.sorts),
    joins: target(query.joins),
    loads: target(query.loads),
    groups: target(query.groups),
    writes: target(query.writes),
  };
}

/** Nothing turns a relation into a day: `submission__date` is a field of what the relation leads to. */
function ofRelated(filter: Filter, { relations }: Table): Filter {
  return filter.wrapped && relations.some(({ property }) => property === filter.path)
    ? { ...filter, path: `${filter.path}.?`, wrapped: false }
    : filter;
}

/** Look-ups call a relation seen from the other side by the model's name, its attribute ends in `_set`; a parent's fields need no path. */
function resolved(table: Table, path: string, entity: string | null, paths: PathResolver): PathUse['target'] | null {
  const direct = paths.resolve(table, path, entity);
  if (direct) return direct;
  const steps = path.split('.');
  for (const [at, step] of steps.entries()) {
    const other = [...steps.slice(0, at), `${step}_set`, ...steps.slice(at + 1)].join('.');
    const found = paths.resolve(table, other, entity);
    if (found) return found;
  }
  for (const { property } of table.relations.filter((each) => each.owner && each.property.endsWith('_ptr'))) {
    const found = paths.resolve(table, `${property}.${path}`, entity);
    if (found) return found;
  }
  return null;
}
