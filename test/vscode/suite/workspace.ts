/** Files of the opened workspace. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const missingIndex = 'missing-foreign-key-index';

export function rootFolder(index = 0): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[index];
  assert.ok(folder, 'no folder is open');
  return folder.uri;
}

export function fileUri(path: string): vscode.Uri {
  return vscode.Uri.joinPath(rootFolder(), path);
}

export async function openFile(path: string | vscode.Uri): Promise<vscode.TextEditor> {
  const uri = typeof path === 'string' ? fileUri(path) : path;
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

export async function writeFile(path: string | vscode.Uri, text: string): Promise<vscode.Uri> {
  const uri = typeof path === 'string' ? fileUri(path) : path;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Closes every editor; what was typed and not saved is lost. */
export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (!document.isDirty) continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The position of a text that occurs in the document; `inside` moves on within it. */
export function positionOf(document: vscode.TextDocument, text: string, inside = 0): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `"${text}" is not in ${document.uri.path}`);
  return document.positionAt(offset + inside);
}

/** Replaces a text that occurs in the editor, as typing would: unsaved. */
export async function replaceText(editor: vscode.TextEditor, text: string, replacement: string): Promise<void> {
  const start = positionOf(editor.document, text);
  const end = editor.document.positionAt(editor.document.offsetAt(start) + text.length);
  assert.ok(await editor.edit((edit) => edit.replace(new vscode.Range(start, end), replacement)));
}

/** An entity whose foreign key has no index, for a file of its own. The table's name sets it apart from all others. */
export function entityWithoutIndex(className: string, table: string, lineEnd = '\n'): string {
  return [
    "import { Column, Entity, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';",
    '',
    `@Entity('${table}')`,
    `export class ${className} {`,
    "  @PrimaryGeneratedColumn('uuid')",
    '  id!: string;',
    '',
    '  @Column({ length: 40 })',
    '  title!: string;',
    '',
    `  @ManyToOne(() => ${className})`,
    "  @JoinColumn({ name: 'parent_id' })",
    `  parent!: ${className};`,
    '}',
    '',
  ].join(lineEnd);
}
