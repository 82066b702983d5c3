/** How much of every table is shown. The layout gets the reduced model, so that boxes are as high as what they show. */
import { collapsedKind } from './model.ts';
import type { DiagramColumn, DiagramEdge, DiagramModel } from './model.ts';
import type { Detail } from './view.ts';

/** Above this many tables all columns make boxes so large that no name can be read where everything is to be seen. */
const mostWithAllColumns = 12;

/** How much is shown until the user has chosen. */
export function startDetail(model: DiagramModel): Detail {
  return model.tables.length > mostWithAllColumns ? 'keys' : 'all';
}

/** The same model with fewer columns; edges keep the rows that are still there. `all` throughout gives the model itself. */
export function atDetail(
  model: DiagramModel,
  detail: Detail,
  exceptions: Readonly<Record<string, Detail>> = {},
): DiagramModel {
  const of = (table: string): Detail => exceptions[table] ?? detail;
  if (model.tables.every(({ id }) => of(id) === 'all')) return model;
  const joined = joinedColumns(model.edges);
  const shown = new Map<string, ReadonlySet<string>>();
  const tables = model.tables.map((table) => {
    const level = of(table.id);
    const columns =
      level === 'all' || table.kind === collapsedKind
        ? table.columns
        : level === 'names'
          ? []
          : table.columns.filter((column) => isKey(column) || joined.get(table.id)?.has(column.name) === true);
    shown.set(table.id, new Set(columns.map((column) => column.name)));
    return columns === table.columns ? table : { ...table, columns };
  });
  const keep = (table: string, columns: readonly string[]) =>
    columns.filter((column) => shown.get(table)?.has(column) === true);
  return {
    ...model,
    tables,
    edges: model.edges.map((edge) => ({
      ...edge,
      from: { ...edge.from, columns: keep(edge.from.table, edge.from.columns) },
      to: { ...edge.to, columns: keep(edge.to.table, edge.to.columns) },
    })),
  };
}

/** Keys, and what has changed: that is what is looked for. */
function isKey(column: DiagramColumn): boolean {
  return (
    column.change !== undefined || column.badges.some((badge) => badge === 'pk' || badge === 'fk' || badge === 'unique')
  );
}

function joinedColumns(edges: readonly DiagramEdge[]): ReadonlyMap<string, ReadonlySet<string>> {
  const columns = new Map<string, Set<string>>();
  for (const { from, to } of edges)
    for (const end of [from, to]) {
      const known = columns.get(end.table) ?? new Set<string>();
      for (const column of end.columns) known.add(column);
      columns.set(end.table, known);
    }
  return columns;
}
