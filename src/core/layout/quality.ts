/** What a layout is judged by, beside its time. */
import { curveControls, isOrthogonal } from './curves.ts';
import type { DiagramModel } from '../diagram/model.ts';
import type { DiagramLayout, LayoutBox } from './layout.ts';

export interface LayoutQuality {
  readonly overlaps: number;
  /** Pairs of lines that cross, each line taken as drawn. */
  readonly crossings: number;
  /** Mean length of a line, in pixels. */
  readonly edgeLength: number;
  /** Zoom at which everything shows in 1,600 × 1,000 pixels. */
  readonly fit: number;
  /** Share of the area that tables cover. */
  readonly filled: number;
  /** Level and upright parts of orthogonal routes that run through a table. */
  readonly throughTables: number;
}

type Points = readonly { readonly x: number; readonly y: number }[];

export function layoutQuality(model: DiagramModel, layout: DiagramLayout): LayoutQuality {
  const area = layout.tables.reduce((sum, { width, height }) => sum + width * height, 0);
  return {
    overlaps: overlaps(layout.tables),
    ...lineQuality(drawnLines(model, layout)),
    fit: Math.min(1, 1600 / layout.width, 1000 / layout.height),
    filled: area / (layout.width * layout.height),
    throughTables: layout.edges.filter(
      ({ points }) => isOrthogonal(points) && layout.tables.some((box) => runsThrough(points, box)),
    ).length,
  };
}

/** The lines of a layout, each as it is drawn. */
export function drawnLines(model: DiagramModel, layout: Pick<DiagramLayout, 'tables' | 'edges'>): readonly Points[] {
  const boxes = new Map(layout.tables.map((box) => [box.id, box]));
  const edges = new Map(model.edges.map((edge) => [edge.id, edge]));
  return layout.edges.map(({ id, points }) => {
    const edge = edges.get(id);
    const [from, to] = [boxes.get(edge?.from.table ?? ''), boxes.get(edge?.to.table ?? '')];
    return from && to ? drawn(points, from, to) : points;
  });
}

/** Of lines as they are drawn, whoever has drawn them. */
export function lineQuality(lines: readonly Points[]): Pick<LayoutQuality, 'crossings' | 'edgeLength'> {
  let length = 0;
  for (const line of lines)
    line.forEach((point, index) => {
      const before = line[index - 1];
      if (before) length += Math.hypot(point.x - before.x, point.y - before.y);
    });
  return { crossings: crossings(lines), edgeLength: length / Math.max(1, lines.length) };
}

function drawn(points: Points, from: LayoutBox, to: LayoutBox): Points {
  const [start, end] = [points[0], points.at(-1)];
  if (isOrthogonal(points) || !start || !end) return points;
  const [c1, c2] = curveControls(start, end, from, to);
  return Array.from({ length: 13 }, (_, index) => {
    const t = index / 12;
    const u = 1 - t;
    const at = (a: number, b: number, c: number, d: number) =>
      u ** 3 * a + 3 * u * u * t * b + 3 * u * t * t * c + t ** 3 * d;
    return { x: at(start.x, c1.x, c2.x, end.x), y: at(start.y, c1.y, c2.y, end.y) };
  });
}

function overlaps(boxes: readonly LayoutBox[]): number {
  let count = 0;
  boxes.forEach((a, index) => {
    for (const b of boxes.slice(index + 1))
      if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height) count++;
  });
  return count;
}

/** Touching the border is how a line joins its table; only the inside counts. */
function runsThrough(points: Points, { x, y, width, height }: LayoutBox): boolean {
  return points.some((point, index) => {
    const before = points[index - 1];
    if (!before) return false;
    return (
      Math.min(before.x, point.x) < x + width - 1 &&
      Math.max(before.x, point.x) > x + 1 &&
      Math.min(before.y, point.y) < y + height - 1 &&
      Math.max(before.y, point.y) > y + 1
    );
  });
}

function crossings(lines: readonly Points[]): number {
  const bounds = lines.map((line) => ({
    left: Math.min(...line.map(({ x }) => x)),
    right: Math.max(...line.map(({ x }) => x)),
    top: Math.min(...line.map(({ y }) => y)),
    bottom: Math.max(...line.map(({ y }) => y)),
  }));
  let count = 0;
  lines.forEach((a, i) => {
    const box = bounds[i];
    for (let j = i + 1; j < lines.length; j++) {
      const other = bounds[j];
      const b = lines[j];
      if (!box || !other || !b) continue;
      if (box.left > other.right || other.left > box.right || box.top > other.bottom || other.top > box.bottom)
        continue;
      if (linesCross(a, b)) count++;
    }
  });
  return count;
}

function linesCross(a: Points, b: Points): boolean {
  for (let i = 1; i < a.length; i++)
    for (let j = 1; j < b.length; j++) {
      const [p, q, r, s] = [a[i - 1], a[i], b[j - 1], b[j]];
      if (p && q && r && s && properlyCross(p, q, r, s)) return true;
    }
  return false;
}

type Point = Points[number];

function properlyCross(p: Point, q: Point, r: Point, s: Point): boolean {
  const turn = (a: Point, b: Point, c: Point) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
  return turn(p, q, r) * turn(p, q, s) < 0 && turn(r, s, p) * turn(r, s, q) < 0;
}
