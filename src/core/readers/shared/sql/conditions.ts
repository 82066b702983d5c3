/** Reads SQL conditions into the columns they compare and how. Tolerant: what it does not know it steps over, and says so. */
import type { Comparison } from '../../../schema/code.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

export interface Predicate {
  /** As written, quotes taken off: `order.status`. */
  readonly column: string;
  readonly comparison: Comparison;
  readonly wrapped: boolean;
  readonly constant: boolean;
  /** Compared with another column: it joins rows rather than choosing them. */
  readonly joins: boolean;
  /** 0 = joined by AND; other numbers: joined by OR with the predicates of other numbers. */
  group: number;
}

export interface Condition {
  readonly predicates: readonly Predicate[];
  /** Every part of the condition was understood. */
  readonly complete: boolean;
}

export interface ConditionOptions {
  /** Source text of a bound value, to tell `LIKE '%x'` from `LIKE 'x%'`. */
  readonly patternOf?: (parameter: string) => string | null;
  /** First number to use for OR groups. */
  readonly firstGroup?: number;
}

interface Operand {
  readonly column: string | null;
  readonly wrapped: boolean;
  readonly constant: boolean;
  /** Text of a literal or name of a parameter. */
  readonly value: string | null;
}

const symbols = new Set(['=', '<', '>', '<=', '>=', '<>', '!=', '~', '~*', '!~', '!~*', '@>', '<@', '&&']);
const words = new Set(['IN', 'LIKE', 'ILIKE', 'BETWEEN', 'IS', 'NOT', 'REGEXP', 'RLIKE', 'SIMILAR', 'GLOB', 'MATCH']);
const enders = new Set([
  'AND',
  'OR',
  ')',
  ',',
  ';',
  'ORDER',
  'GROUP',
  'LIMIT',
  'RETURNING',
  'THEN',
  'END',
  'WHEN',
  'HAVING',
]);

/** A column whose name is put in by the host language. */
const unnamed = /(?:^|\.)\u27e6\d+\u27e7$/;

export function readCondition(sql: string, options: ConditionOptions = {}): Condition {
  return readConditionTokens(tokenize(sql), options);
}

