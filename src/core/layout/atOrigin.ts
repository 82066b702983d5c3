/** Layouts whose coordinates may be negative, for pictures, which begin at 0, 0. */
import type { DiagramLayout } from './layout.ts';

const margin = 32;

/** The same layout with nothing left of or above the margin; one that begins within it already is left alone. */
export function atOrigin(layout: DiagramLayout): DiagramLayout {
  const points = layout.edges.flatMap((edge) => edge.points);
  const boxes = [...layout.tables, ...layout.modules];
  const least = (axis: 'x' | 'y') => Math.min(...boxes.map((box) => box[axis]), ...points.map((point) => point[axis]));
  if (boxes.length === 0 || (least('x') >= 0 && least('y') >= 0 && least('x') <= margin && least('y') <= margin))
    return layout;
  const right = Math.max(...boxes.map(({ x, width }) => x + width), ...points.map(({ x }) => x));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height), ...points.map(({ y }) => y));
  const [dx, dy] = [margin - least('x'), margin - least('y')];
  const move = <T extends { readonly x: number; readonly y: number }>(thing: T): T => ({
    ...thing,
    x: thing.x + dx,
    y: thing.y + dy,
  });
  return {
    tables: layout.tables.map(move),
    modules: layout.modules.map(move),
    edges: layout.edges.map(({ id, points: route }) => ({ id, points: route.map(move) })),
    width: right + dx + margin,
    height: bottom + dy + margin,
  };
}
