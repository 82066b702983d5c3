/**
 * The page's side of the layout worker. A webview may not start a worker from its resource URL (another origin), so the script
 * is fetched and started from a blob; the page's CSP needs `worker-src blob:` and `connect-src ${webview.cspSource}`.
 */
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { Places } from '../../src/core/diagram/saved.ts';
import type { Arrangement } from '../../src/core/diagram/view.ts';
import type { DiagramLayout, Metrics } from '../../src/core/layout/layout.ts';
import type { LayoutReply, LayoutRequest } from './messages.ts';

export interface LayoutClient {
  /**
   * Null: a later request has overtaken this one. Rejects with the reason where no layout can be had.
   * `onQuick`: takes a first placement, where one is wanted before the real layout.
   */
  layout(
    model: DiagramModel,
    metrics: Metrics,
    arrangement: Arrangement,
    places: Places,
    onQuick: ((layout: DiagramLayout) => void) | null,
  ): Promise<DiagramLayout | null>;
  dispose(): void;
}

interface Pending {
  readonly id: number;
  readonly onQuick: ((layout: DiagramLayout) => void) | null;
  readonly resolve: (layout: DiagramLayout | null) => void;
  readonly reject: (error: Error) => void;
}

export function createLayoutClient(scriptUrl: string): LayoutClient {
  const abort = new AbortController();
  let started: Promise<Worker> | null = null;
  let running: Worker | null = null;
  let pending: Pending | null = null;
  let count = 0;

  const fail = (error: Error) => {
    pending?.reject(error);
    pending = null;
    // The next request gets a new worker: this one may have died of memory or never have started.
    running?.terminate();
    running = null;
    started = null;
  };

  const start = async (): Promise<Worker> => {
    const response = await fetch(scriptUrl, { signal: abort.signal });
    if (!response.ok) throw new Error(`The layout script could not be loaded (HTTP ${response.status}).`);
    const url = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
    const worker = new Worker(url);
    URL.revokeObjectURL(url);
    running = worker;
    worker.addEventListener('message', (event: MessageEvent<LayoutReply>) => {
      const reply = event.data;
      if (pending?.id !== reply.id) return;
      if ('layout' in reply && reply.quality === 'quick') {
        pending.onQuick?.(reply.layout);
        return;
      }
      if ('layout' in reply) pending.resolve(reply.layout);
      else pending.reject(new Error(reply.error));
      pending = null;
    });
    worker.addEventListener('error', (event) => {
      fail(new Error(event.message === '' ? 'The layout worker stopped.' : event.message));
    });
    return worker;
  };

  // Its script is loaded while the host still makes the model; a failure is told to the first request.
  started = start();
  started.catch(() => undefined);

  return {
    layout: (model, metrics, arrangement, places, onQuick) =>
      new Promise((resolve, reject) => {
        pending?.resolve(null);
        pending = { id: ++count, onQuick, resolve, reject };
        const request: LayoutRequest = {
          id: count,
          model: forLayout(model),
          metrics,
          arrangement,
          places,
          quick: onQuick !== null,
        };
        (started ??= start()).then(
          (worker) => worker.postMessage(request),
          (error: unknown) => fail(error instanceof Error ? error : new Error(String(error))),
        );
      }),
    dispose: () => {
      abort.abort();
      pending?.resolve(null);
      pending = null;
      running?.terminate();
    },
  };
}

/** Without what no layout depends on: what crosses to the worker is copied on the page's own thread. */
function forLayout(model: DiagramModel): DiagramModel {
  const { at } = model.tables[0] ?? { at: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } };
  return {
    ...model,
    tables: model.tables.map((table) => ({
      ...table,
      at,
      findings: [],
      columns: table.columns.map((column) => ({ ...column, at })),
    })),
  };
}
