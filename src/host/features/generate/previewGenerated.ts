/** Generated code in VS Code's refactor preview: nothing is written before the user applies it, and it is undone in one step. */
import * as vscode from 'vscode';
import type { GeneratedEdits, GenerateReply } from '../../../protocol/generate.ts';

type Generated = Pick<Extract<GenerateReply, { ok: true }>, 'files' | 'edits'>;

/** The same for edits of files that are there. */
export function previewEdits(edits: readonly GeneratedEdits[]): Promise<boolean | 'stale'> {
  return previewGenerated({ files: [], edits });
}

/**
 * True = applied. `stale` = a file that is to be edited has changed since, so the code has to be generated anew; nothing has happened then.
 * A file that has come into being in the meantime is never written over: the editor refuses the whole edit.
 *
 * @param heading of the edits in files that are there, where they are no mere additions
 */
export async function previewGenerated(generated: Generated, heading?: string): Promise<boolean | 'stale'> {
  const edit = new vscode.WorkspaceEdit();
  // An edit that wants confirmation opens the preview, and is unticked in it: then Apply would write nothing. So it is one that changes
  // nothing, and all others come ticked.
  const opener: Entry = [vscode.TextEdit.insert(new vscode.Position(0, 0), ''), opensPreview()];
  // The preview shows it as an empty row: the last file is where it disturbs least.
  const last = [...generated.files, ...generated.edits]
    .map(({ uri }) => uri)
    .sort()
    .at(-1);
  const openerOf = (uri: string): readonly Entry[] => (uri === last ? [opener] : []);
  // All files before all texts: VS Code undoes neighbouring edits of one kind together, and so the whole as one step.
  for (const { uri } of generated.files)
    edit.createFile(vscode.Uri.parse(uri, true), { overwrite: false, ignoreIfExists: false }, newFiles());
  for (const { uri, text } of generated.files) {
    const lines: readonly Entry[] = text.includes('\r\n')
      ? [[vscode.TextEdit.setEndOfLine(vscode.EndOfLine.CRLF), newFiles()]]
      : [];
    edit.set(vscode.Uri.parse(uri, true), [
      ...lines,
      [vscode.TextEdit.insert(new vscode.Position(0, 0), text), newFiles()],
      ...openerOf(uri),
    ]);
  }
  for (const { uri, label, edits, base } of generated.edits) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
    if (document.getText() !== base) return 'stale';
    const entries = edits.map(({ start, end, newText }): Entry => {
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      return [vscode.TextEdit.replace(range, newText), additions(label, heading)];
    });
    edit.set(document.uri, [...entries, ...openerOf(uri)]);
  }
  return vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

type Entry = [vscode.TextEdit, vscode.WorkspaceEditEntryMetadata];

function opensPreview(): vscode.WorkspaceEditEntryMetadata {
  return { needsConfirmation: true, label: vscode.l10n.t('Changes nothing') };
}

function newFiles(): vscode.WorkspaceEditEntryMetadata {
  return { needsConfirmation: false, label: vscode.l10n.t('New files'), iconPath: new vscode.ThemeIcon('new-file') };
}

function additions(description: string, heading: string | undefined): vscode.WorkspaceEditEntryMetadata {
  return {
    needsConfirmation: false,
    label: heading ?? vscode.l10n.t('Additions to files that are there'),
    description,
    iconPath: new vscode.ThemeIcon(heading === undefined ? 'diff-added' : 'diff-modified'),
  };
}
