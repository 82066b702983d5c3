/** Generate Migration: from the question what to compare with, to the new file. */
import * as vscode from 'vscode';
import type { TreeNode } from '../../../protocol/server.ts';
import { commandId } from '../../contributions.ts';
import type { HostContext } from '../../hostContext.ts';
import { generateMigration } from './generateMigration.ts';
import type { MigrationAnswers } from './generateMigration.ts';

export function activateMigrations({ extension, client, log }: HostContext): void {
  extension.subscriptions.push(
    vscode.commands.registerCommand(
      commandId('generateMigration'),
      async (node?: Pick<TreeNode, 'id'>, answers: MigrationAnswers = {}): Promise<vscode.Uri | undefined> => {
        try {
          return await generateMigration(client, node?.id, answers);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      },
    ),
  );
}
