/** Export Diagram: which project, which format, which file; then the picture. */
import * as vscode from 'vscode';
import type { Places } from '../../../core/diagram/saved.ts';
import type { DiagramView } from '../../../core/diagram/view.ts';
import { diagramFormats } from '../../../core/report/renderDiagram.ts';
import type { ExportFormat, PictureTheme } from '../../../protocol/webview.ts';
import type { ServerClient } from '../languageClient/languageClient.ts';
import type { DiagramPanel } from './diagramPanel.ts';

const png = { label: 'PNG', extension: 'png' };

function factsOf(format: ExportFormat): { readonly label: string; readonly extension: string } {
  return format === 'png' ? png : diagramFormats[format];
}

/**
 * @param show opens the diagram of a project: a PNG is drawn by the panel
 * @param projectId null = the user is asked where there are several
 * @param chosen null = the user is asked
 */
export async function exportDiagram(
  client: ServerClient,
  show: (project: string) => DiagramPanel,
  projectId: string | null,
  chosen: {
    readonly format: ExportFormat;
    readonly view: DiagramView;
    readonly places: Places;
    readonly since: string | null;
  } | null,
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
  const format = chosen?.format ?? (await pickFormat());
  if (format === undefined) return;
  const theme = await pickTheme(format);
  if (theme === undefined) return;
  const { label, extension } = factsOf(format);
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Diagram'),
    defaultUri: vscode.Uri.joinPath(
      vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.parse(project.id),
      `${project.label.replace(/[^\p{L}\p{N}._-]+/gu, '-')}-er-diagram.${extension}`,
    ),
    filters: { [label]: [extension] },
  });
  if (target === undefined) return;
  try {
    const data = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Exporting the diagram…') },
      () => draw(client, show, project.id, format, theme, chosen),
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
  theme: PictureTheme,
  chosen: { readonly view: DiagramView; readonly places: Places; readonly since: string | null } | null,
): Promise<Uint8Array> {
  if (format === 'png') return Buffer.from(await show(project).picture(theme), 'base64');
  const text = await client.request('dataEngineer/exportDiagram', {
    project,
    format,
    theme: theme === 'dark' || (theme === 'editor' && isDark()) ? 'dark' : 'light',
    ...(chosen === null
      ? {}
      : { view: chosen.view, places: chosen.places, ...(chosen.since === null ? {} : { since: chosen.since }) }),
  });
  if (text === null) throw new Error(vscode.l10n.t('The project is gone.'));
  return Buffer.from(text, 'utf8');
}

function isDark(): boolean {
  const { kind } = vscode.window.activeColorTheme;
  return kind === vscode.ColorThemeKind.Dark || kind === vscode.ColorThemeKind.HighContrast;
}

/** Only pictures have colours to choose; undefined = dismissed. */
async function pickTheme(format: ExportFormat): Promise<PictureTheme | undefined> {
  if (format !== 'svg' && format !== 'png' && format !== 'html') return 'editor';
  const light = { label: vscode.l10n.t('Light'), theme: 'light' as const };
  const dark = { label: vscode.l10n.t('Dark'), theme: 'dark' as const };
  const own = { label: vscode.l10n.t('As in the editor'), theme: 'editor' as const };
  const like = isDark() ? [dark, light] : [light, dark];
  const picked = await vscode.window.showQuickPick(format === 'png' ? [own, ...like] : like, {
    placeHolder: vscode.l10n.t('Which colours?'),
  });
  return picked?.theme;
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
  const descriptions: Readonly<Record<ExportFormat, string>> = {
    svg: vscode.l10n.t('A picture that stays sharp at every size'),
    png: vscode.l10n.t('A picture for documents and chats'),
    html: vscode.l10n.t('One page to open, search and print, without any network'),
    mermaid: vscode.l10n.t('Text that GitHub and others draw in Markdown'),
    dbml: vscode.l10n.t('Text for dbdiagram.io and dbdocs'),
    plantuml: vscode.l10n.t('Text for PlantUML'),
    dot: vscode.l10n.t('Text for Graphviz'),
    d2: vscode.l10n.t('Text for D2'),
    json: vscode.l10n.t('Tables, relations and their places as data'),
  };
  const formats = Object.keys(descriptions) as ExportFormat[];
  const picked = await vscode.window.showQuickPick(
    formats.map((format) => ({ label: factsOf(format).label, detail: descriptions[format], format })),
    { placeHolder: vscode.l10n.t('Which format?') },
  );
  return picked?.format;
}
