/** Methods of texts, lists and objects that migrations use to put together what they do. */
import {
  hostOf,
  isClosure,
  isHost,
  isList,
  isObject,
  isText,
  isUnknown,
  listOf,
  objectOf,
  truth,
  unknown,
} from './values.ts';
import type { Host, Value } from './values.ts';

/** Runs a function of the program, or of a library; `self` is its `this`. */
export type Invoke = (callee: Value, args: readonly Value[], self?: Value) => Value;

/** Characters; longer texts are not put together. */
export const maxText = 300_000;

/** Undefined = there is no such method here: the caller tells what that means. */
export function callMethod(
  target: Value,
  name: string,
  args: readonly Value[],
  invoke: Invoke,
): { readonly value: Value } | undefined {
  if (isList(target)) return listMethod(target.items, name, args, invoke);
  if (typeof target === 'string') return textMethod(target, name, args, invoke);
  if (typeof target === 'number' && name === 'toString') return { value: String(target) };
  return undefined;
}

function listMethod(
  items: Value[],
  name: string,
  args: readonly Value[],
  invoke: Invoke,
): { readonly value: Value } | undefined {
  const [first, second] = args;
  const each = (): Value[] => items.map((item, index) => invoke(first, [item, index, listOf(items)]));
  switch (name) {
    case 'map':
      return { value: listOf(each()) };
    case 'forEach':
      each();
      return { value: undefined };
    case 'flatMap':
      return { value: listOf(each().flatMap((item) => (isList(item) ? item.items : [item]))) };
    case 'filter': {
      const kept = items.filter((item) => truth(isBooleanHost(first) ? item : invoke(first, [item])) === true);
      return { value: listOf(kept) };
    }
    case 'find':
      return { value: items.find((item) => truth(invoke(first, [item])) === true) };
    case 'some':
      return {
        value: decided(
          items.map((item) => truth(invoke(first, [item]))),
          true,
        ),
      };
    case 'every':
      return {
        value: decided(
          items.map((item) => truth(invoke(first, [item]))),
          false,
        ),
      };
    case 'reduce': {
      let sum = args.length > 1 ? second : items[0];
      for (const item of args.length > 1 ? items : items.slice(1)) sum = invoke(first, [sum, item]);
      return { value: sum };
    }
    case 'join': {
      const separator = args.length === 0 ? ',' : first;
      const known = items.every(isText) && typeof separator === 'string';
      return { value: known ? items.join(separator) : unknown };
    }
    case 'includes':
      return { value: items.some(isUnknown) && !items.includes(first) ? unknown : items.includes(first) };
    case 'indexOf':
      return { value: items.indexOf(first) };
    case 'concat':
      return { value: listOf([...items, ...args.flatMap((arg) => (isList(arg) ? arg.items : [arg]))]) };
    case 'flat':
      return { value: listOf(items.flatMap((item) => (isList(item) ? item.items : [item]))) };
    case 'slice':
      return { value: listOf(items.slice(numberOr(first, 0), numberOr(second, items.length))) };
    case 'reverse':
      return { value: listOf(items.reverse()) };
    case 'sort':
      return {
        value:
          args.length === 0 && items.every((item) => typeof item === 'string') ? listOf(items.sort()) : listOf(items),
      };
    case 'push':
      items.push(...args);
      return { value: items.length };
    case 'entries':
      return { value: listOf(items.map((item, index) => listOf([index, item]))) };
    case 'has':
      return { value: items.includes(first) };
    case 'values':
    case 'keys':
      return { value: listOf(name === 'values' ? items : items.map((_, index) => index)) };
    default:
      return undefined;
  }
}

function isBooleanHost(value: Value): boolean {
  return isHost(value) && value.name === 'Boolean';
}

/** `some` and `every` are decided by one item, and by none only where all are known. */
function decided(all: readonly (boolean | null)[], by: boolean): Value {
  if (all.includes(by)) return by;
  return all.includes(null) ? unknown : !by;
}

