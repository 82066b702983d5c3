/** Gives queries their physical tables and columns, over all files of a project. */
import type { FileFacts, Filter, PathUse, Query } from '../../schema/code.ts';
import { memoize } from '../../schema/memo.ts';
import type { Lookups } from '../../schema/memo.ts';
import type { Table } from '../../schema/model.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';
import { argument, fieldNames, textOf } from './attributes.ts';
import { lowerFirst } from './client.ts';
import type { Model } from './group.ts';
import type { LinkedSchema } from './link.ts';
import { uncertain } from './queries.ts';
import type { BuiltModel } from './tables.ts';

interface World extends Lookups {
  /** Model of a client's property: `orderItem` stands for `OrderItem`. */
  readonly model: (delegate: string) => BuiltModel | undefined;
  readonly entity: (name: string) => Table | undefined;
  readonly table: (name: string, namespace: string | null) => Table | undefined;
}

export function linkQueries(files: readonly FileFacts[], schemas: readonly LinkedSchema[]): readonly FileFacts[] {
  const models = new Map<string, BuiltModel>();
  const entities = new Map<string, Table>();
  for (const { built } of schemas) {
    for (const each of built.models) {
      const delegate = lowerFirst(each.model.name);
      if (models.has(delegate)) continue;
      models.set(delegate, each);
      entities.set(each.model.name, each.table);
    }
    // Join tables have no model, but raw SQL names them.
    for (const table of built.joinTables) if (!entities.has(table.name)) entities.set(table.name, table);
  }
  const find = tableFinder(entities);
  const world: World = {
    model: (delegate) => models.get(delegate),
    entity: (name) => entities.get(name),
    table: find,
  };
  return files.map((file) => (file.queries.length === 0 ? file : linkFile(file, world)));
}

const linkFile = memoize((file: FileFacts, world: World): FileFacts => {
  const paths = pathResolver(world);
  return { ...file, queries: file.queries.flatMap((query) => linkQuery(query, world, paths)) };
});

function linkQuery(query: Query, world: World, paths: PathResolver): Query[] {
  if (query.sql !== null || query.entity === null) return [linkRaw(query, world, paths)];
  const built = world.model(query.entity);
  if (!built) {
    // Some other library's object; of Prisma's own client it is a model of a schema that is not here.
    if (query.receiver === uncertain) return [];
    return [{ ...query, entity: query.entity.charAt(0).toUpperCase() + query.entity.slice(1), loads: [] }];
  }
  const { model, table } = built;
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, model.name);
      return found ? { ...use, target: found } : use;
    });
  const filters = query.filters.map((filter) => withoutCompound(filter, model));
  const loads = query.loads.filter(({ path }) => isRelation(table, path, world));
  const loaded = new Set(loads.map(({ path }) => path));
  return [
    {
      ...query,
      entity: model.name,
      receiver: null,
      table: table.name,
      namespace: table.namespace,
      filters: target(filters),
      ...(isBatched(query, filters) ? { batched: true } : {}),
      sorts: target(query.sorts),
      joins: target(query.joins),
      loads: target(loads),
      groups: target(query.groups),
      writes: target(query.writes),
      selects: query.selects?.filter((path) => !loaded.has(path)) ?? null,
    },
  ];
}

/**
 * `findUnique` by nothing but equal columns: those of one tick are sent together
 * (prisma.io/docs/orm/prisma-client/queries/query-optimization-performance).
 */
function isBatched({ api, complete }: Query, filters: readonly Filter[]): boolean {
  return (
    api.startsWith('findUnique') &&
    complete &&
    filters.length > 0 &&
    filters.every(({ path, comparison, orGroup }) => comparison === 'eq' && orGroup === 0 && !path.includes('.'))
  );
}

function linkRaw(query: Query, world: World, paths: PathResolver): Query {
  const table = query.table === null ? undefined : world.table(query.table, query.namespace);
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

function isRelation(start: Table, path: string, world: World): boolean {
  let table: Table | undefined = start;
  for (const step of path.split('.')) {
    const relation: Table['relations'][number] | undefined = table?.relations.find(({ property }) => property === step);
    if (!relation) return false;
    table = world.table(relation.target, relation.targetNamespace);
  }
  return true;
}

/** `where: { userId_postId: { userId, postId } }` names the key; the fields are those of the model itself. */
function withoutCompound(filter: Filter, model: Model): Filter {
  const dot = filter.path.indexOf('.');
  if (dot === -1) return filter;
  const head = filter.path.slice(0, dot);
  if (model.fields.some(({ name }) => name === head) || !compoundNames(model).has(head)) return filter;
  return { ...filter, path: filter.path.slice(dot + 1) };
}

const compounds = new WeakMap<Model, ReadonlySet<string>>();

/** Names of compound keys in the client: stated, else their fields joined. */
function compoundNames(model: Model): ReadonlySet<string> {
  let names = compounds.get(model);
  if (!names) {
    names = new Set(
      model.declaration.attributes
        .filter(({ name }) => name === 'id' || name === 'unique')
        .map(
          ({ arguments: args }) =>
            textOf(argument(args, 'name')) ?? fieldNames(argument(args, 'fields', 'first')).join('_'),
        ),
    );
    compounds.set(model, names);
  }
  return names;
}
