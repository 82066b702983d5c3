/** Which columns the application's queries look rows up by: the use that an index would serve. */
import type { FileFacts, Filter, PathUse, Query } from '../schema/code.ts';
import { labelOf } from './code/calls.ts';
import { columnMeant } from './findColumn.ts';
import { findTableOf } from './findTable.ts';
import type { FindTable } from './findTable.ts';
import { memoize } from '../schema/memo.ts';
import type { Relation, Schema, Table } from '../schema/model.ts';
import type { SourceRange } from '../schema/source.ts';

/** Rows of `table` are searched by `columns`, all compared by equality and joined by AND. */
export interface Lookup {
  readonly query: Query;
  readonly table: Table;
  /** Empty where only a range is searched, or only the order counts. */
  readonly columns: readonly string[];
  /** What an index would go on with: the column compared by range, or those that the few rows wanted are sorted by. */
  readonly then: readonly string[];
  readonly via: 'filter' | 'join' | 'load' | 'range' | 'sort';
  /** As the query names it; the first of several conditions. */
  readonly path: string;
  readonly api: string;
  /** Function or method the query stands in; null = top level. */
  readonly function: string | null;
  readonly at: SourceRange;
}

const none: readonly Lookup[] = [];
const cache = new WeakMap<Schema, ReadonlyMap<Table, readonly Lookup[]>>();

/** Look-ups of a table in application code (tests, seeds and migrations prove no load), in the order of files and queries. */
export function lookupsOf(table: Table, schema: Schema): readonly Lookup[] {
  let all = cache.get(schema);
  if (!all) cache.set(schema, (all = collect(schema)));
  return all.get(table) ?? none;
}

function collect(schema: Schema): ReadonlyMap<Table, readonly Lookup[]> {
  const find = findTableOf(schema);
  const found = new Map<Table, Lookup[]>();
  for (const file of schema.code.files) {
    if (file.purpose !== 'application' || file.queries.length === 0) continue;
    for (const lookup of lookupsIn(file, { find })) {
      const list = found.get(lookup.table);
      if (list) list.push(lookup);
      else found.set(lookup.table, [lookup]);
    }
  }
  return new Map([...found].map(([table, list]) => [table, sameList(table, list)]));
}

const lookupsIn = memoize((file: FileFacts, { find }: { readonly find: FindTable }): readonly Lookup[] => {
  // Queries that go on from one set of rows share its conditions: each is a look-up once, where it stands.
  const seen = new Set<string>();
  return file.queries
    .flatMap((query) => lookups(query, file, find))
    .filter(({ table, columns, then, at }) => {
      const place = `${key(table.name, table.namespace)} ${columns.join()} ${then.join()} ${at.line}:${at.column}`;
      return !seen.has(place) && seen.add(place);
    });
});

const lists = new WeakMap<Table, readonly Lookup[]>();

/** A list of the same look-ups is the same list, so that rules see that nothing changed. */
function sameList(table: Table, list: readonly Lookup[]): readonly Lookup[] {
  const known = lists.get(table);
  if (known?.length === list.length && known.every((each, at) => each === list[at])) return known;
  lists.set(table, list);
  return list;
}

function lookups(query: Query, file: FileFacts, find: FindTable): readonly Lookup[] {
  const root = query.table === null ? undefined : find(query.table, query.namespace);
  if (!root) return [];
  const found: Lookup[] = [];
  const functionName = labelOf(file, query.function);
  const add = (hit: Searched, via: Lookup['via'], { path, at }: PathUse, then: readonly string[] = []): void => {
    const known = found.findIndex((other) => other.table === hit.table && sameColumns(other.columns, hit.columns));
    const lookup = { ...hit, then, query, via, path, api: query.api, function: functionName, at };
    if (known === -1) found.push(lookup);
    // Of two that search by the same, the one that also says how it goes on is the one to serve.
    else if (then.length > 0 && found[known]?.then.length === 0) found[known] = lookup;
  };
  const aliases = new Map<string, Table>();
  for (const join of query.joins) {
    const walk = follow(join.path, root, aliases, find);
    for (const hit of walk.searched) add(hit, 'join', join);
    if (join.alias !== null && walk.end) aliases.set(join.alias, walk.end);
  }
  for (const load of query.loads)
    for (const hit of follow(load.path, root, aliases, find).searched) add(hit, 'load', load);

  // Conditions on one table work together: `{ warehouseId, variantId }` is one search by both.
  const together = new Map<string, Group>();
  for (const filter of query.filters) {
    if (filter.wrapped || !searching.has(filter.comparison) || isElsewhere(filter, root)) continue;
    const walk = follow(filter.path, root, aliases, find);
    for (const hit of walk.searched) add(hit, 'join', filter);
    if (!walk.named) continue;
    // Rows of a relation are found by its key, whatever else is asked of them.
    const { table: end } = walk.named;
    if ((query.through !== undefined && end === root) || walk.searched.some((hit) => hit.table === end)) continue;
    const { table, columns } = walk.named;
    const name = `${key(table.name, table.namespace)} ${filter.orGroup}`;
    const group = together.get(name) ?? { table, columns: [], ranged: [], first: filter };
    together.set(name, group);
    (filter.comparison === 'eq' || filter.comparison === 'in' ? group.columns : group.ranged).push(...columns);
  }
  const sorted = sortedBy(query, root, (path) => follow(path, root, aliases, find).named);
  const ofRoot = [...together.values()].some(({ table, columns }) => table === root && columns.length > 0);
  for (const { table, columns, ranged, first } of together.values()) {
    // What the query begins with is the table it is about; those it goes on to are found by their keys.
    if (ofRoot && table !== root) continue;
    const then = ranged.length > 0 ? ranged.slice(0, 1) : table === root ? sorted : [];
    add({ table, columns: [...new Set(columns)] }, columns.length > 0 ? 'filter' : 'range', first, then);
  }
  const [sort] = query.sorts;
  if (sort && query.filters.length === 0 && sorted.length > 0) add({ table: root, columns: [] }, 'sort', sort, sorted);
  return found;
}

