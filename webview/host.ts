/** The webview's side of the wire: `acquireVsCodeApi` with the protocol's types. */
import type { DiagramTable } from '../src/core/diagram/model.ts';
import type { FromWebview, ToWebview } from '../src/protocol/webview.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  post(message: FromWebview): void;
  /** What was saved; not yet checked. */
  readState(): unknown;
  saveState(state: unknown): void;
  /** Returns what stops listening. */
  listen(receive: (message: ToWebview) => void): () => void;
}

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => {
      api.postMessage(message);
    },
    readState: () => api.getState(),
    saveState: (state) => {
      api.setState(state);
    },
    listen: (receive) => {
      let waiting: DiagramTable[] = [];
      const handle = (event: MessageEvent<unknown>) => {
        const { data } = event;
        if (!isMessage(data)) return;
        if (data.type === 'tables') {
          waiting.push(...data.tables);
          return;
        }
        const before = waiting;
        if (data.type === 'model') waiting = [];
        receive(
          data.type === 'model' && before.length > 0
            ? { ...data, model: { ...data.model, tables: [...before, ...data.model.tables] } }
            : data,
        );
      };
      window.addEventListener('message', handle);
      return () => {
        window.removeEventListener('message', handle);
      };
    },
  };
}

/** VS Code alone can post here (the webview's own origin), but extensions of the browser may as well: look at the tag. */
function isMessage(data: unknown): data is ToWebview {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return kinds.has(data.type);
}

const kinds: ReadonlySet<unknown> = new Set<ToWebview['type']>([
  'tables',
  'model',
  'empty',
  'saved',
  'act',
  'cursor',
  'reveal',
  'revealPlace',
  'export',
]);
