/** Large models cross to the webview in parts, each of which it can take up within a few milliseconds. */
import type { ToWebview } from '../../../protocol/webview.ts';

const tablesPerMessage = 150;

/** The same message, or several that the webview puts together again. */
export function inParts(message: ToWebview): readonly ToWebview[] {
  if (message.type !== 'model' || message.model.tables.length <= tablesPerMessage) return [message];
  const { tables } = message.model;
  const parts: ToWebview[] = [];
  let at = 0;
  for (; at + tablesPerMessage < tables.length; at += tablesPerMessage)
    parts.push({ type: 'tables', tables: tables.slice(at, at + tablesPerMessage) });
  return [...parts, { ...message, model: { ...message.model, tables: tables.slice(at) } }];
}
