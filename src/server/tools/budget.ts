/** Keeps answers within what a model can take. */
import type { Json } from './tool.ts';

/** English text and JSON have about four characters per token (OpenAI's tokenizer guide); names with underscores have fewer. */
const charactersPerToken = 3.5;

export function tokensOf(value: Json): number {
  return Math.ceil(JSON.stringify(value).length / charactersPerToken);
}

export interface Fitted<T> {
  readonly kept: readonly T[];
  readonly left: readonly T[];
}

/** The longest head of a list whose members together stay within the budget. */
export function fit<T>(items: readonly T[], tokens: number, cost: (item: T) => number): Fitted<T> {
  let used = 0;
  let count = 0;
  for (const item of items) {
    used += cost(item) + 1;
    if (used > tokens) break;
    count++;
  }
  return { kept: items.slice(0, count), left: items.slice(count) };
}

/** Names for the sentence about what was left out; a long list ends in a count. */
export function namesLeftOut(names: readonly string[], most = 30): readonly string[] {
  return names.length <= most ? names : [...names.slice(0, most), `… and ${names.length - most} more`];
}
