/** Tables and keys as ELK's layered algorithm wants them, and its answer as boxes and routes. */
import type { ElkExtendedEdge, ElkNode, ElkPort, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { DiagramEdge, DiagramTable } from '../diagram/model.ts';
import type { Arrangement } from '../diagram/view.ts';
import type { EdgeEnd, EndHeight } from './endHeights.ts';
import type { LayoutBox, LayoutRoute, Metrics } from './layout.ts';
import { tableSize } from './metrics.ts';

const sharedOptions: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.thoroughness': '3',
  'elk.aspectRatio': '1.6',
  'elk.spacing.nodeNode': '30',
  'elk.spacing.componentComponent': '48',
  'elk.layered.spacing.nodeNodeBetweenLayers': '64',
  // Crow's feet need 16 pixels before the first bend.
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '11',
  'elk.spacing.nodeSelfLoop': '26',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '11',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  // Coordinates that need no adding up over the levels of the graph.
  'elk.json.shapeCoords': 'ROOT',
  'elk.json.edgeCoords': 'ROOT',
};

/**
 * Measured on generated schemas of 100 to 1,000 tables: bounded layers fill a screen, where longest-path layers make a
 * strip; the simple placement and thoroughness 3 cost a tenth of the best ones and give up little in crossings.
 */
export const layeredOptions = bounded(5);

/**
 * Tried in turn on small diagrams, where the best one differs from schema to schema and each takes 20 to 200 ms. (No
 * network simplex layers with Brandes-Köpf placement: never the best of the schemas tried.)
 */
const layeredCandidates: readonly LayoutOptions[] = [
  layeredOptions,
  bounded(3),
  bounded(4),
  bounded(6),
  {
    ...sharedOptions,
    'elk.layered.layering.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  },
];

function bounded(layerBound: number): LayoutOptions {
  return {
    ...sharedOptions,
    // The shorter name of the bound is silently ignored.
    'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
    'elk.layered.layering.coffmanGraham.layerBound': String(layerBound),
    'elk.layered.nodePlacement.strategy': 'SIMPLE',
  };
}

/** Referenced tables left of those that reference them, or above them. */
export function arranged(options: LayoutOptions, arrangement: Arrangement): LayoutOptions {
  return arrangement === 'down' ? { ...options, 'elk.direction': 'DOWN' } : options;
}

/** From top to bottom each try takes several times as long: lines leave tables sideways, and must turn. */
const candidatesDown = 2;

export function candidates(arrangement: Arrangement): readonly LayoutOptions[] {
  return arrangement === 'down' ? layeredCandidates.slice(0, candidatesDown) : layeredCandidates;
}

type Side = 'WEST' | 'EAST';

/** Tables as nodes, with a port at every row that a line meets; `edges` must stay within `tables`. */
export function layeredGraph(
  tables: readonly DiagramTable[],
  edges: readonly DiagramEdge[],
  metrics: Metrics,
  endHeight: EndHeight,
): { readonly nodes: ElkNode[]; readonly edges: ElkExtendedEdge[] } {
  const byId = new Map(tables.map((table) => [table.id, table]));
  const rank = sourceOrder(tables, edges);
  const ports = new Map<string, Map<string, ElkPort>>(tables.map(({ id }) => [id, new Map()]));
  const port = (end: EdgeEnd, side: Side): string => {
    const table = byId.get(end.table);
    const known = ports.get(end.table);
    if (table === undefined || known === undefined)
      throw new Error(`No table "${end.table}" in this part of the diagram.`);
    const y = endHeight(end, { y: 0 });
    const id = `${end.table}\n${side}\n${y}`;
    if (!known.has(id)) {
      const x = side === 'WEST' ? 0 : tableSize(table, metrics).width;
      known.set(id, { id, x, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } });
    }
    return id;
  };
  const elkEdges = edges.map((edge): ElkExtendedEdge => {
    const { id, from, to } = edge;
    if (from.table === to.table) return { id, sources: [port(to, 'EAST')], targets: [port(from, 'EAST')] };
    // Lines run from the left table's right side to the right table's left side, also those that close a cycle:
    // ELK would lead them around their tables.
    const [left, right] = (rank.get(to.table) ?? 0) <= (rank.get(from.table) ?? 0) ? [to, from] : [from, to];
    return { id, sources: [port(left, 'EAST')], targets: [port(right, 'WEST')] };
  });
  const nodes = tables.map((table): ElkNode => ({
    id: table.id,
    ...tableSize(table, metrics),
    ports: [...(ports.get(table.id)?.values() ?? [])],
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  }));
  return { nodes, edges: elkEdges };
}

