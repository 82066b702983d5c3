/** A worker of a script that is fetched first, and started anew after it has died. */
import type { LayoutPart, LayoutReply, LayoutRequest } from './messages.ts';

export interface ScriptWorker {
  /** Reads the script before there is anything to do, so that it need not be waited for. */
  prepare(): void;
  /** The same, and has the worker ready. */
  start(): void;
  post(request: LayoutPart | LayoutRequest): void;
}

/** `failed`: it could not be loaded, or it died of the request; the next one gets a new worker. */
export function createScriptWorker(
  url: string,
  received: (event: MessageEvent<LayoutReply>) => void,
  failed: (error: Error) => void,
): ScriptWorker {
  let script: Promise<Blob> | null = null;
  let started: Promise<Worker> | null = null;
  let asked = false;

  const start = async (): Promise<Worker> => {
    const address = URL.createObjectURL(await (script ??= load(url)));
    const worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.addEventListener('message', received);
    worker.addEventListener('error', (event) => {
      worker.terminate();
      forget(new Error(event.message === '' ? 'The layout worker stopped.' : event.message));
    });
    return worker;
  };

  function forget(error: unknown): void {
    script = null;
    started = null;
    if (asked) failed(error instanceof Error ? error : new Error(String(error)));
  }

  return {
    prepare: () => {
      // A failure is told to the first request.
      (script ??= load(url)).catch(() => undefined);
    },
    start: () => {
      (started ??= start()).catch(() => undefined);
    },
    post: (request) => {
      asked = true;
      (started ??= start()).then((worker) => worker.postMessage(request), forget);
    },
  };
}

/** As a blob, which the page's own thread need not read. */
async function load(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The layout script could not be loaded (HTTP ${response.status}).`);
  return new Blob([await response.blob()], { type: 'text/javascript' });
}
