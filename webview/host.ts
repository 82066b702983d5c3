/** The webview's side of the wire: `acquireVsCodeApi` with the protocol's types. */
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
      const handle = (event: MessageEvent<unknown>) => {
        if (isMessage(event.data)) receive(event.data);
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
  return data.type === 'model' || data.type === 'empty' || data.type === 'reveal' || data.type === 'export';
}
