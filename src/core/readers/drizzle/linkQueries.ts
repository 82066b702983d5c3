/** Gives queries their physical tables and columns. What names no table of the project is no query of Drizzle's, unless its file imports it. */
import type { FileFacts, Join, PathUse, Query } from '../../schema/code.ts';
import { memoize } from '../../schema/memo.ts';
import type { Table } from '../../schema/model.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';
import type { LinkedSchema } from './link.ts';
import { byKey } from './relational.ts';

interface Names {
  /** The table that a name of the file means. */
  readonly named: (name: string) => Table | undefined;
  readonly table: (name: string, namespace: string | null) => Table | undefined;
  readonly constant: (name: string) => Table | undefined;
}

export function linkQueries(files: readonly FileFacts[], schema: LinkedSchema): readonly FileFacts[] {
  const constants = new Map<string, Table>();
  for (const { declared, table } of schema.tables)
    if (!constants.has(declared.shape.constant)) constants.set(declared.shape.constant, table);
  const find = tableFinder(constants);
  return files.map((file) => {
    if (file.queries.length === 0) return file;
    const linked = linkFile(schema);
    return linked(file, {
      named: (name) => schema.tableAt(file.file, name),
      table: find,
      constant: (name) => constants.get(name),
    });
  });
}

/** Kept with the schema: what a file's names mean in it does not change. */
const perSchema = new WeakMap<LinkedSchema, ReturnType<typeof memoizedFile>>();

function linkFile(schema: LinkedSchema): ReturnType<typeof memoizedFile> {
  let linked = perSchema.get(schema);
  if (!linked) perSchema.set(schema, (linked = memoizedFile()));
  return linked;
}

function memoizedFile(): (file: FileFacts, names: Names & Record<string, (...args: never[]) => unknown>) => FileFacts {
  return memoize((file: FileFacts, names: Names & Record<string, (...args: never[]) => unknown>): FileFacts => {
    const importsDrizzle = file.imports.some(({ module }) => module.startsWith('drizzle-orm'));
    const paths = pathResolver({ entity: (name) => names.named(name) ?? names.constant(name), table: names.table });
    return {
      ...file,
      queries: file.queries
        .map((query) => withoutParameter(query, file))
        .flatMap((query) => linkQuery(query, names, paths, importsDrizzle)),
    };
  });
}

/** `insert({ table, values })`: which table it is, the caller says. */
function withoutParameter(query: Query, { functions }: FileFacts): Query {
  const own = query.function === null ? undefined : functions[query.function];
  return query.entity !== null && own?.parameters.includes(query.entity) === true ? { ...query, entity: null } : query;
}

function linkQuery(query: Query, names: Names, paths: PathResolver, importsDrizzle: boolean): readonly Query[] {
  if (query.sql !== null) return [linkRaw(query, names, paths)];
  const entity = query.entity ?? '';
  const table =
    query.receiver === byKey
      ? names.constant(entity)
      : (names.named(entity) ?? (entity.includes('.') ? names.constant(entity.replace(/^.*\./, '')) : undefined));
  if (!table) return importsDrizzle || query.receiver === byKey ? [{ ...query, receiver: null, loads: [] }] : [];
  const target = targetsIn(table, table.entity, paths);
  return [
    {
      ...query,
      entity: table.entity,
      receiver: null,
      table: table.name,
      namespace: table.namespace,
      filters: target(query.filters),
      sorts: target(query.sorts),
      joins: joinTargets(query.joins, names, target),
      loads: target(query.loads),
      groups: target(query.groups),
      writes: target(query.writes),
    },
  ];
}

function targetsIn(
  table: Table,
  entity: string | null,
  paths: PathResolver,
): <Use extends PathUse>(uses: readonly Use[]) => Use[] {
  return (uses) =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, entity);
      return found ? { ...use, target: found } : use;
    });
}

/** A join that states no column is still one with its table. */
function joinTargets(joins: readonly Join[], names: Names, target: (uses: readonly Join[]) => Join[]): readonly Join[] {
  return target(joins).map((join) => {
    if (join.target) return join;
    const table = names.named(join.path) ?? names.constant(join.path.replace(/\..*$/, ''));
    return table ? { ...join, target: { table: table.name, namespace: table.namespace, columns: [] } } : join;
  });
}

function linkRaw(query: Query, names: Names, paths: PathResolver): Query {
  const { table: stated } = query;
  const table = stated === null ? undefined : (names.table(stated, query.namespace) ?? names.named(stated));
  if (!table) return query;
  const target = targetsIn(table, null, paths);
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
