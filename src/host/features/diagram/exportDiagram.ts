/** Export Diagram: which project, which format, which file; then the picture. */
import * as vscode from 'vscode';
import type { ServerClient } from '../languageClient/languageClient.ts';
import type { DiagramPanel } from './diagramPanel.ts';

export type ExportFormat = 'svg' | 'png' | 'mermaid';

const extensions: Readonly<Record<ExportFormat, string>> = { svg: 'svg', png: 'png', mermaid: 'mmd' };

/**
 * @param show opens the diagram of a project: a PNG is drawn by the panel
 * @param projectId null = the user is asked where there are several
 * @param chosen null = the user is asked
 */
export async function exportDiagram(
  client: ServerClient,
  show: (project: string) => DiagramPanel,
  projectId: string | null,
  chosen: ExportFormat | null,
): Promise<void> {
  await client.ready;
  const { projects } = await client.request('dataEngineer/status', {});
  const known = projects.find(({ id }) => id === projectId);
  const project = known ?? (projects.length > 1 ? await pickProject(projects) : projects[0]);
  if (project === undefined) {
    if (projects.length === 0)
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No entities were found in this workspace, so there is no diagram to export.'),
      );
    return;
  }
  const format = chosen ?? (await pickFormat());
  if (format === undefined) return;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Diagram'),
    defaultUri: vscode.Uri.joinPath(
      vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.parse(project.id),
      `${project.label.replace(/[^\p{L}\p{N}._-]+/gu, '-')}-er-diagram.${extensions[format]}`,
    ),
    filters: { [format === 'mermaid' ? 'Mermaid' : format.toUpperCase()]: [extensions[format]] },
  });
  if (target === undefined) return;
  try {
    const data = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Exporting the diagram…') },
      () => draw(client, show, project.id, format),
    );
    await vscode.workspace.fs.writeFile(target, data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The diagram was not exported: {0}', reason));
    return;
  }
  const open = vscode.l10n.t('Open');
  void vscode.window
    .showInformationMessage(
      vscode.l10n.t('The diagram was saved as {0}.', vscode.workspace.asRelativePath(target)),
      open,
    )
    .then((choice) => choice === open && vscode.commands.executeCommand('vscode.open', target));
}

async function draw(
  client: ServerClient,
  show: (project: string) => DiagramPanel,
  project: string,
  format: ExportFormat,
): Promise<Uint8Array> {
  if (format === 'png') return Buffer.from(await show(project).picture(), 'base64');
  const kind = vscode.window.activeColorTheme.kind;
  const light = kind === vscode.ColorThemeKind.Light || kind === vscode.ColorThemeKind.HighContrastLight;
  const text = await client.request('dataEngineer/exportDiagram', { project, format, theme: light ? 'light' : 'dark' });
  if (text === null) throw new Error(vscode.l10n.t('The project is gone.'));
  return Buffer.from(text, 'utf8');
}

async function pickProject<T extends { readonly label: string; readonly tables: number }>(
  projects: readonly T[],
): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick(
    projects.map((project) => ({
      label: project.label,
      description: vscode.l10n.t('{0} tables', project.tables),
      project,
    })),
    { placeHolder: vscode.l10n.t('Which project?') },
  );
  return picked?.project;
}

async function pickFormat(): Promise<ExportFormat | undefined> {
  const formats: readonly { readonly label: string; readonly detail: string; readonly format: ExportFormat }[] = [
    { label: 'SVG', detail: vscode.l10n.t('A picture that stays sharp at every size'), format: 'svg' },
    { label: 'PNG', detail: vscode.l10n.t('A picture for documents and chats'), format: 'png' },
    { label: 'Mermaid', detail: vscode.l10n.t('Text that GitHub and others draw in Markdown'), format: 'mermaid' },
  ];
  const picked = await vscode.window.showQuickPick([...formats], { placeHolder: vscode.l10n.t('Which format?') });
  return picked?.format;
}
