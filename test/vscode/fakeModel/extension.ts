/** A language model for tests: it says what it is told to say, and keeps what it was asked. Not part of the product. */
import * as vscode from 'vscode';

/** What it does when asked next. */
export type Step =
  | { readonly say: string }
  /** Calls a tool, and goes on with the next step. */
  | { readonly call: string; readonly input: object }
  | { readonly fail: string; readonly code?: 'NoPermissions' | 'Blocked' | 'NotFound' }
  /** Says a part, and then nothing until it is stopped. */
  | { readonly hang: string };

export interface Asked {
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  readonly tools: readonly string[];
  readonly tokens: number;
}

export interface FakeModel {
  /** Forgets what it was asked, and does these steps one after the other. */
  script(steps: readonly Step[]): void;
  readonly asked: readonly Asked[];
  /** True once a request was cancelled. */
  readonly stopped: boolean;
}

export const vendor = 'data-engineer-tests';
/** Characters per token, unlike the estimate of anyone. */
const charactersPerToken = 3;
const chunk = 23;

export function activate(context: vscode.ExtensionContext): FakeModel {
  let steps: Step[] = [];
  const asked: Asked[] = [];
  let stopped = false;
  const count = (text: string): number => Math.ceil(text.length / charactersPerToken);

  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider(vendor, {
      provideLanguageModelChatInformation: () => [
        {
          id: 'scripted',
          name: 'Scripted Model',
          family: 'tests',
          version: '1',
          maxInputTokens: 24_000,
          maxOutputTokens: 4000,
          capabilities: { toolCalling: true },
        },
      ],
      async provideLanguageModelChatResponse(_model, messages, options, progress, token) {
        const plain = messages.map(({ role, content }) => ({
          role: role === vscode.LanguageModelChatMessageRole.User ? ('user' as const) : ('assistant' as const),
          text: content.map(textOf).join(''),
        }));
        asked.push({
          messages: plain,
          tools: (options.tools ?? []).map(({ name }) => name),
          tokens: plain.reduce((sum, { text }) => sum + count(text), 0),
        });
        const step = steps.shift() ?? { say: 'Nothing was prepared for this.' };
        if ('fail' in step)
          throw step.code === undefined ? new Error(step.fail) : vscode.LanguageModelError[step.code](step.fail);
        if ('call' in step) {
          progress.report(new vscode.LanguageModelToolCallPart(`call-${asked.length}`, step.call, step.input));
          return;
        }
        const text = 'say' in step ? step.say : step.hang;
        for (let from = 0; from < text.length; from += chunk) {
          if (token.isCancellationRequested) {
            stopped = true;
            return;
          }
          progress.report(new vscode.LanguageModelTextPart(text.slice(from, from + chunk)));
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        if ('hang' in step)
          await new Promise<void>((resolve) =>
            token.onCancellationRequested(() => {
              stopped = true;
              resolve();
            }),
          );
      },
      provideTokenCount: (_model, text) =>
        Promise.resolve(count(typeof text === 'string' ? text : text.content.map(textOf).join(''))),
    }),
  );

  return {
    script(next) {
      steps = [...next];
      asked.length = 0;
      stopped = false;
    },
    asked,
    get stopped() {
      return stopped;
    },
  };
}

function textOf(part: unknown): string {
  if (part instanceof vscode.LanguageModelTextPart) return part.value;
  if (part instanceof vscode.LanguageModelToolResultPart) return part.content.map(textOf).join('');
  if (part instanceof vscode.LanguageModelToolCallPart) return `[${part.name} ${JSON.stringify(part.input)}]`;
  return '';
}
