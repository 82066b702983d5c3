/** Code in the braces of TypeScript, JavaScript and C# that at most one round of a loop runs. */
import type { SourceRange } from '../../schema/source.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';

/** A place or a count is compared with a number: `index === 0`, `posts.length == 1`, `!i`. */
const condition =
  /\bif\s*\(\s*(?:!\s*(?:i|idx|index)|(?:i|idx|index|count|counter|[\w$.]+\.(?:length|size|Count|Length))\s*={2,3}\s*\d+)\s*(?:&&[^(){};]*)?\)\s*\{/gu;

/** Longer blocks are read so far. */
const longest = 20_000;

export function oneRoundOnly(text: string, lines: LineIndex): readonly SourceRange[] {
  return Array.from(text.matchAll(condition), ({ index, 0: head }) =>
    lines.range(index, endOfBlock(text, index + head.length)),
  );
}

/** @param start offset behind the opening brace */
function endOfBlock(text: string, start: number): number {
  let depth = 1;
  const last = Math.min(text.length, start + longest);
  for (let at = start; at < last; at++) {
    const character = text[at];
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at + 1;
  }
  return last;
}
