/** Tables put elsewhere: where they come to stand, and what is shown until the lines are led anew. */
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { Places } from '../../src/core/diagram/saved.ts';
import { curveRoute } from '../../src/core/layout/curves.ts';
import { endHeights } from '../../src/core/layout/endHeights.ts';
import { nearestFree, placeGrid } from '../../src/core/layout/freePlace.ts';
import type { DiagramLayout, LayoutBox, Metrics } from '../../src/core/layout/layout.ts';
import { framesOf } from '../../src/core/layout/layoutArranged.ts';

export interface Moved {
  readonly places: Places;
  readonly layout: DiagramLayout;
}

/**
 * The table moved by so many pixels, to the nearest free place. Every other table of the layout gets a place as well, the one
 * that it has: from now on nothing moves by itself. Null where it stays where it is.
 */
export function moveTable(
  model: DiagramModel,
  layout: DiagramLayout,
  places: Places,
  id: string,
  by: { readonly dx: number; readonly dy: number },
  metrics: Metrics,
): Moved | null {
  const box = layout.tables.find((table) => table.id === id);
  if (box === undefined) return null;
  const others = layout.tables.filter((table) => table !== box);
  const place = nearestFree({ ...box, x: box.x + by.dx, y: box.y + by.dy }, others);
  if (Math.abs(place.x - box.x) < placeGrid / 2 && Math.abs(place.y - box.y) < placeGrid / 2) return null;
  const tables = layout.tables.map((table) => (table === box ? { ...table, ...place } : table));
  return {
    places: {
      ...Object.fromEntries(layout.tables.map(({ id: other, x, y }) => [other, [Math.round(x), Math.round(y)]])),
      ...places,
      [id]: [place.x, place.y],
    },
    layout: preview(model, { ...layout, tables }, id, metrics),
  };
}

/** Steps that a pushed table takes at most to get past what is in its way. */
const mostSteps = 80;

/** The same with a key: what is in the way is passed, for the nearest free place would be the one that it comes from. */
export function pushTable(...[model, layout, places, id, by, metrics]: Parameters<typeof moveTable>): Moved | null {
  const before = layout.tables.find((table) => table.id === id);
  for (let steps = 1; before !== undefined && steps <= mostSteps; steps++) {
    const moved = moveTable(model, layout, places, id, { dx: by.dx * steps, dy: by.dy * steps }, metrics);
    const [x, y] = moved?.places[id] ?? [before.x, before.y];
    const ahead = (x - before.x) * Math.sign(by.dx) + (y - before.y) * Math.sign(by.dy);
    const aside = by.dx === 0 ? Math.abs(x - before.x) : Math.abs(y - before.y);
    if (ahead > 0 && aside < placeGrid) return moved;
  }
  return null;
}

/** Lines of the moved table as curves, frames around their tables: until the real layout is there. */
function preview(model: DiagramModel, layout: DiagramLayout, id: string, metrics: Metrics): DiagramLayout {
  const boxes = new Map<string, LayoutBox>(layout.tables.map((box) => [box.id, box]));
  const heights = endHeights(model, metrics);
  const edges = new Map(model.edges.map((edge) => [edge.id, edge]));
  return {
    ...layout,
    modules: layout.modules.length === 0 ? [] : framesOf(model, boxes),
    edges: layout.edges.map((route) => {
      const edge = edges.get(route.id);
      if (edge === undefined || (edge.from.table !== id && edge.to.table !== id)) return route;
      return curveRoute(edge, boxes, heights) ?? route;
    }),
  };
}