/**
 * An order in which few lines point backwards: referenced tables first. Eades, Lin and Smyth's heuristic for the feedback
 * arc set ("A fast and effective heuristic for the feedback arc set problem", 1993).
 */
export function sourceOrder(
  tables: readonly DiagramTable[],
  edges: readonly DiagramEdge[],
): ReadonlyMap<string, number> {
  const outgoing = new Map<string, string[]>(tables.map(({ id }) => [id, []]));
  const incoming = new Map<string, string[]>(tables.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    if (from.table === to.table) continue;
    outgoing.get(to.table)?.push(from.table);
    incoming.get(from.table)?.push(to.table);
  }
  const out = new Map([...outgoing].map(([id, list]) => [id, list.length]));
  const into = new Map([...incoming].map(([id, list]) => [id, list.length]));
  const left = new Set(tables.map(({ id }) => id));
  const first: string[] = [];
  const last: string[] = [];
  const remove = (id: string) => {
    left.delete(id);
    for (const other of outgoing.get(id) ?? []) into.set(other, (into.get(other) ?? 0) - 1);
    for (const other of incoming.get(id) ?? []) out.set(other, (out.get(other) ?? 0) - 1);
  };
  while (left.size > 0) {
    let best: string | undefined;
    let bestDelta = -Infinity;
    let end: string[] = first;
    for (const id of left) {
      const sink = out.get(id) === 0;
      const delta = sink || into.get(id) === 0 ? Infinity : (out.get(id) ?? 0) - (into.get(id) ?? 0);
      if (delta <= bestDelta) continue;
      best = id;
      bestDelta = delta;
      end = sink ? last : first;
      if (delta === Infinity) break;
    }
    if (best === undefined) break;
    end.push(best);
    remove(best);
  }
  return new Map([...first, ...last.reverse()].map((id, index) => [id, index]));
}

export interface Placed {
  readonly tables: readonly LayoutBox[];
  readonly edges: readonly LayoutRoute[];
  readonly width: number;
  readonly height: number;
}

/** ELK's answer; routes run from the referencing row to the referenced one, whichever way ELK saw them. */
export function readLayered(result: ElkNode, edges: readonly DiagramEdge[]): Placed {
  const routes = new Map((result.edges ?? []).map((edge) => [edge.id, edge]));
  const tables: LayoutBox[] = [];
  const collect = (node: ElkNode) => {
    for (const child of node.children ?? []) {
      if (child.ports !== undefined) tables.push(boxOf(child));
      collect(child);
    }
  };
  collect(result);
  return {
    tables,
    edges: edges.flatMap((edge): LayoutRoute[] => {
      const route = routes.get(edge.id);
      const section = route?.sections?.[0];
      if (route === undefined || section === undefined) return [];
      const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({
        x,
        y,
      }));
      const fromFirst =
        route.sources[0]?.startsWith(`${edge.from.table}\n`) === true && edge.from.table !== edge.to.table;
      return [{ id: edge.id, points: fromFirst ? points : points.reverse() }];
    }),
    width: result.width ?? 0,
    height: result.height ?? 0,
  };
}

export function boxOf({ id, x = 0, y = 0, width = 0, height = 0 }: ElkNode): LayoutBox {
  return { id, x, y, width, height };
}
