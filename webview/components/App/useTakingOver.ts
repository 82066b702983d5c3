import { useEffect, useEffectEvent } from 'react';
import type { ToWebview } from '../../../src/protocol/webview.ts';
import type { Begun } from '../../first/firstPicture.ts';
import type { Host } from '../../host.ts';
import type { DiagramState } from '../../state/diagramState.ts';
import { listenPrepared } from '../../state/preparation.ts';

/**
 * What the host says goes to the app from now on, and its picture replaces the first one.
 * @param standing there is a picture, or nothing to make one of
 */
export function useTakingOver(
  host: Host,
  state: DiagramState,
  begun: Begun,
  standing: boolean,
  onMessage: (message: ToWebview) => void,
): void {
  const receive = useEffectEvent(onMessage);
  const stateNow = useEffectEvent(() => state);
  useEffect(() => {
    listenPrepared(
      host,
      () => stateNow(),
      (message) => {
        receive(message);
        return true;
      },
    );
  }, [host]);

  // Another frame later the canvas has been drawn on.
  useEffect(() => {
    if (standing) requestAnimationFrame(() => requestAnimationFrame(begun.remove));
  }, [standing, begun]);
}
