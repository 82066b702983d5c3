/** The model with what navigation needs looked up once: tables by id, edges and neighbours of a table. */
import type { DiagramEdge, DiagramModel, DiagramSeverity, DiagramTable } from '../../src/core/diagram/model.ts';

export interface Graph {
  readonly tables: ReadonlyMap<string, DiagramTable>;
  /** Edges that start or end at a table, in the model's order; a self reference stands once. */
  readonly edges: ReadonlyMap<string, readonly DiagramEdge[]>;
  /** Tables one edge away, without the table itself, in the model's order of edges. */
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
}

const built = new WeakMap<DiagramModel, Graph>();

/** Looked up once per model, by whoever asks first. */
export function graphOf(model: DiagramModel): Graph {
  const graph = built.get(model) ?? buildGraph(model);
  built.set(model, graph);
  return graph;
}

export function buildGraph(model: DiagramModel): Graph {
  const tables = new Map(model.tables.map((table) => [table.id, table]));
  const edges = new Map<string, DiagramEdge[]>(model.tables.map((table) => [table.id, []]));
  const neighbours = new Map<string, Set<string>>(model.tables.map((table) => [table.id, new Set<string>()]));
  for (const edge of model.edges) {
    const { from, to } = { from: edge.from.table, to: edge.to.table };
    if (!tables.has(from) || !tables.has(to)) continue;
    edges.get(from)?.push(edge);
    if (from === to) continue;
    edges.get(to)?.push(edge);
    neighbours.get(from)?.add(to);
    neighbours.get(to)?.add(from);
  }
  return { tables, edges, neighbours: new Map([...neighbours].map(([id, set]) => [id, [...set]])) };
}

const rank: Readonly<Record<DiagramSeverity, number>> = { info: 1, warning: 2, error: 3 };

/** The gravest severity among findings and columns; null where there is none. */
export function tableSeverity(table: DiagramTable): DiagramSeverity | null {
  let worst: DiagramSeverity | null = null;
  const consider = (severity: DiagramSeverity | null) => {
    if (severity !== null && (worst === null || rank[severity] > rank[worst])) worst = severity;
  };
  for (const finding of table.findings) consider(finding.severity);
  for (const column of table.columns) consider(column.severity);
  return worst;
}
