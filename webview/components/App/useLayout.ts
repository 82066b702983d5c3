import { startTransition, useEffect, useState } from 'react';
import type { Dispatch } from 'react';
import { t } from '../../l10n.ts';
import type { LayoutClient } from '../../layout/client.ts';
import { place } from '../../layout/place.ts';
import type { Action, DiagramState } from '../../state/diagramState.ts';

/** Keeps a layout for what is shown. Returns whether one is under way. */
export function useLayout(state: DiagramState, dispatch: Dispatch<Action>, layouts: LayoutClient): boolean {
  const { shown, structure, layout } = state;
  /** Structure whose layout failed: nothing is under way for it any more. */
  const [failed, setFailed] = useState<string | null>(null);
  const placed = layout?.structure === structure && layout.quality === 'final';

  useEffect(() => {
    if (placed) return;
    return place(state, layouts, {
      placed: (made) => {
        startTransition(() => {
          dispatch({ type: 'placed', placed: made });
        });
      },
      failed: (reason) => {
        setFailed(structure);
        dispatch({ type: 'notice', text: t('The tables could not be arranged by their relations: {0}', reason) });
      },
    });
    // `shown` may change in words alone; only its structure calls for another layout.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [structure, layouts]);

  return shown !== null && shown.tables.length > 0 && !placed && failed !== structure;
}
