/** One item: how many findings there are, and the way to everything else. */
import * as vscode from 'vscode';
import { commandId } from '../../contributions.ts';
import type { CommandName } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { statusText } from './statusText.ts';

export function activateStatusBar({ extension, client }: HostContext): void {
  const item = vscode.window.createStatusBarItem('dataEngineer.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Data Engineer';
  item.command = commandId('showMenu');

  const update = () => {
    const text = statusText(client.state, client.status, vscode.l10n.t);
    if (text === null) {
      item.hide();
      return;
    }
    item.text = text.text;
    item.tooltip = text.tooltip;
    item.accessibilityInformation = { label: text.label };
    item.show();
  };
  update();
  extension.subscriptions.push(
    item,
    client.onDidChange(update),
    vscode.commands.registerCommand(commandId('showMenu'), () => showMenu(client.state === 'stopped')),
  );
}

async function showMenu(stopped: boolean): Promise<void> {
  const entry = (icon: string, label: string, command: string) => ({ label: `$(${icon}) ${label}`, command });
  const ours = (icon: string, label: string, name: CommandName) => entry(icon, label, commandId(name));
  const picked = await vscode.window.showQuickPick(
    [
      ...(stopped
        ? []
        : [
            entry('warning', vscode.l10n.t('Show Problems'), 'workbench.actions.view.problems'),
            ours('type-hierarchy', vscode.l10n.t('Show ER Diagram'), 'showDiagram'),
            entry('list-tree', vscode.l10n.t('Show Schema'), 'dataEngineer.schema.focus'),
            ours('refresh', vscode.l10n.t('Analyze Workspace'), 'analyzeWorkspace'),
          ]),
      ours('debug-restart', vscode.l10n.t('Restart Server'), 'restartServer'),
      ours('output', vscode.l10n.t('Show Output'), 'showOutput'),
    ],
    { title: 'Data Engineer' },
  );
  if (picked) await vscode.commands.executeCommand(picked.command);
}