function numberOr(value: Value, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function textMethod(
  text: string,
  name: string,
  args: readonly Value[],
  invoke: Invoke,
): { readonly value: Value } | undefined {
  const [first, second] = args;
  switch (name) {
    case 'trim':
    case 'trimStart':
    case 'trimEnd':
    case 'toLowerCase':
    case 'toUpperCase':
      return { value: text[name]() };
    case 'toString':
      return { value: text };
    case 'replace':
    case 'replaceAll':
      if (typeof first !== 'string' || !isText(second) || text.length * String(second).length > maxText * 10)
        return { value: unknown };
      return {
        value:
          name === 'replace' ? text.replace(first, () => String(second)) : text.replaceAll(first, () => String(second)),
      };
    case 'split':
      return { value: typeof first === 'string' ? listOf(text.split(first)) : unknown };
    case 'concat':
      return { value: args.every(isText) ? text + args.join('') : unknown };
    case 'includes':
    case 'startsWith':
    case 'endsWith':
      return { value: typeof first === 'string' ? text[name](first) : unknown };
    case 'slice':
    case 'substring':
      return { value: text[name](numberOr(first, 0), numberOr(second, text.length)) };
    case 'charAt':
      return { value: text.charAt(numberOr(first, 0)) };
    case 'padStart':
      return { value: text.padStart(Math.min(numberOr(first, 0), 1000), typeof second === 'string' ? second : ' ') };
    case 'repeat':
      return {
        value: text.length > maxText / 100 ? unknown : text.repeat(Math.max(0, Math.min(numberOr(first, 0), 100))),
      };
    // `'…'.then(…)`: what is awaited may be plain.
    case 'then':
      return { value: invoke(first, [text]) };
    default:
      return undefined;
  }
}

function entriesOf(value: Value): (readonly [string, Value])[] | null {
  if (isObject(value)) return value.open ? null : [...value.entries];
  return isList(value) ? value.items.map((item, index) => [String(index), item]) : null;
}

function method(name: string, run: (args: readonly Value[]) => Value): readonly [string, Value] {
  return [name, hostOf(name, { call: run })];
}

/** Names that are there in every program. */
export function globals(invoke: Invoke): ReadonlyMap<string, Value> {
  const object = objectOf([
    method('keys', ([of]) => lists(of, (entries) => entries.map(([key]) => key))),
    method('values', ([of]) => lists(of, (entries) => entries.map(([, value]) => value))),
    method('entries', ([of]) => lists(of, (entries) => entries.map(([key, value]) => listOf([key, value])))),
    method('freeze', ([of]) => of),
    method('assign', ([target, ...others]) => {
      if (!isObject(target)) return unknown;
      for (const each of others) {
        const entries = entriesOf(each);
        if (!entries) target.open = true;
        for (const [key, value] of entries ?? []) target.entries.set(key, value);
      }
      return target;
    }),
    method('fromEntries', ([of]) => {
      if (!isList(of)) return unknown;
      const pairs = of.items.flatMap((item): (readonly [string, Value])[] =>
        isList(item) && typeof item.items[0] === 'string' ? [[item.items[0], item.items[1]]] : [],
      );
      return objectOf(pairs, pairs.length < of.items.length);
    }),
  ]);
  // Native promises, and the additions of Bluebird.
  const inTurn = ([of, fn]: readonly Value[]): Value =>
    isList(of) ? listOf(of.items.map((item, index) => invoke(fn, [item, index]))) : unknown;
  const settled = ([of]: readonly Value[]): Value => {
    if (isList(of)) for (const item of of.items) if (isClosure(item)) invoke(item, []);
    return of;
  };
  const promise = objectOf([
    method('all', settled),
    method('allSettled', settled),
    method('resolve', ([value]) => value),
    method('each', inTurn),
    method('map', inTurn),
    method('mapSeries', inTurn),
  ]);
  const convert = (name: string, run: (value: Value) => Value): readonly [string, Host] => [
    name,
    hostOf(name, { call: ([value]) => run(value) }),
  ];
  return new Map<string, Value>([
    ['undefined', undefined],
    ['Object', object],
    ['Promise', promise],
    convert('String', (value) => (isText(value) ? String(value) : unknown)),
    convert('Number', (value) => (isText(value) ? Number(value) : unknown)),
    convert('Boolean', (value) => truth(value) ?? unknown),
    convert('Set', (value) => (isList(value) ? listOf([...new Set(value.items)]) : listOf([]))),
    [
      'Array',
      objectOf([
        method('isArray', ([value]) => (isUnknown(value) ? unknown : isList(value))),
        method('from', ([value, fn]) => (isList(value) ? (fn === undefined ? value : inTurn([value, fn])) : unknown)),
      ]),
    ],
    ['JSON', objectOf([method('stringify', ([value]) => jsonOf(value))])],
  ]);
}

function lists(of: Value, read: (entries: readonly (readonly [string, Value])[]) => readonly Value[]): Value {
  const entries = entriesOf(of);
  return entries ? listOf(read(entries)) : unknown;
}

/** As `JSON.stringify` writes it; unknown where a part is. */
export function jsonOf(value: Value): Value {
  const plain = plainOf(value, 0);
  return plain === undefined ? unknown : JSON.stringify(plain);
}

/** The JSON of a value; undefined where a part cannot be told. */
export function plainOf(value: Value, depth = 0): unknown {
  if (depth > 20) return undefined;
  if (value === null || isText(value) || typeof value === 'boolean') return value;
  if (isList(value)) {
    const items = value.items.map((item) => plainOf(item, depth + 1));
    return items.includes(undefined) ? undefined : items;
  }
  if (!isObject(value) || value.open) return undefined;
  const entries = [...value.entries].map(([key, each]) => [key, plainOf(each, depth + 1)] as const);
  return entries.some(([, each]) => each === undefined) ? undefined : Object.fromEntries(entries);
}