/** `OAuthAccount.accountId` is no condition on the users that are selected, though these have a column of that name as well. */
function isElsewhere({ path, target }: Filter, root: Table): boolean {
  const [first = '', ...others] = path.split('.');
  return target !== undefined && target.table !== root.name && others.length > 0 && !hasMember(root, first);
}

/** What is asked of one table by conditions joined by AND. */
interface Group {
  readonly table: Table;
  readonly columns: string[];
  readonly ranged: string[];
  readonly first: Filter;
}

const searching: ReadonlySet<Filter['comparison']> = new Set(['eq', 'in', 'range', 'prefix']);

/**
 * Columns that an index would give the rows in order by. Only where few of them are wanted does that pay: else all are read and
 * sorted anyway. `IN` yields several runs, each in order only by itself; of filters that are not known neither can be said.
 */
function sortedBy(query: Query, root: Table, named: (path: string) => Searched | null): readonly string[] {
  const few = query.limit !== null || query.rows === 'one';
  const plain = query.filters.every(
    ({ comparison, orGroup, wrapped }) => comparison === 'eq' && orGroup === 0 && !wrapped,
  );
  if (!few || !plain || !query.complete || query.groups.length > 0) return [];
  const directions = new Set(query.sorts.map(({ direction }) => direction));
  if (directions.size !== 1 || directions.has('unknown')) return [];
  const columns = query.sorts.map(({ path }) => named(path));
  return columns.every((each) => each?.table === root) ? columns.flatMap((each) => each?.columns ?? []) : [];
}

function sameColumns(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((column) => b.includes(column));
}

type Searched = Pick<Lookup, 'table' | 'columns'>;

interface Walk {
  /** Table the path ends at; null where it ends at a column or leads nowhere known. */
  readonly end: Table | null;
  /** Columns the path names: a column, or the foreign key of a relation's owning side. */
  readonly named: Searched | null;
  /** Tables that are searched by a foreign key on the way: those of relations followed from their inverse side. */
  readonly searched: readonly Searched[];
}

/** Follows `order.items.product`, `items.productId`, `alias.column`: property by property, from the root or an alias. */
function follow(path: string, root: Table, aliases: ReadonlyMap<string, Table>, find: FindTable): Walk {
  const [first = '', ...others] = path.split('.');
  // Another table named in front (`tags.name` of what begins with `posts`) is the one that is searched.
  const aliased =
    others.length === 0
      ? undefined
      : (aliases.get(first) ?? (hasMember(root, first) ? undefined : find(first, root.namespace)));
  const segments = others.length > 0 && (aliased || !hasMember(root, first)) ? others : [first, ...others];
  let table = aliased ?? root;
  const searched: Searched[] = [];
  for (const [at, segment] of segments.entries()) {
    const rest = segments.slice(at).join('.');
    const column = columnMeant(table, rest);
    if (column) return { end: null, named: { table, columns: [column.name] }, searched };
    const relation = table.relations.find(({ property }) => property === segment);
    const target = relation && find(relation.target, relation.targetNamespace);
    const named = relation && relation.columns.length > 0 ? { table, columns: relation.columns } : null;
    // A table of a library: the key of the row is searched all the same.
    if (!relation || !target) return { end: null, named: at === segments.length - 1 ? named : null, searched };
    if (at === segments.length - 1)
      return { end: target, named, searched: [...searched, ...inverse(relation, table, target, find)] };
    if (named && namesKey(target, segments.slice(at + 1).join('.'))) return { end: null, named, searched };
    searched.push(...inverse(relation, table, target, find));
    table = target;
  }
  return { end: table, named: null, searched };
}

function hasMember(table: Table, name: string): boolean {
  return (
    table.relations.some(({ property }) => property === name) ||
    table.columns.some((column) => column.name === name || column.property?.split('.')[0] === name)
  );
}

/** `customer.id` names the foreign key of the order, not a column of the customer. */
function namesKey(target: Table, path: string): boolean {
  const column = columnMeant(target, path);
  return column !== undefined && target.primaryKey.length === 1 && target.primaryKey[0] === column.name;
}

/** What a database searches by foreign key when a relation is followed from the side that does not hold the key. */
function inverse(relation: Relation, table: Table, target: Table, find: FindTable): readonly Searched[] {
  if (relation.kind === 'many-to-many') {
    const between = relation.joinTable === null ? undefined : find(relation.joinTable, table.namespace);
    const back = between?.foreignKeys.find(({ references }) => references.table === table.name);
    return between && back ? [{ table: between, columns: back.columns }] : [];
  }
  if (relation.owner) return [];
  const other = target.relations.find(
    (candidate) =>
      candidate.owner &&
      candidate.target === table.name &&
      (relation.inverse === null || candidate.property === relation.inverse),
  );
  return other && other.columns.length > 0 ? [{ table: target, columns: other.columns }] : [];
}

function key(name: string, namespace: string | null): string {
  return `${namespace ?? ''}\0${name}`;
}
