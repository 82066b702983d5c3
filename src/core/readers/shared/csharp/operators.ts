/** Operators over values; the right side is only run where the left one does not decide. */
import { simpleName } from './types.ts';
import { isKind } from './values.ts';
import type { Value } from './values.ts';

export function binary(operator: string, left: () => Value, right: () => Value): Value {
  const a = left();
  if (operator === '&&' && a === false) return false;
  if (operator === '||' && a === true) return true;
  if (operator === '??') return a === null ? right() : a;
  const b = right();
  switch (operator) {
    case '+':
      if (typeof a === 'number' && typeof b === 'number') return a + b;
      return isPlain(a) && isPlain(b) ? String(a) + String(b) : undefined;
    case '-':
      return typeof a === 'number' && typeof b === 'number' ? a - b : undefined;
    case '*':
      return typeof a === 'number' && typeof b === 'number' ? a * b : undefined;
    case '&&':
      return a === undefined || b === undefined ? (b === false ? false : undefined) : a === true && b === true;
    case '||':
      return b === true ? true : a === undefined || b === undefined ? undefined : false;
    case '==':
      return equal(a, b);
    case '!=': {
      const same = equal(a, b);
      return same === undefined ? undefined : !same;
    }
    case '>':
      return typeof a === 'number' && typeof b === 'number' ? a > b : undefined;
    case '<':
      return typeof a === 'number' && typeof b === 'number' ? a < b : undefined;
    default:
      return undefined;
  }
}

function isPlain(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function equal(a: Value, b: Value): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (isKind(a, 'type') && isKind(b, 'type'))
    return simpleName(a.type) === simpleName(b.type) && a.type.nullable === b.type.nullable;
  if (isKind(a, 'named') && isKind(b, 'named')) return a.name === b.name;
  if (typeof a === 'object' && a !== null && b !== null && typeof b === 'object') return a === b;
  if (a === null || b === null) return a === b;
  return a === b;
}
