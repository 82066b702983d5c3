/** What the proof said, what is lost, and the new file. */
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

/**
 * The migration as a new file that is not saved yet: it can be read and edited where it will lie, saving makes it, closing drops it. The refactor preview would
 * leave its box unticked, because VS Code does so with every edit that wants confirmation. Never over a file that is there.
 */
export async function offerMigration(preview: Planned, proof: MigrationProof): Promise<vscode.Uri> {
  const target = vscode.Uri.parse(preview.uri);
  if (await exists(target)) throw new Error(vscode.l10n.t('{0} is there already.', target.fsPath));
  const document = await vscode.workspace.openTextDocument(target.with({ scheme: 'untitled' }));
  const edit = new vscode.WorkspaceEdit();
  const lineEnd = preview.text.includes('\r\n') ? vscode.EndOfLine.CRLF : vscode.EndOfLine.LF;
  edit.set(document.uri, [
    vscode.TextEdit.setEndOfLine(lineEnd),
    vscode.TextEdit.insert(new vscode.Position(0, 0), preview.text),
  ]);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, { preview: false });
  // Not awaited: the file is offered, whether or not someone answers.
  void tell(preview.name, proof, document);
  return target;
}

async function tell(name: string, proof: MigrationProof, document: vscode.TextDocument): Promise<void> {
  const save = vscode.l10n.t('Save');
  const message = `${name}: ${proof.words}`;
  const choice =
    proof.outcome === 'passed'
      ? await vscode.window.showInformationMessage(message, save)
      : await vscode.window.showWarningMessage(message, save);
  if (choice === save) await document.save();
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
