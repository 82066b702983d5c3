/**
 * The layered layout of a block of a large diagram (Sugiyama's method: layers, order, heights, lines), where ELK's, which is
 * better on small ones, takes fifty times as long. Lines that leave one row share a trunk.
 */
import type { DiagramEdge, DiagramModel } from '../diagram/model.ts';
import type { Block } from './blocks.ts';
import type { Point } from './curves.ts';
import type { EndHeight } from './endHeights.ts';
import { placeHeights } from './layerHeights.ts';
import { orderLayers } from './layerOrder.ts';
import { layerInput, makeLayers, strandsOf } from './layers.ts';
import type { LayerNet, LayerNode, LayerPort, Layers } from './layers.ts';
import { tracksOf } from './layerTracks.ts';
import type { Upright } from './layerTracks.ts';
import type { Placed } from './layeredGraph.ts';
import type { LayoutBox, LayoutRoute, Metrics } from './layout.ts';
import { layoutCost } from './layoutCost.ts';
import { pack } from './pack.ts';

/** Crow's feet need room before the first bend. */
const stub = 24;
const betweenTracks = 11;
const leastGap = 64;
const componentGap = 48;
/** Heights of the layers that are tried, as multiples of that which gives the shape of a screen. */
const stretches: readonly number[] = [0.9, 1.15, 1.5];

/** Deterministic; every line is right-angled and clear of all tables of the block. */
export function layoutLayered(model: DiagramModel, block: Block, metrics: Metrics, endHeight: EndHeight): Placed {
  const parts = components(block).map((part) => bestOf(model, part, metrics, endHeight));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const packed = pack(
    parts.map(({ width, height }, index) => ({ id: String(index), width, height })),
    [],
    componentGap,
    'quick',
  );
  const tables: LayoutBox[] = [];
  const edges: LayoutRoute[] = [];
  parts.forEach((part, index) => {
    const { x: dx, y: dy } = packed.positions.get(String(index)) ?? { x: 0, y: 0 };
    tables.push(...part.tables.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })));
    edges.push(
      ...part.edges.map(({ id, points }) => ({ id, points: points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) })),
    );
  });
  return { tables, edges, width: packed.width, height: packed.height };
}

type Part = Pick<Block, 'tables' | 'edges'>;

/** Tables that lines join, directly or by others; in the order of their first table. */
function components({ tables, edges }: Part): readonly Part[] {
  const group = new Map(tables.map(({ id }) => [id, [id]]));
  for (const { from, to } of edges) {
    const [a, b] = [group.get(from.table), group.get(to.table)];
    if (a === undefined || b === undefined || a === b) continue;
    const [into, other] = a.length >= b.length ? [a, b] : [b, a];
    into.push(...other);
    for (const id of other) group.set(id, into);
  }
  return [...new Set(group.values())].map((members) => {
    const ids = new Set(members);
    return { tables: tables.filter(({ id }) => ids.has(id)), edges: edges.filter(({ from }) => ids.has(from.table)) };
  });
}

function bestOf(model: DiagramModel, { tables, edges }: Part, metrics: Metrics, endHeight: EndHeight): Placed {
  const part: DiagramModel = { ...model, tables, edges, modules: [] };
  let best: { readonly placed: Placed; readonly cost: number } | undefined;
  // One or two tables leave nothing to choose.
  const input = layerInput(tables, edges, metrics, endHeight);
  for (const stretch of tables.length < 3 ? [1] : stretches) {
    const placed = place(makeLayers(input, stretch));
    const cost = tables.length < 3 ? 0 : layoutCost(part, { ...placed, modules: [] });
    if (best === undefined || cost < best.cost) best = { placed, cost };
  }
  return best?.placed ?? { tables: [], edges: [], width: 0, height: 0 };
}

