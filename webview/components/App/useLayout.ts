import { startTransition, useEffect, useState } from 'react';
import type { Dispatch } from 'react';
import type { DiagramLayout } from '../../../src/core/layout/layout.ts';
import { placeQuickly } from '../../../src/core/layout/placeQuickly.ts';
import { measuredMetrics } from '../../canvas/measure.ts';
import { t } from '../../l10n.ts';
import type { LayoutClient } from '../../layout/client.ts';
import { placesOf } from '../../state/diagramState.ts';
import type { Action, DiagramState } from '../../state/diagramState.ts';

/** So many tables are placed on the page's own thread within a few milliseconds; more would hold it up. */
const mostPlacedHere = 100;

/**
 * Keeps a layout for what is shown: shelves at once where there is nothing to draw yet, the real one from the worker when it
 * is ready. Returns whether one is under way.
 */
export function useLayout(state: DiagramState, dispatch: Dispatch<Action>, layouts: LayoutClient): boolean {
  const { shown, structure, layout, view } = state;
  /** Structure whose layout failed: nothing is under way for it any more. */
  const [failed, setFailed] = useState<string | null>(null);
  const placed = layout?.structure === structure && layout.quality === 'final';
  const blank = layout === null;

  useEffect(() => {
    if (shown === null || shown.tables.length === 0 || placed) return;
    const metrics = measuredMetrics();
    let current = true;
    const quick = (shelves: DiagramLayout) => {
      if (!current) return;
      startTransition(() => {
        dispatch({ type: 'placed', placed: { model: shown, structure, layout: shelves, quality: 'quick' } });
      });
    };
    const places = placesOf(state);
    // Shelves would only be in the way of what was put in its place.
    const first = blank && !shown.tables.some(({ id }) => Object.hasOwn(places, id));
    const small = shown.tables.length <= mostPlacedHere;
    if (first && small) quick(placeQuickly(shown, metrics));
    layouts.layout(shown, metrics, view.arrangement, places, first && !small ? quick : null).then(
      (result) => {
        if (!current || result === null) return;
        startTransition(() => {
          dispatch({ type: 'placed', placed: { model: shown, structure, layout: result, quality: 'final' } });
        });
      },
      (error: unknown) => {
        if (!current) return;
        setFailed(structure);
        if (blank && !small) quick(placeQuickly(shown, metrics));
        const reason = error instanceof Error ? error.message : String(error);
        dispatch({ type: 'notice', text: t('The tables could not be arranged by their relations: {0}', reason) });
      },
    );
    return () => {
      current = false;
    };
    // `shown` may change in words alone; only its structure calls for another layout.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [structure, layouts]);

  return shown !== null && shown.tables.length > 0 && !placed && failed !== structure;
}
