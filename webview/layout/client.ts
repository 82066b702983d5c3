/**
 * The page's side of the layout workers. A webview may not start a worker from its resource URL (another origin), so the script
 * is fetched and started from a blob; the page's CSP needs `worker-src blob:` and `connect-src ${webview.cspSource}`.
 */
import type { DiagramModel, DiagramTable } from '../../src/core/diagram/model.ts';
import type { DiagramLayout } from '../../src/core/layout/layout.ts';
import type { LayoutReply, LayoutRequest, LayoutWishes } from './messages.ts';
import { nextTask } from '../state/preparation.ts';
import { createScriptWorker } from './scriptWorker.ts';
import type { ScriptWorker } from './scriptWorker.ts';

export interface LayoutClient {
  /**
   * Null: a later request has overtaken this one. Rejects with the reason where no layout can be had. What was asked last is
   * not computed again: the app asks anew for what was asked before it was there.
   * `onQuick`: takes a first placement, where one is wanted before the real layout.
   */
  layout(
    model: DiagramModel,
    options: LayoutWishes,
    onQuick: ((layout: DiagramLayout) => void) | null,
  ): Promise<DiagramLayout | null>;
  /** Reads what the first layout did not need, and a later one may. */
  prepare(): void;
}

export interface LayoutScripts {
  /** Without ELK; it starts in a tenth of the time. */
  readonly light: string;
  /** With ELK. */
  readonly full: string;
}

interface Pending {
  readonly request: LayoutRequest;
  onQuick: ((layout: DiagramLayout) => void) | null;
  readonly resolve: (layout: DiagramLayout | null) => void;
  readonly reject: (error: Error) => void;
}

/** As far as it can be told beforehand: what the light worker cannot do goes to the full one in a second step. */
const mostForElk = 60;

/** The light worker is started while the host still makes the model; the large script is read when it is needed. */
export function createLayoutClient(scripts: LayoutScripts): LayoutClient {
  let pending: Pending | null = null;
  let count = 0;
  /** What is being sent; another sending ends it. */
  let sent: symbol | null = null;
  /** Of the last request; `model` is what was given, of which the worker gets less. */
  let last: {
    readonly model: DiagramModel;
    readonly rest: string;
    readonly answer: Promise<DiagramLayout | null>;
  } | null = null;

  const receive = ({ data: reply }: MessageEvent<LayoutReply>): boolean => {
    if (pending?.request.id !== reply.id) return true;
    if ('error' in reply) return false;
    if (reply.quality === 'quick') {
      pending.onQuick?.(reply.layout);
      return true;
    }
    pending.resolve(reply.layout);
    pending = null;
    return true;
  };
  const full = createScriptWorker(
    scripts.full,
    (event: MessageEvent<LayoutReply>) => {
      if (!receive(event) && 'error' in event.data) fail(new Error(event.data.error));
    },
    (error) => fail(error),
  );
  const light = createScriptWorker(
    scripts.light,
    (event: MessageEvent<LayoutReply>) => {
      if (!receive(event)) ask(full, false);
    },
    () => ask(full, true),
  );
  light.start();

  function fail(error: Error): void {
    pending?.reject(error);
    pending = null;
  }

  function ask(worker: ScriptWorker, quick: boolean): void {
    if (pending === null) return;
    const { request } = pending;
    const sending = (sent = Symbol());
    void post(
      worker,
      { ...request, quick: quick && request.quick },
      () => pending?.request === request && sent === sending,
    );
  }

  return {
    prepare: () => full.prepare(),
    layout: (model, options, onQuick) => {
      const rest = JSON.stringify(options);
      if (last?.model === model && last.rest === rest) {
        if (pending !== null) pending.onQuick = onQuick ?? pending.onQuick;
        return last.answer;
      }
      const answer = new Promise<DiagramLayout | null>((resolve, reject) => {
        pending?.resolve(null);
        const quick = onQuick !== null;
        const request: LayoutRequest = { id: ++count, model, options, quick };
        pending = { request, onQuick, resolve, reject };
        ask(model.tables.length > mostForElk && options.arrangement !== 'down' ? light : full, quick);
      });
      last = { model, rest, answer };
      // What failed is tried anew.
      answer.catch(() => {
        if (last?.answer === answer) last = null;
      });
      return answer;
    },
  };
}

/** Tables that cross to the worker at once. */
const tablesPerPart = 300;

/** What crosses to the worker is copied on the page's own thread, which is not held up for long. */
async function post(worker: ScriptWorker, request: LayoutRequest, wanted: () => boolean): Promise<void> {
  const { id, model } = request;
  let rest = model.tables;
  while (rest.length > tablesPerPart) {
    worker.post({ id, tables: forLayout(rest.slice(0, tablesPerPart)) });
    rest = rest.slice(tablesPerPart);
    await nextTask();
    if (!wanted()) return;
  }
  worker.post({ ...request, model: { ...model, tables: forLayout(rest) } });
}

/** Without what no layout depends on. */
function forLayout(tables: readonly DiagramTable[]): readonly DiagramTable[] {
  const at = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };
  return tables.map((table) => ({
    ...table,
    at,
    findings: [],
    columns: table.columns.map((column) => ({ ...column, at })),
  }));
}
