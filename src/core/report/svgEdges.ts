/** Lines of the exported picture: path data with rounded corners, and crow's feet. */
import type { Cardinality, DiagramEdge } from '../diagram/model.ts';
import { curveControls, isOrthogonal, sideOf } from '../layout/curves.ts';
import type { Point } from '../layout/curves.ts';
import type { LayoutBox, LayoutRoute } from '../layout/layout.ts';

const cornerRadius = 7;

export interface DrawnEdge {
  /** Path data. */
  readonly line: string;
  readonly feet: string;
  /** Rings of "zero or …" ends. */
  readonly rings: readonly Point[];
}

/** Middles of the rows that an end of a composite key joins. */
export type RowsOf = (end: DiagramEdge['from'], box: LayoutBox) => readonly number[];

export function drawEdge(
  edge: DiagramEdge,
  route: LayoutRoute,
  from: LayoutBox,
  to: LayoutBox,
  rowsOf: RowsOf,
): DrawnEdge | null {
  const [start, end] = [route.points[0], route.points.at(-1)];
  if (start === undefined || end === undefined) return null;
  const line = isOrthogonal(route.points) ? rounded(route.points) : curve(start, end, from, to);
  const atStart = foot(edge.from.cardinality, start, sideOf(start.x, from));
  const atEnd = foot(edge.to.cardinality, end, sideOf(end.x, to));
  const braces =
    brace(rowsOf(edge.from, from), start.x, sideOf(start.x, from)) +
    brace(rowsOf(edge.to, to), end.x, sideOf(end.x, to));
  return { line, feet: atStart.feet + atEnd.feet + braces, rings: [...atStart.rings, ...atEnd.rings] };
}

/** How far a composite key's brace stands off its table. */
const braceAt = 4;

function brace(rows: readonly number[], x: number, side: -1 | 1): string {
  if (rows.length < 2) return '';
  const across = number(x + side * braceAt);
  const upright = `M${across} ${number(Math.min(...rows))}V${number(Math.max(...rows))}`;
  return upright + rows.map((row) => `M${number(x)} ${number(row)}H${across}`).join('');
}

function curve(start: Point, end: Point, from: LayoutBox, to: LayoutBox): string {
  const [first, second] = curveControls(start, end, from, to);
  return `M${at(start)}C${at(first)} ${at(second)} ${at(end)}`;
}

function rounded(points: readonly Point[]): string {
  let path = '';
  points.forEach((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined) path += `M${at(point)}`;
    else if (after === undefined) path += `L${at(point)}`;
    else {
      const radius = Math.min(cornerRadius, distance(before, point) / 2, distance(point, after) / 2);
      path += `L${at(towards(point, before, radius))}Q${at(point)} ${at(towards(point, after, radius))}`;
    }
  });
  return path;
}

/** Bars and feet stand at these distances from the table, rings behind them. */
const footLength = 9;
const footHalf = 5;
const barHalf = 4.5;
const ringAt = 12.5;
export const ringRadius = 3.2;

function foot(cardinality: Cardinality, { x, y }: Point, side: -1 | 1): Omit<DrawnEdge, 'line'> {
  const bar = (distance: number) => {
    const across = number(x + side * distance);
    return `M${across} ${number(y - barHalf)}V${number(y + barHalf)}`;
  };
  const toes = `M${at({ x, y: y - footHalf })}L${at({ x: x + side * footLength, y })}L${at({ x, y: y + footHalf })}`;
  const ring = [{ x: x + side * ringAt, y }];
  switch (cardinality) {
    case 'one':
      return { feet: bar(6) + bar(10), rings: [] };
    case 'zero-or-one':
      return { feet: bar(6), rings: ring };
    case 'many':
      return { feet: toes, rings: ring };
    case 'one-or-many':
      return { feet: toes + bar(ringAt), rings: [] };
  }
}

function towards(point: Point, other: Point, length: number): Point {
  const whole = distance(point, other);
  if (whole === 0) return point;
  return { x: point.x + ((other.x - point.x) * length) / whole, y: point.y + ((other.y - point.y) * length) / whole };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function at({ x, y }: Point): string {
  return `${number(x)} ${number(y)}`;
}

/** A tenth of a pixel is finer than any screen; more digits would only make the file larger. */
export function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}
