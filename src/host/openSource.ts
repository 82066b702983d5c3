/** Goes to a place in the user's source. */
import * as vscode from 'vscode';
import type { SourceRange } from '../core/schema/source.ts';

export interface OpenSourceOptions {
  /** Column that must not be covered: that of the diagram the click came from. */
  readonly besides?: vscode.ViewColumn | undefined;
  readonly preserveFocus?: boolean;
}

/** @param at with an absolute URI in `file` */
export async function openSource(
  at: SourceRange,
  { besides, preserveFocus = false }: OpenSourceOptions = {},
): Promise<void> {
  const uri = vscode.Uri.parse(at.file, true);
  // Places come from the server or from the webview; neither has a reason to open anything else.
  if (uri.scheme !== 'file' || !vscode.workspace.getWorkspaceFolder(uri))
    throw new Error(vscode.l10n.t('{0} is not in this workspace.', at.file));
  const range = new vscode.Range(at.line - 1, at.column - 1, at.endLine - 1, at.endColumn - 1);
  await vscode.window.showTextDocument(uri, {
    // Only the start is selected: a whole declaration would be one keystroke from deletion.
    selection: new vscode.Range(range.start, range.start),
    preserveFocus,
    viewColumn: besides === undefined ? vscode.ViewColumn.Active : columnBesides(besides),
  });
}

/** A column that shows text already, rather than one more split. */
function columnBesides(column: vscode.ViewColumn): vscode.ViewColumn {
  const other = vscode.window.visibleTextEditors.find(
    ({ viewColumn }) => viewColumn !== undefined && viewColumn !== column,
  );
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
