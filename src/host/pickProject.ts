import * as vscode from 'vscode';
import type { ProjectSummary } from '../protocol/server.ts';

/**
 * The only project, or the one the user picks; undefined where they leave.
 *
 * @throws Error worded for the user where there is none
 */
export async function pickProject(projects: readonly ProjectSummary[]): Promise<string | undefined> {
  const [only, ...others] = projects;
  if (only === undefined) throw new Error(vscode.l10n.t('No entities were found in this workspace.'));
  if (others.length === 0) return only.id;
  const picked = await vscode.window.showQuickPick(
    projects.map(({ id, label, tables }) => ({ id, label, description: vscode.l10n.t('{0} tables', tables) })),
    { placeHolder: vscode.l10n.t('Which project?') },
  );
  return picked?.id;
}
