/**
 * A live edit must not shuffle the picture: modules whose structure is unchanged stay where they were, a changed module takes
 * its old place where the new size fits. Where it does not fit, the new layout is taken whole.
 */
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { DiagramLayout, LayoutBox, LayoutRoute } from '../../src/core/layout/layout.ts';
import { moduleKeys } from './structure.ts';

interface Laid {
  readonly model: DiagramModel;
  readonly layout: DiagramLayout;
}

interface Shift {
  readonly dx: number;
  readonly dy: number;
}

/** `next.layout` with its modules moved back to where `before` had them, or `next.layout` itself where that cannot be. */
export function keepPositions(before: Laid, next: Laid): DiagramLayout {
  const oldKeys = moduleKeys(before.model);
  const newKeys = moduleKeys(next.model);
  if (![...newKeys].some(([id, key]) => oldKeys.get(id) === key)) return next.layout;

  const oldBoxes = new Map(before.layout.modules.map((box) => [box.id, box]));
  const shifts = new Map<string, Shift>();
  const moved: LayoutBox[] = [];
  for (const box of next.layout.modules) {
    const old = oldBoxes.get(box.id);
    // A new module has no place of its own yet: taking the new layout whole is calmer than guessing one.
    if (old === undefined) return next.layout;
    shifts.set(box.id, { dx: old.x - box.x, dy: old.y - box.y });
    moved.push({ ...box, x: old.x, y: old.y });
  }
  if (anyOverlap(moved)) return next.layout;

  const moduleOf = new Map(next.model.tables.map((table) => [table.id, table.module]));
  const shiftOf = (table: string): Shift => shifts.get(moduleOf.get(table) ?? '') ?? { dx: 0, dy: 0 };
  const edges = new Map(next.model.edges.map((edge) => [edge.id, edge]));
  return {
    tables: next.layout.tables.map((box) => shiftBox(box, shiftOf(box.id))),
    modules: moved,
    edges: next.layout.edges.map((route) => {
      const edge = edges.get(route.id);
      return edge === undefined ? route : shiftRoute(route, shiftOf(edge.from.table), shiftOf(edge.to.table));
    }),
    width: Math.max(...moved.map((box) => box.x + box.width)),
    height: Math.max(...moved.map((box) => box.y + box.height)),
  };
}

function shiftBox(box: LayoutBox, { dx, dy }: Shift): LayoutBox {
  return dx === 0 && dy === 0 ? box : { ...box, x: box.x + dx, y: box.y + dy };
}

/** Between modules that move differently only the ends can be kept: the line becomes a curve between them. */
function shiftRoute(route: LayoutRoute, from: Shift, to: Shift): LayoutRoute {
  const move = ({ x, y }: LayoutRoute['points'][number], { dx, dy }: Shift) => ({ x: x + dx, y: y + dy });
  if (from.dx === to.dx && from.dy === to.dy)
    return from.dx === 0 && from.dy === 0
      ? route
      : { ...route, points: route.points.map((point) => move(point, from)) };
  const start = route.points[0];
  const end = route.points.at(-1);
  return start === undefined || end === undefined ? route : { ...route, points: [move(start, from), move(end, to)] };
}

/** Modules are few (tens): every pair. */
function anyOverlap(boxes: readonly LayoutBox[]): boolean {
  return boxes.some((a, index) =>
    boxes
      .slice(index + 1)
      .some((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height),
  );
}
