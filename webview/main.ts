/**
 * Entry of the diagram's webview. The host's page gives `<div id="root" data-worker="<uri>" data-elk-worker="<uri>" data-l10n="<json>">`.
 * It draws the tables at once; React and the controls, ten times as much script, are read afterwards.
 */
import { showFirstPicture } from './first/firstPicture.ts';
import { connectHost } from './host.ts';
import { loadL10n } from './l10n.ts';
import { createLayoutClient } from './layout/client.ts';
import { parseWebviewState } from './state/persistence.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
const host = connectHost();
// First of all: the host makes the model, and the worker starts, while the page gets ready to show it.
host.post({ type: 'ready' });
const layouts = createLayoutClient({ light: root.dataset.worker ?? '', full: root.dataset.elkWorker ?? '' });
loadL10n(root.dataset.l10n);
window.addEventListener('error', (event) => {
  host.post({ type: 'error', message: event.message });
});
window.addEventListener('unhandledrejection', (event) => {
  host.post({ type: 'error', message: event.reason instanceof Error ? event.reason.message : String(event.reason) });
});

const saved = parseWebviewState(host.readState());
const first = showFirstPicture(root, host, layouts, saved);
await first.shown;
// Each script in a task of its own, so that the page is never held up for long.
const { registerControls } = await import('./ui/toolkit.ts');
await nextTask();
registerControls();
await nextTask();
await import('react-dom/client');
await nextTask();
const { mountApp } = await import('./app.tsx');
await nextTask();
mountApp(root, { host, layouts, saved, begun: first.handOver() });

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
