/** Earlier turns of the same talk, and the files that came with a question. */
import * as vscode from 'vscode';
import type { PromptMessage } from '../../core/chat/prompt.ts';

/** Of a long answer the beginning tells what it was about. In UTF-16 code units. */
const longestAnswer = 2000;

/** Oldest first. Only turns of this participant are in the context. */
export function historyOf({ history }: vscode.ChatContext): readonly PromptMessage[] {
  return history.flatMap((turn): readonly PromptMessage[] => {
    if (turn instanceof vscode.ChatRequestTurn) {
      const text = [turn.command === undefined ? '' : `/${turn.command}`, turn.prompt]
        .filter((part) => part !== '')
        .join(' ');
      return text === '' ? [] : [{ role: 'user', text }];
    }
    if (!(turn instanceof vscode.ChatResponseTurn)) return [];
    const text = turn.response
      .map((part) =>
        part instanceof vscode.ChatResponseMarkdownPart
          ? part.value.value
          : part instanceof vscode.ChatResponseAnchorPart
            ? `\`${part.title ?? ''}\``
            : '',
      )
      .join('')
      .trim()
      .slice(0, longestAnswer);
    return text === '' ? [] : [{ role: 'assistant', text }];
  });
}

/** Latest first. */
export function earlierQuestions({ history }: vscode.ChatContext): readonly string[] {
  return history
    .flatMap((turn) => (turn instanceof vscode.ChatRequestTurn && turn.prompt.trim() !== '' ? [turn.prompt] : []))
    .toReversed()
    .slice(0, 3);
}

/** What the user attached, and the file in front. Instruction files that VS Code adds are read by the engine itself. */
export function attachedFiles({ references }: vscode.ChatRequest): readonly string[] {
  const uris = references.flatMap(({ id, value }) => {
    if (/^vscode\.(?:instructions|customizations)\b/u.test(id)) return [];
    if (value instanceof vscode.Uri) return [value];
    return value instanceof vscode.Location ? [value.uri] : [];
  });
  return [...new Set(uris.filter(({ scheme }) => scheme === 'file').map((uri) => uri.toString()))].slice(0, 5);
}
