import type { TextEdit } from '../../schema/source.ts';
import { lineEnd, lineStart } from './style.ts';

/**
 * Takes a declaration out with its lines, where it has them to itself, and with the blank line that would be one too many. A
 * comment right above it goes with it: `comment` says how one looks at the end of a text.
 */
export function removeBlock(path: string, text: string, start: number, end: number, comment = docComment): TextEdit {
  let from = start;
  let to = end;
  const before = text.slice(lineStart(text, start), start);
  const behind = text.slice(end, lineEnd(text, end));
  if (before.trim() !== '' || !/^[ \t]*(?:(?:\/\/|#).*)?$/u.test(behind)) {
    const space = /^[ \t]*/u.exec(behind)?.[0].length ?? 0;
    return { file: path, start: from, end: to + space, newText: '' };
  }
  from = lineStart(text, start);
  const above = comment.exec(text.slice(0, from));
  if (above) from = above.index;
  to = lineEnd(text, end);
  to += breakAt(text, to);
  const blankAbove = /(?:^|\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)$/u.test(text.slice(0, from));
  const opensAbove = /[{(:[][ \t]*(?:\r\n|\n|\r)$/u.test(text.slice(0, from));
  const below = text.slice(to, lineEnd(text, to));
  if (below.trim() === '' && to < text.length && (blankAbove || opensAbove)) {
    to = lineEnd(text, to);
    to += breakAt(text, to);
  } else if (blankAbove && (/^\s*[})\]]/u.test(below) || to >= text.length)) {
    from = lineStart(text, Math.max(0, lineStart(text, from) - 1));
  }
  return { file: path, start: from, end: to, newText: '' };
}

/** `/** … *\/` or `// …` lines right above. */
const docComment = /(?:^|(?<=\n))(?:[ \t]*\/\*\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\r?\n|(?:[ \t]*\/\/[^\n]*\n)+)$/u;

/** Python's own. */
export const hashComment = /(?:^|(?<=\n))(?:[ \t]+#[^\n]*\n)+$/u;

function breakAt(text: string, at: number): number {
  return /^(?:\r\n|\n|\r)/u.exec(text.slice(at))?.[0].length ?? 0;
}
