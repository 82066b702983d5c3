/** The model of a chat request: messages in, text out, with the read-only tools of the extension at hand. */
import * as vscode from 'vscode';
import type { PromptMessage } from '../../core/chat/prompt.ts';
import { toolPrefix } from '../contributions.ts';

/** They change nothing and show what the prompt shows already, only more of it. */
const toolNames = ['explain_rule', 'find_tables', 'get_schema', 'lint_schema'].map((name) => `${toolPrefix}${name}`);
/** A model that keeps asking is answered no more. */
const mostRounds = 4;

export interface ModelRequest extends Pick<vscode.ChatRequest, 'model' | 'toolInvocationToken'> {
  readonly token: vscode.CancellationToken;
}

/** Streams the text of one answer. Rejects as the model does. */
export async function* ask(messages: readonly PromptMessage[], request: ModelRequest): AsyncIterable<string> {
  const { model, token } = request;
  const sent: vscode.LanguageModelChatMessage[] = messages.map(({ role, text }) =>
    role === 'user' ? vscode.LanguageModelChatMessage.User(text) : vscode.LanguageModelChatMessage.Assistant(text),
  );
  const offered = vscode.lm.tools.filter(({ name }) => toolNames.includes(name));
  for (let round = 1; ; round++) {
    const isLast = round === mostRounds;
    const response = await model.sendRequest(
      sent,
      {
        justification: vscode.l10n.t('Data Engineer answers questions about the data model of this workspace.'),
        ...(isLast
          ? {}
          : {
              tools: offered.map(({ name, description, inputSchema }) => ({
                name,
                description,
                ...(inputSchema === undefined ? {} : { inputSchema }),
              })),
            }),
      },
      token,
    );
    const calls: vscode.LanguageModelToolCallPart[] = [];
    const said: (vscode.LanguageModelTextPart | vscode.LanguageModelToolCallPart)[] = [];
    for await (const part of response.stream) {
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      if (part instanceof vscode.LanguageModelTextPart) {
        said.push(part);
        yield part.value;
      } else if (part instanceof vscode.LanguageModelToolCallPart) {
        said.push(part);
        calls.push(part);
      }
    }
    // A request that is stopped ends as if all had been said.
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    if (calls.length === 0 || isLast) return;
    sent.push(vscode.LanguageModelChatMessage.Assistant(said));
    const results = await Promise.all(calls.map((call) => resultOf(call, request)));
    sent.push(vscode.LanguageModelChatMessage.User(results));
  }
}

async function resultOf(
  { callId, name, input }: vscode.LanguageModelToolCallPart,
  { toolInvocationToken, token }: ModelRequest,
): Promise<vscode.LanguageModelToolResultPart> {
  const said = (text: string) =>
    new vscode.LanguageModelToolResultPart(callId, [new vscode.LanguageModelTextPart(text)]);
  // Only what was offered: a model may have been talked into calling the tools of someone else.
  if (!toolNames.includes(name)) return said(`There is no tool "${name}" here.`);
  try {
    const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken }, token);
    return new vscode.LanguageModelToolResultPart(callId, content);
  } catch (error) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    return said(error instanceof Error ? error.message : String(error));
  }
}

/** By the model's own tokenizer; one that has none, or fails, is estimated. */
export function counter(
  model: vscode.LanguageModelChat,
  estimate: (text: string) => number,
): (text: string) => Promise<number> {
  return async (text) => {
    try {
      const count = await model.countTokens(text);
      return Number.isFinite(count) && count > 0 ? count : estimate(text);
    } catch {
      return estimate(text);
    }
  };
}
