import { readParameters } from './parameters.ts';
import type { Parameter } from './parameters.ts';
import { closing, lastBefore } from './scan.ts';

export interface FunctionHead {
  readonly name: string | null;
  readonly async: boolean;
  /** `private` or `protected`, or a `#name`. */
  readonly hidden: boolean;
  readonly parameters: readonly Parameter[];
  readonly returnType: string | null;
  /** The identifier that an arrow function without a block returns. */
  readonly returns: string | null;
}

const declaration = /(async\s+)?function\s*\*?\s*([\w$]+)?\s*/y;
const method =
  /((?:(?:public|private|protected|static|override|async|readonly|abstract|get|set)\s+(?=[\w$#*['"]))*)\*?\s*([\w$#]+|'[^'\n]*'|"[^"\n]*"|\[[^\]\n]*\])\s*\??\s*/y;
const arrow = /(async\b\s*)?([\w$]+(?=\s*=>))?/y;

/** Name, parameters and return type of a function, read off its source text without visiting its nodes. */
export function functionHead(text: string, type: string, start: number, end: number): FunctionHead {
  const pattern = type === 'method_definition' ? method : type === 'arrow_function' ? arrow : declaration;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  const modifiers = match?.[1] ?? '';
  const isAsync = /\basync\b/.test(modifiers);
  const name = type === 'arrow_function' ? null : (match?.[2]?.replace(/^['"]|['"]$/g, '') ?? null);
  const hidden = /\b(?:private|protected)\b/.test(modifiers) || name?.startsWith('#') === true;
  if (type === 'arrow_function' && match?.[2] !== undefined) {
    const parameters = [{ name: match[2], type: null, field: false, decorators: [] }];
    return {
      name: null,
      async: isAsync,
      hidden,
      parameters,
      returnType: null,
      returns: arrowReturns(text, start, end),
    };
  }
  let open = match ? start + match[0].length : start;
  if (text[open] === '<') open = angleEnd(text, open, end);
  if (text[open] !== '(') open = text.indexOf('(', open);
  if (open === -1 || open >= end)
    return { name, async: isAsync, hidden, parameters: [], returnType: null, returns: null };
  const close = closing(text, open, end);
  const isArrow = type === 'arrow_function';
  return {
    name,
    async: isAsync,
    hidden,
    parameters: close === open + 1 ? [] : readParameters(text.slice(open + 1, close)),
    returnType: returnTypeAfter(text, close + 1, end),
    returns: isArrow ? arrowReturns(text, close, end) : null,
  };
}

function angleEnd(text: string, open: number, end: number): number {
  let depth = 0;
  for (let at = open; at < end; at++) {
    if (text[at] === '<') depth++;
    else if (text[at] === '>' && text[at - 1] !== '=' && --depth === 0) {
      let next = at + 1;
      while (/\s/.test(text[next] ?? '')) next++;
      return next;
    }
  }
  return open;
}

const typeAfter = /\s*:\s*([\w$.]+(?:<[^;{}()]*>)?(?:\[\])*(?:\s*\|\s*(?:null|undefined))?)\s*(?:=>|\{)/y;

function returnTypeAfter(text: string, at: number, end: number): string | null {
  if (text[at] !== ':' && text[at] !== ' ') return null;
  typeAfter.lastIndex = at;
  const type = typeAfter.exec(text)?.[1];
  return type !== undefined && typeAfter.lastIndex <= end ? type : null;
}

function arrowReturns(text: string, from: number, end: number): string | null {
  const close = text[end - 1];
  if (close === '}' || end - from > 160) return null;
  const returned = /=>\s*\(?\s*(?:await\s+)?([A-Za-z_$][\w$]*)\s*\)?$/.exec(text.slice(from, end))?.[1] ?? null;
  return returned !== null && /^(?:null|undefined|true|false|this)$/.test(returned) ? null : returned;
}

/** Name of the variable, field or property that a function expression is assigned to. */
export function arrowName(text: string, start: number): string | null {
  const last = lastBefore(text, start);
  const char = text[last];
  if (char !== '=' && char !== ':') return null;
  const before = text.slice(Math.max(0, last - 160), last);
  if (char === ':') return /([\w$]+)['"]?\s*$/.exec(before)?.[1] ?? null;
  return (
    /(?:const|let|var)\s+([\w$]+)\s*(?::[^=;]*)?$/.exec(before)?.[1] ??
    /(?:^|[\s;{}.])([\w$#]+)\s*[!?]?\s*(?::[^=;{}]*)?$/.exec(before)?.[1] ??
    null
  );
}
