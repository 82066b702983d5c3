/** The app: read once there is a first picture, each script in a task of its own, so that the page is never held up for long. */
import type { AppProps } from './components/App/App.tsx';
import { loadL10n } from './l10n.ts';
import { graphOf } from './state/graph.ts';
import { nextTask } from './state/preparation.ts';

/** @param props asked for when the app is about to be there: from then on it is the app that is told and draws */
export async function startApp(root: HTMLElement, props: () => AppProps): Promise<void> {
  loadL10n(root.dataset.l10n);
  const { registerControls } = await import('./ui/toolkit.ts');
  await nextTask();
  registerControls();
  await nextTask();
  await import('react-dom/client');
  await nextTask();
  const { mountApp } = await import('./app.tsx');
  await nextTask();
  const given = props();
  const { model } = given.begun.state;
  if (model !== null) {
    graphOf(model);
    await nextTask();
  }
  mountApp(root, given);
  given.layouts.prepare();
}
