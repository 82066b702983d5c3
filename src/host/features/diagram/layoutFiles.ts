/** Files of kept layouts in the folder that VS Code gives the extension for the workspace. */
import * as vscode from 'vscode';
import type { LayoutFiles } from './keptLayouts.ts';

/** Null without a workspace. */
export function layoutFiles({ storageUri }: vscode.ExtensionContext): LayoutFiles | null {
  if (storageUri === undefined) return null;
  const { fs } = vscode.workspace;
  const folder = vscode.Uri.joinPath(storageUri, 'diagrams');
  return {
    read: async (name) => new TextDecoder().decode(await fs.readFile(vscode.Uri.joinPath(folder, name))),
    write: async (name, text) => {
      await fs.createDirectory(folder);
      await fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
    },
  };
}
