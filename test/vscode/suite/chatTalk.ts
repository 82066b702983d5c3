/** Talks to `@data-engineer` in a real VS Code, with a scripted model behind it. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TurnMetadata } from '../../../src/host/chat/participant.ts';
import type { FakeModel, Step } from '../fakeModel/extension.ts';
import { extension } from './extension.ts';
import { until } from './waiting.ts';

const vendor = 'data-engineer-tests';

export interface Button {
  readonly command: string;
  readonly title: string;
  readonly arguments: readonly unknown[];
}

export interface Turn {
  readonly metadata: TurnMetadata;
  readonly errorMessage: string | undefined;
  /** All Markdown, anchors as `→name`. */
  readonly text: string;
  readonly anchors: readonly { readonly name: string; readonly location: vscode.Location }[];
  readonly buttons: readonly Button[];
  /** Those that would change a file. */
  readonly applies: readonly Button[];
  readonly progress: readonly string[];
  readonly references: number;
}

export function fakeModel(): FakeModel {
  const found = vscode.extensions.getExtension<FakeModel>('data-engineer-tests.fake-model');
  assert.ok(found, 'the extension with the model is not there');
  return found.exports;
}

export async function theModel(): Promise<vscode.LanguageModelChat> {
  await vscode.extensions.getExtension('data-engineer-tests.fake-model')?.activate();
  const [model] = await until('the scripted model', async () => vscode.lm.selectChatModels({ vendor }));
  assert.ok(model);
  return model;
}

interface Question {
  readonly prompt: string;
  readonly command?: string;
  readonly files?: readonly vscode.Uri[];
  readonly history?: readonly (vscode.ChatRequestTurn | vscode.ChatResponseTurn)[];
  readonly token?: vscode.CancellationToken;
}

/** Through the participant's own handler, so that everything it writes can be seen. */
export async function talk(question: Question, steps: readonly Step[]): Promise<Turn> {
  const model = await theModel();
  fakeModel().script(steps);
  let text = '';
  const anchors: { name: string; location: vscode.Location }[] = [];
  const buttons: Button[] = [];
  const progress: string[] = [];
  let references = 0;
  const stream = {
    markdown: (value: string | vscode.MarkdownString) => {
      if (typeof value !== 'string') assert.ok(value.isTrusted !== true && !value.supportHtml);
      text += typeof value === 'string' ? value : value.value;
    },
    anchor: (location: vscode.Location, title?: string) => {
      text += `→${title ?? ''}`;
      anchors.push({ name: title ?? '', location });
    },
    button: ({ command, title, arguments: args }: vscode.Command) =>
      void buttons.push({ command, title, arguments: (args ?? []) as readonly unknown[] }),
    progress: (value: string) => void progress.push(value),
    reference: () => {
      references++;
    },
    filetree: () => undefined,
    push: () => undefined,
  };
  const result = await extension().exports.chat(
    {
      prompt: question.prompt,
      command: question.command,
      references: (question.files ?? []).map((value, at) => ({ id: `file-${at}`, value })),
      toolReferences: [],
      toolInvocationToken: undefined as never,
      model,
    },
    { history: question.history ?? [] },
    stream,
    question.token ?? new vscode.CancellationTokenSource().token,
  );
  assert.ok(result);
  return {
    metadata: result.metadata as TurnMetadata,
    errorMessage: result.errorDetails?.message,
    text,
    anchors,
    buttons,
    applies: buttons.filter(({ command }) => command === 'dataEngineer.applyProposal'),
    progress,
    references,
  };
}

/** Everything the model was sent in the last talk. */
export function prompts(): string {
  return fakeModel()
    .asked.flatMap(({ messages }) => messages.map(({ text }) => text))
    .join('\n');
}

interface PanelResult {
  readonly metadata?: TurnMetadata;
  readonly errorDetails?: { readonly message: string };
}

/** As a person does: types into the chat panel and waits. VS Code itself says that waiting for it is not reliable, so it is tried again. */
export async function askInPanel(query: string, steps: readonly Step[]): Promise<TurnMetadata> {
  await theModel();
  for (let attempt = 1; ; attempt++) {
    await vscode.commands.executeCommand('workbench.action.chat.newChat');
    fakeModel().script(steps);
    const result = await vscode.commands.executeCommand<PanelResult | undefined>('workbench.action.chat.open', {
      query,
      mode: 'ask',
      blockOnResponse: true,
    });
    if (result?.metadata?.failure !== undefined) return result.metadata;
    if (attempt === 3) throw new Error(`No answer to "${query}" in the chat panel: ${JSON.stringify(result)}`);
  }
}
