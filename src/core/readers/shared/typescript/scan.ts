/** Small scanners over source text, for heads of declarations where walking tree-sitter nodes would cost more than it gives. */

/** Offset after the string, template or comment that starts at `at`; `at` itself where none starts there. */
export function skipQuoted(text: string, at: number, end: number): number {
  const char = text[at];
  if (char === "'" || char === '"' || char === '`') {
    for (let next = at + 1; next < end; next++) {
      if (text[next] === '\\') next++;
      else if (text[next] === char) return next + 1;
    }
    return end;
  }
  if (char === '/' && text[at + 1] === '/') {
    const line = text.indexOf('\n', at);
    return line === -1 || line > end ? end : line;
  }
  if (char === '/' && text[at + 1] === '*') {
    const close = text.indexOf('*/', at + 2);
    return close === -1 || close + 2 > end ? end : close + 2;
  }
  return at;
}

/** Offset of the bracket that closes the one at `open`; `end` where it is not closed. */
export function closing(text: string, open: number, end: number): number {
  let depth = 0;
  for (let at = open; at < end; at++) {
    const char = text.charCodeAt(at);
    if (char === 40 || char === 91 || char === 123) depth++;
    else if (char === 41 || char === 93 || char === 125) {
      if (--depth === 0) return at;
    } else if (char === 39 || char === 34 || char === 96 || char === 47)
      at = Math.max(at, skipQuoted(text, at, end) - 1);
  }
  return end;
}

const structured = /[([{<'"`/]/;

/** Splits at `separator` outside brackets and quotes; angle brackets count as brackets, `=>` does not close one. */
export function splitTopLevel(text: string, separator = ','): string[] {
  const code = separator.charCodeAt(0);
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  if (!text.includes(separator)) return text.trim() === '' ? [] : [text];
  if (!structured.test(text))
    return text.split(separator).filter((part, at, all) => at < all.length - 1 || part.trim() !== '');
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === code && depth <= 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    } else if (char === 40 || char === 91 || char === 123 || char === 60) depth++;
    else if (char === 41 || char === 93 || char === 125) depth--;
    else if (char === 62) depth -= text.charCodeAt(at - 1) === 61 ? 0 : 1;
    else if (char === 39 || char === 34 || char === 96 || char === 47)
      at = Math.max(at, skipQuoted(text, at, text.length) - 1);
  }
  if (from === 0) return text.trim() === '' ? [] : [text];
  const rest = text.slice(from);
  if (rest.trim() !== '') parts.push(rest);
  return parts;
}

/** Offset of the last character before `at` that is no white space; -1 where there is none. */
export function lastBefore(text: string, at: number): number {
  let before = at - 1;
  while (before >= 0 && isSpace(text.charCodeAt(before))) before--;
  return before;
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** The identifier that ends at `last` (inclusive), or ''. */
export function wordEndingAt(text: string, last: number): string {
  let from = last;
  while (from >= 0 && isWord(text.charCodeAt(from))) from--;
  return text.slice(from + 1, last + 1);
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36
  );
}

export interface Assignment {
  readonly awaited: boolean;
  /** Variable or field the value goes to; the first name of a destructured pair. */
  readonly target: string | null;
  /** Everything named on the left side. */
  readonly names: readonly string[];
  /** It follows `return` or the arrow of a function. */
  readonly returned: boolean;
}

const none: Assignment = { awaited: false, target: null, names: [], returned: false };
const declared = /(?:^|[\s;{}(,])(?:const|let|var)\s+([\w$]+|\[[^\]=]*\]|\{[^}=]*\})\s*(?::[^=;]*)?$/;
const assigned = /(?:^|[\s;{}(,])((?:this\.)?[\w$.]+)\s*(?::[^=;(){}]*)?$/;

/** What becomes of the value of the expression that starts at `start`: judged by the text before it. */
export function assignmentBefore(text: string, start: number): Assignment {
  let last = lastBefore(text, start);
  let awaited = false;
  let open = 0;
  for (;;) {
    if (text[last] === '(' && open < 2 && !isWord(text.charCodeAt(lastBefore(text, last)))) {
      last = lastBefore(text, last);
      open++;
    } else if (text[last] === 't' && wordEndingAt(text, last) === 'await') {
      awaited = true;
      last = lastBefore(text, last - 4);
    } else break;
  }
  const char = text[last];
  if (char === '>' && text[last - 1] === '=') return { ...none, awaited, returned: true };
  if (char === 'n' && wordEndingAt(text, last) === 'return') return { ...none, awaited, returned: true };
  if (char !== '=' || /[=!<>+\-*/|&?^%]/.test(text[last - 1] ?? '')) return awaited ? { ...none, awaited } : none;
  // Most declarations stand on one line; only a pattern may start further above.
  const line = text.slice(Math.max(text.lastIndexOf('\n', last) + 1, last - 240), last).trimEnd();
  const before = /^\s*[}\]]/.test(line) ? text.slice(Math.max(0, last - 240), last).trimEnd() : line;
  const left = declared.exec(before)?.[1] ?? assigned.exec(before)?.[1];
  if (left === undefined) return { ...none, awaited };
  const names = namesIn(left);
  return { awaited, target: names[0] ?? null, names, returned: false };
}

/** Names bound by a pattern: `a`, `[a, b]`, `{ a, b: c, ...d }`. */
export function namesIn(pattern: string): string[] {
  const trimmed = pattern.trim();
  if (!trimmed.startsWith('[') && !trimmed.startsWith('{')) return trimmed === '' ? [] : [trimmed];
  const close = trimmed.startsWith('[') ? ']' : '}';
  const inner = trimmed.slice(1, trimmed.endsWith(close) ? -1 : undefined);
  return splitTopLevel(inner).flatMap((part) => {
    const value = (splitTopLevel(part, '=')[0] ?? '').trim().replace(/^\.\.\./, '');
    const colon = close === '}' ? splitTopLevel(value, ':') : [value];
    return namesIn(colon[1] ?? colon[0] ?? '');
  });
}
