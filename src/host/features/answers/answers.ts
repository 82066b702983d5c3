/** What the engine can tell alone, as a Markdown preview: `data-engineer-answer:/<topic>.md?<project>`. */
import * as vscode from 'vscode';
import type { AnswerTopic } from '../../../core/answers/answer.ts';
import type { TreeNode } from '../../../protocol/server.ts';
import type { CommandName } from '../../contributions.ts';
import { answerScheme, commandId } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { pickProject } from '../../pickProject.ts';

export function activateAnswers({ extension, client, log }: HostContext): void {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const open = (): readonly vscode.Uri[] =>
    vscode.workspace.textDocuments.map(({ uri }) => uri).filter(({ scheme }) => scheme === answerScheme);

  async function show(topic: AnswerTopic, node?: TreeNode): Promise<vscode.Uri | undefined> {
    await client.ready;
    const project = node?.id ?? (await pickProject(client.status?.projects ?? []));
    if (project === undefined) return undefined;
    const uri = vscode.Uri.from({ scheme: answerScheme, path: `/${topic}.md`, query: project });
    changed.fire(uri);
    await vscode.commands.executeCommand('vscode.openWith', uri, 'vscode.markdown.preview.editor');
    return uri;
  }

  const register = (name: CommandName, topic: AnswerTopic) =>
    extension.subscriptions.push(
      vscode.commands.registerCommand(commandId(name), async (node?: TreeNode) => {
        try {
          return await show(topic, node);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      }),
    );

  extension.subscriptions.push(
    changed,
    // It follows the edits, as the diagram does.
    client.onDidChange(() => open().forEach((uri) => changed.fire(uri))),
    vscode.workspace.registerTextDocumentContentProvider(answerScheme, {
      onDidChange: changed.event,
      async provideTextDocumentContent({ path, query }, token) {
        await client.ready;
        const topic = path.replace(/^\/|\.md$/gu, '') as AnswerTopic;
        const markdown = await client.request('dataEngineer/answer', { project: query, topic }, token);
        return markdown ?? vscode.l10n.t('This project is no longer there.');
      },
    }),
  );
  register('showSchemaOverview', 'schema');
  register('reviewDataModel', 'review');
  register('showIndexReport', 'indexes');
  register('reviewQueries', 'queries');
  register('reviewSecurity', 'security');
  register('reviewCompliance', 'compliance');
}
