/** What lies under a point of the screen. */
import { levelAt } from './frame.ts';
import { markGap, markSize, padding, rowAt } from './geometry.ts';
import { distanceTo } from './routes.ts';
import type { Scene } from './scene.ts';
import { toWorld } from './viewport.ts';
import type { Viewport } from './viewport.ts';

export type Hit =
  /** `mark`: on the sign that says that the row, or the table, has findings. */
  | { readonly kind: 'table'; readonly table: number; readonly row: number | null; readonly mark: boolean }
  | { readonly kind: 'edge'; readonly edge: number }
  | null;

/** How far beside a line the pointer may be, in CSS pixels. */
const edgeReach = 5;

/** Tables before edges; the one drawn last before the others. */
export function hitTest(scene: Scene, viewport: Viewport, screenX: number, screenY: number): Hit {
  const { x, y } = toWorld(viewport, screenX, screenY);
  const table = Math.max(-1, ...scene.tableIndex.search({ x, y, width: 0, height: 0 }));
  const found = scene.tables[table];
  if (found !== undefined) {
    if (levelAt(viewport.k, scene) !== 'near') return { kind: 'table', table, row: null, mark: false };
    const row = rowAt(found, found.table, y);
    const severity = row === null ? found.severity : found.table.columns[row]?.severity;
    const mark = severity != null && x > found.x + found.width - padding - markSize - markGap;
    return { kind: 'table', table, row, mark };
  }
  if (levelAt(viewport.k, scene) === 'far') return null;
  const reach = edgeReach / viewport.k;
  let best = -1;
  let bestDistance = reach;
  for (const index of scene.edgeIndex.search({ x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach })) {
    const edge = scene.edges[index];
    if (edge === undefined) continue;
    const distance = distanceTo(edge.points, x, y);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = index;
    }
  }
  return best < 0 ? null : { kind: 'edge', edge: best };
}
