/** Open Diagram View: which project, which of its saved views. */
import * as vscode from 'vscode';
import { defaultName } from '../../../core/diagram/saved.ts';
import type { ServerClient } from '../languageClient/languageClient.ts';
import type { DiagramPanel } from './diagramPanel.ts';
import { createSavedViews } from './savedViews.ts';

/**
 * @param shown project of the diagram that is open; null = there is none
 * @param show opens the diagram of a project
 */
export async function openView(
  client: ServerClient,
  shown: string | null,
  show: (project: string) => DiagramPanel,
): Promise<void> {
  await client.ready;
  const { projects } = await client.request('dataEngineer/status', {});
  const views = createSavedViews(() => undefined);
  try {
    const wanted = projects.filter(({ id, tables }) => tables > 0 && (shown === null || shown === id));
    const items = await Promise.all(
      wanted.map(async ({ id, label }) => {
        const { names } = await views.read(id, defaultName);
        return names.map((name) => ({
          label: name === defaultName ? vscode.l10n.t('Default view') : name,
          description: wanted.length > 1 ? label : '',
          project: id,
          name,
        }));
      }),
    );
    const picked = await vscode.window.showQuickPick(items.flat(), {
      placeHolder: vscode.l10n.t('Which view of the diagram?'),
    });
    if (picked !== undefined) show(picked.project).showView(picked.name);
  } finally {
    views.dispose();
  }
}
