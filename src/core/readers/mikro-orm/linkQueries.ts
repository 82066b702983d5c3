/** Gives queries their physical tables and columns, over all files of a project. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import { memoize } from '../../schema/memo.ts';
import type { Lookups } from '../../schema/memo.ts';
import type { Table } from '../../schema/model.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';

interface World extends Lookups {
  readonly entity: (name: string) => Table | undefined;
  readonly table: (name: string, namespace: string | null) => Table | undefined;
  /** What the collections of this name hold; null where they hold different things. */
  readonly collection: (property: string) => Table | null;
  /** Entity of a repository class. */
  readonly repository: (type: string) => string | undefined;
}

export function linkQueries(files: readonly FileFacts[], byEntity: ReadonlyMap<string, Table>): readonly FileFacts[] {
  const repositories = new Map<string, string>();
  for (const { classes } of files)
    for (const { name, extends: base } of classes) {
      const entity = /Repository\s*<\s*([\w$]+)/.exec(base ?? '')?.[1];
      if (entity !== undefined) repositories.set(name, entity);
    }
  const world: World = {
    entity: (name) => byEntity.get(name) ?? byEntity.get(name.replace(/(?:Schema|Entity)$/, '')),
    table: tableFinder(byEntity),
    collection: collectionsIn(byEntity),
    repository: (type) => repositories.get(type),
  };
  return files.map((file) => (file.queries.length === 0 ? file : linkFile(file, world)));
}

function collectionsIn(byEntity: ReadonlyMap<string, Table>): (property: string) => Table | null {
  const tables = new Map([...byEntity.values()].map((table) => [table.name, table]));
  const found = new Map<string, Table | null>();
  for (const { relations } of tables.values())
    for (const { property, kind, target } of relations) {
      if (!kind.endsWith('-to-many')) continue;
      const held = tables.get(target) ?? null;
      found.set(property, found.has(property) && found.get(property) !== held ? null : held);
    }
  return (property) => found.get(property) ?? null;
}

const linkFile = memoize((file: FileFacts, world: World): FileFacts => {
  const paths = pathResolver(world);
  return { ...file, queries: file.queries.flatMap((query) => linkQuery(query, world, paths, importsOurs(file))) };
});

function importsOurs({ imports }: FileFacts): boolean {
  return imports.some(({ module }) => /^@?mikro-orm/.test(module));
}

function linkQuery(query: Query, world: World, paths: PathResolver, isOurs: boolean): readonly Query[] {
  if (query.sql !== null) {
    const table = query.table === null ? undefined : world.table(query.table, query.namespace);
    return [table ? targeted(query, table, null, paths) : query];
  }
  if (query.receiver?.includes('.')) {
    const owned = world.collection(query.receiver.slice(query.receiver.lastIndexOf('.') + 1));
    const read = { ...query, receiver: null, through: query.receiver, uses: [...query.uses, query.receiver] };
    return owned ? [targeted(read, owned, owned.entity, paths)] : [];
  }
  const name = query.entity ?? (query.receiver === null ? null : entityOfRepository(query.receiver, world));
  const table = name === null ? undefined : world.entity(name);
  // A manager of that name, a method of that name: without an entity of ours it may be anybody's.
  if (!table) return isOurs ? [{ ...query, receiver: null }] : [];
  return [targeted({ ...query, receiver: null }, table, name, paths)];
}

/** `AuthorRepository`, `authorRepository`, `authorRepo`: its class tells, else its name. */
function entityOfRepository(receiver: string, world: World): string | null {
  const type = receiver.charAt(0).toUpperCase() + receiver.slice(1);
  const known = world.repository(receiver) ?? world.repository(type);
  if (known !== undefined) return known;
  const plain = type.replace(/Repo(?:sitory)?$/, '');
  return plain === '' ? null : plain;
}

function targeted(query: Query, table: Table, entity: string | null, paths: PathResolver): Query {
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, entity);
      return found ? { ...use, target: found } : use;
    });
  return {
    ...query,
    entity: entity ?? table.entity,
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
