/** From the layout's routes to what is stroked: curves become short lines once, so that drawing and hit testing share them. */
import { curveControls, isOrthogonal } from '../../src/core/layout/curves.ts';
import type { LayoutBox, LayoutRoute } from '../../src/core/layout/layout.ts';
import type { Box } from './viewport.ts';

export interface TracedRoute {
  readonly points: Float64Array;
  readonly orthogonal: boolean;
  readonly bounds: Box;
}

const curveSegments = 20;

/** Crow's feet reach this far beyond the line on either side, in world units. */
export const endReach = 8;

type Point = LayoutRoute['points'][number];

/** A route whose every part is level or upright is kept; any other becomes a curve that leaves both tables sideways. */
export function traceRoute(points: readonly Point[], from: LayoutBox, to: LayoutBox): TracedRoute {
  const orthogonal = isOrthogonal(points);
  const first = points[0];
  const last = points.at(-1);
  const traced = orthogonal || first === undefined || last === undefined ? points : curve(first, last, from, to);
  const flat = new Float64Array(traced.length * 2);
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  traced.forEach(({ x, y }, index) => {
    flat[index * 2] = x;
    flat[index * 2 + 1] = y;
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  });
  return {
    points: flat,
    orthogonal,
    bounds: {
      x: left - endReach,
      y: top - endReach,
      width: right - left + 2 * endReach,
      height: bottom - top + 2 * endReach,
    },
  };
}

function curve(start: Point, end: Point, from: LayoutBox, to: LayoutBox): readonly Point[] {
  const [c1, c2] = curveControls(start, end, from, to);
  return Array.from({ length: curveSegments + 1 }, (_, index) => {
    const t = index / curveSegments;
    const u = 1 - t;
    const at = (axis: 'x' | 'y') =>
      u ** 3 * start[axis] + 3 * u * u * t * c1[axis] + 3 * u * t * t * c2[axis] + t ** 3 * end[axis];
    return { x: at('x'), y: at('y') };
  });
}

/** Distance from a point to the nearest part of the route, in world units. */
export function distanceTo(points: Float64Array, x: number, y: number): number {
  let best = Infinity;
  for (let index = 0; index + 3 < points.length; index += 2) {
    const ax = points[index] ?? 0;
    const ay = points[index + 1] ?? 0;
    const dx = (points[index + 2] ?? 0) - ax;
    const dy = (points[index + 3] ?? 0) - ay;
    const length = dx * dx + dy * dy;
    const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length));
    best = Math.min(best, Math.hypot(x - ax - t * dx, y - ay - t * dy));
  }
  return best;
}
