/** Create Hand-off Brief: what the next role has to know, as a new Markdown document. */
import * as vscode from 'vscode';
import type { BriefRole } from '../../../core/briefs/brief.ts';
import type { TreeNode } from '../../../protocol/server.ts';
import { commandId } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { pickProject } from '../../pickProject.ts';

type RoleItem = vscode.QuickPickItem & { readonly role: BriefRole };

export function activateBriefs({ extension, client, log }: HostContext): void {
  /** Resolves to the document, or to undefined where the user changes their mind. */
  async function create(node?: TreeNode, given?: BriefRole): Promise<vscode.TextDocument | undefined> {
    await client.ready;
    const project = node?.id ?? (await pickProject(client.status?.projects ?? []));
    if (project === undefined) return undefined;
    const role = given ?? (await vscode.window.showQuickPick(roleItems(), placeHolder()))?.role;
    if (role === undefined) return undefined;
    const content = await client.request('dataEngineer/brief', { project, role });
    if (content === null) throw new Error(vscode.l10n.t('This project is no longer there.'));
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document);
    return document;
  }

  extension.subscriptions.push(
    vscode.commands.registerCommand(commandId('createBrief'), async (node?: TreeNode, role?: BriefRole) => {
      try {
        return await create(node, role);
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    }),
  );
}

function placeHolder(): vscode.QuickPickOptions {
  return { placeHolder: vscode.l10n.t('Who is the brief for?'), matchOnDetail: true };
}

function roleItems(): readonly RoleItem[] {
  return [
    {
      role: 'api',
      label: vscode.l10n.t('API engineer'),
      detail: vscode.l10n.t('Schema, repositories, endpoints, conflicts to answer'),
    },
    {
      role: 'security',
      label: vscode.l10n.t('Security engineer'),
      detail: vscode.l10n.t('Classified data, access control, audit, compliance'),
    },
    {
      role: 'frontend',
      label: vscode.l10n.t('Frontend engineer'),
      detail: vscode.l10n.t('API, data models, what the database refuses'),
    },
    {
      role: 'qa',
      label: vscode.l10n.t('QA engineer'),
      detail: vscode.l10n.t('Scenarios, factories, performance expectations'),
    },
    {
      role: 'deployment',
      label: vscode.l10n.t('Deployment engineer'),
      detail: vscode.l10n.t('Configuration, connection pool, migrations, backup'),
    },
  ];
}
