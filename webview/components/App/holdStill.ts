import type { Scene, SceneTable } from '../../canvas/scene.ts';
import { toWorld } from '../../canvas/viewport.ts';
import type { Size, Viewport } from '../../canvas/viewport.ts';

/**
 * The viewport that keeps one table where it is on the screen while the layout around it changes: the selected one if it is in
 * sight, else the one nearest to the middle. Null where nothing has to move or no table is in both pictures.
 */
export function holdStill(
  viewport: Viewport,
  screen: Size,
  before: Scene,
  after: Scene,
  selected: string | null,
): Viewport | null {
  const middle = toWorld(viewport, screen.width / 2, screen.height / 2);
  const reach = { x: screen.width / 2 / viewport.k, y: screen.height / 2 / viewport.k };
  let anchor: SceneTable | null = null;
  let nearest = Infinity;
  for (const table of before.tables) {
    if (!after.byId.has(table.table.id)) continue;
    const dx = table.x + table.width / 2 - middle.x;
    const dy = table.y + table.height / 2 - middle.y;
    const inSight = Math.abs(dx) < reach.x && Math.abs(dy) < reach.y;
    const distance = table.table.id === selected && inSight ? -1 : Math.hypot(dx, dy);
    if (distance >= nearest) continue;
    nearest = distance;
    anchor = table;
  }
  const now = anchor === null ? undefined : after.tables[after.byId.get(anchor.table.id) ?? -1];
  if (anchor === null || now === undefined || (now.x === anchor.x && now.y === anchor.y)) return null;
  return {
    k: viewport.k,
    x: viewport.x + (anchor.x - now.x) * viewport.k,
    y: viewport.y + (anchor.y - now.y) * viewport.k,
  };
}
