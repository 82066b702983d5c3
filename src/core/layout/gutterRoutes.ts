/** Lines between blocks of tables, led out of their block and along the gutters between blocks instead of behind tables. */
import type { DiagramEdge } from '../diagram/model.ts';
import { isOrthogonal } from './curves.ts';
import type { Point } from './curves.ts';
import type { EndHeight } from './endHeights.ts';
import { blockLane, gatesOf, tableLane } from './gates.ts';
import type { Gate } from './gates.ts';
import { cheapestWay, createGutters } from './gutterGrid.ts';
import type { Stop } from './gutterGrid.ts';
import type { DiagramLayout, LayoutBox, LayoutRoute } from './layout.ts';
import { spread } from './tracks.ts';
import type { Run } from './tracks.ts';

/** A part of a module that was laid out by itself, where it lies now, and its tables. */
export interface PlacedBlock {
  readonly box: LayoutBox;
  readonly tables: readonly LayoutBox[];
}

/** Steps of the search for all lines together: beyond them, lines stay curves. About three seconds. */
const budget = 4_000_000;
/** Between a line and the blocks beside it. */
const clearance = 8;
/** Lines do not stray further from their lane than this, so that they stay near what they come from. */
const furthest = 60;
/** Left of it and above it lines would leave the picture, which begins at 0, 0. */
const rim = 6;

interface Line {
  readonly edge: DiagramEdge;
  readonly bundle: string;
  readonly points: Point[];
  /** Upright parts within the two blocks: where else they may run. */
  readonly exits: readonly [Gate, Gate];
}

/** The same layout with its curves routed; lines that no way was found for stay as they are. */
export function routeGutters(
  layout: DiagramLayout,
  edges: readonly DiagramEdge[],
  wanted: ReadonlySet<string>,
  blocks: readonly PlacedBlock[],
  endHeight: EndHeight,
  lane = blockLane,
): DiagramLayout {
  const grid = createGutters(
    blocks.map(({ box }) => box),
    lane,
  );
  const home = new Map(blocks.flatMap((block) => block.tables.map((table) => [table.id, { block, table }] as const)));
  const gatesAt = new Map<string, readonly Gate[]>();
  const lines: Line[] = [];
  let left = budget;
  for (const edge of edges) {
    if (!wanted.has(edge.id) || left <= 0) continue;
    const ends = [edge.from, edge.to].map((end) => {
      const at = home.get(end.table);
      if (at === undefined) return null;
      const height = endHeight(end, at.table);
      const key = `${end.table}\n${height}`;
      let gates = gatesAt.get(key);
      if (gates === undefined)
        gatesAt.set(key, (gates = gatesOf(at.table, height, at.block.box, at.block.tables, lane)));
      return { table: at.table, height, gates };
    });
    const [from, to] = ends;
    if (from == null || to == null || from.gates.length === 0 || to.gates.length === 0) continue;
    const way = cheapestWay(grid, from.gates.map(stopOf), to.gates.map(stopOf));
    left -= way?.visited ?? 10_000;
    const [first, last] = [from.gates[way?.from ?? -1], to.gates[way?.to ?? -1]];
    if (way === null || first === undefined || last === undefined) continue;
    const points = simplified([
      ...inside(from.table, from.height, first),
      ...way.points,
      ...inside(to.table, to.height, last).reverse(),
    ]);
    lines.push({ edge, bundle: bundleOf(edge, endHeight, to.table), points, exits: [first, last] });
  }
  const others = layout.edges.filter(({ id }) => !wanted.has(id));
  settle(
    lines,
    blocks.map(({ box }) => box),
    fixedRuns(others, edges, home, endHeight),
  );
  const routes = new Map(lines.map(({ edge, points }) => [edge.id, { id: edge.id, points }]));
  return { ...layout, edges: layout.edges.map((route) => routes.get(route.id) ?? route) };
}

/**
 * The same, and then once more for lines that found no way out of their blocks: around each table of those two blocks.
 * At most so many, because each takes a grid of its own.
 */
export function routeBetween(
  layout: DiagramLayout,
  edges: readonly DiagramEdge[],
  wanted: ReadonlySet<string>,
  blocks: readonly PlacedBlock[],
  endHeight: EndHeight,
): DiagramLayout {
  let routed = routeGutters(layout, edges, wanted, blocks, endHeight);
  const home = new Map(blocks.flatMap((block) => block.tables.map((table) => [table.id, block] as const)));
  const left = routed.edges.filter(({ id, points }) => wanted.has(id) && !isOrthogonal(points));
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  for (const { id } of left.slice(0, mostAgain)) {
    const edge = byId.get(id);
    const own = new Set([home.get(edge?.from.table ?? ''), home.get(edge?.to.table ?? '')]);
    const each = blocks.flatMap((block) =>
      own.has(block) ? block.tables.map((box) => ({ box, tables: [box] })) : [block],
    );
    routed = routeGutters(routed, edges, new Set([id]), each, endHeight, tableLane);
  }
  return routed;
}

