/** Tables of one connected part in layers, with the places that lines pass through, as the layered layout works on them. */
import type { DiagramEdge, DiagramTable } from '../diagram/model.ts';
import type { EdgeEnd, EndHeight } from './endHeights.ts';
import { sourceOrder } from './layeredGraph.ts';
import type { Metrics } from './layout.ts';
import { tableSize } from './metrics.ts';

/** A table in its layer, or the place where a line passes through a layer (of no size, and without a table). */
export interface LayerNode {
  readonly table: string | null;
  readonly width: number;
  readonly height: number;
  layer: number;
  y: number;
}

/** A place on a node's side; `offset` counts from the node's top. */
export interface LayerPort {
  readonly node: LayerNode;
  readonly offset: number;
}

/** All lines that leave one row to the right: one trunk, which lines to several tables share. */
export interface LayerNet {
  readonly source: LayerPort;
  readonly targets: readonly { readonly port: LayerPort; readonly edges: readonly DiagramEdge[] }[];
  /** Where it passes through the layers between; by layer. */
  readonly through: Map<number, LayerNode>;
}

/** A line from a table to itself, beside its right side. */
export interface LayerLoop {
  readonly edge: DiagramEdge;
  readonly from: LayerPort;
  readonly to: LayerPort;
}

export interface Layers {
  readonly layers: readonly LayerNode[][];
  readonly nets: readonly LayerNet[];
  readonly loops: readonly LayerLoop[];
}

/** Between tables, for an estimate of what they cover. */
const room = { beside: 120, above: 32 };
const aspect = 1.6;

/** What is the same for all heights that are tried. */
export interface LayerInput {
  readonly tables: readonly (Size & { readonly id: string })[];
  readonly edges: readonly DiagramEdge[];
  /** Tables by their place in an order in which most come after those they refer to. */
  readonly rank: ReadonlyMap<string, number>;
  readonly endHeight: EndHeight;
}

type Size = ReturnType<typeof tableSize>;

export function layerInput(
  tables: readonly DiagramTable[],
  edges: readonly DiagramEdge[],
  metrics: Metrics,
  endHeight: EndHeight,
): LayerInput {
  return {
    tables: tables.map((table) => ({ id: table.id, ...tableSize(table, metrics) })),
    edges,
    rank: sourceOrder(tables, edges),
    endHeight,
  };
}

/** `stretch`: height of the layers as a multiple of that which gives the shape of a screen. */
export function makeLayers({ tables, edges, rank, endHeight }: LayerInput, stretch: number): Layers {
  const nodes = new Map<string, LayerNode>(
    tables.map(({ id, width, height }) => [id, { table: id, width, height, layer: 0, y: 0 }]),
  );
  const port = (end: EdgeEnd): LayerPort | null => {
    const node = nodes.get(end.table);
    return node === undefined ? null : { node, offset: endHeight(end, { y: 0 }) };
  };
  const loops: LayerLoop[] = [];
  const lines: { readonly edge: DiagramEdge; readonly left: LayerPort; readonly right: LayerPort }[] = [];
  for (const edge of edges) {
    const [from, to] = [port(edge.from), port(edge.to)];
    if (from === null || to === null) continue;
    if (from.node === to.node) loops.push({ edge, from, to });
    else if ((rank.get(edge.to.table) ?? 0) <= (rank.get(edge.from.table) ?? 0))
      lines.push({ edge, left: to, right: from });
    else lines.push({ edge, left: from, right: to });
  }
  const sorted = [...nodes.values()].sort((a, b) => (rank.get(a.table ?? '') ?? 0) - (rank.get(b.table ?? '') ?? 0));
  const layers = assign(sorted, lines, stretch);
  return { layers, nets: netsOf(lines, layers), loops };
}

interface Link {
  readonly left: LayerPort;
  readonly right: LayerPort;
}

