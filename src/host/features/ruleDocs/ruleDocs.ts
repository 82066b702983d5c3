/** The documentation of a rule as a read-only Markdown document: `data-engineer-rule:/<rule>.md`. */
import * as vscode from 'vscode';
import type { HostCommands } from '../../../protocol/server.ts';
import { commandId, ruleScheme } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';

export function activateRuleDocs({ extension, client }: HostContext): void {
  extension.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider(ruleScheme, {
      async provideTextDocumentContent(uri, token) {
        const rule = uri.path.replace(/^\/|\.md$/g, '');
        const text = await client.request('dataEngineer/explainRule', { rule }, token);
        return text ?? vscode.l10n.t('There is no rule "{0}" in this version of Data Engineer.', rule);
      },
    }),
    vscode.commands.registerCommand(
      commandId('explainRule'),
      async (argument?: HostCommands['dataEngineer.explainRule']) => {
        const rule = argument?.rule ?? (await pickRule(extension));
        if (rule === undefined) return;
        const uri = vscode.Uri.from({ scheme: ruleScheme, path: `/${rule}.md` });
        await vscode.commands.executeCommand('vscode.openWith', uri, 'vscode.markdown.preview.editor');
      },
    ),
    vscode.commands.registerCommand(
      commandId('disableRule'),
      async (argument?: HostCommands['dataEngineer.disableRule']) => {
        const rule = argument?.rule ?? (await pickRule(extension));
        if (rule !== undefined) await disableRule(rule);
      },
    ),
  );
}

/** The rules are in the manifest, as properties of a setting. */
interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<
        Record<'dataEngineer.rules', { readonly properties: Readonly<Record<string, { markdownDescription: string }>> }>
      >;
    };
  };
}

async function pickRule(extension: vscode.ExtensionContext): Promise<string | undefined> {
  const { contributes } = extension.extension.packageJSON as Manifest;
  const items = Object.entries(contributes.configuration.properties['dataEngineer.rules'].properties).map(
    ([label, { markdownDescription }]) => ({ label, detail: markdownDescription.replaceAll('`', '') }),
  );
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('Which rule?'),
    matchOnDetail: true,
  });
  return picked?.label;
}

async function disableRule(rule: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('dataEngineer');
  const before = settings.inspect<Record<string, string>>('rules')?.workspaceValue;
  await settings.update('rules', { ...before, [rule]: 'off' }, vscode.ConfigurationTarget.Workspace);
  const undo = vscode.l10n.t('Undo');
  void vscode.window
    .showInformationMessage(vscode.l10n.t('{0} is off in this workspace.', rule), undo)
    .then((choice) =>
      choice === undo ? settings.update('rules', before, vscode.ConfigurationTarget.Workspace) : undefined,
    );
}
