/** Where along a table's side each line ends. */
import type { DiagramEdge, DiagramModel } from '../diagram/model.ts';
import type { LayoutBox, Metrics } from './layout.ts';
import { rowCentre } from './metrics.ts';

export type EdgeEnd = DiagramEdge['from'];

/** Height of an end whose table lies at the box; ends of unknown tables lie at the box's top. */
export type EndHeight = (end: EdgeEnd, box: Pick<LayoutBox, 'y'>) => number;

/** Distance between ends of different kinds at one row: a crow's foot must not stand on a bar. */
const feetApart = 10;

/** Ends of one kind share the middle of their row, so that lines to one key run together; kinds are set apart. */
export function endHeights(model: DiagramModel, metrics: Metrics): EndHeight {
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  const kinds = new Map<string, Set<string>>();
  for (const end of model.edges.flatMap(({ from, to }) => [from, to])) {
    const known = kinds.get(rowKey(end));
    if (known) known.add(end.cardinality);
    else kinds.set(rowKey(end), new Set([end.cardinality]));
  }
  const sorted = new Map([...kinds].map(([key, set]) => [key, [...set].sort()]));
  const offsetOf = (end: EdgeEnd): number => {
    const table = tables.get(end.table);
    if (table === undefined) return 0;
    const sharing = sorted.get(rowKey(end)) ?? [end.cardinality];
    const apart = Math.min(feetApart, metrics.rowHeight / sharing.length);
    const offset = (sharing.indexOf(end.cardinality) - (sharing.length - 1) / 2) * apart;
    return rowCentre(table, end.columns[0], { y: 0 }, metrics) + offset;
  };
  // Asked for again and again, while layouts are tried.
  const offsets = new Map<EdgeEnd, number>();
  return (end, box) => {
    let offset = offsets.get(end);
    if (offset === undefined) offsets.set(end, (offset = offsetOf(end)));
    return box.y + offset;
  };
}

function rowKey({ table, columns }: EdgeEnd): string {
  return `${table}\n${columns[0] ?? ''}`;
}
