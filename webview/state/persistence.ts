/** What survives hiding and reloading, read back with suspicion: an older version of the extension may have written it. */
import type { WebviewState } from '../../src/protocol/webview.ts';
import { isDetail } from './detail.ts';

/** Null where it cannot be used at all; single fields that make no sense are left out or fall back to their start values. */
export function parseWebviewState(saved: unknown): WebviewState | null {
  if (!isRecord(saved) || typeof saved.project !== 'string') return null;
  const { project, selected, detail, panel } = saved;
  return {
    project,
    zoom: parseZoom(saved.zoom),
    selected: typeof selected === 'string' ? selected : null,
    ...(isDetail(detail) ? { detail } : {}),
    panel: typeof panel === 'boolean' ? panel : true,
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
