/** Large models are made ready in tasks of their own before they are taken, so that the page is never held up for long. */
import type { ToWebview } from '../../src/protocol/webview.ts';
import { gradually } from '../gradually.ts';
import type { Host } from '../host.ts';
import { viewOf } from './diagramState.ts';
import type { DiagramState } from './diagramState.ts';
import { graphOf } from './graph.ts';
import { shownAs, structureStepsOfShown } from './shown.ts';

/** A model of so many tables is taken within a frame or two. */
const mostAtOnce = 500;

/** Listens to the host: `receive` is told of a large model when what `reduce` needs of it is there, and of what comes after it then. */
export function listenPrepared(
  host: Host,
  stateNow: () => DiagramState,
  receive: (message: ToWebview) => boolean,
): void {
  /** Whether a model is ready; what comes after one that is not asks again. */
  const ready = new WeakMap<ToWebview, boolean>();
  host.listen((message) => {
    if (message.type !== 'model' || message.model.tables.length <= mostAtOnce || ready.get(message) === true)
      return receive(message);
    if (ready.has(message)) return false;
    ready.set(message, false);
    void prepare(stateNow(), message).then(() => {
      ready.set(message, true);
      host.resume();
    });
    return false;
  });
}

async function prepare(state: DiagramState, message: Extract<ToWebview, { type: 'model' }>): Promise<void> {
  await nextTask();
  const shown = shownAs(message.model, viewOf(state, message));
  await nextTask();
  await new Promise<void>((resolve) => {
    gradually(structureStepsOfShown(shown), resolve);
  });
  await nextTask();
  graphOf(message.model);
  await nextTask();
}

export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
