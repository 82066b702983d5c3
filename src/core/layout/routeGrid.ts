/** Lanes between tables: a grid that knows where tables stand, whose frame a place lies in and which lines run there. */
import type { Point } from './curves.ts';
import type { DiagramLayout, LayoutBox } from './layout.ts';

/** Distance between lanes, in pixels: as far apart as ELK sets lines. */
const pitch = 10;
/** Lines nearer to each other than this look like one. */
const apart = 6;
/** Room beside a table, where crow's feet stand, and above and below it. */
const besideTable = 15;
const aboveTable = 7;

export const levelBorder = 1;
export const uprightBorder = 2;

export interface RouteGrid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** 1: a table, or too near to one; by `row * xs.length + column`, as everything below. */
  readonly blocked: Uint8Array;
  /** The module's frame, counted from 1; 0 outside all frames. */
  readonly frame: Uint16Array;
  /** A frame's border runs here: level, or upright. */
  readonly border: Uint8Array;
  /** The line that runs level, and the one that runs upright, counted from 1; 0 for none. */
  readonly level: Uint16Array;
  readonly upright: Uint16Array;
}

/** `heights`: where lines end at tables, each of which gets a lane of its own. */
export function createGrid(layout: DiagramLayout, heights: readonly number[]): RouteGrid {
  const xs = lanes(layout.width, []);
  const ys = lanes(layout.height, heights);
  const size = xs.length * ys.length;
  const grid = {
    xs,
    ys,
    blocked: new Uint8Array(size),
    frame: new Uint16Array(size),
    border: new Uint8Array(size),
    level: new Uint16Array(size),
    upright: new Uint16Array(size),
  };
  layout.modules.forEach((box, index) => {
    fill(grid, box, 0, 0, grid.frame, index + 1);
  });
  for (const { id, x, y, width, height } of layout.modules) {
    for (const top of [y, y + height])
      fill(grid, { id, x, y: top, width, height: 0 }, 0, apart, grid.border, levelBorder);
    for (const left of [x, x + width])
      fill(grid, { id, x: left, y, width: 0, height }, apart, 0, grid.border, uprightBorder);
  }
  for (const box of layout.tables) fill(grid, box, besideTable, aboveTable, grid.blocked, 1);
  return grid;
}

function lanes(length: number, wanted: readonly number[]): readonly number[] {
  const exact = [...new Set(wanted)].sort((a, b) => a - b);
  const regular: number[] = [];
  let next = 0;
  for (let at = pitch; at < length; at += pitch) {
    while ((exact[next] ?? Infinity) < at - apart) next++;
    if ((exact[next] ?? Infinity) > at + apart) regular.push(at);
  }
  return [...exact, ...regular].sort((a, b) => a - b);
}

function fill(
  { xs, ys }: RouteGrid,
  { x, y, width, height }: LayoutBox,
  beside: number,
  above: number,
  values: Uint8Array | Uint16Array,
  value: number,
): void {
  for (let row = firstFrom(ys, y - above); (ys[row] ?? Infinity) <= y + height + above; row++)
    for (let column = firstFrom(xs, x - beside); (xs[column] ?? Infinity) <= x + width + beside; column++)
      values[row * xs.length + column] = value;
}

/** Index of the first lane at or beyond a place. */
export function firstFrom(list: readonly number[], place: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? Infinity) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Notes that a line runs here, on every lane that is too near to be told from it. */
export function occupy(grid: RouteGrid, points: readonly Point[], line: number): void {
  const { xs, ys, level, upright } = grid;
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before === undefined) return;
    const isLevel = Math.abs(before.y - point.y) < 0.5;
    const [beside, above] = isLevel ? [0.5, apart] : [apart, 0.5];
    const box = {
      id: '',
      x: Math.min(before.x, point.x),
      y: Math.min(before.y, point.y),
      width: Math.abs(before.x - point.x),
      height: Math.abs(before.y - point.y),
    };
    fill({ ...grid, xs, ys }, box, beside, above, isLevel ? level : upright, line);
  });
}
