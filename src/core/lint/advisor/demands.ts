/** What the queries and the foreign keys of a table ask of its indexes. */
import { accessPaths, obstacleTo } from '../../dialects/indexCoverage.ts';
import type { AccessPath } from '../../dialects/indexCoverage.ts';
import { engines } from '../../dialects/registry.ts';
import type { Column, Dialect, ForeignKey, Table } from '../../schema/model.ts';
import { wordsOf } from '../../schema/words.ts';
import { columnNamed } from '../findColumn.ts';
import type { Lookup } from '../lookups.ts';
import { serves } from './prefixes.ts';
import type { Blocks } from './prefixes.ts';

/** Searches that ask for the same columns. */
export interface Demand {
  /** Compared by equality, each with any other before it. */
  readonly equal: readonly string[];
  /** What the index goes on with: one column compared by range, or those of the sort. */
  readonly then: readonly string[];
  /** Queries that ask so; empty = only the foreign key does. */
  readonly lookups: readonly Lookup[];
  /** The key by which rows are looked for when what they refer to is deleted. */
  readonly foreignKey: ForeignKey | null;
  /** An index that there is finds the rows, yet in no order: the few that are wanted come from sorting all. */
  readonly found: boolean;
}

/** Columns compared by equality that an index is given: more of them seldom leave out more rows, and each is written with every row. */
const mostEqual = 3;

export function blocksOf({ equal, then }: Pick<Demand, 'equal' | 'then'>): Blocks {
  return [...(equal.length > 0 ? [equal] : []), ...then.map((column) => [column])];
}

/**
 * What no key, constraint or index serves. Foreign keys come first, then queries in their order; searches by the same columns
 * are one demand. Columns with few values are left out: an index on them alone seldom helps.
 */
export function unservedDemands(table: Table, lookups: readonly Lookup[], dialect: Dialect | null): readonly Demand[] {
  if (table.kind === 'view' || table.kind === 'materialized-view' || dialect === 'cassandra') return [];
  const paths = accessPaths(table);
  const found = new Map<string, Demand>();
  const add = (demand: Demand): void => {
    const name = JSON.stringify([[...demand.equal].sort(), demand.then]);
    const known = found.get(name);
    found.set(
      name,
      known
        ? {
            ...known,
            lookups: [...known.lookups, ...demand.lookups],
            foreignKey: known.foreignKey ?? demand.foreignKey,
            found: known.found && demand.found,
          }
        : demand,
    );
  };
  for (const key of table.foreignKeys)
    if (key.columns.length > 0 && !isKeyServed(table, key, dialect))
      add({ equal: key.columns, then: [], lookups: [], foreignKey: key, found: false });
  for (const lookup of lookups) {
    const demand = demandOf(table, lookup, paths, dialect);
    if (demand) add(demand);
  }
  return [...found.values()];
}

/** A foreign key is served by what leads with its columns, or by the engine itself. */
export function isKeyServed(table: Table, key: ForeignKey, dialect: Dialect | null): boolean {
  if (key.enforced && dialect !== null && engines[dialect].foreignKeyIndex.value === 'always') return true;
  return accessPaths(table).some((path) => obstacleTo(path, key.columns, dialect) === null);
}

function demandOf(table: Table, lookup: Lookup, paths: readonly AccessPath[], dialect: Dialect | null): Demand | null {
  const plain = (path: AccessPath): boolean => obstacleTo(path, path.columns.slice(0, 1), dialect) === null;
  const findsOne = ({ kind, columns, index }: AccessPath): boolean =>
    (kind !== 'index' || (index?.unique === true && index.where === null && index.expression === null)) &&
    columns.length > 0 &&
    columns.every((column) => lookup.columns.includes(column));
  if (paths.some(findsOne)) return null;
  const fine = lookup.columns.filter((name) => !isCoarse(table, name));
  const equal = fine.length <= mostEqual ? fine : [...keysFirst(table, fine)].slice(0, mostEqual);
  const rest = lookup.then.filter((name) => !equal.includes(name));
  const then = rest.every((name) => isCoarse(table, name)) ? [] : rest;
  if (then.length === 0 && equal.every((name) => isKind(table, name))) return null;
  const blocks = blocksOf({ equal, then });
  if (paths.some((path) => plain(path) && serves(path.columns, blocks))) return null;
  // One column that leads an index leaves few rows to check, whatever else is asked.
  const found = paths.some((path) => plain(path) && lookup.columns.includes(path.columns[0] ?? ''));
  if (found && (lookup.then.length === 0 || lookup.query.sorts.length === 0)) return null;
  return { equal, then, lookups: [lookup], foreignKey: null, found };
}

/** Few values, each in many rows. */
function isCoarse(table: Table, name: string): boolean {
  const column = columnNamed(table, name);
  return column?.type === 'boolean' || column?.role === 'deleted-at' || (column !== undefined && isFlag(column));
}

/** Yes or no kept as a number or a letter, as databases without truth values do: `is_deleted tinyint`, `del_flag char(1)`. */
function isFlag({ name, type, length }: Column): boolean {
  const holdsOne = /^int(?:8|16|32)$/u.test(type) || ((type === 'char' || type === 'string') && length === 1);
  return (
    holdsOne &&
    /^(?:is|has)_|(?:^|_)(?:enabled|disabled|deleted|hidden|locked|archived|active|published|flag)$/iu.test(name)
  );
}

/** An enumeration, or what is named like one: worth its place in an index beside other columns, seldom worth one alone. */
function isKind(table: Table, name: string): boolean {
  const column = columnNamed(table, name);
  return (
    column !== undefined &&
    (column.enum !== null || column.listed === true || kinds.has(wordsOf(column.property ?? column.name).at(-1) ?? ''))
  );
}

const kinds: ReadonlySet<string> = new Set(
  'status state type kind role gender sex currency locale language lang priority severity mode stage phase'.split(' '),
);

/** Keys tell rows apart better than most other columns do. */
function keysFirst(table: Table, columns: readonly string[]): readonly string[] {
  const isKey = (name: string): boolean => table.foreignKeys.some((key) => key.columns.includes(name));
  return [...columns.filter(isKey), ...columns.filter((name) => !isKey(name))];
}
