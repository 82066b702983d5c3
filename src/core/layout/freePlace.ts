/** Room for a table among others: where it is put down, and where a new one comes to stand. Pure and deterministic. */
import type { DiagramEdge, DiagramTable } from '../diagram/model.ts';
import type { LayoutBox } from './layout.ts';

/** Moved tables stand on a grid of this many pixels. */
export const placeGrid = 8;
/** Kept free between a table that is put down and all others: two lanes for lines. */
export const leastGap = 32;
/** Tables that have grown since they were put down keep this much apart. */
const squeezedGap = 20;

export function overlaps(a: LayoutBox, b: LayoutBox, gap: number): boolean {
  return (
    a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
  );
}

/** The free place on the grid that is nearest to the wanted one. */
export function nearestFree(wanted: LayoutBox, others: readonly LayoutBox[], gap = leastGap): { x: number; y: number } {
  const start = { ...wanted, x: snap(wanted.x, 0), y: snap(wanted.y, 0) };
  // Twice as far each time; the last time everything is considered.
  for (let reach = 2 * Math.max(wanted.width, wanted.height, 200); ; reach *= 2) {
    const near = others.filter((other) => overlaps(start, other, reach));
    const found = nearestAmong(start, near, gap);
    const distance = Math.abs(found.x - start.x) + Math.abs(found.y - start.y);
    if (near.length === others.length || distance + gap + placeGrid <= reach) return { x: found.x, y: found.y };
  }
}

/** A nearest free place touches the bounds of what is in the way, or has the wanted coordinate. */
function nearestAmong(start: LayoutBox, others: readonly LayoutBox[], gap: number): LayoutBox {
  if (!others.some((other) => overlaps(start, other, gap))) return start;
  const xs = [
    start.x,
    ...others.flatMap(({ x, width }) => [snap(x - gap - start.width, -1), snap(x + width + gap, 1)]),
  ];
  const ys = [
    start.y,
    ...others.flatMap(({ y, height }) => [snap(y - gap - start.height, -1), snap(y + height + gap, 1)]),
  ];
  const byDistance = (wanted: number) => (a: number, b: number) => Math.abs(a - wanted) - Math.abs(b - wanted) || a - b;
  const sortedXs = [...new Set(xs)].sort(byDistance(start.x));
  const sortedYs = [...new Set(ys)].sort(byDistance(start.y));
  let best: LayoutBox | null = null;
  let bestDistance = Infinity;
  for (const x of sortedXs) {
    const across = Math.abs(x - start.x);
    if (across >= bestDistance) break;
    for (const y of sortedYs) {
      const distance = across + Math.abs(y - start.y);
      if (distance >= bestDistance) break;
      const candidate = { ...start, x, y };
      if (others.some((other) => overlaps(candidate, other, gap))) continue;
      best = candidate;
      bestDistance = distance;
    }
  }
  // There is always room beyond the outermost.
  return best ?? start;
}

/** `towards` −1: not beyond it, 1: not before it, 0: the nearest. */
function snap(value: number, towards: -1 | 0 | 1): number {
  const round = towards < 0 ? Math.floor : towards > 0 ? Math.ceil : Math.round;
  // Without the sign of zero, which files do not keep.
  return round(value / placeGrid) * placeGrid || 0;
}

/** Tables that overlap, because they show more than when they were put down, give way downwards; the upper ones stay. */
export function separated(boxes: readonly LayoutBox[]): readonly LayoutBox[] {
  const settled: LayoutBox[] = [];
  const order = [...boxes].sort((a, b) => a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1));
  for (const box of order) {
    let y = box.y;
    for (let moved = true; moved;) {
      moved = false;
      for (const other of settled) {
        if (!overlaps({ ...box, y }, other, 0)) continue;
        y = other.y + other.height + squeezedGap;
        moved = true;
      }
    }
    settled.push(y === box.y ? box : { ...box, y });
  }
  const byId = new Map(settled.map((box) => [box.id, box]));
  return boxes.map((box) => byId.get(box.id) ?? box);
}

/** Between a new table and the one it is put beside. */
const besideNeighbour = 88;

/**
 * Places for tables that have none, near what they are related to, the others staying where they are: right of what they
 * refer to and left of what refers to them (with `down`: below and above); without relations below their module, else below
 * everything. The ones with most placed neighbours first.
 */
export function placeNew(
  fresh: readonly (LayoutBox & Pick<DiagramTable, 'module'>)[],
  placed: readonly LayoutBox[],
  edges: readonly DiagramEdge[],
  moduleOf: ReadonlyMap<string, string>,
  down: boolean,
): readonly LayoutBox[] {
  const boxes = new Map(placed.map((box) => [box.id, box]));
  const waiting = [...fresh];
  const result: LayoutBox[] = [];
  const links = (id: string) =>
    edges.flatMap(({ from, to }) => {
      if (from.table === to.table) return [];
      const other = from.table === id ? boxes.get(to.table) : to.table === id ? boxes.get(from.table) : undefined;
      return other === undefined ? [] : [{ other, after: from.table === id }];
    });
  while (waiting.length > 0) {
    let next = 0;
    let most = -1;
    waiting.forEach(({ id }, index) => {
      const count = links(id).length;
      if (count > most) [next, most] = [index, count];
    });
    const [table] = waiting.splice(next, 1);
    if (table === undefined) break;
    const near = links(table.id).map(({ other, after }) => beside(table, other, after, down));
    const wanted = near.length > 0 ? middle(near) : below(table, [...boxes.values()], moduleOf);
    const box: LayoutBox = {
      id: table.id,
      width: table.width,
      height: table.height,
      ...nearestFree({ ...table, ...wanted }, [...boxes.values()]),
    };
    boxes.set(box.id, box);
    result.push(box);
  }
  return result;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function beside({ width, height }: LayoutBox, other: LayoutBox, after: boolean, down: boolean): Point {
  if (down)
    return { x: other.x, y: after ? other.y + other.height + besideNeighbour : other.y - besideNeighbour - height };
  return { x: after ? other.x + other.width + besideNeighbour : other.x - besideNeighbour - width, y: other.y };
}

function middle(points: readonly Point[]): Point {
  const mean = (axis: 'x' | 'y') => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return { x: mean('x'), y: mean('y') };
}

function below(
  { module }: Pick<DiagramTable, 'module'>,
  boxes: readonly LayoutBox[],
  moduleOf: ReadonlyMap<string, string>,
): Point {
  const own = boxes.filter(({ id }) => moduleOf.get(id) === module);
  const over = own.length > 0 ? own : boxes;
  if (over.length === 0) return { x: 0, y: 0 };
  return {
    x: Math.min(...over.map(({ x }) => x)),
    y: Math.max(...over.map(({ y, height }) => y + height)) + leastGap,
  };
}
