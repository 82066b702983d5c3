/** The fewest new indexes that serve what no index of a table serves yet. */
import type { Dialect, ForeignKey, Index, Table } from '../../schema/model.ts';
import type { Lookup } from '../lookups.ts';
import { blocksOf, unservedDemands } from './demands.ts';
import type { Demand } from './demands.ts';
import { fewestGroups, merge, serves } from './prefixes.ts';
import type { Blocks } from './prefixes.ts';

export interface ServedQuery {
  readonly lookup: Lookup;
  /** Whether the index finds just the rows wanted, in their order; else its first column leaves few to look through. */
  readonly fully: boolean;
}

export interface IndexProposal {
  readonly columns: readonly string[];
  /** Each query once, in the order of files. */
  readonly serves: readonly ServedQuery[];
  /** Keys whose rows it finds when what they refer to is deleted. */
  readonly foreignKeys: readonly ForeignKey[];
  /** Declared indexes that it makes superfluous. */
  readonly replaces: readonly Index[];
  /** Every query is found by another index already: this one also gives the order. */
  readonly forOrderOnly: boolean;
}

/** A query by more columns than another asks for an index of its own from this number of call sites on. */
const worthwhileSites = 2;

/** Most call sites first, then by columns. Nothing is proposed that a key, constraint or index covers. */
export function proposeIndexes(
  table: Table,
  lookups: readonly Lookup[],
  dialect: Dialect | null,
): readonly IndexProposal[] {
  const demands = unservedDemands(table, lookups, dialect);
  const groups = fewestGroups(demands.map(blocksOf)).map((places): Group => ({
    full: places.flatMap((at) => demands[at] ?? []),
    narrowed: [],
  }));
  return foldSmall(groups)
    .map((group) => proposalOf(table, group))
    .toSorted(
      (a, b) =>
        b.serves.length - a.serves.length ||
        b.foreignKeys.length - a.foreignKeys.length ||
        compare(a.columns.join(), b.columns.join()),
    );
}

/** What one new index is for. */
interface Group {
  readonly full: readonly Demand[];
  /** Those of which its first column leaves few rows to look through. */
  readonly narrowed: readonly Demand[];
}

/** What few queries ask for alone, and the first column of another new index narrows, is left to that one. */
function foldSmall(groups: readonly Group[]): readonly Group[] {
  let left = [...groups].sort((a, b) => sites(a.full) - sites(b.full));
  for (const { full } of [...left]) {
    if (sites(full) >= worthwhileSites || full.some(({ foreignKey }) => foreignKey !== null)) continue;
    const own = left.find((group) => group.full === full);
    if (!own || own.narrowed.length > 0) continue;
    const others = left.filter((group) => group !== own);
    const homes = full.map((demand) => others.find((other) => demand.equal.includes(columnsFor(other.full)[0] ?? '')));
    if (!homes.every((home) => home !== undefined)) continue;
    left = others.map((other) => ({
      ...other,
      narrowed: [...other.narrowed, ...full.filter((_, at) => homes[at] === other)],
    }));
  }
  return left;
}

function sites(demands: readonly Demand[]): number {
  return new Set(demands.flatMap(({ lookups }) => lookups.map(({ query }) => query))).size;
}

/** Within a block foreign keys come first, then what most queries ask for, then the order of the source. */
function columnsFor(demands: readonly Demand[]): readonly string[] {
  const blocks = demands.reduce<Blocks>((merged, demand) => merge(merged, blocksOf(demand)) ?? merged, []);
  const keys = new Set(demands.flatMap(({ foreignKey }) => foreignKey?.columns ?? []));
  const uses = (column: string): number =>
    demands.filter(({ equal }) => equal.includes(column)).reduce((sum, { lookups }) => sum + lookups.length, 0);
  return blocks.flatMap((block) =>
    block.toSorted((a, b) => Number(keys.has(b)) - Number(keys.has(a)) || uses(b) - uses(a)),
  );
}

function proposalOf(table: Table, { full, narrowed }: Group): IndexProposal {
  const columns = columnsFor(full);
  const served = new Map<Lookup['query'], ServedQuery>();
  for (const { equal, then, lookups } of [...full, ...narrowed])
    for (const lookup of lookups) {
      const known = served.get(lookup.query);
      const fully = serves(columns, blocksOf({ equal, then })) || known?.fully === true;
      served.set(lookup.query, { lookup: known?.lookup ?? lookup, fully });
    }
  return {
    columns,
    serves: [...served.values()].toSorted((a, b) => compareSites(a.lookup, b.lookup)),
    foreignKeys: full.flatMap(({ foreignKey }) => foreignKey ?? []),
    replaces: table.indexes.filter((index) => isReplaced(index, columns)),
    forOrderOnly: full.every(({ found }) => found),
  };
}

/** A plain index that is the beginning of the new one. */
function isReplaced(index: Index, columns: readonly string[]): boolean {
  return (
    index.origin === 'declared' &&
    !index.unique &&
    index.where === null &&
    index.expression === null &&
    (index.method ?? 'btree').toLowerCase() === 'btree' &&
    !index.orders.includes('desc') &&
    index.include.length === 0 &&
    index.columns.length > 0 &&
    index.columns.every((column, at) => columns[at] === column)
  );
}

function compareSites({ at: a }: Lookup, { at: b }: Lookup): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
