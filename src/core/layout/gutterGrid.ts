/** The gutters between blocks as a grid of lanes along the blocks' borders, and the cheapest way from gate to gate. */
import type { Point } from './curves.ts';
import { createHeap } from './heap.ts';
import type { LayoutBox } from './layout.ts';
import { firstFrom } from './routeGrid.ts';

/** In pixels of way. */
const bendCost = 60;

export interface GutterGrid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** 1: a block, by `row * (xs.length - 1) + column`, for the cell right of and below a crossing of lanes. */
  readonly filled: Uint8Array;
}

/** `lane`: between a block's border and the lane along it. */
export function createGutters(blocks: readonly LayoutBox[], lane: number): GutterGrid {
  const xs = sorted(blocks.flatMap(({ x, width }) => [x - lane, x + width + lane]));
  const ys = sorted(blocks.flatMap(({ y, height }) => [y - lane, y + height + lane]));
  const filled = new Uint8Array(Math.max(0, xs.length - 1) * Math.max(0, ys.length - 1));
  for (const { x, y, width, height } of blocks) {
    const right = firstFrom(xs, x + width + lane);
    const bottom = firstFrom(ys, y + height + lane);
    for (let row = firstFrom(ys, y - lane); row < bottom; row++)
      for (let column = firstFrom(xs, x - lane); column < right; column++) filled[row * (xs.length - 1) + column] = 1;
  }
  return { xs, ys, filled };
}

