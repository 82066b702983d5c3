/** The command Show ER Diagram, and the panel's return after a reload of the window. */
import * as vscode from 'vscode';
import type { HostCommands, TreeNode } from '../../../protocol/server.ts';
import type { WebviewState } from '../../../protocol/webview.ts';
import { commandId, diagramViewType } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import type { DiagramPanel } from './diagramPanel.ts';
import { openDiagramPanel } from './diagramPanel.ts';
import { exportDiagram } from './exportDiagram.ts';
import { createKeptLayouts } from './keptLayouts.ts';
import { layoutFiles } from './layoutFiles.ts';
import { openView } from './openView.ts';

export function activateDiagram({ extension, client, log }: HostContext): void {
  let open: DiagramPanel | null = null;
  const { version } = extension.extension.packageJSON as { readonly version: string };
  const layouts = createKeptLayouts(layoutFiles(extension), version);
  extension.subscriptions.push(layouts);

  function attach(panel: vscode.WebviewPanel, project: string | null, view?: string): DiagramPanel {
    // An editor's tab does not colour its icon as the activity bar does, so there is one for each kind of theme.
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(extension.extensionUri, 'media', `icon-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const attached = openDiagramPanel(
      panel,
      { project, view },
      {
        extensionUri: extension.extensionUri,
        client,
        log,
        layouts,
        export: (id, format, view, places, since) =>
          void exportDiagram(client, () => show(id, null), id, { format, view, places, since }),
        closed: () => {
          if (open === attached) open = null;
        },
      },
    );
    open = attached;
    return attached;
  }

  /** There is one panel: a second one would show the same. */
  function show(project: string | null, table: string | null, beside = false): DiagramPanel {
    if (open !== null) {
      open.show(project, table);
      return open;
    }
    // Asked for from the source, the source stays in sight.
    const column =
      (table !== null || beside) && vscode.window.activeTextEditor
        ? vscode.ViewColumn.Beside
        : vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(diagramViewType, vscode.l10n.t('ER Diagram'), column, {});
    const attached = attach(panel, project);
    attached.show(project, table, panel.viewColumn);
    return attached;
  }

  /** From the editor's menu: the table under the cursor, in the project that its file belongs to. */
  async function showPlace(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const file = editor.document.uri.toString();
    const line = editor.selection.active.line + 1;
    await client.ready;
    const { projects } = await client.request('dataEngineer/status', {});
    const [own] = projects
      .filter(({ id, tables }) => tables > 0 && file.startsWith(id.endsWith('/') ? id : `${id}/`))
      .sort((a, b) => b.id.length - a.id.length);
    if (open === null) show(own?.id ?? null, null, true);
    else if (own !== undefined) open.show(own.id, null);
    open?.showPlace({ file, line });
  }

  extension.subscriptions.push(
    vscode.commands.registerCommand(commandId('openDiagramView'), () =>
      openView(client, open?.project ?? null, (project) => show(project, null)),
    ),
    vscode.commands.registerCommand(commandId('saveDiagramView'), () => open?.act('create')),
    vscode.commands.registerCommand(commandId('renameDiagramView'), () => open?.act('rename')),
    vscode.commands.registerCommand(commandId('deleteDiagramView'), () => open?.act('delete')),
    vscode.commands.registerCommand(commandId('showDiagramChanges'), () => show(null, null).chooseSince()),
    vscode.commands.registerCommand(commandId('arrangeDiagram'), () => open?.act('arrange')),
    vscode.window.registerWebviewPanelSerializer(diagramViewType, {
      deserializeWebviewPanel(panel, state: WebviewState | undefined) {
        attach(panel, state?.project ?? null, state?.viewName);
        return Promise.resolve();
      },
    }),
    vscode.commands.registerCommand(
      commandId('showDiagram'),
      (argument?: HostCommands['dataEngineer.showDiagram'] | TreeNode) => {
        if (argument === undefined) show(null, null);
        else if ('project' in argument) show(argument.project, argument.table ?? null);
        else show(argument.id, null);
      },
    ),
    vscode.commands.registerCommand(commandId('showInDiagram'), async (node?: TreeNode | vscode.Uri) => {
      if (node !== undefined && 'table' in node && node.table) show(node.table.project, node.table.id);
      else if (node === undefined || node instanceof vscode.Uri) await showPlace();
    }),
    vscode.commands.registerCommand(commandId('exportDiagram'), (node?: TreeNode) =>
      exportDiagram(client, (id) => show(id, null), node?.id ?? open?.project ?? null, null),
    ),
  );
}
