/** Commands that belong to no other feature. */
import * as vscode from 'vscode';
import type { StatusSummary, TreeNode } from '../../../protocol/server.ts';
import type { CommandName } from '../../contributions.ts';
import { commandId } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';

export function activateCommands({ extension, client, log }: HostContext): void {
  /** Errors are said in words, not as a failed command. */
  const register = (name: CommandName, run: (node?: TreeNode) => Promise<void> | void) =>
    extension.subscriptions.push(
      vscode.commands.registerCommand(commandId(name), async (node?: TreeNode) => {
        try {
          await run(node);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        }
      }),
    );

  register('analyzeWorkspace', () => analyze(client));
  register('copySchema', async (node) => {
    await client.ready;
    const text = await client.request('dataEngineer/schemaJson', { project: node?.id ?? null });
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('The schema is on the clipboard, as JSON.'), 4000);
  });
  register('restartServer', () => client.restart());
  register('clearCache', async () => {
    await client.request('dataEngineer/clearCache', {});
    await client.request('dataEngineer/analyze', {});
    vscode.window.setStatusBarMessage(vscode.l10n.t('The cache was cleared and the workspace read anew.'), 4000);
  });
  register('showOutput', () => log.show());
}

async function analyze(client: HostContext['client']): Promise<void> {
  const summary = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Data Engineer: reading the workspace…'),
      cancellable: true,
    },
    async (_progress, token) => {
      try {
        return await client.request('dataEngineer/analyze', {}, token);
      } catch (error) {
        if (token.isCancellationRequested) return null;
        throw error;
      }
    },
  );
  // Not awaited: the command is done, whether or not someone answers.
  if (summary !== null) void tell(summary);
}

async function tell({ projects, findings }: StatusSummary): Promise<void> {
  const tables = projects.reduce((sum, project) => sum + project.tables, 0);
  const all = findings.error + findings.warning + findings.info;
  if (projects.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('No entities were found in this workspace.'));
    return;
  }
  const problems = vscode.l10n.t('Show Problems');
  const diagram = vscode.l10n.t('Show ER Diagram');
  const choice = await vscode.window.showInformationMessage(
    [
      ...(projects.length > 1 ? [vscode.l10n.t('{0} projects', projects.length)] : []),
      tables === 1 ? vscode.l10n.t('1 table') : vscode.l10n.t('{0} tables', tables),
      all === 1 ? vscode.l10n.t('1 finding') : vscode.l10n.t('{0} findings', all),
    ].join(', '),
    ...(all > 0 ? [problems] : []),
    diagram,
  );
  if (choice === problems) await vscode.commands.executeCommand('workbench.actions.view.problems');
  if (choice === diagram) await vscode.commands.executeCommand(commandId('showDiagram'));
}
