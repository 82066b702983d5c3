/** The review of all indexes of a project: which to add, which to drop, and which no query that was read uses. */
import type { Dialect, Index, Schema, Table } from '../../schema/model.ts';
import { lookupsOf } from '../lookups.ts';
import { withUnmanagedTables } from '../madeElsewhere.ts';
import { withMigratedIndexes } from '../migratedIndexes.ts';
import { proposeIndexes } from './propose.ts';
import type { IndexProposal } from './propose.ts';
import { redundantIndexes } from './redundancy.ts';
import type { RedundantIndex } from './redundancy.ts';

export interface TableAdvice {
  readonly table: Table;
  readonly proposals: readonly IndexProposal[];
  readonly redundant: readonly RedundantIndex[];
  /** Declared ones that serve no query of the project, no sort and no foreign key. Other programs may use them. */
  readonly unused: readonly Index[];
}

/** Tables with something to say, those with most call sites first, then by name. */
export function adviseIndexes(given: Schema, dialect: Dialect | null): readonly TableAdvice[] {
  const schema = withMigratedIndexes(withUnmanagedTables(given));
  const used = usedColumns(schema);
  return schema.tables
    .filter(({ managed }) => managed)
    .map((table): TableAdvice => {
      const redundant = redundantIndexes(table);
      return {
        table,
        proposals: proposeIndexes(table, lookupsOf(table, schema), dialect),
        redundant,
        unused: unusedIndexes(table, used(table)).filter((index) => !redundant.some((each) => each.index === index)),
      };
    })
    .filter(({ proposals, redundant, unused }) => proposals.length + redundant.length + unused.length > 0)
    .toSorted((a, b) => sites(b) - sites(a) || compare(nameOf(a.table), nameOf(b.table)));
}

function sites({ proposals }: TableAdvice): number {
  return proposals.reduce((sum, { serves }) => sum + serves.length, 0);
}

/**
 * Only where queries of the table were read, and all of them in full: of a table that is never queried in this project, or by
 * conditions that are built elsewhere, nothing can be said.
 */
function unusedIndexes(table: Table, used: ReadonlySet<string> | null): readonly Index[] {
  if (used === null) return [];
  const keys = new Set(table.foreignKeys.flatMap(({ columns }) => columns));
  return table.indexes.filter(
    ({ origin, unique, expression, where, columns: [first] }) =>
      origin === 'declared' &&
      !unique &&
      expression === null &&
      where === null &&
      first !== undefined &&
      !used.has(first) &&
      !keys.has(first),
  );
}

/** Columns that queries of the table name in conditions, joins, sorts and groups; null = it cannot be told. */
function usedColumns(schema: Schema): (table: Table) => ReadonlySet<string> | null {
  const named = new Map<string, Set<string>>();
  const untold = new Set<string>();
  const asked = new Set<string>();
  let wild = false;
  for (const { queries, purpose } of schema.code.files)
    for (const query of queries) {
      const uses = [...query.filters, ...query.sorts, ...query.groups, ...query.joins, ...query.loads];
      // SQL of which no table is known may ask for anything.
      if (query.sql !== null && query.table === null && purpose === 'application') wild = true;
      if (query.table === null) continue;
      const own = key(query.table, query.namespace);
      if (purpose === 'application') asked.add(own);
      if (!query.complete || query.operation === 'unknown') untold.add(own);
      for (const { target, path } of uses) {
        const column = path.split('.').at(-1) ?? path;
        const at = target ? key(target.table, target.namespace) : own;
        let columns = named.get(at);
        if (!columns) named.set(at, (columns = new Set()));
        for (const each of [column, ...(target?.columns ?? [])]) columns.add(each);
      }
    }
  return (table) => {
    const own = key(table.name, table.namespace);
    if (wild || untold.has(own) || !asked.has(own)) return null;
    const names = named.get(own) ?? new Set<string>();
    const columns = new Set<string>();
    for (const { name, property } of table.columns)
      if (
        names.has(name) ||
        (property !== null && (names.has(property) || names.has(property.split('.').at(-1) ?? '')))
      )
        columns.add(name);
    for (const { columns: searched } of lookupsOf(table, schema)) searched.forEach((name) => columns.add(name));
    return columns;
  };
}

function key(name: string, namespace: string | null): string {
  return `${namespace ?? ''}\0${name}`;
}

function nameOf({ name, namespace }: Table): string {
  return namespace === null ? name : `${namespace}.${name}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
