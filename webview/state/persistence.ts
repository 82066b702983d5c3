/** What survives hiding and reloading, read back with suspicion: an older version of the extension may have written it. */
import { details, parseView } from '../../src/core/diagram/view.ts';
import type { WebviewState } from '../../src/protocol/webview.ts';

/** Null where it cannot be used at all; single fields that make no sense are left out or fall back to their start values. */
export function parseWebviewState(saved: unknown): WebviewState | null {
  if (!isRecord(saved) || typeof saved.project !== 'string') return null;
  const { project, selected, panel, view, viewName } = saved;
  const detail = details.find((candidate) => candidate === saved.detail);
  return {
    project,
    zoom: parseZoom(saved.zoom),
    selected: typeof selected === 'string' ? selected : null,
    ...(detail === undefined ? {} : { detail }),
    ...(isRecord(view) ? { view: parseView(view) } : {}),
    ...(typeof viewName === 'string' ? { viewName } : {}),
    panel: typeof panel === 'boolean' ? panel : true,
    minimap: saved.minimap !== false,
    follow: saved.follow !== false,
  };
}

function parseZoom(zoom: unknown): WebviewState['zoom'] {
  if (!isRecord(zoom)) return null;
  const { x, y, k } = zoom;
  if (!isFinite(x) || !isFinite(y) || !isFinite(k) || k <= 0) return null;
  return { x, y, k };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
