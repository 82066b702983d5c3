/** Computes layouts beside the page, so that it never blocks. One request at a time; of those waiting only the last counts. */
import { layoutDiagram } from '../src/core/layout/layoutDiagram.ts';
import { placeQuickly } from '../src/core/layout/placeQuickly.ts';
import type { LayoutReply, LayoutRequest } from './layout/messages.ts';

let waiting: LayoutRequest | null = null;
let busy = false;

addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  waiting = event.data;
  if (!busy) void work();
});

async function work(): Promise<void> {
  busy = true;
  for (let request = take(); request !== null; request = take()) {
    let reply: LayoutReply;
    try {
      if (request.quick) {
        const first: LayoutReply = {
          id: request.id,
          layout: placeQuickly(request.model, request.options.metrics, false),
          quality: 'quick',
        };
        postMessage(first);
      }
      const layout = await layoutDiagram(request.model, request.options);
      reply = { id: request.id, layout, quality: 'final' };
    } catch (error) {
      reply = { id: request.id, error: error instanceof Error ? error.message : String(error) };
    }
    postMessage(reply);
  }
  busy = false;
}

function take(): LayoutRequest | null {
  const request = waiting;
  waiting = null;
  return request;
}