/** Each table right of all it hangs on, in layers of a bounded height; what only others hang on moves next to them. */
function assign(sorted: readonly LayerNode[], links: readonly Link[], stretch: number): LayerNode[][] {
  const area = sorted.reduce((sum, { width, height }) => sum + (width + room.beside) * (height + room.above), 0);
  const limit = Math.max(Math.sqrt(area / aspect) * stretch, ...sorted.map(({ height }) => height));
  const lefts = new Map<LayerNode, LayerNode[]>(sorted.map((node) => [node, []]));
  const rights = new Map<LayerNode, LayerNode[]>(sorted.map((node) => [node, []]));
  for (const { left, right } of links) {
    lefts.get(right.node)?.push(left.node);
    rights.get(left.node)?.push(right.node);
  }
  const filled: number[] = [];
  const fits = (node: LayerNode, layer: number) => {
    const used = filled[layer] ?? 0;
    return used === 0 || used + node.height <= limit;
  };
  const fill = (node: LayerNode, sign: 1 | -1) => {
    filled[node.layer] = (filled[node.layer] ?? 0) + sign * (node.height + room.above);
  };
  for (const node of sorted) {
    node.layer = Math.max(0, ...(lefts.get(node) ?? []).map(({ layer }) => layer + 1));
    while (!fits(node, node.layer)) node.layer++;
    fill(node, 1);
  }
  for (const node of [...sorted].reverse()) {
    const [before, after] = [lefts.get(node) ?? [], rights.get(node) ?? []];
    if (after.length <= before.length) continue;
    const nearest = Math.min(...after.map(({ layer }) => layer)) - 1;
    for (let layer = nearest; layer > node.layer; layer--) {
      if (!fits(node, layer)) continue;
      fill(node, -1);
      node.layer = layer;
      fill(node, 1);
      break;
    }
  }
  // A layer that all have moved out of is none.
  const used = [...new Set(sorted.map(({ layer }) => layer))].sort((a, b) => a - b);
  const layers: LayerNode[][] = used.map(() => []);
  for (const node of sorted) {
    node.layer = used.indexOf(node.layer);
    layers[node.layer]?.push(node);
  }
  return layers;
}

function netsOf(
  lines: readonly (Link & { readonly edge: DiagramEdge })[],
  layers: readonly LayerNode[][],
): readonly LayerNet[] {
  const bySource = new Map<LayerNode, Map<number, (Link & { readonly edge: DiagramEdge })[]>>();
  for (const line of lines) {
    const ports = bySource.get(line.left.node) ?? new Map<number, (Link & { readonly edge: DiagramEdge })[]>();
    bySource.set(line.left.node, ports);
    const list = ports.get(line.left.offset);
    if (list) list.push(line);
    else ports.set(line.left.offset, [line]);
  }
  return [...bySource.values()].flatMap((ports) => [...ports.values()].map((list) => netOf(list, layers)));
}

function netOf(list: readonly (Link & { readonly edge: DiagramEdge })[], layers: readonly LayerNode[][]): LayerNet {
  const targets = new Map<LayerNode, Map<number, { port: LayerPort; edges: DiagramEdge[] }>>();
  for (const { right, edge } of list) {
    const ofNode = targets.get(right.node) ?? new Map<number, { port: LayerPort; edges: DiagramEdge[] }>();
    targets.set(right.node, ofNode);
    const known = ofNode.get(right.offset);
    if (known) known.edges.push(edge);
    else ofNode.set(right.offset, { port: right, edges: [edge] });
  }
  const [first] = list;
  if (first === undefined) throw new Error('A net without lines.');
  const furthest = Math.max(...list.map(({ right }) => right.node.layer));
  const through = new Map<number, LayerNode>();
  for (let layer = first.left.node.layer + 1; layer < furthest; layer++) {
    const node: LayerNode = { table: null, width: 0, height: 0, layer, y: 0 };
    through.set(layer, node);
    layers[layer]?.push(node);
  }
  return { source: first.left, targets: [...targets.values()].flatMap((ofNode) => [...ofNode.values()]), through };
}

/** What runs between a layer and the next one: from one place on the left to one or several on the right. */
export interface Strand {
  readonly net: LayerNet;
  readonly left: LayerPort;
  readonly rights: readonly LayerPort[];
}

/** By the layer left of them. */
export function strandsOf({ layers, nets }: Layers): readonly (readonly Strand[])[] {
  const result: Strand[][] = layers.map(() => []);
  for (const net of nets) {
    const start = net.source.node.layer;
    for (let layer = start; ; layer++) {
      const before = net.through.get(layer);
      const next = net.through.get(layer + 1);
      const rights = net.targets.flatMap(({ port }) => (port.node.layer === layer + 1 ? [port] : []));
      if (next !== undefined) rights.push({ node: next, offset: 0 });
      const left = layer === start ? net.source : before === undefined ? null : { node: before, offset: 0 };
      if (left === null || rights.length === 0) break;
      result[layer]?.push({ net, left, rights });
      if (next === undefined) break;
    }
  }
  return result;
}
