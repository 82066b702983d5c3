/** Gives queries their physical tables and columns, over all files of a project. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { memoize } from '../../schema/memo.ts';
import type { Lookups } from '../../schema/memo.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';
import { receiverOfType } from './receivers.ts';

/** What the queries of a file may be linked with. */
interface World extends Lookups {
  /** Table of an entity, by the name of its class or `EntitySchema`. */
  readonly entity: (name: string) => Table | undefined;
  /** By its physical name. */
  readonly table: (name: string, namespace: string | null) => Table | undefined;
  /** What the classes of a name extend, with \0 between; '' of those that extend nothing. */
  readonly bases: (name: string) => string | undefined;
  /** Type of a field, as `Owner.name`; of a module's constant, as `.name`. */
  readonly field: (name: string) => string | undefined;
  /** Whether the classes define a method, as `Owner.name`. */
  readonly method: (name: string) => boolean;
}

/** `entities`: name of the class (or `EntitySchema`) → the table it is stored in. Queries on things that are no repository are dropped. */
export function linkQueries(files: readonly FileFacts[], entities: ReadonlyMap<string, Table>): readonly FileFacts[] {
  const world = worldOf(files, entities);
  return files.map((file) => (file.queries.length === 0 ? file : linkFile(file, world)));
}

const linkFile = memoize((file: FileFacts, world: World): FileFacts => {
  const receivers = receiverResolver(world);
  const paths = pathResolver(world);
  return { ...file, queries: file.queries.flatMap((query) => linkQuery(query, receivers, world, paths)) };
});

function worldOf(files: readonly FileFacts[], entities: ReadonlyMap<string, Table>): World {
  // Most receivers name their entity, and nothing else is asked for.
  let declared: Declared | undefined;
  const declaredIn = (): Declared => (declared ??= declaredBy(files));
  return {
    entity: (name) => entities.get(name),
    table: tableFinder(entities),
    bases: (name) => declaredIn().bases.get(name),
    field: (name) => declaredIn().fields.get(name),
    method: (name) => declaredIn().methods.has(name),
  };
}

interface Declared {
  readonly bases: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, string>;
  readonly methods: ReadonlySet<string>;
}

function declaredBy(files: readonly FileFacts[]): Declared {
  const bases = new Map<string, string>();
  const fields = new Map<string, string>();
  const methods = new Set<string>();
  for (const file of files) {
    for (const { name, extends: base } of file.classes) {
      const known = bases.get(name);
      bases.set(name, known === undefined ? (base ?? '') : `${known}\0${base ?? ''}`);
    }
    for (const { owner, name, type } of file.fields) {
      const key = `${owner}.${name}`;
      if (!fields.has(key)) fields.set(key, type);
    }
    for (const { owner, name } of file.functions) if (owner !== null && name !== null) methods.add(`${owner}.${name}`);
  }
  return { bases, fields, methods };
}

function linkQuery(
  query: Query,
  entityOf: (type: string, api: string) => string | null | undefined,
  world: World,
  paths: PathResolver,
): Query[] {
  let { entity } = query;
  if (query.receiver !== null) {
    const resolved = entityOf(query.receiver, query.api);
    if (resolved === undefined) return [];
    entity = resolved ?? entity;
  }
  const table =
    entity === null
      ? query.table === null
        ? undefined
        : world.table(query.table, query.namespace)
      : world.entity(entity);
  if (!table) return [{ ...query, entity }];
  const physical = query.sql !== null && entity === null;
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, physical ? null : entity);
      return found ? { ...use, target: found } : use;
    });
  return [
    {
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
    },
  ];
}

/**
 * Entity behind a type or name that a file takes from another: `OrderRepository` (a class that extends `Repository<Order>`),
 * `orderRepository` (a constant of a module), `Order` (a class with the static methods of BaseEntity).
 * Undefined = it is no repository; null = a repository of an unknown entity.
 */
function receiverResolver(world: World): (type: string, api: string) => string | null | undefined {
  const isEntity = (name: string): boolean => world.entity(name) !== undefined;
  const basesOf = (name: string): readonly string[] | undefined =>
    world
      .bases(name)
      ?.split('\0')
      .filter((base) => base !== '');

  function resolve(type: string, api: string, depth: number): string | null | undefined {
    if (depth > 8) return undefined;
    const direct = receiverOfType(type);
    if (direct.kind === 'repository') return direct.entity;
    if (direct.kind !== 'named') return undefined;
    const match = /^([\w$]+)(?:\.([\w$#]+))?\s*(?:<([\s\S]*)>)?$/.exec(direct.type);
    const [, name = '', member, args] = match ?? [];
    if (member !== undefined) return memberOf(name, member, api, depth);
    if (isEntity(name)) return name;
    const declared = basesOf(name);
    if (declared) return ofClass(declared, name, args, api, depth);
    const constant = world.field(`.${name}`);
    if (constant !== undefined && constant !== type) return resolve(constant, api, depth + 1);
    return byName(name);
  }

  function ofClass(
    bases: readonly string[],
    name: string,
    args: string | undefined,
    api: string,
    depth: number,
  ): string | null | undefined {
    // A method that the class defines itself is no query but a function to follow.
    if (world.method(`${name}.${api}`)) return undefined;
    for (const base of bases) {
      const found = resolve(base, api, depth + 1);
      if (found === undefined) continue;
      // `class Base<T> extends Repository<T>`, used as `Base<Order>`.
      const stated = /^\s*([A-Z][\w$]*)/.exec(args ?? '')?.[1];
      return found ?? (stated !== undefined && isEntity(stated) ? stated : null);
    }
    return undefined;
  }

  /** A field that a base class declares: `this.repository` in a class that extends `BaseService<Order>`. */
  function memberOf(owner: string, member: string, api: string, depth: number): string | null | undefined {
    let args: string | undefined;
    for (let name: string | undefined = owner, steps = 0; name !== undefined && steps < 8; steps++) {
      const type = world.field(`${name}.${member}`);
      if (type !== undefined) {
        const found = resolve(type, api, depth + 1);
        if (found !== null) return found;
        const stated = /^\s*([A-Z][\w$]*)/.exec(args ?? '')?.[1];
        return stated !== undefined && isEntity(stated) ? stated : null;
      }
      const base: string | undefined = basesOf(name)?.[0];
      const match: RegExpExecArray | null = base === undefined ? null : /^([\w$]+)\s*(?:<([\s\S]*)>)?/.exec(base);
      args = match?.[2] ?? args;
      name = match?.[1];
    }
    return byName(member);
  }

  /** `orderRepository`, `ordersRepo`: the entity that it is named after, if there is one. */
  function byName(name: string): string | undefined {
    const stem = /^(\w+?)s?(?:Repository|Repo)$/.exec(name)?.[1];
    if (stem === undefined) return undefined;
    const entity = stem.charAt(0).toUpperCase() + stem.slice(1);
    return [entity, `${entity}Entity`, `${entity}s`].find(isEntity);
  }

  return (type, api) => resolve(type, api, 0);
}
