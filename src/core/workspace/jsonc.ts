/**
 * JSON with comments and trailing commas, read tolerantly: a mistake is noted with its place and reading goes on, so that the
 * rest of a half-typed settings file still counts. Offsets are UTF-16 code units of the text.
 */
export type JsoncNode = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null }
  | { readonly kind: 'array'; readonly items: readonly JsoncNode[] }
  | { readonly kind: 'object'; readonly members: readonly JsoncMember[] }
);

export interface JsoncMember {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly value: JsoncNode | null;
}

export interface JsoncError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface JsoncResult {
  /** Null where the text holds no value at all. */
  readonly root: JsoncNode | null;
  readonly errors: readonly JsoncError[];
}

const maxDepth = 64;

export function parseJsonc(text: string): JsoncResult {
  const errors: JsoncError[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  function fail(message: string, start: number, end = start + 1): void {
    errors.push({ message, start, end: Math.min(Math.max(end, start), text.length) });
  }

  function skip(): void {
    for (;;) {
      while (at < text.length && /\s/u.test(text.charAt(at))) at++;
      if (text.startsWith('//', at)) {
        const end = text.indexOf('\n', at);
        at = end === -1 ? text.length : end;
      } else if (text.startsWith('/*', at)) {
        const end = text.indexOf('*/', at + 2);
        if (end === -1) fail('This comment is not closed: add */.', at, text.length);
        at = end === -1 ? text.length : end + 2;
      } else return;
    }
  }

  function string(): string {
    const start = at++;
    while (at < text.length && text[at] !== '"' && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
    at = Math.min(at, text.length);
    const closed = text[at] === '"';
    if (closed) at++;
    else fail('This text is not closed: add a double quote.', start, at);
    try {
      return JSON.parse(text.slice(start, at) + (closed ? '' : '"')) as string;
    } catch {
      if (closed) fail('This text holds an escape that JSON does not know.', start, at);
      return text.slice(start + 1, closed ? at - 1 : at);
    }
  }

  function word(): JsoncNode | null {
    const start = at;
    while (at < text.length && !/[\s,:[\]{}"]/u.test(text.charAt(at)) && !text.startsWith('//', at)) at++;
    const written = text.slice(start, at);
    const value: unknown = { true: true, false: false, null: null }[written];
    if (typeof value === 'boolean' || value === null) return { kind: 'scalar', value, start, end: at };
    if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/u.test(written))
      return { kind: 'scalar', value: Number(written), start, end: at };
    if (written === '') return null;
    fail(`"${written}" is no JSON value: put texts in double quotes.`, start, at);
    return { kind: 'scalar', value: written, start, end: at };
  }

  function value(depth: number): JsoncNode | null {
    skip();
    const start = at;
    if (text[at] === '"') return { kind: 'scalar', value: string(), start, end: at };
    if (text[at] !== '{' && text[at] !== '[') return word();
    if (depth > maxDepth) {
      fail(`Values are nested more than ${maxDepth} levels deep here.`, start);
      at = text.length;
      return null;
    }
    return text[at] === '{' ? object(depth) : array(depth);
  }

  /** Reads the elements between the bracket at `at` and its partner; always advances, so it always ends. */
  function elements(close: '}' | ']', element: () => void): void {
    const start = at++;
    for (;;) {
      skip();
      if (at >= text.length) {
        fail(`This is not closed: add ${close}.`, start);
        return;
      }
      if (text[at] === close) {
        at++;
        return;
      }
      const before = at;
      element();
      skip();
      if (text[at] === ',') at++;
      else if (at < text.length && text[at] !== close) {
        if (at === before) at++;
        fail('A comma is missing before this.', at === before + 1 ? before : at);
      }
    }
  }

  function array(depth: number): JsoncNode {
    const start = at;
    const items: JsoncNode[] = [];
    elements(']', () => {
      const item = value(depth + 1);
      if (item) items.push(item);
    });
    return { kind: 'array', items, start, end: at };
  }

  function object(depth: number): JsoncNode {
    const start = at;
    const members: JsoncMember[] = [];
    elements('}', () => {
      const keyStart = at;
      let key: string;
      if (text[at] === '"') key = string();
      else {
        key = /^[^\s,:[\]{}"]*/u.exec(text.slice(at, at + 200))?.[0] ?? '';
        at += key.length;
        if (key === '') return;
        fail('Put names in double quotes.', keyStart, at);
      }
      const keyEnd = at;
      skip();
      if (text[at] === ':') at++;
      else fail(`A colon is missing after "${key}".`, keyStart, keyEnd);
      skip();
      const member = text[at] === ',' || text[at] === '}' ? null : value(depth + 1);
      if (!member) fail(`"${key}" has no value.`, keyStart, keyEnd);
      members.push({ key, start: keyStart, end: keyEnd, value: member });
    });
    return { kind: 'object', members, start, end: at };
  }

  const root = value(0);
  skip();
  if (at < text.length) fail('Nothing may follow the first value.', at, text.length);
  return { root, errors };
}
