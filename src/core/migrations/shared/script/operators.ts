/** Operators on what is known. */
import { maxText } from './builtins.ts';
import { hole, isList, isText, isUnknown, truth, unknown } from './values.ts';
import type { Value } from './values.ts';

export function binary(operator: string, left: Value, right: Value): Value {
  if (isUnknown(left) || isUnknown(right)) return unknown;
  switch (operator) {
    case '+':
      if (typeof left === 'number' && typeof right === 'number') return left + right;
      return isText(left) && isText(right) ? `${left}${right}` : unknown;
    case '===':
    case '==':
      return same(left, right, operator === '==');
    case '!==':
    case '!=': {
      const equal = same(left, right, operator === '!=');
      return typeof equal === 'boolean' ? !equal : unknown;
    }
    default:
      return typeof left === 'number' && typeof right === 'number' ? arithmetic(operator, left, right) : unknown;
  }
}

function same(left: Value, right: Value, isLoose: boolean): Value {
  if (isLoose && (left === null || left === undefined)) return right === null || right === undefined;
  return left === right;
}

function arithmetic(operator: string, left: number, right: number): Value {
  switch (operator) {
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return unknown;
  }
}

export function unary(operator: string, value: Value): Value {
  if (isUnknown(value)) return unknown;
  switch (operator) {
    case '!': {
      const holds = truth(value);
      return holds === null ? unknown : !holds;
    }
    case '-':
      return typeof value === 'number' ? -value : unknown;
    case '+':
      return isText(value) ? Number(value) : unknown;
    case 'void':
      return undefined;
    case 'typeof':
      return typeof value === 'object'
        ? value === null
          ? 'object'
          : isList(value)
            ? 'object'
            : unknown
        : typeof value;
    default:
      return unknown;
  }
}

/** Of a template that holds something unknown, how it starts is known, and what stands around. */
export function templateText(parts: readonly Value[]): Value {
  let sketch = '';
  for (const part of parts)
    sketch += isText(part) || typeof part === 'boolean' ? String(part) : isUnknown(part) ? (part.sketch ?? hole) : hole;
  const at = sketch.indexOf(hole);
  return at === -1 ? sketch : { is: 'unknown', head: sketch.slice(0, at), sketch };
}

/** What two texts, of which one is meant, begin with. */
export function either(one: Value, other: Value): Value {
  const [a, b] = [headOf(one), headOf(other)];
  let end = 0;
  while (end < Math.min(a.length, b.length) && a[end] === b[end]) end++;
  return end === 0 ? unknown : { is: 'unknown', head: a.slice(0, end) };
}

function headOf(value: Value): string {
  return typeof value === 'string' ? value : isUnknown(value) ? (value.head ?? '') : '';
}

const maxItems = 20_000;

/** Beyond what people write nothing is kept, so that no input can fill the memory. */
export function bounded(value: Value): Value {
  if (typeof value === 'string') return value.length > maxText ? unknown : value;
  return isList(value) && value.items.length > maxItems ? unknown : value;
}
