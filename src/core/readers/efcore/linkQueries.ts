/** Gives queries their physical tables and columns. Those of sets that no context has are no queries: lists in memory look the same. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';

export interface QueryWorld {
  /** By the name of the class. */
  readonly entities: ReadonlyMap<string, Table>;
  /** Class of the entity by the name of a `DbSet` property. */
  readonly sets: ReadonlyMap<string, string>;
  /** Names of the classes of contexts, and of interfaces they implement. */
  readonly contexts: ReadonlySet<string>;
}

export function linkQueries(files: readonly FileFacts[], world: QueryWorld): readonly FileFacts[] {
  const table = tableFinder(world.entities);
  const paths = pathResolver({ entity: (name) => world.entities.get(name), table });
  return files.map((file) =>
    file.queries.length === 0
      ? file
      : { ...file, queries: file.queries.flatMap((query) => linked(query, world, table, paths)) },
  );
}

function linked(
  query: Query,
  { entities, sets, contexts }: QueryWorld,
  tableOf: ReturnType<typeof tableFinder>,
  paths: PathResolver,
): readonly Query[] {
  const [kind, name = '', owner = ''] = (query.receiver ?? '').split(' ');
  const context = kind === 'context' ? name : owner;
  if (context !== '' && !contexts.has(context)) return [];
  const entity = kind === 'set' ? (sets.get(name) ?? null) : kind === 'entity' ? name : null;
  if (kind === 'set' && entity === null) return [];
  const table =
    entity !== null ? entities.get(entity) : query.table !== null ? tableOf(query.table, query.namespace) : undefined;
  if (kind === 'entity' && !table) return [];
  if (!table) return [{ ...query, receiver: null, entity }];
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, entity);
      return found ? { ...use, target: found } : use;
    });
  return [
    {
      ...query,
      receiver: null,
      entity: entity ?? table.entity,
      table: table.name,
      namespace: table.namespace,
      filters: target(query.filters),
      sorts: target(query.sorts),
      joins: target(query.joins),
      loads: target(query.loads),
      groups: target(query.groups),
      writes: target(query.writes),
    },
  ];
}
