/** Computes layouts beside the page, so that it never blocks. One request at a time; of those waiting only the last counts. */
import type { DiagramTable } from '../src/core/diagram/model.ts';
import { layoutDiagram } from '../src/core/layout/layoutDiagram.ts';
import { placeQuickly } from '../src/core/layout/placeQuickly.ts';
import type { LayoutPart, LayoutReply, LayoutRequest } from './layout/messages.ts';

let waiting: LayoutRequest | null = null;
let busy = false;
/** What has come of the next request. */
let arrived: { readonly id: number; readonly tables: DiagramTable[] } = { id: 0, tables: [] };

addEventListener('message', ({ data }: MessageEvent<LayoutPart | LayoutRequest>) => {
  if (arrived.id !== data.id) arrived = { id: data.id, tables: [] };
  if ('tables' in data) {
    arrived.tables.push(...data.tables);
    return;
  }
  const { model } = data;
  waiting = { ...data, model: { ...model, tables: [...arrived.tables, ...model.tables] } };
  arrived = { id: 0, tables: [] };
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