const mostAgain = 60;

function bundleOf(edge: DiagramEdge, endHeight: EndHeight, to: LayoutBox): string {
  return `${edge.to.table}\n${endHeight(edge.to, to)}`;
}

function stopOf({ x, y, way, length }: Gate): Stop {
  return { x, y, upright: way !== 'straight', cost: length };
}

/** From the table's side to the gate. */
function inside(table: LayoutBox, height: number, { side, way, x }: Gate): Point[] {
  const start = { x: side === 1 ? table.x + table.width : table.x, y: height };
  return way === 'straight' ? [start] : [start, { x, y: height }];
}

/** Without the points that lie on a straight line between their neighbours. */
function simplified(points: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (const point of points) {
    const [a, b] = [result.at(-2), result.at(-1)];
    if (b?.x === point.x && b.y === point.y) continue;
    if (a !== undefined && b !== undefined && inLine(a, b, point)) result.pop();
    result.push(point);
  }
  return result;
}

function inLine(a: Point, b: Point, c: Point): boolean {
  return (a.x === b.x && b.x === c.x) || (a.y === b.y && b.y === c.y);
}

/** What ELK has drawn within the blocks: nobody may run upon it. */
function fixedRuns(
  routes: readonly LayoutRoute[],
  edges: readonly DiagramEdge[],
  home: ReadonlyMap<string, { readonly table: LayoutBox }>,
  endHeight: EndHeight,
): readonly Run[] {
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  return routes.flatMap(({ id, points }) => {
    const edge = byId.get(id);
    const to = home.get(edge?.to.table ?? '')?.table;
    if (edge === undefined || to === undefined) return [];
    const bundle = bundleOf(edge, endHeight, to);
    return points.flatMap((point, index): Run[] => {
      const before = points[index - 1];
      if (before?.x !== point.x) return [];
      const [from, end] = before.y < point.y ? [before.y, point.y] : [point.y, before.y];
      return [{ at: point.x, from, to: end, low: point.x, high: point.x, bundle }];
    });
  });
}

/** Upright parts first, then level ones: each in the room that its neighbours leave it by then. */
function settle(lines: readonly Line[], blocks: readonly LayoutBox[], fixed: readonly Run[]): void {
  for (const upright of [true, false]) {
    const moves: { readonly run: Run; readonly line: Line; readonly index: number }[] = [];
    for (const line of lines)
      for (let index = 1; index < line.points.length; index++) {
        const [a, b] = [line.points[index - 1], line.points[index]];
        if (a === undefined || b === undefined || (a.x === b.x) !== upright) continue;
        const movable = index > 1 && index < line.points.length - 1;
        moves.push({ run: runOf(a, b, upright, movable, line, index, blocks), line, index });
      }
    spread([...(upright ? fixed : []), ...moves.map(({ run }) => run)]);
    for (const { run, line, index } of moves) {
      if (run.low >= run.high) continue;
      for (const place of [index - 1, index]) {
        const point = line.points[place];
        if (point !== undefined) line.points[place] = upright ? { ...point, x: run.at } : { ...point, y: run.at };
      }
    }
  }
}

function runOf(
  a: Point,
  b: Point,
  upright: boolean,
  movable: boolean,
  { bundle, exits, points }: Line,
  index: number,
  blocks: readonly LayoutBox[],
): Run {
  const at = upright ? a.x : a.y;
  const [from, to] = upright ? [Math.min(a.y, b.y), Math.max(a.y, b.y)] : [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  if (!movable) return { at, from, to, low: at, high: at, bundle };
  let low = Math.max(at - furthest, Math.min(at, rim));
  let high = at + furthest;
  for (const { x, y, width, height } of blocks) {
    const [start, size, near, depth] = upright ? [y, height, x, width] : [x, width, y, height];
    if (start - clearance >= to || start + size + clearance <= from) continue;
    // The line's own block is in the way of a part that leaves it: there the channel is what counts.
    if (near < at && near + depth > at) continue;
    if (near >= at) high = Math.min(high, near - clearance);
    else low = Math.max(low, near + depth + clearance);
  }
  const channels = [
    ...(index === 2 ? [exits[0].channel] : []),
    ...(index === points.length - 2 ? [exits[1].channel] : []),
  ];
  if (upright)
    for (const channel of channels) {
      if (channel === null) continue;
      low = Math.max(low, channel.from);
      high = Math.min(high, channel.to);
    }
  return low < at && at < high
    ? { at: channels.some((channel) => channel !== null) ? at : (low + high) / 2, from, to, low, high, bundle }
    : low <= at && at <= high && low < high
      ? { at, from, to, low, high, bundle }
      : { at, from, to, low: at, high: at, bundle };
}
