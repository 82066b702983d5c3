/** Entry of the diagram's webview. The host's page gives `<div id="root" data-worker="<uri>" data-elk-worker="<uri>" data-l10n="<json>">`. */
import { createRoot } from 'react-dom/client';
import { App } from './components/App/App.tsx';
import { connectHost } from './host.ts';
import { loadL10n } from './l10n.ts';
import { createLayoutClient } from './layout/client.ts';
import { parseWebviewState } from './state/persistence.ts';
import { registerControls } from './ui/toolkit.ts';
import './ui/ui.css';

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
// In a task of its own: reading the script was one.
setTimeout(() => {
  registerControls();
  createRoot(root).render(<App host={host} layouts={layouts} saved={parseWebviewState(host.readState())} />);
});
