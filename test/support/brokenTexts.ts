/** Texts that people leave half typed, and texts that nobody would write: cuts at every token, and seeded mutations. */
import type { Random } from './random.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

const token = /[\w$]+|"[^"\n]*"|'[^'\n]*'|[^\s\w$]/g;

export function tokensOf(text: string): readonly Span[] {
  return [...text.matchAll(token)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

/** The text up to the end of each of its tokens. */
export function* cutsOf(text: string): Generator<string> {
  for (const { end } of tokensOf(text)) yield text.slice(0, end);
}

/** Deletes, doubles or swaps tokens; `times` of them. */
export function mutated(text: string, random: Random, times: number): string {
  let result = text;
  for (let count = 0; count < times; count++) result = mutatedOnce(result, random);
  return result;
}

function mutatedOnce(text: string, random: Random): string {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return text;
  const [a, b] = [random.pick(tokens), random.pick(tokens)].sort((x, y) => x.start - y.start) as [Span, Span];
  const word = (span: Span): string => text.slice(span.start, span.end);
  switch (random.below(3)) {
    case 0:
      return text.slice(0, a.start) + text.slice(a.end);
    case 1:
      return `${text.slice(0, a.end)} ${word(a)}${text.slice(a.end)}`;
    default:
      if (a.end > b.start) return text;
      return text.slice(0, a.start) + word(b) + text.slice(a.end, b.start) + word(a) + text.slice(b.end);
  }
}

/** How many mutations a test tries: few with every run, as many as `MUTATIONS` says when they are asked for. */
export const mutationCount = Number(process.env.MUTATIONS ?? 300);
