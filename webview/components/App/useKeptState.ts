import { useEffect, useEffectEvent } from 'react';
import type { RefObject } from 'react';
import type { WebviewState } from '../../../src/protocol/webview.ts';
import type { Surface } from '../../canvas/surface.ts';
import type { Host } from '../../host.ts';
import type { DiagramState } from '../../state/diagramState.ts';

/** Keeps what survives hiding and reloading, whenever it changes. Returns what keeps it now: for the viewport, which is no state. */
export function useKeptState(state: DiagramState, host: Host, surface: RefObject<Surface | null>): () => void {
  const save = () => {
    if (state.status !== 'ready' || surface.current === null) return;
    const next: WebviewState = {
      project: state.project,
      zoom: surface.current.touched() ? surface.current.viewport() : null,
      selected: state.selected,
      ...(state.chosenDetail === null ? {} : { detail: state.chosenDetail }),
      view: state.view,
      ...(state.savedView === null ? {} : { viewName: state.savedView.name }),
      panel: state.panel,
      minimap: state.minimap,
      follow: state.follow,
    };
    host.saveState(next);
  };
  const saveNow = useEffectEvent(save);
  useEffect(() => {
    saveNow();
  }, [
    state.status,
    state.project,
    state.selected,
    state.chosenDetail,
    state.view,
    state.savedView,
    state.panel,
    state.minimap,
    state.follow,
  ]);
  return save;
}
