/**
 * What stands in the page itself. The host's page gives `<div id="root" data-app="<uri>" data-app-style="<uri>"
 * data-worker="<uri>" data-elk-worker="<uri>" data-l10n="<json>">`. It draws the tables at once; the app, ten times as much script,
 * is read afterwards.
 */
import { connectHost } from '../host.ts';
import { createLayoutClient } from '../layout/client.ts';
import type { startApp as StartApp } from '../main.ts';
import { parseWebviewState } from '../state/persistence.ts';
import { showFirstPicture } from './firstPicture.ts';
import './page.css';
import '../components/Canvas/Canvas.css';
import './firstPicture.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
const host = connectHost();
// First of all: the host makes the model, and the worker starts, while the page gets ready to show it.
host.post({ type: 'ready' });
window.addEventListener('error', (event) => {
  host.post({ type: 'error', message: event.message });
});
window.addEventListener('unhandledrejection', (event) => {
  host.post({ type: 'error', message: event.reason instanceof Error ? event.reason.message : String(event.reason) });
});
void begin(root);

async function begin(page: HTMLElement): Promise<void> {
  const { app = '', appStyle = '', worker = '', elkWorker = '' } = page.dataset;
  const layouts = createLayoutClient({ light: worker, full: elkWorker });
  const saved = parseWebviewState(host.readState());
  const first = showFirstPicture(page, host, layouts, saved);
  await first.shown;
  const styled = readStyle(appStyle);
  const { startApp } = (await import(new URL(app, document.baseURI).href)) as { readonly startApp: typeof StartApp };
  await styled;
  await startApp(page, () => ({ host, layouts, saved, begun: first.handOver() }));
}

/** Resolves where it cannot be read as well: without its looks the app can still be used. */
function readStyle(address: string): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.addEventListener('load', () => resolve(undefined));
  link.addEventListener('error', () => resolve(undefined));
  link.href = address;
  document.head.append(link);
  return promise;
}
