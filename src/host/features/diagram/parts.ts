/** Large models cross to the webview in parts, each of which it can take up within a few milliseconds. */
import type { ToWebview } from '../../../protocol/webview.ts';

const tablesPerMessage = 150;
/** As large as so many tables. */
const edgesPerMessage = 1000;

/** The same message, or several that the webview puts together again. */
export function inParts(message: ToWebview): readonly ToWebview[] {
  if (message.type !== 'model' || message.model.tables.length <= tablesPerMessage) return [message];
  const { tables, edges } = message.model;
  const parts: ToWebview[] = [];
  for (let at = 0; at < tables.length; at += tablesPerMessage)
    parts.push({ type: 'tables', tables: tables.slice(at, at + tablesPerMessage), edges: [] });
  for (let at = 0; at < edges.length; at += edgesPerMessage)
    parts.push({ type: 'tables', tables: [], edges: edges.slice(at, at + edgesPerMessage) });
  return [...parts, { ...message, model: { ...message.model, tables: [], edges: [] } }];
}
