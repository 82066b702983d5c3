/** Right-angled lines around the tables of a finished placement, each by the cheapest way through a grid of lanes. */
import type { DiagramEdge } from '../diagram/model.ts';
import type { Point } from './curves.ts';
import type { EndHeight } from './endHeights.ts';
import type { DiagramLayout, LayoutBox, LayoutRoute } from './layout.ts';
import { createHeap } from './heap.ts';
import { createGrid, firstFrom, levelBorder, occupy, uprightBorder } from './routeGrid.ts';
import type { RouteGrid } from './routeGrid.ts';

/** Prices in pixels of way: a bend, a crossing, each lane shared with a strange line, and ways through strange modules. */
const bendCost = 40;
const crossingCost = 45;
const sharedLaneCost = 90;
const strangeFrame = 1.5;
/** Along a frame's border a line is taken for the border. */
const alongBorder = 2;
/** Lines to one key run together. */
const ownLane = 0.6;
/** Between a table's side and the first lane a line may turn into. */
const leastStub = 16;

interface Line {
  readonly edge: DiagramEdge;
  readonly ports: readonly [from: string, to: string];
  readonly boxes: readonly [from: LayoutBox, to: LayoutBox];
  readonly heights: readonly [from: number, to: number];
}

/** The first lane beside a table, and the place on its side that it is reached from. */
interface Door {
  readonly node: number;
  readonly side: Point;
  readonly cost: number;
}

/** The same placement with the wanted edges routed anew; null where there is no way for one of them. */
export function routeAround(
  layout: DiagramLayout,
  edges: readonly DiagramEdge[],
  wanted: ReadonlySet<string>,
  endHeight: EndHeight,
): DiagramLayout | null {
  const boxes = new Map(layout.tables.map((box) => [box.id, box]));
  const lines = edges.flatMap((edge): Line[] => {
    const [from, to] = [boxes.get(edge.from.table), boxes.get(edge.to.table)];
    if (from === undefined || to === undefined) return [];
    const heights = [endHeight(edge.from, from), endHeight(edge.to, to)] as const;
    return [{ edge, boxes: [from, to], heights, ports: [`${from.id}\n${heights[0]}`, `${to.id}\n${heights[1]}`] }];
  });
  const indexOf = new Map(lines.map(({ edge }, index) => [edge.id, index]));
  const open = lines.filter(({ edge }) => wanted.has(edge.id));
  const grid = createGrid(
    layout,
    open.flatMap(({ heights }) => heights),
  );
  for (const { id, points } of layout.edges) if (!wanted.has(id)) occupy(grid, points, (indexOf.get(id) ?? -1) + 1);
  const routes = new Map<string, LayoutRoute>();
  for (const line of [...open].sort((a, b) => distance(a) - distance(b))) {
    const points = cheapest(grid, lines, line);
    if (points === null) return null;
    occupy(grid, points, (indexOf.get(line.edge.id) ?? -1) + 1);
    routes.set(line.edge.id, { id: line.edge.id, points });
  }
  return { ...layout, edges: layout.edges.map((route) => routes.get(route.id) ?? route) };
}

function distance({ boxes: [a, b], heights: [from, to] }: Line): number {
  return Math.abs(a.x + a.width / 2 - b.x - b.width / 2) + Math.abs(from - to);
}

