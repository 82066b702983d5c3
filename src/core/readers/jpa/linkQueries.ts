/** Gives queries their physical tables and columns, over all files of a project. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { JavaType } from '../shared/java/model.ts';
import { parseType, simpleName } from '../shared/java/typeText.ts';
import { substituted } from '../shared/java/world.ts';
import type { JavaWorld, KnownClass } from '../shared/java/world.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver } from '../shared/physicalPaths.ts';
import { propertyPath } from './derived.ts';
import type { BuiltSchema } from './drafts.ts';
import { namedQueries } from './namedQueries.ts';

export interface QueryWorld {
  readonly world: JavaWorld;
  readonly schema: BuiltSchema;
  readonly tables: readonly Table[];
}

interface Linker {
  readonly world: JavaWorld;
  readonly find: (name: string, namespace: string | null) => Table | undefined;
  readonly entity: (name: string) => Table | undefined;
  readonly paths: PathResolver;
  readonly classOf: (file: string, name: string | null) => KnownClass | undefined;
  readonly named: (name: string) => Query | undefined;
}

export function linkQueries(files: readonly FileFacts[], { world, schema, tables }: QueryWorld): readonly FileFacts[] {
  const byKey = new Map(tables.map((table) => [`${table.namespace ?? ''}\0${table.name}`, table]));
  const entities = new Map<string, Table>();
  for (const [entity, draft] of schema.ofEntity) {
    const table = byKey.get(`${draft.namespace ?? ''}\0${draft.name}`);
    if (!table) continue;
    for (const name of [entity.name, entity.className]) if (!entities.has(name)) entities.set(name, table);
  }
  const find = tableFinder(new Map(tables.map((table) => [`${table.namespace ?? ''}.${table.name}`, table])));
  const entity = (name: string): Table | undefined => entities.get(name);
  const byFile = new Map<string, KnownClass[]>();
  for (const known of world.classes) {
    const list = byFile.get(known.path);
    if (list) list.push(known);
    else byFile.set(known.path, [known]);
  }
  const linker: Linker = {
    world,
    find,
    entity,
    paths: pathResolver({ entity, table: find }),
    classOf: (file, name) => {
      const classes = byFile.get(file);
      return classes?.find(({ declaration }) => declaration.name === name) ?? classes?.[0];
    },
    named: namedQueries(world),
  };
  return files.map((file) =>
    file.queries.length === 0
      ? file
      : { ...file, queries: file.queries.flatMap((query) => linkQuery(query, file, linker)) },
  );
}

function linkQuery(query: Query, file: FileFacts, linker: Linker): Query[] {
  const { receiver } = query;
  if (receiver?.startsWith('named:')) {
    const text = linker.named(receiver.slice('named:'.length));
    if (!text) return [{ ...query, receiver: null }];
    const { operation, entity, filters, sorts, joins, loads, sql, complete, selects, groups } = text;
    const rows = query.rows === 'unknown' ? text.rows : query.rows;
    return linkQuery(
      {
        ...query,
        receiver: null,
        operation,
        entity,
        filters,
        sorts,
        joins,
        loads,
        sql,
        complete,
        selects,
        groups,
        rows,
        table: text.table,
      },
      file,
      linker,
    );
  }
  if (receiver !== null) return linkRepository(query, receiver, file, linker);
  if (query.sql !== null && query.entity === null)
    return [withTargets(query, query.table === null ? undefined : linker.find(query.table, query.namespace), linker)];
  if (query.entity === null) return [query];
  const table = linker.entity(query.entity);
  // Not of this project's entities: a value of some other class, or one that is not here.
  return table || query.filters.length > 0 || query.api.startsWith('create') ? [withTargets(query, table, linker)] : [];
}

const repositoryBase =
  /^(?:(?:ListCrud|Crud|ListPagingAndSorting|PagingAndSorting|Jpa|JpaSpecificationExecutor|Reactive\w*|CoroutineCrud|CoroutinePageable|Pageable|Generic|Async\w*|Panache|PanacheReactive|RxJava\w*|BasicRepository|DataRepository|Envers\w*|Revision|QuerydslPredicateExecutor|Simple\w*|BaseJpa)?(?:Repository|RepositoryBase|CrudRepository|JpaRepository)?)$/u;

/** Entity of a repository: the first type argument of the library's interface it goes back to. */
function entityOfRepository(type: JavaType, from: KnownClass, linker: Linker, depth = 0): JavaType | null {
  const known = linker.world.resolve(type.name, from);
  if (!known) return repositoryBase.test(simpleName(type.name)) ? (type.arguments[0] ?? null) : null;
  if (depth > 8) return null;
  const { declaration } = known;
  const environment = new Map(
    declaration.typeParameters.map(({ name }, at) => [
      name,
      type.arguments[at] ?? { name: 'Object', arguments: [], array: false },
    ]),
  );
  const definition = declaration.annotations
    .find(({ name }) => name === 'RepositoryDefinition')
    ?.arguments.find(({ name }) => name === 'domainClass')?.value;
  if (definition?.kind === 'class') return definition.type;
  for (const base of [...declaration.implements, ...(declaration.extends ? [declaration.extends] : [])]) {
    const found = entityOfRepository(substituted(base, environment), known, linker, depth + 1);
    if (found && found.name !== 'Object') return found;
  }
  return null;
}

