/** The review of the indexes as a tree: table → index → the queries it serves. Nothing is written without being shown first. */
import * as vscode from 'vscode';
import type { IndexRow, IndexRowKind } from '../../../protocol/indexes.ts';
import { commandId, indexContext, indexView } from '../../contributions.ts';
import type { CommandName } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { openSource } from '../../openSource.ts';
import { previewEdits } from '../generate/previewGenerated.ts';

/** A burst of keystrokes redraws the tree once. */
const refreshDelayMs = 250;

const icons: Readonly<Record<IndexRowKind, readonly [icon: string, color: string | null]>> = {
  project: ['database', null],
  table: ['table', null],
  proposal: ['add', 'charts.green'],
  redundant: ['remove', 'list.warningForeground'],
  unused: ['question', null],
  query: ['search', null],
  'foreign-key': ['link', null],
};

export function activateIndexReview({ extension, client, log }: HostContext): void {
  const changed = new vscode.EventEmitter<undefined>();
  async function review(): Promise<readonly IndexRow[]> {
    if (client.state === 'stopped' || !vscode.workspace.workspaceFolders?.length) return [];
    await client.ready;
    return client.request('dataEngineer/indexReview', {});
  }
  const provider: vscode.TreeDataProvider<IndexRow> = {
    onDidChangeTreeData: changed.event,
    getTreeItem,
    async getChildren(row) {
      if (row) return [...row.children];
      const rows = await review();
      view.message =
        rows.length === 0
          ? vscode.l10n.t('Every look-up that was read is served by a key or an index, and every index serves one.')
          : '';
      return [...rows];
    },
  };
  const view = vscode.window.createTreeView(indexView, { treeDataProvider: provider, showCollapseAll: true });

  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = '';
  const refresh = () => {
    const now = `${client.state} ${client.status?.version ?? 0}`;
    if (now === shown || !view.visible) return;
    shown = now;
    clearTimeout(timer);
    timer = setTimeout(() => changed.fire(undefined), refreshDelayMs);
  };

  const register = (name: CommandName, run: (row?: IndexRow) => Promise<unknown>) =>
    extension.subscriptions.push(
      vscode.commands.registerCommand(commandId(name), async (row?: IndexRow) => {
        try {
          return await run(row);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      }),
    );

  /** True = written; false = the user has left the preview. */
  async function apply(row?: IndexRow): Promise<boolean> {
    if (!row) return false;
    const result = await client.request('dataEngineer/indexEdits', { row: row.id });
    if (!result.ok) throw new Error(result.reason);
    const applied = await previewEdits(result.edits);
    if (applied === 'stale') throw new Error(vscode.l10n.t('The file has changed in the meantime. Try again.'));
    return applied;
  }

  register('reviewIndexes', async () => {
    await vscode.commands.executeCommand('setContext', indexContext, true);
    await vscode.commands.executeCommand(`${indexView}.focus`);
    // For whoever runs the command from code.
    return review();
  });
  register('addProposedIndex', apply);
  register('removeIndex', apply);
  register('peekIndexQueries', async (row) => {
    if (row) await peek(row);
  });
  extension.subscriptions.push(view, changed, client.onDidChange(refresh), view.onDidChangeVisibility(refresh), {
    dispose: () => clearTimeout(timer),
  });
}

/** The queries that an index would serve, at the column that it begins with. */
async function peek({ at, children }: IndexRow): Promise<void> {
  if (at === null) return;
  const places = children.flatMap((each) => (each.kind === 'query' && each.at !== null ? [each.at] : []));
  if (places.length === 0) return openSource(at, { preserveFocus: true });
  await openSource(at);
  await vscode.commands.executeCommand(
    'editor.action.peekLocations',
    vscode.Uri.parse(at.file, true),
    new vscode.Position(at.line - 1, at.column - 1),
    places.map(
      (place) =>
        new vscode.Location(
          vscode.Uri.parse(place.file, true),
          new vscode.Range(place.line - 1, place.column - 1, place.endLine - 1, place.endColumn - 1),
        ),
    ),
    'peek',
  );
}

function getTreeItem(row: IndexRow): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, collapsible(row));
  const [icon, color] = icons[row.kind];
  item.id = row.id;
  item.description = row.description;
  item.contextValue = row.kind;
  item.iconPath = new vscode.ThemeIcon(icon, color === null ? undefined : new vscode.ThemeColor(color));
  item.tooltip = [`${row.label} ${row.description}`.trim(), ...(row.tooltip === null ? [] : [row.tooltip])].join(
    '\n\n',
  );
  if (row.kind === 'proposal')
    item.command = { command: commandId('peekIndexQueries'), title: vscode.l10n.t('Peek Queries'), arguments: [row] };
  else if (row.at !== null)
    item.command = { command: commandId('openSource'), title: vscode.l10n.t('Go to Source'), arguments: [row, true] };
  item.accessibilityInformation = { label: [kindLabel(row.kind), row.label, row.description].join(', ') };
  return item;
}

function collapsible({ kind, children }: IndexRow): vscode.TreeItemCollapsibleState {
  if (children.length === 0) return vscode.TreeItemCollapsibleState.None;
  return kind === 'proposal' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded;
}

function kindLabel(kind: IndexRowKind): string {
  switch (kind) {
    case 'project':
      return vscode.l10n.t('project');
    case 'table':
      return vscode.l10n.t('table');
    case 'proposal':
      return vscode.l10n.t('index to add');
    case 'redundant':
      return vscode.l10n.t('redundant index');
    case 'unused':
      return vscode.l10n.t('unused index');
    case 'query':
      return vscode.l10n.t('query');
    case 'foreign-key':
      return vscode.l10n.t('foreign key');
  }
}
