/** A scene with one table elsewhere, while it is being dragged: its lines are curves, everything else is shared. */
import { curveRoute } from '../../src/core/layout/curves.ts';
import type { LayoutBox } from '../../src/core/layout/layout.ts';
import type { BoxIndex } from './boxIndex.ts';
import { traceRoute } from './routes.ts';
import type { Scene, SceneEdge } from './scene.ts';
import type { Box } from './viewport.ts';

export function movedScene(scene: Scene, index: number, dx: number, dy: number): Scene {
  const table = scene.tables[index];
  if (table === undefined) return scene;
  const moved = { ...table, x: table.x + dx, y: table.y + dy };
  const tables = scene.tables.with(index, moved);
  const edges = [...scene.edges];
  for (const place of table.edges) {
    const edge = edges[place];
    const traced = edge === undefined ? null : trace(edge, tables, index, dy);
    if (edge !== undefined && traced !== null) edges[place] = { ...edge, ...traced };
  }
  return {
    ...scene,
    tables,
    edges,
    tableIndex: also(scene.tableIndex, [index], tables),
    edgeIndex: also(
      scene.edgeIndex,
      table.edges,
      edges.map(({ bounds }) => bounds),
    ),
  };
}

/** Ends keep their heights, as seen from their tables. */
function trace(
  { edge, from, to, points }: SceneEdge,
  tables: Scene['tables'],
  index: number,
  dy: number,
): ReturnType<typeof traceRoute> | null {
  const boxOf = (place: number): LayoutBox | null => {
    const table = tables[place];
    return table === undefined ? null : { ...table, id: table.table.id };
  };
  const [start, end] = [boxOf(from), boxOf(to)];
  if (start === null || end === null) return null;
  const heights = [
    (points[1] ?? 0) + (from === index ? dy : 0),
    (points.at(-1) ?? 0) + (to === index ? dy : 0),
  ] as const;
  const boxes = new Map([
    [start.id, start],
    [end.id, end],
  ]);
  const route = curveRoute(edge, boxes, (which) => (which === edge.from ? heights[0] : heights[1]));
  return route === null ? null : traceRoute(route.points, start, end);
}

/** What the index finds, and those of the moved ones that are there now: a search may find too much, never too little. */
function also(index: BoxIndex, moved: readonly number[], boxes: readonly Box[]): BoxIndex {
  return {
    prepare: () => index.prepare(),
    search: (area) => {
      const found = index.search(area);
      const here = moved.filter((place) => {
        const box = boxes[place];
        return (
          box !== undefined &&
          !found.includes(place) &&
          box.x <= area.x + area.width &&
          area.x <= box.x + box.width &&
          box.y <= area.y + area.height &&
          area.y <= box.y + box.height
        );
      });
      return here.length === 0 ? found : [...found, ...here];
    },
  };
}
