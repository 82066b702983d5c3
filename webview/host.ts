/** The webview's side of the wire: `acquireVsCodeApi` with the protocol's types. */
import type { DiagramEdge, DiagramTable } from '../src/core/diagram/model.ts';
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
  /**
   * What has come before is received at once. A message that is refused by `false`, and all after it, are kept for who listens
   * next.
   */
  listen(receive: (message: ToWebview) => boolean): void;
  /** What was refused is offered again, to who listens now. */
  resume(): void;
  /** Parts of a model have come, and the rest is on its way. */
  arriving(): boolean;
}

/** From now on messages are kept for who will listen. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  let receiver: ((message: ToWebview) => boolean) | null = null;
  const kept: ToWebview[] = [];
  let waiting = nothing();
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isMessage(data)) return;
    if (data.type === 'tables') {
      waiting.tables.push(...data.tables);
      waiting.edges.push(...data.edges);
      return;
    }
    let message = data;
    if (data.type === 'model') {
      const { tables, edges } = data.model;
      const model = { ...data.model, tables: [...waiting.tables, ...tables], edges: [...waiting.edges, ...edges] };
      if (waiting.tables.length > 0) message = { ...data, model };
      waiting = nothing();
    }
    kept.push(message);
    hand();
  });

  function hand(): void {
    while (kept[0] !== undefined && receiver?.(kept[0]) === true) kept.shift();
  }
  return {
    post: (message) => {
      api.postMessage(message);
    },
    readState: () => api.getState(),
    saveState: (state) => {
      api.setState(state);
    },
    listen: (receive) => {
      receiver = receive;
      hand();
    },
    resume: hand,
    arriving: () => waiting.tables.length > 0,
  };
}

function nothing(): { readonly tables: DiagramTable[]; readonly edges: DiagramEdge[] } {
  return { tables: [], edges: [] };
}

/** VS Code alone can post here (the webview's own origin), but extensions of the browser may as well: look at the tag. */
function isMessage(data: unknown): data is ToWebview {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  return kinds.has(data.type);
}

const kinds: ReadonlySet<unknown> = new Set<ToWebview['type']>([
  'outline',
  'tables',
  'model',
  'empty',
  'saved',
  'act',
  'cursor',
  'reveal',
  'export',
]);
