/** Finds the comments that switch rules off. Works on plain text, so it serves every host language alike. */
import type { Suppression } from '../../schema/suppression.ts';

/** Comment openers of the languages we read: C family, shell/Python, SQL, block comments, markup. */
const directive = /(?:\/\/|\/\*+|^\s*\*|#|--|<!--)\s*data-engineer-disable(-next-line|-line)?(?![\w-])([^\r\n]*)/gu;

/** Two dashes, a colon or the end of the comment set the reason off from the rule ids. */
const closing = /\s*(?:\*\/|-->).*$/u;

/**
 * Suppressions of a text, in order. `…-disable-next-line` covers the declaration below it: blank lines and comments in between
 * are skipped, and decorators or annotations belong to what they decorate. `…-disable-line` covers its own line,
 * `…-disable` the whole file. Without rule ids, all rules are meant. Ids are separated by commas or spaces; `-- ` starts the reason.
 */
export function scanSuppressions(text: string): readonly Suppression[] {
  if (!text.includes('data-engineer-disable')) return [];
  const lines = text.split(/\r\n|\n|\r/u);
  return lines.flatMap((line, index) =>
    [...line.matchAll(directive)].map((match) => suppression(lines, index, match[1] ?? '', match[2] ?? '')),
  );
}

function suppression(lines: readonly string[], index: number, suffix: string, rest: string): Suppression {
  const [ids = '', ...reasons] = rest.replace(closing, '').split(/\s+--\s+|^--\s+/u);
  const rules = ids.split(/[\s,]+/u).filter((id) => id !== '');
  const reason = reasons.join(' -- ').trim();
  const common = { rules: rules.length === 0 ? ('all' as const) : rules, reason: reason === '' ? null : reason };
  if (suffix === '-line') return { scope: 'line', line: index + 1, endLine: index + 1, ...common };
  if (suffix === '') return { scope: 'file', line: 1, endLine: lines.length, ...common };
  const first = nextCodeLine(lines, index + 1);
  return { scope: 'next-line', line: first + 1, endLine: declarationLine(lines, first) + 1, ...common };
}

function nextCodeLine(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length - 1 && isBlankOrComment(lines[at] ?? '')) at++;
  return Math.min(at, lines.length - 1);
}

function isBlankOrComment(line: string): boolean {
  return /^\s*(?:$|\/\/|\/\*|\*|#(?!\[)|--|<!--)/u.test(line);
}

/** From a line of decorators (`@ManyToOne(…)`, `[Key]`, `#[…]`) to the line where what they decorate is named. */
function declarationLine(lines: readonly string[], first: number): number {
  let at = first;
  while (at < lines.length - 1) {
    const line = lines[at] ?? '';
    if (isBlankOrComment(line)) at++;
    else if (/^\s*(?:@[\w$]|\[\w|#\[)/u.test(line)) {
      const end = closingLine(lines, at);
      if (namesMore(lines[end] ?? '', at === end)) return end;
      at = end + 1;
    } else return at;
  }
  return Math.min(at, lines.length - 1);
}

/** Line on which the brackets opened at `from` are closed again; at most 200 lines on, so that a half-typed file stays cheap. */
function closingLine(lines: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < lines.length && at < from + 200; at++) {
    for (const character of withoutStrings(lines[at] ?? '')) {
      if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character)) depth--;
    }
    if (depth <= 0) return at;
  }
  return from;
}

/** Whether something follows the decorators on their last line: `@Column() name: string;`. */
function namesMore(line: string, startsHere: boolean): boolean {
  let rest = withoutStrings(line).replace(/\/\/.*$|\/\*.*?\*\//gu, '');
  if (!startsHere) rest = rest.replace(/^.*?\)(?=[^)]*$)/u, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/\([^()]*\)/gu, '').replace(/\{[^{}]*\}/gu, '');
  }
  return rest.replace(/@[\w$.]+(?:<[^<>]*>)?|^\s*#?\[[^\]]*\]/gu, '').trim() !== '';
}

function withoutStrings(line: string): string {
  return line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/gu, '""');
}