export function readConditionTokens(tokens: readonly Token[], options: ConditionOptions = {}): Condition {
  let at = 0;
  let complete = true;
  let group = options.firstGroup ?? 1;

  const key = (offset = 0): string => tokens[at + offset]?.key ?? '';

  function disjunction(depth: number): Predicate[] {
    const terms = [conjunction(depth)];
    while (key() === 'OR') {
      at++;
      terms.push(conjunction(depth));
    }
    if (terms.length > 1)
      for (const term of terms) {
        const own = group++;
        for (const predicate of term) if (predicate.group === 0) predicate.group = own;
      }
    return terms.flat();
  }

  function conjunction(depth: number): Predicate[] {
    const found: Predicate[] = [];
    while (at < tokens.length && key() !== 'OR' && key() !== ')') {
      const before = at;
      if (key() === 'AND') at++;
      else found.push(...factor(depth));
      if (at === before) {
        complete = false;
        at++;
      }
    }
    return found;
  }

  function factor(depth: number): Predicate[] {
    let negated = false;
    while (key() === 'NOT') {
      negated = !negated;
      at++;
    }
    if (key() === 'EXISTS') {
      at++;
      skipBrackets();
      return [];
    }
    if (key() === '(' && key(1) !== 'SELECT' && depth < 40) {
      const start = at;
      at++;
      const inner = disjunction(depth + 1);
      if (key() === ')') at++;
      if (!startsComparison())
        return negated ? inner.map((predicate) => ({ ...predicate, comparison: 'other' })) : inner;
      at = start;
    }
    return comparison(negated);
  }

  function comparison(negated: boolean): Predicate[] {
    const left = operand();
    if (!startsComparison()) {
      // A bare boolean column, or something of its own (a hole, a function that yields a boolean).
      if (left.column !== null && !left.wrapped && !unnamed.test(left.column) && (ends() || at >= tokens.length))
        return [
          {
            column: left.column,
            comparison: negated ? 'ne' : 'eq',
            wrapped: false,
            constant: true,
            group: 0,
            joins: false,
          },
        ];
      if (!left.constant) complete = false;
      return [];
    }
    let inverse = negated;
    if (key() === 'NOT') {
      inverse = !inverse;
      at++;
    }
    const operator = key();
    at++;
    if (operator === 'IS') {
      const not = key() === 'NOT';
      if (not) at++;
      const what = key();
      at++;
      const kind: Comparison =
        what === 'NULL' ? (not !== inverse ? 'other' : 'is-null') : not !== inverse ? 'ne' : 'eq';
      return made(left, kind, true);
    }
    if (operator === 'SIMILAR' && key() === 'TO') at++;
    if (operator === 'BETWEEN') {
      const from = operand();
      if (key() === 'AND') at++;
      const to = operand();
      return made(left, inverse ? 'other' : 'range', from.constant && to.constant);
    }
    if (operator === 'IN') {
      const list = at;
      if (key() === '(') skipBrackets();
      else operand();
      const constant = tokens
        .slice(list, at)
        .every(({ kind, key: symbol }) => kind === 'string' || kind === 'number' || /[(),]/.test(symbol));
      return made(left, inverse ? 'other' : 'in', constant);
    }
    const right = operand();
    if (left.column === null && right.column !== null)
      return made(right, compared(operator, left, inverse), left.constant);
    return made(left, compared(operator, right, inverse), right.constant).map((predicate) => ({
      ...predicate,
      joins: right.column !== null && !right.wrapped,
    }));
  }

  function compared(operator: string, right: Operand, inverse: boolean): Comparison {
    if (operator === '=') return inverse ? 'ne' : 'eq';
    if (operator === '<>' || operator === '!=') return inverse ? 'eq' : 'ne';
    if (/^[<>]=?$/.test(operator)) return 'range';
    if ((operator === 'LIKE' || operator === 'ILIKE') && !inverse) return likePattern(patternText(right));
    return 'other';
  }

  function patternText(right: Operand): string | null {
    if (right.value === null) return null;
    return /^[:$@]/.test(right.value)
      ? (options.patternOf?.(right.value.replace(/^[:@](?:\.\.\.)?/, '')) ?? null)
      : right.value;
  }

  function made(operand: Operand, comparison: Comparison, constant: boolean): Predicate[] {
    if (operand.column === null || unnamed.test(operand.column)) {
      if (operand.column !== null || !operand.constant) complete = false;
      return [];
    }
    return [{ column: operand.column, comparison, wrapped: operand.wrapped, constant, group: 0, joins: false }];
  }

  function startsComparison(): boolean {
    const next = tokens[at];
    return next !== undefined && (symbols.has(next.key) || (next.kind === 'word' && words.has(next.key)));
  }

  /** A keyword that ends an operand; `order.status` starts with the alias `order`, not with a keyword. */
  function ends(): boolean {
    return enders.has(key()) && key(1) !== '.';
  }

  /** Reads up to the comparison, the end of the factor or the closing bracket. */
  function operand(): Operand {
    let column: string | null = null;
    let wrapped = false;
    let constant = true;
    let value: string | null = null;
    let parts = 0;
    while (at < tokens.length) {
      const token = tokens[at];
      if (!token || startsComparison() || ends()) break;
      parts++;
      if (token.key === '(') {
        const plain = parts === 1 && holdsColumns();
        const inner = insideBrackets();
        column ??= inner.column;
        wrapped ||= !plain;
        constant &&= inner.constant;
      } else if (token.kind === 'string' || token.kind === 'number') {
        value ??= token.text;
        if (token.text.includes('\u27e6')) constant = false;
        at++;
      } else if (token.kind === 'parameter') {
        value ??= token.text;
        constant = false;
        at++;
      } else if (token.key === 'CASE') {
        // A CASE compares inside itself: nothing an index could serve.
        while (at < tokens.length && key() !== 'END') at++;
        at++;
        wrapped = true;
        constant = false;
      } else if (token.kind === 'symbol') {
        if (token.text !== '.') wrapped ||= column !== null;
        at++;
      } else if (token.kind === 'word' && key(1) === '(') at++;
      else if (
        token.kind === 'word' &&
        /^(?:NULL|TRUE|FALSE|CURRENT_\w+|INTERVAL|DISTINCT|ALL|ANY|SOME|ESCAPE|COLLATE)$/.test(token.key)
      )
        at++;
      else {
        const name = columnName();
        column ??= name;
        constant = false;
      }
    }
    return {
      column,
      wrapped: wrapped || (column !== null && parts > 1),
      constant,
      value: column === null || parts === 1 ? value : null,
    };
  }

  /** `(day, id) > (?, ?)`: rows are compared column by column, and an index serves the first. */
  function holdsColumns(): boolean {
    for (let next = at + 1; next < tokens.length; next++) {
      const token = tokens[next];
      if (token?.key === ')') return next > at + 1;
      if (token?.kind !== 'word' && token?.kind !== 'name' && token?.text !== '.' && token?.text !== ',') return false;
    }
    return false;
  }

  function columnName(): string {
    let name = tokens[at]?.text ?? '';
    at++;
    while (key() === '.' && tokens[at + 1] && tokens[at + 1]?.kind !== 'symbol') {
      name += `.${tokens[at + 1]?.text ?? ''}`;
      at += 2;
    }
    return name;
  }

  function insideBrackets(): { column: string | null; constant: boolean } {
    const from = at;
    skipBrackets();
    const inside = tokens.slice(from + 1, at - 1);
    if (inside[0]?.key === 'SELECT') return { column: null, constant: false };
    const first = inside.findIndex(
      ({ kind, key: word }, index) =>
        (kind === 'word' || kind === 'name' || kind === 'hole') &&
        inside[index + 1]?.key !== '(' &&
        !/^(?:DISTINCT|NULL|TRUE|FALSE|AS)$/.test(word),
    );
    if (first === -1) return { column: null, constant: !inside.some(({ kind }) => kind === 'parameter') };
    let name = inside[first]?.text ?? '';
    for (let next = first + 1; inside[next]?.key === '.' && inside[next + 1]; next += 2)
      name += `.${inside[next + 1]?.text ?? ''}`;
    return { column: name, constant: false };
  }

  function skipBrackets(): void {
    let depth = 0;
    while (at < tokens.length) {
      if (key() === '(') depth++;
      else if (key() === ')' && --depth <= 0) {
        at++;
        return;
      }
      at++;
    }
  }

  const predicates = disjunction(0);
  if (at < tokens.length) complete = false;
  return { predicates, complete };
}

/** How a LIKE pattern can use an index; the text may be source (`%${term}%`) as long as its ends show. */
export function likePattern(text: string | null): Comparison {
  if (text === null) return 'other';
  const pattern = text.trim().replace(/^['"`]|['"`]$/g, '');
  if (/^[%_]/.test(pattern)) return 'contains';
  return /^[^%_]+%$/.test(pattern) || /^\$\{[^}]*\}%$/.test(pattern)
    ? 'prefix'
    : pattern.includes('%')
      ? 'contains'
      : 'other';
}
