/** The schema as a tree: projects → modules → tables → columns, keys, indexes, relations. A click goes to the source. */
import * as vscode from 'vscode';
import type { TreeNode } from '../../../protocol/server.ts';
import { commandId, schemaView } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { openSource } from '../../openSource.ts';
import { rowIcon } from './rowIcon.ts';

/** A burst of keystrokes redraws the tree once. */
const refreshDelayMs = 250;

export function activateSchemaTree({ extension, client }: HostContext): void {
  const changed = new vscode.EventEmitter<undefined>();
  const provider: vscode.TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem,
    async getChildren(node) {
      if (node?.children) return [...node.children];
      // Without a folder or a server the welcome text speaks.
      if (client.state === 'stopped' || !vscode.workspace.workspaceFolders?.length) return [];
      await client.ready;
      return [...(await client.request('dataEngineer/tree', { node: node?.id ?? null }))];
    },
    async resolveTreeItem(item, node, token) {
      if (node.table === null) return item;
      const { project, id } = node.table;
      const card = await client.request('dataEngineer/card', { project, table: id }, token);
      if (card !== null) item.tooltip = new vscode.MarkdownString(card);
      return item;
    },
  };
  const view = vscode.window.createTreeView(schemaView, { treeDataProvider: provider, showCollapseAll: true });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = '';
  const refresh = () => {
    // `version` rises with every keystroke; hidden, the tree waits until it is looked at.
    const now = `${client.state} ${client.status?.version ?? 0}`;
    if (now === shown || !view.visible) return;
    shown = now;
    clearTimeout(timer);
    timer = setTimeout(() => changed.fire(undefined), refreshDelayMs);
  };
  extension.subscriptions.push(
    view,
    changed,
    client.onDidChange(refresh),
    view.onDidChangeVisibility(refresh),
    { dispose: () => clearTimeout(timer) },
    // A click leaves the keyboard in the tree, as in the explorer; the entry of the menu goes to the source.
    vscode.commands.registerCommand(commandId('openSource'), async (node?: TreeNode, clicked?: unknown) => {
      if (node?.at) await openSource(node.at, { preserveFocus: clicked === true });
    }),
    vscode.commands.registerCommand(commandId('copyName'), async (node?: TreeNode) => {
      if (node) await vscode.env.clipboard.writeText(node.label);
    }),
  );
}

function getTreeItem(node: TreeNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, collapsible(node));
  item.id = node.id;
  item.description = node.description;
  item.contextValue = node.kind;
  const icon = rowIcon(node);
  item.iconPath = new vscode.ThemeIcon(icon.id, icon.color === null ? undefined : new vscode.ThemeColor(icon.color));
  if (node.tooltip !== null) item.tooltip = new vscode.MarkdownString(node.tooltip);
  if (node.at !== null)
    item.command = { command: commandId('openSource'), title: vscode.l10n.t('Go to Source'), arguments: [node, true] };
  item.accessibilityInformation = { label: accessibleLabel(node) };
  return item;
}

function collapsible(node: TreeNode): vscode.TreeItemCollapsibleState {
  if (node.children?.length === 0) return vscode.TreeItemCollapsibleState.None;
  return node.kind === 'project' || node.kind === 'columns'
    ? vscode.TreeItemCollapsibleState.Expanded
    : vscode.TreeItemCollapsibleState.Collapsed;
}

function accessibleLabel(node: TreeNode): string {
  const severity =
    node.severity === null
      ? ''
      : node.severity === 'error'
        ? vscode.l10n.t('has errors')
        : node.severity === 'warning'
          ? vscode.l10n.t('has warnings')
          : vscode.l10n.t('has hints');
  return [node.label, node.description, severity].filter((part) => part !== '').join(', ');
}
