/** Generated code in VS Code's refactor preview: nothing is written before the user applies it, and it is undone in one step. */
import * as vscode from 'vscode';
import type { GenerateReply } from '../../../protocol/generate.ts';

type Generated = Extract<GenerateReply, { ok: true }>;

/**
 * True = applied. `stale` = a file that is to be edited has changed since, so the code has to be generated anew; nothing has happened then.
 * A file that has come into being in the meantime is never written over: the editor refuses the whole edit.
 */
export async function previewGenerated(generated: Generated): Promise<boolean | 'stale'> {
  const edit = new vscode.WorkspaceEdit();
  const uris = generated.files.map(({ uri }) => vscode.Uri.parse(uri, true));
  for (const [index, uri] of uris.entries()) {
    const text = generated.files[index]?.text ?? '';
    edit.createFile(uri, { overwrite: false, ignoreIfExists: false }, newFiles());
    const lines = text.includes('\r\n') ? [vscode.TextEdit.setEndOfLine(vscode.EndOfLine.CRLF)] : [];
    edit.set(uri, [
      ...lines.map((each): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata] => [each, newFiles()]),
      [vscode.TextEdit.insert(new vscode.Position(0, 0), text), newFiles()],
    ]);
  }
  for (const { uri, label, edits, base } of generated.edits) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    if (document.getText() !== base) return 'stale';
    edit.set(
      document.uri,
      edits.map(({ start, end, newText }): [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata] => [
        vscode.TextEdit.replace(new vscode.Range(start.line, start.character, end.line, end.character), newText),
        additions(label),
      ]),
    );
  }
  return vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function newFiles(): vscode.WorkspaceEditEntryMetadata {
  return { needsConfirmation: true, label: vscode.l10n.t('New files'), iconPath: new vscode.ThemeIcon('new-file') };
}

function additions(description: string): vscode.WorkspaceEditEntryMetadata {
  return {
    needsConfirmation: true,
    label: vscode.l10n.t('Additions to files that are there'),
    description,
    iconPath: new vscode.ThemeIcon('diff-added'),
  };
}
