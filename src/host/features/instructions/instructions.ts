/** Set Up Copilot Instructions: what the project is built on, in files that assistants read; shown before it is written. */
import * as vscode from 'vscode';
import type { TreeNode } from '../../../protocol/server.ts';
import { commandId } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { pickProject } from '../../pickProject.ts';
import { previewGenerated } from '../generate/previewGenerated.ts';
import { tellOutcome } from '../generate/tellOutcome.ts';

export function activateInstructions({ extension, client, log }: HostContext): void {
  /** Resolves to the paths that were written or added to; undefined where nothing was. */
  async function setUp(node?: TreeNode): Promise<readonly string[] | undefined> {
    await client.ready;
    const project = node?.id ?? (await pickProject(client.status?.projects ?? []));
    if (project === undefined) return undefined;
    // What is open may be typed into while the preview is made: then it is made once more.
    for (let attempt = 0; attempt < 3; attempt++) {
      const reply = await client.request('dataEngineer/instructions', { project });
      if (!reply.ok) throw new Error(reply.reason);
      if (reply.files.length === 0 && reply.edits.length === 0) {
        void vscode.window.showInformationMessage(
          vscode.l10n.t('The instructions say everything that is known of this project.'),
        );
        return undefined;
      }
      const applied = await previewGenerated(reply);
      if (applied === 'stale') continue;
      if (!applied) return undefined;
      void tellOutcome(reply, true);
      const [first] = [...reply.files, ...reply.edits];
      if (first) await vscode.window.showTextDocument(vscode.Uri.parse(first.uri, true));
      return [...reply.files, ...reply.edits].map(({ path }) => path);
    }
    throw new Error(vscode.l10n.t('The instructions keep changing; try again when they have settled.'));
  }

  extension.subscriptions.push(
    vscode.commands.registerCommand(commandId('setUpInstructions'), async (node?: TreeNode) => {
      try {
        return await setUp(node);
      } catch (error) {
        log.error(error instanceof Error ? error : String(error));
        void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    }),
  );
}
