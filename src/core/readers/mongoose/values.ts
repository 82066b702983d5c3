/** Evaluated expressions → what Mongoose would see in them. */
import { isCall, isClass, isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { Result } from '../shared/typescript/results.ts';
import type { Options } from './model.ts';

export const noOptions: Options = new Map();

export function optionsOf(value: Result): Options {
  return isObject(value) ? value.entries : noOptions;
}

export function textOf(value: Result): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Dotted path of what lies outside the workspace: `Schema.Types.ObjectId`. */
export function foreignPath(value: Result): string | null {
  if (typeof value !== 'object' || value === null || isList(value)) return null;
  const path =
    value.is === 'unknown'
      ? value.text
      : value.is === 'external' || value.is === 'call' || value.is === 'builtin'
        ? value.name
        : null;
  return path !== null && /^[\w$]+(?:\.[\w$]+)*$/.test(path) ? path : null;
}

export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Name of the model that `ref` means: text, a model, a class, `User.name`, `() => User`. */
export function refName(value: Result, evaluator: Evaluator, depth = 0): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (isClass(value)) return value.name;
  if (isFunction(value) && depth < 3) return refName(evaluator.call(value, []), evaluator, depth + 1);
  if (isCall(value)) {
    // A constant that holds `model('User', …)`.
    const [first] = value.arguments;
    return typeof first === 'string' && /(?:^|\.)model$/.test(value.name) ? first : null;
  }
  const path = foreignPath(value);
  return path === null ? null : lastName(path.replace(/\.(?:name|modelName)$/, ''));
}

/** `true`, `[true, 'message']`, `{ value: true }`. */
export function isStated(value: Result): boolean {
  if (isList(value)) return value[0] === true;
  if (isObject(value)) return value.entries.get('value') === true;
  return value === true || (typeof value === 'string' && value !== '');
}

/** A constant as text; null where it is none. */
export function constantText(value: Result): string | null {
  switch (typeof value) {
    case 'string':
      return `'${value.replaceAll("'", "''")}'`;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return null;
  }
}
