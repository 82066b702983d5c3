/** Where modules stand that an edit shall not move: those of the layout before, where some of them are what they were. */
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { Held } from '../../src/core/layout/holdModules.ts';
import type { DiagramState } from './diagramState.ts';
import { moduleKeys } from './structure.ts';

/** A filter or another arrangement is to be seen: only an edit leaves everything where it is. */
export function heldModules(state: DiagramState, shown: DiagramModel): Held {
  const { layout, placedView, view, places } = state;
  if (layout?.quality !== 'final' || placedView !== view || Object.keys(places).length > 0) return {};
  const before = moduleKeys(layout.model);
  if (![...moduleKeys(shown)].some(([id, key]) => before.get(id) === key)) return {};
  return Object.fromEntries(layout.layout.modules.map(({ id, x, y }) => [id, [x, y] as const]));
}
