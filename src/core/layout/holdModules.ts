/**
 * A live edit must not shuffle the picture: modules go back to where they stood, if there is still room for them. Where one does
 * not fit there any more, or is new, the new layout is taken whole.
 */
import type { DiagramModel } from '../diagram/model.ts';
import type { Assembled } from './blocks.ts';
import { endHeights } from './endHeights.ts';
import type { DiagramLayout, LayoutBox, LayoutRoute, Metrics } from './layout.ts';
import { routeAround } from './routeAround.ts';

/** Top left corners of the modules' frames, by module; empty = nothing stands anywhere yet. */
export type Held = Readonly<Record<string, readonly [x: number, y: number]>>;

interface Shift {
  readonly dx: number;
  readonly dy: number;
}

/** Lines between modules that move differently keep their ends alone: they have to be routed anew. */
export function holdBlocks(model: DiagramModel, assembled: Assembled, held: Held): Assembled {
  const { layout } = assembled;
  const shifts = shiftsOf(layout.modules, held);
  if (shifts === null) return assembled;
  const moduleOf = new Map(model.tables.map((table) => [table.id, table.module]));
  const shiftOf = (table: string): Shift => shifts.get(moduleOf.get(table) ?? '') ?? { dx: 0, dy: 0 };
  const edges = new Map(model.edges.map((edge) => [edge.id, edge]));
  const modules = layout.modules.map((box) => shiftBox(box, shifts.get(box.id) ?? { dx: 0, dy: 0 }));
  return {
    layout: {
      tables: layout.tables.map((box) => shiftBox(box, shiftOf(box.id))),
      modules,
      edges: layout.edges.map((route) => {
        const edge = edges.get(route.id);
        return edge === undefined ? route : shiftRoute(route, shiftOf(edge.from.table), shiftOf(edge.to.table));
      }),
      width: Math.max(...modules.map((box) => box.x + box.width)),
      height: Math.max(...modules.map((box) => box.y + box.height)),
    },
    blocks: assembled.blocks.map(({ box, tables }) => {
      const shift = shiftOf(tables[0]?.id ?? '');
      return { box: shiftBox(box, shift), tables: tables.map((each) => shiftBox(each, shift)) };
    }),
  };
}

/** Of a layout whose lines are all routed already: those that lost their ways go around the tables again. */
export function holdModules(model: DiagramModel, layout: DiagramLayout, held: Held, metrics: Metrics): DiagramLayout {
  const moved = holdBlocks(model, { layout, blocks: [] }, held).layout;
  if (moved === layout) return layout;
  const before = new Map(layout.edges.map(({ id, points }) => [id, points.length]));
  const lost = new Set(
    moved.edges.filter(({ id, points }) => points.length !== before.get(id) || isTorn(points)).map(({ id }) => id),
  );
  return lost.size === 0 ? moved : (routeAround(moved, model.edges, lost, endHeights(model, metrics)) ?? moved);
}

function isTorn(points: LayoutRoute['points']): boolean {
  return points.length === 2 && points[0]?.y !== points[1]?.y;
}

/** Null: nothing moves, or not all of it can. */
function shiftsOf(modules: readonly LayoutBox[], held: Held): ReadonlyMap<string, Shift> | null {
  const shifts = new Map<string, Shift>();
  const moved: LayoutBox[] = [];
  for (const box of modules) {
    const place = Object.hasOwn(held, box.id) ? held[box.id] : undefined;
    // A new module has no place of its own yet: taking the new layout whole is calmer than guessing one.
    if (place === undefined) return null;
    const shift = { dx: place[0] - box.x, dy: place[1] - box.y };
    shifts.set(box.id, shift);
    moved.push(shiftBox(box, shift));
  }
  const stays = [...shifts.values()].every(({ dx, dy }) => dx === 0 && dy === 0);
  return stays || anyOverlap(moved) ? null : shifts;
}

function shiftBox(box: LayoutBox, { dx, dy }: Shift): LayoutBox {
  return dx === 0 && dy === 0 ? box : { ...box, x: box.x + dx, y: box.y + dy };
}

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
