/** Lines between tables of different modules: curves that leave both tables sideways, at the rows they join. */
import type { DiagramEdge } from '../diagram/model.ts';
import type { EndHeight } from './endHeights.ts';
import type { LayoutBox, LayoutRoute } from './layout.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Tables nearer to each other sideways than this are joined on the same side: a line between them would have no room. */
const leastGap = 40;

/** A route of two points; null where an end is not placed. */
export function curveRoute(
  edge: DiagramEdge,
  boxes: ReadonlyMap<string, LayoutBox>,
  endHeight: EndHeight,
): LayoutRoute | null {
  const [from, to] = [boxes.get(edge.from.table), boxes.get(edge.to.table)];
  if (from === undefined || to === undefined) return null;
  const [fromRight, toRight] = sides(from, to);
  const start = {
    x: fromRight ? from.x + from.width : from.x,
    y: endHeight(edge.from, from),
  };
  const end = { x: toRight ? to.x + to.width : to.x, y: endHeight(edge.to, to) };
  if (edge.from.table !== edge.to.table) return { id: edge.id, points: [start, end] };
  const out = Math.max(start.x, end.x) + 28;
  return { id: edge.id, points: [start, { x: out, y: start.y }, { x: out, y: end.y }, end] };
}

function sides(from: LayoutBox, to: LayoutBox): readonly [fromRight: boolean, toRight: boolean] {
  if (to.x - (from.x + from.width) >= leastGap) return [true, false];
  if (from.x - (to.x + to.width) >= leastGap) return [false, true];
  const rightwards = Math.abs(from.x + from.width - to.x - to.width) <= Math.abs(from.x - to.x);
  return [rightwards, rightwards];
}

/** The route as drawn: its own points where each part is level or upright, else the control points of one cubic curve. */
export function isOrthogonal(points: readonly Point[]): boolean {
  return points.every((point, index) => {
    const before = points[index - 1];
    return before === undefined || Math.abs(before.x - point.x) < 0.5 || Math.abs(before.y - point.y) < 0.5;
  });
}

/** Control points of the curve between the ends of a route, each beside the table its end lies on. */
export function curveControls(start: Point, end: Point, from: LayoutBox, to: LayoutBox): readonly [Point, Point] {
  const reach = Math.min(400, Math.max(48, Math.abs(end.x - start.x) / 2));
  return [
    { x: start.x + sideOf(start.x, from) * reach, y: start.y },
    { x: end.x + sideOf(end.x, to) * reach, y: end.y },
  ];
}

/** −1: the end lies on the box's left side, 1: on its right. */
export function sideOf(x: number, box: Pick<LayoutBox, 'x' | 'width'>): -1 | 1 {
  return Math.abs(x - box.x) <= Math.abs(x - (box.x + box.width)) ? -1 : 1;
}
