/** Gives queries their physical tables and columns, over all files of a project. */
import type { FileFacts, Filter, Load, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';
import type { PyValue } from '../shared/python/values.ts';
import { isCall, isClass, isMember } from '../shared/python/values.ts';
import type { Built } from './build.ts';

interface World {
  readonly built: Built;
  readonly entities: ReadonlyMap<string, Table>;
  readonly find: (name: string, namespace: string | null) => Table | undefined;
  readonly paths: PathResolver;
}

export function linkQueries(files: readonly FileFacts[], built: Built): readonly FileFacts[] {
  const entities = new Map<string, Table>();
  for (const { cls } of built.discovered.mapped) {
    const found = built.tableOfClass(cls);
    if (found && !entities.has(cls.name)) entities.set(cls.name, found);
  }
  const find = tableFinder(new Map(built.tables.map((table) => [`${table.namespace ?? ''}.${table.name}`, table])));
  const world: World = {
    built,
    entities,
    find,
    paths: pathResolver({ entity: (name) => entities.get(name), table: find }),
  };
  return files.map((file) =>
    file.queries.length === 0
      ? file
      : { ...file, queries: file.queries.flatMap((query) => linkQuery(query, file, world)) },
  );
}

function linkQuery(query: Query, file: FileFacts, world: World): readonly Query[] {
  if (query.sql !== null) {
    const table = query.table === null ? undefined : world.find(query.table, query.namespace);
    return [table ? linked(query, table, null, world) : query];
  }
  if (query.entity === null) return [query];
  const table = tableNamed(query.entity, file.file, world);
  if (table) return [linked(query, table, query.entity.slice(query.entity.lastIndexOf('.') + 1), world)];
  // Of another library: `cache.get(User, 1)`, `client.execute(select)`.
  return /^(?:\w+\.)*[A-Z]\w*$/.test(query.entity) || query.api === 'query' ? [query] : [];
}

/** A name as the file means it: a class, a table, an alias of either. */
function tableNamed(name: string, file: string, { built, entities }: World): Table | undefined {
  const { evaluator } = built.discovered.context;
  const [head = '', ...steps] = name.split('.');
  let value: PyValue | undefined = evaluator.global(file, head);
  for (const step of steps) value = value === undefined ? undefined : evaluator.attribute(value, step);
  if (isMember(value) && value.value !== null) value = value.value;
  if (isClass(value)) return built.tableOfClass(value);
  if (isCall(value)) return built.tableOfCall(value);
  return entities.get(name.slice(name.lastIndexOf('.') + 1));
}

function linked(query: Query, table: Table, entity: string | null, { paths }: World): Query {
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, entity);
      return found ? { ...use, target: found } : use;
    });
  const filters = target(query.filters);
  return {
    ...query,
    entity: table.entity,
    table: table.name,
    namespace: table.namespace,
    filters,
    sorts: target(query.sorts),
    joins: target(query.joins),
    loads: target([...query.loads, ...ofSession(table, filters)]),
    groups: target(query.groups),
    writes: target(query.writes),
  };
}

/**
 * Relations to the one row that the filters name: all rows share it, and the session reads no row twice by its key
 * (docs.sqlalchemy.org/en/20/glossary.html#term-identity-map).
 */
function ofSession(table: Table, filters: readonly Filter[]): readonly Load[] {
  return table.relations.flatMap(({ property, columns, kind }) => {
    if (kind === 'many-to-many' || kind === 'one-to-many') return [];
    const named = filters.find(
      ({ path, comparison, orGroup, target }) =>
        comparison === 'eq' &&
        orGroup === 0 &&
        (path === property ||
          (columns.length > 0 &&
            target?.table === table.name &&
            columns.every((column) => target.columns.includes(column)))),
    );
    return named ? [{ path: property, at: named.at }] : [];
  });
}
