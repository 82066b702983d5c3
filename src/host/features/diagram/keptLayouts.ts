/**
 * What diagrams looked like when they were last drawn, beside the extension's other files about the workspace: a page that was
 * hidden starts anew, and would compute every position again.
 */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';

export interface KeptLayouts {
  /** Null: nothing is kept of the view. */
  read(project: string, view: string): Promise<string | null>;
  /** Written after a pause; what cannot be written is kept for this window. */
  keep(project: string, view: string, text: string): void;
  dispose(): void;
}

const writeDelayMs = 2000;

export function createKeptLayouts({ storageUri, extension }: vscode.ExtensionContext): KeptLayouts {
  const { fs } = vscode.workspace;
  const known = new Map<string, string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const { version } = extension.packageJSON as { readonly version: string };
  const folder = storageUri === undefined ? null : vscode.Uri.joinPath(storageUri, 'diagrams');
  /** Another version may lay the same diagram out otherwise. */
  const nameOf = (project: string, view: string) =>
    `${createHash('sha256').update(`${version}\n${project}\n${view}`).digest('hex').slice(0, 32)}.json`;

  return {
    read: async (project, view) => {
      const name = nameOf(project, view);
      const text = known.get(name);
      if (text !== undefined || folder === null) return text ?? null;
      try {
        const read = new TextDecoder().decode(await fs.readFile(vscode.Uri.joinPath(folder, name)));
        known.set(name, read);
        return read;
      } catch {
        return null;
      }
    },
    keep: (project, view, text) => {
      const name = nameOf(project, view);
      known.set(name, text);
      clearTimeout(timers.get(name));
      if (folder === null) return;
      const write = async () => {
        timers.delete(name);
        await fs.createDirectory(folder);
        await fs.writeFile(vscode.Uri.joinPath(folder, name), new TextEncoder().encode(text));
      };
      timers.set(
        name,
        setTimeout(() => {
          // The next time it is computed again.
          write().catch(() => undefined);
        }, writeDelayMs),
      );
    },
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
