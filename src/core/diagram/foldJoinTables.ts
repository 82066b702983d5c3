/** Tables that only join two others, folded into one many-to-many line between them. */
import type { DiagramEdge, DiagramModel, DiagramTable } from './model.ts';

/** Columns that say when or in which order two rows were joined do not make a table of its own. */
const incidental = /^(?:id|created_?at|updated_?at|position|sort_?order|order_?index)$/i;

/** Ids of the tables that can be folded: two keys to other tables, nothing else of weight, and nobody refers to them. */
export function joinTables(model: DiagramModel): ReadonlySet<string> {
  const outgoing = new Map<string, DiagramEdge[]>();
  const referred = new Set<string>();
  for (const edge of model.edges) {
    if (edge.through !== null) continue;
    referred.add(edge.to.table);
    const known = outgoing.get(edge.from.table);
    if (known === undefined) outgoing.set(edge.from.table, [edge]);
    else known.push(edge);
  }
  return new Set(
    model.tables.flatMap((table) =>
      !referred.has(table.id) && joinsTwo(table, outgoing.get(table.id) ?? []) ? [table.id] : [],
    ),
  );
}

function joinsTwo({ id, kind, columns }: DiagramTable, edges: readonly DiagramEdge[]): boolean {
  if (kind !== 'table' && kind !== 'join-table') return false;
  const [a, b, ...others] = edges;
  if (a === undefined || b === undefined || others.length > 0 || a.to.table === id || b.to.table === id) return false;
  if (a.from.cardinality !== 'many' || b.from.cardinality !== 'many') return false;
  const keys = new Set([...a.from.columns, ...b.from.columns]);
  return columns.every(({ name }) => keys.has(name) || incidental.test(name));
}

/** The same diagram without those tables; their findings are lost to sight with them. */
export function foldJoinTables(model: DiagramModel): DiagramModel {
  const folded = joinTables(model);
  if (folded.size === 0) return model;
  const edges: DiagramEdge[] = [];
  const halves = new Map<string, DiagramEdge>();
  for (const edge of model.edges) {
    const through = edge.from.table;
    if (!folded.has(through)) {
      edges.push(edge);
      continue;
    }
    const first = halves.get(through);
    if (first === undefined) {
      halves.set(through, edge);
      continue;
    }
    edges.push({
      id: `${first.to.table}<->${edge.to.table} (${through})`,
      from: { ...first.to, cardinality: 'many' },
      to: { ...edge.to, cardinality: 'many' },
      label: through,
      enforced: first.enforced && edge.enforced,
      onDelete: first.onDelete === edge.onDelete ? first.onDelete : null,
      through,
      at: first.at,
    });
  }
  return {
    ...model,
    tables: model.tables.filter(({ id }) => !folded.has(id)),
    edges,
    modules: model.modules
      .map((module) => ({ ...module, tables: module.tables.filter((id) => !folded.has(id)) }))
      .filter(({ tables }) => tables.length > 0),
  };
}
