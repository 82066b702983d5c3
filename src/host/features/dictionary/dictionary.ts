/** Create Data Dictionary: a new document, Markdown with its preview beside it, or an HTML page; nothing is written. */
import * as vscode from 'vscode';
import type { DictionaryFormat } from '../../../core/report/renderDictionary.ts';
import type { TreeNode } from '../../../protocol/server.ts';
import { commandId } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { pickProject } from '../../pickProject.ts';

export function activateDictionary({ extension, client, log }: HostContext): void {
  /** Resolves to the document, or to undefined where the user changes their mind. */
  async function create(node?: TreeNode, given?: DictionaryFormat): Promise<vscode.TextDocument | undefined> {
    await client.ready;
    const project = node?.id ?? (await pickProject(client.status?.projects ?? []));
    if (project === undefined) return undefined;
    const format = given ?? (await pickFormat());
    if (format === undefined) return undefined;
    const content = await client.request('dataEngineer/dictionary', { project, format });
    if (content === null) throw new Error(vscode.l10n.t('This project is no longer there.'));
    const document = await vscode.workspace.openTextDocument({ language: format, content });
    await vscode.window.showTextDocument(document);
    if (format === 'markdown') await vscode.commands.executeCommand('markdown.showPreviewToSide', document.uri);
    return document;
  }

  extension.subscriptions.push(
    vscode.commands.registerCommand(
      commandId('createDictionary'),
      async (node?: TreeNode, format?: DictionaryFormat) => {
        try {
          return await create(node, format);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      },
    ),
  );
}

async function pickFormat(): Promise<DictionaryFormat | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly format: DictionaryFormat })[] = [
    {
      format: 'markdown',
      label: 'Markdown',
      detail: vscode.l10n.t('For the repository: with Mermaid diagrams, as GitHub shows them'),
    },
    { format: 'html', label: 'HTML', detail: vscode.l10n.t('One page with pictures, to open and print anywhere') },
  ];
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which format?') });
  return picked?.format;
}
