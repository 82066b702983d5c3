import { useEffect, useEffectEvent } from 'react';
import { defaultName } from '../../../src/core/diagram/saved.ts';
import { outlineOf, outlineText } from '../../../src/core/layout/outline.ts';
import { measuredMetrics } from '../../canvas/measure.ts';
import type { Host } from '../../host.ts';
import type { DiagramState } from '../../state/diagramState.ts';

/** Longer than the way from one choice of what is shown to the next. */
const delayMs = 1000;

/** Gives the host what is drawn, for when the diagram is opened again; what came from there is not sent back. */
export function useKeptLayout(state: DiagramState, host: Host): void {
  const { layout, structure } = state;
  const post = useEffectEvent(() => {
    const { project, savedView, outline } = state;
    if (layout?.quality !== 'final' || layout.structure !== structure || outline?.structure === structure) return;
    const laid = outlineOf(layout.model, layout.layout, structure, measuredMetrics());
    const name = savedView?.project === project ? savedView.name : defaultName;
    host.post({ type: 'laid', project, name, text: outlineText(laid) });
  });

  useEffect(() => {
    const timer = setTimeout(post, delayMs);
    return () => {
      clearTimeout(timer);
    };
  }, [layout, structure]);
}
