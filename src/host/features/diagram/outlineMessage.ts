/** What a page that shows nothing yet is told before a model. */
import { startDetail } from '../../../core/diagram/detail.ts';
import type { DiagramModel } from '../../../core/diagram/model.ts';
import { plainView } from '../../../core/diagram/view.ts';
import { outlineText, quickOutline } from '../../../core/layout/outline.ts';
import type { SavedView, ToWebview } from '../../../protocol/webview.ts';

/** The page places fewer tables itself as soon as it has them. */
const leastTables = 100;

/** @param kept what was drawn of the same view before; null: nothing */
export function outlineMessage(
  model: DiagramModel,
  { saved, project }: SavedView,
  kept: string | null,
): Extract<ToWebview, { type: 'outline' }> | null {
  if (kept !== null) return { type: 'outline', project, text: kept };
  const { tables } = model;
  // Shelves would only be in the way of what was put in its place.
  if (tables.length <= leastTables || tables.some(({ id }) => Object.hasOwn(saved.places, id))) return null;
  const view = { ...plainView, ...saved.view, detail: saved.view.detail ?? startDetail(model) };
  return { type: 'outline', project, text: outlineText(quickOutline(model, view)) };
}