/** Dijkstra's search from both sides of one table to both of the other, led by the distance (A*). */
function cheapest(grid: RouteGrid, lines: readonly Line[], line: Line): readonly Point[] | null {
  const { xs, ys, blocked, frame, border, level, upright } = grid;
  const columns = xs.length;
  const starts = doorsOf(grid, line.boxes[0], line.heights[0]);
  const ends = new Map(doorsOf(grid, line.boxes[1], line.heights[1]).map((door) => [door.node, door]));
  if (starts.length === 0 || ends.size === 0) return null;
  const frames = new Set([
    0,
    ...starts.map(({ node }) => frame[node] ?? 0),
    ...[...ends.keys()].map((node) => frame[node] ?? 0),
  ]);
  const related = (other: number) => {
    const { ports } = lines[other - 1] ?? {};
    return ports?.some((port) => line.ports.includes(port)) === true;
  };
  const place = (node: number): Point => ({ x: xs[node % columns] ?? 0, y: ys[Math.floor(node / columns)] ?? 0 });
  const goals = [...ends.values()].map(({ node }) => place(node));
  const left = ({ x, y }: Point) =>
    Math.min(...goals.map((goal) => Math.abs(goal.x - x) + Math.abs(goal.y - y))) * ownLane;

  // States: a node entered level (even) or upright (odd).
  const cost = new Float64Array(blocked.length * 2).fill(Infinity);
  const before = new Int32Array(blocked.length * 2).fill(-1);
  const heap = createHeap();
  for (const { node, cost: stub } of starts) {
    cost[node * 2] = stub;
    heap.push(node * 2, stub + left(place(node)));
  }
  for (let state = heap.pop(); state !== null; state = heap.pop()) {
    const node = state >> 1;
    const isUpright = state & 1;
    const spent = cost[state] ?? Infinity;
    if (ends.has(node) && isUpright === 0) return trace(state, before, place, starts, ends);
    const column = node % columns;
    const from = place(node);
    const steps = [column > 0 ? node - 1 : -1, column < columns - 1 ? node + 1 : -1, node - columns, node + columns];
    for (const [index, next] of steps.entries()) {
      if (next < 0 || next >= blocked.length || blocked[next] === 1) continue;
      const turned = index < 2 ? 0 : 1;
      const to = place(next);
      const along = (turned === 0 ? level[next] : upright[next]) ?? 0;
      const across = (turned === 0 ? upright[next] : level[next]) ?? 0;
      let step = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
      if (!frames.has(frame[next] ?? 0)) step *= strangeFrame;
      if (border[next] === (turned === 0 ? levelBorder : uprightBorder)) step *= alongBorder;
      if (along !== 0) step = related(along) ? step * ownLane : step + sharedLaneCost;
      if (across !== 0 && !related(across)) step += crossingCost;
      if (turned !== isUpright) step += bendCost;
      const state2 = next * 2 + turned;
      if (spent + step >= (cost[state2] ?? Infinity) - 1e-6) continue;
      cost[state2] = spent + step;
      before[state2] = state;
      heap.push(state2, spent + step + left(to));
    }
  }
  return null;
}

/** Where a line can leave a table: at the lanes left and right of it. */
function doorsOf({ xs, ys, blocked }: RouteGrid, box: LayoutBox, height: number): readonly Door[] {
  const row = firstFrom(ys, height - 1e-6);
  const right = firstFrom(xs, box.x + box.width + leastStub);
  const left = firstFrom(xs, box.x - leastStub + 1e-6) - 1;
  return [
    { column: left, side: box.x },
    { column: right, side: box.x + box.width },
  ].flatMap(({ column, side }) => {
    const node = row * xs.length + column;
    const x = xs[column];
    return x === undefined || blocked[node] === 1
      ? []
      : [{ node, side: { x: side, y: height }, cost: Math.abs(x - side) }];
  });
}

function trace(
  last: number,
  before: Int32Array,
  place: (node: number) => Point,
  starts: readonly Door[],
  ends: ReadonlyMap<number, Door>,
): readonly Point[] {
  const nodes: number[] = [];
  for (let state = last; state >= 0; state = before[state] ?? -1) nodes.unshift(state >> 1);
  const start = starts.find(({ node }) => node === nodes[0]);
  const end = ends.get(last >> 1);
  const points = [...(start ? [start.side] : []), ...nodes.map(place), ...(end ? [end.side] : [])];
  return points.filter((point, index) => {
    const [a, b] = [points[index - 1], points[index + 1]];
    return (
      a === undefined ||
      b === undefined ||
      !((a.x === point.x && b.x === point.x) || (a.y === point.y && b.y === point.y))
    );
  });
}
