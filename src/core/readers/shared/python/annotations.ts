/**
 * The small part of Python that stands in strings: forward references (`Mapped["list[Order]"]`) and the expressions that SQLAlchemy
 * evaluates (`"Order.customer_id == Customer.id"`, `"[Order.customer_id]"`).
 */
import type { PyExpression } from './declarations.ts';
import { unescape } from './strings.ts';

const token =
  /\s*(?:([\p{L}_][\p{L}\p{N}_]*)|(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(==|!=|<=|>=|->|[[\](){}.,|&=<>+*/~-]))/uy;

/** Longer ones are prose that happens to stand where a type could. */
const longest = 1000;
const deepest = 40;

/** Null where the text is no expression of that part. */
export function parseAnnotation(text: string): PyExpression | null {
  if (text.length > longest) return null;
  const tokens: string[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const match = token.exec(text);
    if (!match) return null;
    tokens.push(match[0].trim());
  }
  let at = 0;
  let depth = 0;
  const accept = (text: string): boolean => tokens[at] === text && ++at > 0;

  function list(closing: string): PyExpression[] | null {
    const items: PyExpression[] = [];
    while (!accept(closing)) {
      const item = expression();
      if (!item) return null;
      items.push(item);
      if (!accept(',') && tokens[at] !== closing) return null;
    }
    return items;
  }

  function argumentsOf(): Extract<PyExpression, { kind: 'call' }>['arguments'] | null {
    const found: { name: string | null; value: PyExpression; at: readonly [number, number, number, number] }[] = [];
    while (!accept(')')) {
      const named = /^[\p{L}_]/u.test(tokens[at] ?? '') && tokens[at + 1] === '=';
      const name = named ? (tokens[at] ?? null) : null;
      if (named) at += 2;
      const value = expression();
      if (!value) return null;
      found.push({ name, value, at: [0, 0, 0, 0] });
      if (!accept(',') && tokens[at] !== ')') return null;
    }
    return found;
  }

  function atom(): PyExpression | null {
    const first = tokens[at++];
    if (first === undefined) return null;
    if (/^[\p{L}_]/u.test(first)) {
      if (first === 'None') return { kind: 'constant', value: null };
      if (first === 'True' || first === 'False') return { kind: 'constant', value: first === 'True' };
      return { kind: 'name', name: first };
    }
    if (/^\d/.test(first)) return { kind: 'number', value: Number(first) };
    if (/^["']/.test(first)) {
      const inner = unescape(first.slice(1, -1));
      return { kind: 'string', value: inner };
    }
    if (first === '[') {
      const items = list(']');
      return items && { kind: 'list', items };
    }
    if (first !== '(') return null;
    const items = list(')');
    if (!items) return null;
    const [only] = items;
    return items.length === 1 && only && tokens[at - 2] !== ',' ? only : { kind: 'tuple', items };
  }

  function postfix(): PyExpression | null {
    let value = atom();
    while (value) {
      if (accept('.')) {
        const name = tokens[at++] ?? '';
        if (!/^[\p{L}_]/u.test(name)) return null;
        value = { kind: 'attribute', object: value, name };
      } else if (accept('[')) {
        const index = list(']');
        if (!index) return null;
        value = { kind: 'subscript', object: value, index };
      } else if (accept('(')) {
        const found = argumentsOf();
        if (!found) return null;
        value = { kind: 'call', callee: value, arguments: found, at: [0, 0, 0, 0] };
      } else break;
    }
    return value;
  }

  const operators = [['and', 'or'], ['==', '!=', '<', '>', '<=', '>='], ['|'], ['&'], ['+', '-'], ['*', '/']];
  function binary(level: number): PyExpression | null {
    const known = operators[level];
    if (!known) return postfix();
    let left = binary(level + 1);
    while (left && known.includes(tokens[at] ?? '')) {
      const operator = tokens[at++] ?? '';
      const right = binary(level + 1);
      if (!right) return null;
      left = { kind: 'binary', operator, left, right };
    }
    return left;
  }

  function expression(): PyExpression | null {
    if (++depth > deepest) return null;
    const value = binary(0);
    depth--;
    return value;
  }

  const value = tokens.length === 0 ? null : expression();
  return at === tokens.length ? value : null;
}