function linkRepository(query: Query, receiver: string, file: FileFacts, linker: Linker): Query[] {
  const from = linker.classOf(file.file, receiver);
  if (!from) return [];
  const type = parseType(receiver);
  const isOwn =
    query.loop === null &&
    query.function !== null &&
    file.functions[query.function]?.owner === simpleName(type.name) &&
    file.functions[query.function]?.name === query.api;
  const repository = linker.world.resolve(type.name, from);
  // An active record: the entity itself is asked.
  const record = linker.entity(simpleName(type.name));
  const element = record ? null : entityOfRepository(type, from, linker);
  const table = record ?? (element ? linker.entity(simpleName(element.name)) : undefined);
  if (query.entity === null && !table && query.table === null) return [];
  // A method that the repository declares is a query of its own: this is a call that leads to it.
  if (!isOwn && repository?.declaration.kind === 'interface' && declares(repository, query.api, linker, 0)) return [];
  if (!isOwn && record && !isPanache(repository, linker)) return [];
  const own = query.entity === null ? table : linker.entity(query.entity);
  const root =
    query.sql !== null && query.entity === null
      ? query.table === null
        ? own
        : linker.find(query.table, query.namespace)
      : own;
  return [withTargets({ ...query, receiver: null }, root, linker)];
}

function isPanache(known: KnownClass | undefined, linker: Linker): boolean {
  for (let current = known, depth = 0; current && depth < 8; depth++) {
    const base: JavaType | null = current.declaration.extends;
    if (base && simpleName(base.name).startsWith('Panache')) return true;
    current = base ? linker.world.resolve(base.name, current) : undefined;
  }
  return false;
}

function declares(repository: KnownClass, method: string, linker: Linker, depth: number): boolean {
  if (repository.declaration.methods.some(({ name, hasBody }) => name === method && !hasBody)) return true;
  if (depth > 6) return false;
  return repository.declaration.implements.some((base) => {
    const known = linker.world.resolve(base.name, repository);
    return known ? declares(known, method, linker, depth + 1) : false;
  });
}

function withTargets(query: Query, table: Table | undefined, { paths }: Linker): Query {
  if (!table) return query;
  const entity = query.sql !== null && query.entity === null ? null : table.entity;
  const isDerived = (path: string): boolean => /^\p{Lu}/u.test(path);
  const readable = (path: string): string =>
    isDerived(path)
      ? (propertyPath(path, (candidate) => hasMember(table, candidate, paths)) ??
        path.charAt(0).toLowerCase() + path.slice(1))
      : path;
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.flatMap((use) => {
      if (use.path === '') return [];
      const path = readable(use.path);
      const found = paths.resolve(table, path, entity);
      return [found ? { ...use, path, target: found } : { ...use, path }];
    });
  return {
    ...query,
    receiver: null,
    entity: table.entity ?? query.entity,
    table: table.name,
    namespace: table.namespace,
    filters: target(query.filters),
    sorts: [...query.sorts.filter(({ path }) => path === ''), ...target(query.sorts)],
    joins: target(query.joins),
    loads: target(query.loads),
    groups: target(query.groups),
    writes: target(query.writes),
  };
}

function hasMember(table: Table, path: string, paths: PathResolver): boolean {
  if (table.columns.some(({ property }) => property === path || property?.startsWith(`${path}.`))) return true;
  if (table.relations.some(({ property }) => property === path)) return true;
  return path.includes('.') && paths.resolve(table, path, table.entity) !== null;
}
