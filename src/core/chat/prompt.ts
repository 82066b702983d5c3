/** Instructions, data, history and question as messages that stay within a budget of tokens. */
import { dataBlock, dataNotice } from './quote.ts';
import type { Piece } from './piece.ts';

export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface PromptRequest {
  readonly instructions: string;
  /** Most important first. */
  readonly pieces: readonly Piece[];
  /** Oldest first. */
  readonly history: readonly PromptMessage[];
  readonly question: string;
  /** Most tokens of all messages together. */
  readonly budget: number;
  /** By the model's own tokenizer, where it has one. */
  readonly count: (text: string) => Promise<number>;
}

export interface Prompt {
  readonly messages: readonly PromptMessage[];
  readonly tokens: number;
  readonly kept: readonly Piece[];
  readonly left: readonly Piece[];
}

/** English and JSON with many names; only where a first guess is needed, the tokenizer decides. */
const charactersPerToken = 3.5;
/** Share of the budget that earlier turns may take. */
const historyShare = 0.2;

export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** Null where the question alone does not fit. */
export async function buildPrompt(request: PromptRequest): Promise<Prompt | null> {
  const { budget, count } = request;
  const history = recent(request.history, budget * historyShare);
  const bare = messagesOf(request, history, []);
  const fixed = await tokensOf(bare, count);
  if (fixed > budget) {
    if (history.length > 0) return buildPrompt({ ...request, history: [] });
    return null;
  }
  // The first guess is corrected by what the tokenizer says of it, at most twice up and as often down as needed.
  let perToken = charactersPerToken;
  let kept: readonly Piece[] = [];
  let messages = bare;
  let tokens = fixed;
  let room = budget - fixed;
  for (let round = 0; round < 6 && request.pieces.length > 0; round++) {
    const next = fill(request.pieces, room * perToken);
    const tried = messagesOf(request, history, next);
    const size = next.length === 0 ? fixed : await tokensOf(tried, count);
    if (size <= budget) {
      [kept, messages, tokens] = [next, tried, size];
      if (next.length === request.pieces.length || round > 1 || size > budget * 0.9) break;
    } else room *= 0.9;
    const length = next.reduce((sum, { text }) => sum + text.length + 1, 0);
    if (size > fixed) perToken = length / (size - fixed);
  }
  const chosen = new Set(kept);
  return { messages, tokens, kept, left: request.pieces.filter((each) => !chosen.has(each)) };
}

/** Pieces in their order, leaving out what does not fit any more: a later one may be smaller. */
function fill(pieces: readonly Piece[], characters: number): readonly Piece[] {
  let left = characters;
  return pieces.filter(({ text }) => {
    if (text.length + 1 > left) return false;
    left -= text.length + 1;
    return true;
  });
}

function messagesOf(
  { instructions, question }: PromptRequest,
  history: readonly PromptMessage[],
  pieces: readonly Piece[],
): readonly PromptMessage[] {
  return [
    { role: 'user', text: instructions },
    ...(pieces.length === 0
      ? []
      : [{ role: 'user' as const, text: `${dataNotice}\n${dataBlock(pieces.map(({ text }) => text))}` }]),
    ...history,
    { role: 'user', text: question },
  ];
}

function recent(history: readonly PromptMessage[], tokens: number): readonly PromptMessage[] {
  const kept: PromptMessage[] = [];
  let left = tokens * charactersPerToken;
  for (const message of history.toReversed()) {
    left -= message.text.length;
    if (left < 0) break;
    kept.unshift(message);
  }
  // An answer without its question says nothing.
  return kept[0]?.role === 'assistant' ? kept.slice(1) : kept;
}

async function tokensOf(messages: readonly PromptMessage[], count: PromptRequest['count']): Promise<number> {
  const sizes = await Promise.all(messages.map(({ text }) => count(text)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