function sorted(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** A place to start from or to go to. `upright`: the line crosses the lane there upright. */
export interface Stop extends Point {
  readonly upright: boolean;
  readonly cost: number;
}

export interface Way {
  /** Indexes of the stops that were chosen. */
  readonly from: number;
  readonly to: number;
  /** From stop to stop, in right angles. */
  readonly points: readonly Point[];
  /** States looked at, for the budget of the whole. */
  readonly visited: number;
}

/** So far around both ends a way is looked for first, in pixels and as a share of their distance. */
const leastDetour = 1200;
const detourShare = 0.3;

/**
 * What is left counts so much more than what is spent (weighted A*): ways are longer by this share at most, in fact by a
 * thousandth on average, and half the states are looked at.
 */
const haste = 1.1;

/** Dijkstra's search led by the distance (A*), over the lanes and the stops' own coordinates. */
export function cheapestWay(grid: GutterGrid, starts: readonly Stop[], ends: readonly Stop[]): Way | null {
  const stops = [...starts, ...ends];
  const near = (axis: 'x' | 'y', lanes: readonly number[]): readonly number[] => {
    const places = stops.map((stop) => stop[axis]);
    const [from, to] = [Math.min(...places), Math.max(...places)];
    const detour = Math.max(leastDetour, (to - from) * detourShare);
    return lanes.slice(firstFrom(lanes, from - detour), firstFrom(lanes, to + detour));
  };
  const [xs, ys] = [near('x', grid.xs), near('y', grid.ys)];
  const found = search(grid, xs, ys, starts, ends);
  if (found !== null || (xs.length === grid.xs.length && ys.length === grid.ys.length)) return found;
  return search(grid, grid.xs, grid.ys, starts, ends);
}

function search(
  grid: GutterGrid,
  lanesX: readonly number[],
  lanesY: readonly number[],
  starts: readonly Stop[],
  ends: readonly Stop[],
): Way | null {
  const stops = [...starts, ...ends];
  const xs = sorted([...lanesX, ...stops.map(({ x }) => x)]);
  const ys = sorted([...lanesY, ...stops.map(({ y }) => y)]);
  const columns = xs.length;
  const rows = ys.length;
  // The lane or the cell that a coordinate lies in, counted in cells of the grid.
  const columnCell = xs.map((x) => cellOf(grid.xs, x));
  const rowCell = ys.map((y) => cellOf(grid.ys, y));
  const width = grid.xs.length - 1;
  const height = grid.ys.length - 1;
  const isFilled = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < height && column < width && grid.filled[row * width + column] === 1;
  const isLane = (list: readonly number[], at: number) => list[firstFrom(list, at)] === at;
  const onLane = { column: xs.map((x) => isLane(grid.xs, x)), row: ys.map((y) => isLane(grid.ys, y)) };
  /** The step from a node to its right neighbour, or to the one below it, runs through a block. */
  const closed = (row: number, column: number, upright: boolean): boolean => {
    const cellRow = rowCell[row] ?? -1;
    const cellColumn = columnCell[column] ?? -1;
    if (!isFilled(cellRow, cellColumn)) return false;
    // Along a lane a line touches two cells: it is inside a block only if both are.
    if (upright && onLane.column[column] === true) return isFilled(cellRow, cellColumn - 1);
    if (!upright && onLane.row[row] === true) return isFilled(cellRow - 1, cellColumn);
    return true;
  };
  const nodeOf = ({ x, y }: Point) => firstFrom(ys, y) * columns + firstFrom(xs, x);
  const goals = new Map<number, number>();
  ends.forEach((end, index) => {
    const state = nodeOf(end) * 2 + (end.upright ? 1 : 0);
    if (!goals.has(state)) goals.set(state, index);
  });
  const cost = new Float64Array(columns * rows * 2).fill(Infinity);
  const before = new Int32Array(cost.length).fill(-1);
  const done = new Uint8Array(cost.length);
  const heap = createHeap();
  /** At least so much is left to an end: the distance, and the bends that no way can do without. */
  const left = (x: number, y: number, upright: boolean) => {
    let least = Infinity;
    for (const end of ends) {
      const aligned = upright ? end.x === x : end.y === y;
      const bends = upright === end.upright ? (aligned ? 0 : 2) : 1;
      const sum = (Math.abs(end.x - x) + Math.abs(end.y - y) + end.cost + bends * bendCost) * haste;
      if (sum < least) least = sum;
    }
    return least;
  };
  for (const start of starts) {
    const state = nodeOf(start) * 2 + (start.upright ? 1 : 0);
    if (start.cost >= (cost[state] ?? Infinity)) continue;
    cost[state] = start.cost;
    heap.push(state, start.cost + left(start.x, start.y, start.upright));
  }
  let visited = 0;
  // The cost of the last stretch belongs to the stop: the first one reached need not be the cheapest.
  let best: { state: number; total: number; end: number } | null = null;
  const visit = (state: number, row: number, column: number, upright: boolean, sum: number) => {
    const next = (row * columns + column) * 2 + (upright ? 1 : 0);
    if (done[next] === 1 || sum >= (cost[next] ?? Infinity) - 1e-6) return;
    cost[next] = sum;
    before[next] = state;
    heap.push(next, sum + left(xs[column] ?? 0, ys[row] ?? 0, upright));
  };
  for (let state = heap.pop(); state !== null; state = heap.pop()) {
    if (done[state] === 1) continue;
    done[state] = 1;
    visited++;
    const node = state >> 1;
    const isUpright = (state & 1) === 1;
    const spent = cost[state] ?? Infinity;
    const row = Math.floor(node / columns);
    const column = node % columns;
    const [x, y] = [xs[column] ?? 0, ys[row] ?? 0];
    const end = goals.get(state);
    if (end !== undefined) {
      const total = spent + (ends[end]?.cost ?? 0);
      if (best === null || total < best.total) best = { state, total, end };
    }
    if (best !== null && spent + left(x, y, isUpright) >= best.total) break;
    const level = spent + (isUpright ? bendCost : 0);
    const upright = spent + (isUpright ? 0 : bendCost);
    if (column + 1 < columns && !closed(row, column, false))
      visit(state, row, column + 1, false, level + (xs[column + 1] ?? x) - x);
    if (column > 0 && !closed(row, column - 1, false))
      visit(state, row, column - 1, false, level + x - (xs[column - 1] ?? x));
    if (row + 1 < rows && !closed(row, column, true))
      visit(state, row + 1, column, true, upright + (ys[row + 1] ?? y) - y);
    if (row > 0 && !closed(row - 1, column, true))
      visit(state, row - 1, column, true, upright + y - (ys[row - 1] ?? y));
    // A turn on the spot, where a stop is entered the other way.
    visit(state, row, column, !isUpright, spent + bendCost);
  }
  if (best === null) return null;
  const states: number[] = [];
  for (let state = best.state; state >= 0; state = before[state] ?? -1) states.unshift(state);
  const first = states[0] ?? 0;
  const from = starts.findIndex((start) => nodeOf(start) === first >> 1 && start.upright === ((first & 1) === 1));
  const points = states.map((state) => {
    const node = state >> 1;
    return { x: xs[node % columns] ?? 0, y: ys[Math.floor(node / columns)] ?? 0 };
  });
  return { from, to: best.end, points, visited };
}

/** Index of the cell that begins at or before the coordinate; −1 before the first lane. */
function cellOf(lanes: readonly number[], at: number): number {
  const index = firstFrom(lanes, at);
  return lanes[index] === at ? index : index - 1;
}
