import { useEffect, useRef } from 'react';
import { defaultName, renderSaved } from '../../../src/core/diagram/saved.ts';
import type { Host } from '../../host.ts';
import { savedOf } from '../../state/diagramState.ts';
import type { DiagramState } from '../../state/diagramState.ts';

/** Tells the host of every change of the view that belongs into its file. */
export function useSavedView(state: DiagramState, host: Host): void {
  /** What the file says, or will say. */
  const known = useRef({ view: '', text: '', exists: false });
  const { savedView, status, project, view, chosenDetail, places } = state;

  useEffect(() => {
    if (savedView === null) return;
    known.current = {
      view: `${savedView.project}\n${savedView.name}`,
      text: renderSaved(savedView.saved),
      exists: savedView.exists,
    };
  }, [savedView]);

  useEffect(() => {
    if (status !== 'ready' || savedView?.project !== project || savedView.problem !== null) return;
    const { name } = savedView;
    const saved = savedOf(state);
    const text = renderSaved(saved);
    const key = `${project}\n${name}`;
    if (known.current.view !== key || known.current.text === text) return;
    // The first look at a diagram leaves nothing in the project.
    if (name === defaultName && !known.current.exists && Object.keys(places).length === 0) return;
    known.current = { view: key, text, exists: true };
    host.post({ type: 'save', project, name, saved });
    // Only what the user has changed counts; what comes from the file is known.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [status, project, view, chosenDetail, places, host]);
}
