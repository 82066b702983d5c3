/**
 * Right-angled lines between tables that stand anywhere. Each line begins with nothing in its way but its own two tables; what
 * it runs into is added, until it runs into nothing. So the grid it is sought on stays small, however many tables there are.
 */
import type { DiagramEdge } from '../diagram/model.ts';
import type { Point } from './curves.ts';
import { curveRoute } from './curves.ts';
import type { EndHeight } from './endHeights.ts';
import { cheapestWay, createGutters } from './gutterGrid.ts';
import type { Stop } from './gutterGrid.ts';
import type { LayoutBox, LayoutRoute } from './layout.ts';
import { spread } from './tracks.ts';
import type { Run } from './tracks.ts';

/** Between a table and the lanes around it: room for crow's feet. */
const lanes: readonly number[] = [16, 10, 5];
/** Kept free by parts of a line that are set apart from others: beside a table there are crow's feet. */
const besideTable = 15;
const aboveTable = 7;
/** Lines do not stray further from their lane than this. */
const furthest = 70;
/** Tables that a line may have to get around, before it becomes a curve. */
const mostRounds = 40;
/** States looked at by all searches together: beyond them, lines become curves. About two seconds. */
const budget = 3_000_000;

interface Line {
  readonly edge: DiagramEdge;
  readonly bundle: string;
  readonly points: Point[];
}

/** A route for each edge whose tables both have a box: right-angled and clear of all tables, or two points (a curve) where none leads there. */
export function routeFree(
  edges: readonly DiagramEdge[],
  tables: readonly LayoutBox[],
  endHeight: EndHeight,
): readonly LayoutRoute[] {
  const boxes = new Map(tables.map((box) => [box.id, box]));
  const near = createNearby(tables);
  const lines: Line[] = [];
  const curves = new Map<string, LayoutRoute>();
  let left = budget;
  // The short ones first: where the budget ends, it is the long ones that become curves.
  const open = edges
    .flatMap((edge) => {
      const [from, to] = [boxes.get(edge.from.table), boxes.get(edge.to.table)];
      return from === undefined || to === undefined ? [] : [{ edge, from, to, length: distance(from, to) }];
    })
    .sort((a, b) => a.length - b.length);
  for (const { edge, from, to } of open) {
    const heights = [endHeight(edge.from, from), endHeight(edge.to, to)] as const;
    const found = left > 0 ? wayAround(from, to, heights, near) : null;
    left -= found?.visited ?? 1000;
    if (found === null) {
      const curve = curveRoute(edge, boxes, endHeight);
      if (curve !== null) curves.set(edge.id, curve);
    } else lines.push({ edge, bundle: `${edge.to.table}\n${heights[1]}`, points: [...found.points] });
  }
  setApart(lines, near);
  const routed = new Map(lines.map(({ edge, points }) => [edge.id, { id: edge.id, points }]));
  return edges.flatMap(({ id }) => routed.get(id) ?? curves.get(id) ?? []);
}

function distance(a: LayoutBox, b: LayoutBox): number {
  return Math.abs(a.x + a.width / 2 - b.x - b.width / 2) + Math.abs(a.y + a.height / 2 - b.y - b.height / 2);
}

function wayAround(
  from: LayoutBox,
  to: LayoutBox,
  [start, end]: readonly [number, number],
  near: Nearby,
): { points: readonly Point[]; visited: number } | null {
  let visited = 0;
  for (const lane of lanes) {
    const obstacles = new Set([from, to]);
    for (let round = 0; round < mostRounds; round++) {
      const grid = createGutters([...obstacles], lane);
      const way = cheapestWay(grid, stops(from, start, lane), stops(to, end, lane));
      visited += way?.visited ?? 100;
      if (way === null) break;
      const sides = [sideOf(from, way.points[0]), sideOf(to, way.points.at(-1))] as const;
      const points = simplified([{ x: sides[0], y: start }, ...way.points, { x: sides[1], y: end }]);
      const hit = runsInto(points, near).filter((box) => !obstacles.has(box));
      if (hit.length === 0) {
        // A stub that is wedged in between its table and the next one cannot be mended by more obstacles.
        if (crossed(points, near, 0).length > 0) break;
        return { points, visited };
      }
      for (const box of hit) obstacles.add(box);
    }
  }
  return null;
}

function stops({ x, width }: LayoutBox, y: number, lane: number): readonly Stop[] {
  return [
    { x: x + width + lane, y, upright: false, cost: lane },
    { x: x - lane, y, upright: false, cost: lane },
  ];
}

function sideOf({ x, width }: LayoutBox, stop: Point | undefined): number {
  return stop !== undefined && stop.x < x ? x : x + width;
}

