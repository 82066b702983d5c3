/** The extension under test and its commands, found the way a user finds them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/host/extension.ts';
import { until } from './waiting.ts';

interface Contributed {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

export interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly engines: { readonly vscode: string };
  readonly enabledApiProposals?: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: boolean | 'limited'; readonly description?: string };
    readonly virtualWorkspaces: boolean | { readonly supported: boolean | 'limited' };
  };
  readonly contributes: {
    readonly commands: readonly Contributed[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>;
  };
}

export const extensionId = 'data-engineer.data-engineer';

export function extension(): vscode.Extension<ExtensionApi> {
  const found = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(found, `${extensionId} is not among the extensions of this VS Code`);
  return found;
}

/** With its texts translated, as VS Code shows them. */
export function manifest(): Manifest {
  return extension().packageJSON as Manifest;
}

/** The id of the palette command with this title in the category "Data Engineer". */
export function commandId(title: string): string {
  const { commands } = manifest().contributes;
  const found = commands.find((command) => command.title === title && command.category === 'Data Engineer');
  assert.ok(
    found,
    `No command "Data Engineer: ${title}" is contributed; there are: ${commands.map(({ title: other }) => other).join(', ')}`,
  );
  return found.command;
}

export function runCommand(title: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(commandId(title), ...args);
}

/** Runs *Copy Schema as JSON* and reads the clipboard. */
export async function copiedSchema(): Promise<unknown> {
  const nothing = 'nothing copied yet';
  await vscode.env.clipboard.writeText(nothing);
  await runCommand('Copy Schema as JSON');
  const text = await until('the clipboard', async () => {
    const found = await vscode.env.clipboard.readText();
    return found === nothing ? null : found;
  });
  return JSON.parse(text);
}
