/** Has what is shown laid out: shelves at once where there is nothing to draw yet, the real layout when it is ready. */
import type { DiagramLayout } from '../../src/core/layout/layout.ts';
import { isOutlineOf, outlineLayout } from '../../src/core/layout/outline.ts';
import { placeQuickly } from '../../src/core/layout/placeQuickly.ts';
import { measuredMetrics } from '../canvas/measure.ts';
import { placesOf } from '../state/diagramState.ts';
import { heldModules } from '../state/heldModules.ts';
import type { DiagramState, PlacedDiagram } from '../state/diagramState.ts';
import type { LayoutClient } from './client.ts';

/** So many tables are placed on the page's own thread within a few milliseconds; more would hold it up. */
export const mostPlacedHere = 100;

export interface PlaceEvents {
  readonly placed: (placed: PlacedDiagram) => void;
  /** Only the shelves are there, and nothing else will come. */
  readonly failed: (reason: string) => void;
}

/** Returns what makes it say nothing more. */
export function place(state: DiagramState, layouts: LayoutClient, events: PlaceEvents): () => void {
  const { shown, structure, layout, outline, view } = state;
  let current = true;
  const tell = (made: DiagramLayout, quality: PlacedDiagram['quality']) => {
    if (current && shown !== null) events.placed({ model: shown, structure, layout: made, quality });
  };
  if (shown === null || shown.tables.length === 0) return () => undefined;
  const metrics = measuredMetrics();
  const quick = (shelves: DiagramLayout) => tell(shelves, 'quick');
  // Asking the worker copies the whole model: what is shown meanwhile is made in a task of its own.
  let timer: ReturnType<typeof setTimeout> | undefined;
  const places = placesOf(state);
  const blank = layout === null;
  const fits = blank && outline !== null && isOutlineOf(outline, shown);
  if (fits && outline.structure === structure && outline.characterWidth === metrics.characterWidth) {
    tell(outlineLayout(outline), 'final');
    return () => undefined;
  }
  // Shelves would only be in the way of what was put in its place.
  const first = blank && !shown.tables.some(({ id }) => Object.hasOwn(places, id));
  const small = shown.tables.length <= mostPlacedHere;
  const outlined = fits && !small;
  layouts
    .layout(
      shown,
      { metrics, arrangement: view.arrangement, places, held: heldModules(state, shown) },
      first && !small && !outlined ? quick : null,
    )
    .then(
      (result) => {
        if (result !== null) tell(result, 'final');
      },
      (error: unknown) => {
        if (!current) return;
        if (blank && !small) quick(placeQuickly(shown, metrics));
        events.failed(error instanceof Error ? error.message : String(error));
      },
    );
  // The worker is busy by then.
  if (first && small) quick(placeQuickly(shown, metrics));
  // What is on the screen already stays there.
  else if (outlined) timer = setTimeout(() => quick(outlineLayout({ ...outline, edges: [] })));
  return () => {
    clearTimeout(timer);
    current = false;
  };
}