function place(made: Layers): Placed {
  const layers = made.layers.map((layer) => [...layer]);
  const strands = strandsOf(made);
  orderLayers(layers, strands);
  placeHeights(layers, strands);

  const left: number[] = [];
  /** Where the upright part of a net, or of a loop, stands behind a layer. */
  const uprightAt = new Map<object, Map<number, number>>();
  let x = 0;
  layers.forEach((layer, index) => {
    left.push(x);
    const end = x + Math.max(...layer.map(({ width }) => width));
    const owners: (readonly [owner: object, upright: Upright])[] = [
      ...(strands[index] ?? []).map((strand) => {
        return [strand.net, { lefts: [heightOf(strand.left)], rights: strand.rights.map(heightOf) }] as const;
      }),
      ...made.loops
        .filter(({ from }) => from.node.layer === index)
        .map((loop) => [loop, { lefts: [heightOf(loop.from), heightOf(loop.to)], rights: [] }] as const),
    ];
    const tracks = tracksOf(owners.map(([, upright]) => upright));
    const taken = Math.max(0, ...tracks.map((track) => track + 1));
    const isLast = index === layers.length - 1;
    const width = Math.max(taken - 1, 0) * betweenTracks;
    const room = isLast ? (taken === 0 ? 0 : width + stub + 4) : Math.max(leastGap, width + 2 * stub);
    const first = end + (isLast ? stub : (room - width) / 2);
    owners.forEach(([owner], place) => {
      const places = uprightAt.get(owner) ?? new Map<number, number>();
      places.set(index, first + Math.max(0, tracks[place] ?? 0) * betweenTracks);
      uprightAt.set(owner, places);
    });
    x = end + room;
  });

  const edges: LayoutRoute[] = made.nets.flatMap((net) =>
    net.targets.flatMap(({ port, edges: own }) => {
      const points = lineOf(net, port, left, uprightAt.get(net) ?? new Map<number, number>());
      return own.map((edge) => ({ id: edge.id, points: isFrom(edge, net) ? points : [...points].reverse() }));
    }),
  );
  for (const loop of made.loops) {
    const { node } = loop.from;
    const side = (left[node.layer] ?? 0) + node.width;
    const out = uprightAt.get(loop)?.get(node.layer) ?? side + stub;
    const [start, end] = [heightOf(loop.from), heightOf(loop.to)];
    edges.push({
      id: loop.edge.id,
      points: [
        { x: side, y: start },
        { x: out, y: start },
        { x: out, y: end },
        { x: side, y: end },
      ],
    });
  }
  const nodes = layers.flat();
  return {
    tables: nodes.flatMap(({ table, layer, y, width, height }) =>
      table === null ? [] : [{ id: table, x: left[layer] ?? 0, y, width, height }],
    ),
    edges,
    width: x,
    height: Math.max(...nodes.map(({ y, height }) => y + height)),
  };
}

function heightOf({ node, offset }: LayerPort): number {
  return node.y + offset;
}

function isFrom(edge: DiagramEdge, { source }: LayerNet): boolean {
  return source.node.table === edge.from.table;
}

/** From the net's row through the layers to one of its ends. */
function lineOf(
  { source, through }: LayerNet,
  target: LayerPort,
  left: readonly number[],
  uprightAt: ReadonlyMap<number, number>,
): readonly Point[] {
  const start: LayerNode = source.node;
  const points: Point[] = [{ x: (left[start.layer] ?? 0) + start.width, y: heightOf(source) }];
  let height = heightOf(source);
  for (let layer = start.layer; layer < target.node.layer; layer++) {
    const node = through.get(layer + 1);
    const next = layer + 1 === target.node.layer ? heightOf(target) : (node?.y ?? height);
    if (Math.abs(next - height) < 0.5) continue;
    const x = uprightAt.get(layer) ?? 0;
    points.push({ x, y: height }, { x, y: next });
    height = next;
  }
  points.push({ x: left[target.node.layer] ?? 0, y: heightOf(target) });
  return points;
}