/** Tables that a line comes too near to; its own two it may touch. */
function runsInto(points: readonly Point[], near: Nearby): readonly LayoutBox[] {
  return crossed(points, near, 4);
}

function crossed(points: readonly Point[], near: Nearby, clear: number): readonly LayoutBox[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined) return [];
    const area = {
      x: Math.min(before.x, point.x) - clear,
      y: Math.min(before.y, point.y) - clear,
      width: Math.abs(before.x - point.x) + 2 * clear,
      height: Math.abs(before.y - point.y) + 2 * clear,
    };
    return near(area).filter(
      (box) =>
        box.x + 0.5 < area.x + area.width &&
        area.x < box.x + box.width - 0.5 &&
        box.y + 0.5 < area.y + area.height &&
        area.y < box.y + box.height - 0.5,
    );
  });
}

type Area = Omit<LayoutBox, 'id'>;
type Nearby = (area: Area) => readonly LayoutBox[];

/** Side of a cell of the look-up, in pixels: about a table's. */
const cell = 400;

/** Tables by the cells they lie in. */
function createNearby(tables: readonly LayoutBox[]): Nearby {
  const cells = new Map<string, LayoutBox[]>();
  const keys = ({ x, y, width, height }: Area): readonly string[] => {
    const result: string[] = [];
    for (let column = Math.floor(x / cell); column <= Math.floor((x + width) / cell); column++)
      for (let row = Math.floor(y / cell); row <= Math.floor((y + height) / cell); row++)
        result.push(`${column} ${row}`);
    return result;
  };
  for (const table of tables)
    for (const key of keys(table)) {
      const list = cells.get(key);
      if (list) list.push(table);
      else cells.set(key, [table]);
    }
  return (area) => [...new Set(keys(area).flatMap((key) => cells.get(key) ?? []))];
}

/** Without the points that lie on a straight line between their neighbours. */
function simplified(points: readonly Point[]): readonly Point[] {
  const result: Point[] = [];
  for (const point of points) {
    const [a, b] = [result.at(-2), result.at(-1)];
    if (b?.x === point.x && b.y === point.y) continue;
    const inLine =
      a !== undefined && b !== undefined && ((a.x === b.x && b.x === point.x) || (a.y === b.y && b.y === point.y));
    if (inLine) result.pop();
    result.push(point);
  }
  return result;
}

/** Upright parts first, then level ones: each in the room that the tables leave it. Ends stay at their rows. */
function setApart(lines: readonly Line[], near: Nearby): void {
  for (const upright of [true, false]) {
    const moves: { readonly run: Run; readonly line: Line; readonly index: number }[] = [];
    for (const line of lines)
      for (let index = 1; index < line.points.length; index++) {
        const [a, b] = [line.points[index - 1], line.points[index]];
        if (a === undefined || b === undefined || (a.x === b.x) !== upright) continue;
        const movable = index > 1 && index < line.points.length - 1;
        moves.push({ run: runOf(a, b, upright, movable, line.bundle, near), line, index });
      }
    spread(moves.map(({ run }) => run));
    for (const { run, line, index } of moves) {
      if (run.low >= run.high) continue;
      for (const place of [index - 1, index]) {
        const point = line.points[place];
        if (point !== undefined) line.points[place] = upright ? { ...point, x: run.at } : { ...point, y: run.at };
      }
    }
  }
}

function runOf(a: Point, b: Point, upright: boolean, movable: boolean, bundle: string, near: Nearby): Run {
  const at = upright ? a.x : a.y;
  const [from, to] = upright ? [Math.min(a.y, b.y), Math.max(a.y, b.y)] : [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  if (!movable) return { at, from, to, low: at, high: at, bundle };
  const keep = upright ? besideTable : aboveTable;
  const along = upright ? aboveTable : besideTable;
  const reach = furthest + keep;
  const area = upright
    ? { x: at - reach, y: from - along, width: 2 * reach, height: to - from + 2 * along }
    : { x: from - along, y: at - reach, width: to - from + 2 * along, height: 2 * reach };
  let low = at - furthest;
  let high = at + furthest;
  for (const { x, y, width, height } of near(area)) {
    const [start, size, side, depth] = upright ? [y, height, x, width] : [x, width, y, height];
    if (start - along >= to || start + size + along <= from) continue;
    if (side >= at) high = Math.min(high, side - keep);
    else if (side + depth <= at) low = Math.max(low, side + depth + keep);
    else return { at, from, to, low: at, high: at, bundle };
  }
  if (low > at || high < at) return { at, from, to, low: at, high: at, bundle };
  // In the middle of a gutter, as long as that is where the lane lies.
  const middle = high - low < 2 * furthest - 1 ? (low + high) / 2 : at;
  return { at: middle, from, to, low, high, bundle };
}
