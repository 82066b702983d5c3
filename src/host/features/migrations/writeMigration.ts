/** What the proof said, what is lost, and the new file in the refactor preview. */
import * as vscode from 'vscode';
import type { MigrationPreview, MigrationProof } from '../../../protocol/migration.ts';

type Planned = Extract<MigrationPreview, { state: 'planned' }>;

/** True = the user takes it all the same, which is only offered where nothing was found wrong. */
export async function refuseFailed(proof: MigrationProof, { name }: Planned): Promise<boolean> {
  if (proof.outcome === 'failed') {
    await vscode.window.showErrorMessage(vscode.l10n.t('{0} did not pass its proof, so it is not offered.', name), {
      modal: true,
      detail: proof.words,
    });
    return false;
  }
  const go = vscode.l10n.t('Continue Unproven');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('The proof of {0} came to no result.', name),
    { modal: true, detail: proof.words },
    go,
  );
  return choice === go;
}

export async function confirmLosses(losses: readonly string[], proof: MigrationProof): Promise<boolean> {
  const go = vscode.l10n.t('Lose This Data');
  const shown = losses.slice(0, 12);
  const more = losses.length > shown.length ? [vscode.l10n.t('… and {0} more', losses.length - shown.length)] : [];
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('This migration loses data.'),
    { modal: true, detail: [...shown, ...more, '', vscode.l10n.t('Proof: {0}', proof.words)].join('\n') },
    go,
  );
  return choice === go;
}

/** The file as a refactoring to confirm: one undo step, and never over a file that is there. */
export async function writeMigration(preview: Planned, proof: MigrationProof): Promise<vscode.Uri | undefined> {
  const uri = vscode.Uri.parse(preview.uri);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(
    uri,
    { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(preview.text) },
    { needsConfirmation: true, label: vscode.l10n.t('Migration {0}', preview.name), description: proof.words },
  );
  // Beside the preview, not instead of it: it stays while the user reads the file.
  void vscode.window.showInformationMessage(`${preview.name}: ${proof.words}`);
  const applied = await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  if (!applied || !(await exists(uri))) return undefined;
  await vscode.window.showTextDocument(uri);
  return uri;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
