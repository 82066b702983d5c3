/** Entry of the diagram's webview. The host's page gives `<div id="root" data-worker="<uri>" data-l10n="<json>">`. */
import { createRoot } from 'react-dom/client';
import { App } from './components/App/App.tsx';
import { connectHost } from './host.ts';
import { loadL10n } from './l10n.ts';
import { parseWebviewState } from './state/persistence.ts';
import { registerControls } from './ui/toolkit.ts';
import './ui/ui.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id "root".');
loadL10n(root.dataset.l10n);
registerControls();
const host = connectHost();
window.addEventListener('error', (event) => {
  host.post({ type: 'error', message: event.message });
});
window.addEventListener('unhandledrejection', (event) => {
  host.post({ type: 'error', message: event.reason instanceof Error ? event.reason.message : String(event.reason) });
});
createRoot(root).render(
  <App host={host} workerUrl={root.dataset.worker ?? ''} saved={parseWebviewState(host.readState())} />,
);
