/** Gives queries of scripts the tables and columns they mean. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver, Tables } from '../shared/physicalPaths.ts';

export function linkQueries(files: readonly FileFacts[], tables: readonly Table[]): readonly FileFacts[] {
  const find = tableFinder(new Map(tables.map((table) => [`${table.namespace ?? ''}.${table.name}`, table])));
  const paths = pathResolver({ entity: () => undefined, table: find });
  return files.map((file) =>
    file.queries.length === 0 ? file : { ...file, queries: file.queries.map((query) => linked(query, find, paths)) },
  );
}

function linked(query: Query, find: Tables['table'], paths: PathResolver): Query {
  const table = query.table === null ? undefined : find(query.table, query.namespace);
  if (!table) return query;
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, null);
      return found ? { ...use, target: found } : use;
    });
  return {
    ...query,
    table: table.name,
    namespace: table.namespace,
    filters: target(query.filters),
    sorts: target(query.sorts),
    joins: target(query.joins),
    groups: target(query.groups),
    writes: target(query.writes),
  };
}
