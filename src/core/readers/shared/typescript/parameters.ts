import { closing, namesIn, splitTopLevel } from './scan.ts';

export interface Parameter {
  /** The name; of a destructured parameter its names joined by `,`. */
  readonly name: string;
  readonly type: string | null;
  /** `private`, `public`, `protected` or `readonly` makes it a field of the class. */
  readonly field: boolean;
  /** Decorators as written, without `@`. */
  readonly decorators: readonly string[];
}

/** Parameters of a parameter list, given without its brackets. */
export function readParameters(list: string): Parameter[] {
  if (list.trim() === '') return [];
  return splitTopLevel(list)
    .map(readParameter)
    .filter(({ name }) => name !== '');
}

function readParameter(source: string): Parameter {
  let rest = skipComments(source);
  const decorators: string[] = [];
  while (rest.startsWith('@')) {
    const name = /^@[\w$.]+/.exec(rest)?.[0] ?? '@';
    let end = name.length;
    if (rest[end] === '(') end = Math.min(rest.length, closing(rest, end, rest.length) + 1);
    decorators.push(rest.slice(1, end));
    rest = skipComments(rest.slice(end));
  }
  const modifiers = /^(?:(?:public|private|protected|readonly|override)\s+)+/.exec(rest)?.[0] ?? '';
  rest = rest.slice(modifiers.length).replace(/^\.\.\.\s*/, '');
  const head = splitTopLevel(rest, '=')[0] ?? rest;
  const pattern = /^[{[]/.test(head)
    ? head.slice(0, closing(head, 0, head.length) + 1)
    : (/^[\w$]+/.exec(head)?.[0] ?? '');
  const type = /^\s*\??\s*:\s*([\s\S]+)$/.exec(head.slice(pattern.length))?.[1]?.trim() ?? null;
  return { name: namesIn(pattern).join(','), type, field: modifiers !== '', decorators };
}

function skipComments(text: string): string {
  return text.replace(/^(?:\s+|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
}
