/** Evaluated expressions → what Sequelize would see in them. */
import { isCall, isFunction, isList, isObject, isUnknown } from '../shared/typescript/results.ts';
import type { ObjectResult, Result } from '../shared/typescript/results.ts';
import type { Options } from './model.ts';

export const noOptions: Options = new Map();

export function optionsOf(value: Result): Options {
  return isObject(value) ? value.entries : noOptions;
}

/** Null where it is absent, empty, or no text that is known. */
export function textOf(value: Result): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Undefined where it is not stated as a constant. */
export function flagOf(value: Result): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** Last name of a dotted path that lies outside the workspace: `NOW` of `DataTypes.NOW`. */
export function foreignName(value: Result): string | null {
  if (typeof value !== 'object' || value === null || isList(value)) return null;
  const path = value.is === 'unknown' ? value.text : value.is === 'external' || value.is === 'call' ? value.name : null;
  return path === null || !/^[\w$.]+$/.test(path) ? null : path.slice(path.lastIndexOf('.') + 1);
}

/** Text of `literal('…')`, call of `fn('name', …)`; null for anything else. */
export function sqlOf(value: Result): string | null {
  if (!isCall(value)) return null;
  const name = foreignName(value);
  const [first, ...rest] = value.arguments;
  if (typeof first !== 'string') return null;
  if (name === 'literal') return first;
  if (name === 'col') return first;
  if (name !== 'fn') return null;
  return `${first}(${rest.map((each) => sqlOf(each) ?? sqlLiteral(each) ?? '…').join(', ')})`;
}

/** A constant as SQL writes it. */
export function sqlLiteral(value: Result): string | null {
  switch (typeof value) {
    case 'string':
      return `'${value.replaceAll("'", "''")}'`;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return value === null ? 'NULL' : null;
  }
}

/** As JSON; undefined where a part of it is not known. */
export function plainOf(value: Result): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) {
    const items = value.map(plainOf);
    return items.includes(undefined) ? undefined : items;
  }
  if (!isObject(value) || value.missing !== null) return undefined;
  const entries = [...value.entries].map(([key, each]): [string, unknown] => [key, plainOf(each)]);
  return entries.some(([, each]) => each === undefined) ? undefined : Object.fromEntries(entries);
}

/** Source of a function, at most `maxText` characters. */
export function sourceOf(value: Result): string | null {
  return isFunction(value) ? value.value.text : isUnknown(value) ? value.text : null;
}

export function objectOf(value: Result): ObjectResult | null {
  return isObject(value) ? value : null;
}
