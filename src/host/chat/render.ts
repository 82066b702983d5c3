/** Writes an answer into the chat panel. Text of the model and of the workspace is shown, never obeyed. */
import * as vscode from 'vscode';
import type { ProvenBlock, TalkOutput } from '../../core/chat/converse.ts';
import type { SourceRange } from '../../core/schema/source.ts';

/** Languages that VS Code may offer to run are shown as plain text. */
const plainLanguages = /^(?:typescript|javascript|tsx|sql|json|jsonc|yaml|graphql|html|css|markdown|md|diff|prisma)$/u;

export interface ChatOutput extends TalkOutput {
  /** Says what is being done, as long as nothing was answered: VS Code folds away all that stands before a step. */
  step(text: string): void;
}

export function outputTo(stream: vscode.ChatResponseStream): ChatOutput {
  let hasAnswered = false;
  const step = (text: string): void => {
    if (!hasAnswered) stream.progress(text);
  };
  return {
    step,
    text(markdown) {
      hasAnswered ||= markdown.trim() !== '';
      stream.markdown(markdown);
    },
    anchor(name, at) {
      hasAnswered = true;
      stream.anchor(locationOf(at), name);
    },
    block: (proven) => writeBlock(stream, proven),
    retrying: (attempt) =>
      step(
        attempt === 1
          ? vscode.l10n.t('The proposal did not pass its checks; asking for a correction')
          : vscode.l10n.t('It did not pass again; asking a last time'),
      ),
  };
}

/** @param at with an absolute URI in `file` */
export function locationOf(at: SourceRange): vscode.Location {
  return new vscode.Location(
    vscode.Uri.parse(at.file, true),
    new vscode.Position(Math.max(0, at.line - 1), Math.max(0, at.column - 1)),
  );
}

function writeBlock(stream: vscode.ChatResponseStream, { block, proof }: ProvenBlock): void {
  const name = block.path === null ? '' : code(block.path);
  // Code that failed is told about and not shown as code: VS Code puts buttons of its own on every block of code.
  if (proof.status === 'failed') {
    const what = name === '' ? vscode.l10n.t('A proposal') : name;
    stream.markdown(
      icons(`\n\n$(error) **${vscode.l10n.t('Not proven, so not offered:')}** ${what}\n\n${list(proof.problems)}\n\n`),
    );
    return;
  }
  const language = plainLanguages.test(block.language) ? block.language : 'text';
  const fence = '`'.repeat(
    Math.max(3, 1 + Math.max(0, ...[...block.text.matchAll(/`+/gu)].map(([run]) => run.length))),
  );
  stream.markdown(
    `\n\n${name === '' ? '' : `${name}\n\n`}${fence}${language}\n${block.text.replace(/\n+$/u, '')}\n${fence}\n\n`,
  );
  if (proof.status === 'shown') return;
  stream.markdown(
    icons(`$(pass) ${vscode.l10n.t('Checked: {0}', proof.checks.map(escape).join(' · '))}\n\n${list(proof.notes)}\n\n`),
  );
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${escape(item)}\n`).join('');
}

/** Only our own sentences are given icons; what comes from elsewhere is escaped before. */
function icons(markdown: string): vscode.MarkdownString {
  return new vscode.MarkdownString(markdown, true);
}

export function escape(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#!$|~]/gu, '\\$&');
}

export function code(text: string): string {
  return `\`${text.replaceAll('`', '')}\``;
}
