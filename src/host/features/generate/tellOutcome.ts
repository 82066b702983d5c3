/** What was written, what was left alone, and what the user has to do now. */
import * as vscode from 'vscode';
import type { GenerateReply } from '../../../protocol/generate.ts';

type Generated = Extract<GenerateReply, { ok: true }>;

export async function tellOutcome(generated: Generated, applied: boolean): Promise<void> {
  const { files, skipped, notes } = generated;
  const sentences = [
    applied
      ? files.length === 1
        ? vscode.l10n.t('1 file was created.')
        : vscode.l10n.t('{0} files were created.', files.length)
      : vscode.l10n.t('There is nothing to create: everything is there already.'),
    ...(applied && skipped.length > 0
      ? [
          skipped.length === 1
            ? vscode.l10n.t('1 file was there already and is as it was.')
            : vscode.l10n.t('{0} files were there already and are as they were.', skipped.length),
        ]
      : []),
    ...(notes.length === 1 ? [notes[0] ?? ''] : notes.length > 1 ? [vscode.l10n.t('{0} notes.', notes.length)] : []),
  ];
  const details = vscode.l10n.t('Show Details');
  const more = skipped.length + notes.length > 0 ? [details] : [];
  const choice = await vscode.window.showInformationMessage(sentences.join(' '), ...more);
  if (choice !== details) return;
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: detailsOf(generated) });
  await vscode.window.showTextDocument(document);
}

/** As Markdown. */
export function detailsOf({ files, edits, skipped, notes }: Generated): string {
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`## ${title}`, '', ...lines.map((line) => `- ${line}`), ''];
  return [
    `# ${vscode.l10n.t('Generated code')}`,
    '',
    ...section(vscode.l10n.t('To do and to know'), notes),
    ...section(
      vscode.l10n.t('Left as it was'),
      skipped.map(({ path, reason }) => `\`${path}\`: ${reason}`),
    ),
    ...section(
      vscode.l10n.t('New files'),
      files.map(({ path }) => `\`${path}\``),
    ),
    ...section(
      vscode.l10n.t('Additions to files that are there'),
      edits.map(({ path, label }) => `\`${path}\`: ${label}`),
    ),
  ].join('\n');
}
