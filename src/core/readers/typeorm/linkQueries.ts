/** Gives queries their physical tables and columns, over all files of a project. */
import type { ClassFact, FileFacts, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import { pathResolver } from './physicalPaths.ts';
import type { PathResolver } from './physicalPaths.ts';
import { receiverOfType } from './receivers.ts';

/** `entities`: name of the class (or `EntitySchema`) → the table it is stored in. Queries on things that are no repository are dropped. */
export function linkQueries(files: readonly FileFacts[], entities: ReadonlyMap<string, Table>): readonly FileFacts[] {
  const receivers = receiverResolver(files, entities);
  const paths = pathResolver(entities);
  return files.map((file) =>
    file.queries.length === 0
      ? file
      : { ...file, queries: file.queries.flatMap((query) => linkQuery(query, receivers, entities, paths)) },
  );
}

function linkQuery(
  query: Query,
  entityOf: (type: string, api: string) => string | null | undefined,
  entities: ReadonlyMap<string, Table>,
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
        : paths.table(query.table, query.namespace)
      : entities.get(entity);
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
function receiverResolver(
  files: readonly FileFacts[],
  entities: ReadonlyMap<string, Table>,
): (type: string, api: string) => string | null | undefined {
  const classes = new Map<string, ClassFact[]>();
  const fields = new Map<string, string>();
  const methods = new Set<string>();
  for (const file of files) {
    for (const fact of file.classes) {
      const known = classes.get(fact.name);
      if (known) known.push(fact);
      else classes.set(fact.name, [fact]);
    }
    for (const { owner, name, type } of file.fields)
      if (!fields.has(`${owner}.${name}`)) fields.set(`${owner}.${name}`, type);
    for (const { owner, name } of file.functions) if (owner !== null && name !== null) methods.add(`${owner}.${name}`);
  }

  function resolve(type: string, api: string, depth: number): string | null | undefined {
    if (depth > 8) return undefined;
    const direct = receiverOfType(type);
    if (direct.kind === 'repository') return direct.entity;
    if (direct.kind !== 'named') return undefined;
    const match = /^([\w$]+)(?:\.([\w$#]+))?\s*(?:<([\s\S]*)>)?$/.exec(direct.type);
    const [, name = '', member, args] = match ?? [];
    if (member !== undefined) return memberOf(name, member, api, depth);
    if (entities.has(name)) return name;
    const declared = classes.get(name);
    if (declared) return ofClass(declared, name, args, api, depth);
    const constant = fields.get(`.${name}`);
    if (constant !== undefined && constant !== type) return resolve(constant, api, depth + 1);
    return byName(name);
  }

  function ofClass(
    declared: readonly ClassFact[],
    name: string,
    args: string | undefined,
    api: string,
    depth: number,
  ): string | null | undefined {
    // A method that the class defines itself is no query but a function to follow.
    if (methods.has(`${name}.${api}`)) return undefined;
    for (const { extends: base } of declared) {
      if (base === null) continue;
      const found = resolve(base, api, depth + 1);
      if (found === undefined) continue;
      // `class Base<T> extends Repository<T>`, used as `Base<Order>`.
      const stated = /^\s*([A-Z][\w$]*)/.exec(args ?? '')?.[1];
      return found ?? (stated !== undefined && entities.has(stated) ? stated : null);
    }
    return undefined;
  }

  /** A field that a base class declares: `this.repository` in a class that extends `BaseService<Order>`. */
  function memberOf(owner: string, member: string, api: string, depth: number): string | null | undefined {
    let args: string | undefined;
    for (let name: string | undefined = owner, steps = 0; name !== undefined && steps < 8; steps++) {
      const type = fields.get(`${name}.${member}`);
      if (type !== undefined) {
        const found = resolve(type, api, depth + 1);
        if (found !== null) return found;
        const stated = /^\s*([A-Z][\w$]*)/.exec(args ?? '')?.[1];
        return stated !== undefined && entities.has(stated) ? stated : null;
      }
      const base: string | null | undefined = classes
        .get(name)
        ?.find(({ extends: extended }) => extended !== null)?.extends;
      const match: RegExpExecArray | null =
        base === null || base === undefined ? null : /^([\w$]+)\s*(?:<([\s\S]*)>)?/.exec(base);
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
    return [entity, `${entity}Entity`, `${entity}s`].find((candidate) => entities.has(candidate));
  }

  return (type, api) => resolve(type, api, 0);
}
