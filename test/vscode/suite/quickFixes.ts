/** Quick fixes as the light bulb offers them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './waiting.ts';

async function quickFixes(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
    50,
  );
  return actions.filter((action): action is vscode.CodeAction => 'kind' in action || 'edit' in action);
}

/** The quick fixes there, as soon as the server knows the text as it is now: until then it has none to offer. */
export function offeredFixes(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> {
  return until('quick fixes', () => quickFixes(uri, range));
}

/** The fix that the light bulb puts first, which must be an edit. */
export async function preferredFix(uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction> {
  const actions = await offeredFixes(uri, range);
  const preferred = actions.find((action) => action.isPreferred);
  assert.ok(preferred, `no preferred quick fix among: ${actions.map(({ title }) => title).join(' | ') || 'none'}`);
  assert.ok(preferred.edit, `the quick fix "${preferred.title}" carries no edit`);
  return preferred;
}

export async function applyFix(action: vscode.CodeAction): Promise<void> {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit), `VS Code refused "${action.title}"`);
  const { command } = action;
  if (command) await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
}
