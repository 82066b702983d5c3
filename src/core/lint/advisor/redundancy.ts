/** Which index another access path makes superfluous. */
import { accessPaths } from '../../dialects/indexCoverage.ts';
import type { AccessPath } from '../../dialects/indexCoverage.ts';
import type { Index, Table } from '../../schema/model.ts';

export interface RedundantIndex {
  readonly index: Index;
  /** What serves all that it serves. */
  readonly covering: AccessPath;
}

/** Declared indexes of a table that another index, a unique constraint or the primary key covers; unique ones keep rows apart and stay. */
export function redundantIndexes(table: Table): readonly RedundantIndex[] {
  // Their indexes are the ORM's own, not the user's to remove.
  if (table.kind === 'join-table' || table.kind === 'closure-table') return [];
  const paths = accessPaths(table);
  return table.indexes.flatMap((index): readonly RedundantIndex[] => {
    if (index.origin !== 'declared' || index.unique || index.columns.length === 0 || index.expression !== null)
      return [];
    const covering = paths.find((path) => covers(path, index));
    return covering ? [{ index, covering }] : [];
  });
}

/** Of two indexes that are the same, the one that stands later in the source is redundant. */
function covers({ columns, index: other }: AccessPath, index: Index): boolean {
  // Of other methods, operator classes decide what is served: two GIN indexes on a column can serve different searches.
  // What only a migration makes may have been made with more in mind than is known here.
  if (
    other === index ||
    other?.origin === 'engine' ||
    !isTree(index.method) ||
    !index.columns.every((column, place) => columns[place] === column)
  )
    return false;
  if (other === null)
    return isTree(index.method) && index.where === null && index.orders.every((order) => order === 'asc');
  const longer = columns.length > index.columns.length;
  if (!longer && !other.unique && (isAfter(other, index) || isTwin(other, index))) return false;
  if (longer && !isTree(index.method)) return false;
  return (
    other.expression === null &&
    other.where === index.where &&
    (other.method ?? 'btree').toLowerCase() === (index.method ?? 'btree').toLowerCase() &&
    index.include.every((column) => other.include.includes(column) || columns.includes(column)) &&
    index.columns.every((_, place) => (index.orders[place] ?? 'asc') === (other.orders[place] ?? 'asc'))
  );
}

function isAfter(one: Index, other: Index): boolean {
  return one.at.line > other.at.line || (one.at.line === other.at.line && one.at.column > other.at.column);
}

/** One declaration made both: Django adds an index for patterns to that of a text. */
function isTwin(other: Index, index: Index): boolean {
  const { file, line, column } = index.at;
  return other.origin === 'orm' && other.at.file === file && other.at.line === line && other.at.column === column;
}

/** Only a tree is searched by its leading columns. */
function isTree(method: string | null): boolean {
  return method === null || method.toLowerCase() === 'btree';
}
