/** The plain part of the expressions that migrations hold, as JavaScript values; no code of the project is run. */
import type { Value } from '../../readers/shared/typescript/declarations.ts';

/** Something that cannot be told without running the code. */
export const unknown: PlainRecord = Object.freeze({});

export type Plain = string | number | boolean | null | undefined | readonly Plain[] | PlainRecord;

export interface PlainRecord {
  readonly [key: string]: Plain;
}

/** Names in scope. */
export type Names = ReadonlyMap<string, Plain>;

const maxDepth = 40;

export function evaluate(value: Value, names: Names, depth = 0): Plain {
  if (depth > maxDepth) return unknown;
  const inner = (part: Value): Plain => evaluate(part, names, depth + 1);
  switch (value.is) {
    case 'literal':
      return value.value;
    case 'name':
      return byName(value.name, names);
    case 'array':
      return value.items.flatMap((item) => {
        const each = inner(item);
        return item.is === 'spread' && Array.isArray(each) ? (each as readonly Plain[]) : [each];
      });
    case 'object': {
      const entries: [string, Plain][] = [];
      for (const entry of value.entries) {
        const each = inner(entry.value);
        if (entry.key === null) {
          if (isRecord(each)) entries.push(...Object.entries(each));
          continue;
        }
        const key = typeof entry.key === 'string' ? entry.key : inner(entry.key);
        if (typeof key === 'string') entries.push([key, each]);
      }
      return Object.fromEntries(entries);
    }
    case 'template': {
      const parts = value.parts.map(inner);
      return parts.every((part) => typeof part === 'string' || typeof part === 'number') ? parts.join('') : unknown;
    }
    case 'binary': {
      const [left, right] = [inner(value.left), inner(value.right)];
      if (value.operator !== '+') return unknown;
      if (typeof left === 'number' && typeof right === 'number') return left + right;
      return isText(left) && isText(right) ? `${left}${right}` : unknown;
    }
    case 'unary': {
      const operand = inner(value.value);
      if (value.operator === '-' && typeof operand === 'number') return -operand;
      return value.operator === '!' && typeof operand === 'boolean' ? !operand : unknown;
    }
    case 'index': {
      const [object, key] = [inner(value.object), inner(value.key)];
      return isText(key) ? member(object, String(key)) : unknown;
    }
    case 'conditional': {
      const condition = inner(value.condition);
      return condition === unknown ? unknown : inner(condition ? value.then : value.otherwise);
    }
    case 'call':
      return evaluateCall(value, inner);
    case 'spread':
      return inner(value.value);
    default:
      return unknown;
  }
}

function evaluateCall(value: Value & { is: 'call' }, inner: (part: Value) => Plain): Plain {
  const [first] = value.arguments;
  if (value.construct && value.callee.is === 'name' && first) {
    // `new Table({ … })`: the class is told by the call it is handed to.
    const options = inner(first);
    return isRecord(options) ? options : unknown;
  }
  const { callee } = value;
  // `['a', 'b'].join(', ')`, `text.trim()`
  if (callee.is !== 'index' || callee.key.is !== 'literal') return unknown;
  const target = inner(callee.object);
  if (callee.key.value === 'trim' && typeof target === 'string') return target.trim();
  const separator = first ? inner(first) : ',';
  if (callee.key.value === 'join' && Array.isArray(target) && typeof separator === 'string') {
    const items = target as readonly Plain[];
    return items.every(isText) ? items.join(separator) : unknown;
  }
  return unknown;
}

function byName(name: string, names: Names): Plain {
  if (name === 'undefined') return undefined;
  const parts = name.split('.');
  for (let count = parts.length; count > 0; count--) {
    const head = parts.slice(0, count).join('.');
    if (!names.has(head)) continue;
    return parts.slice(count).reduce<Plain>((object, key) => member(object, key), names.get(head));
  }
  return unknown;
}

function member(object: Plain, key: string): Plain {
  if (Array.isArray(object)) return key === 'length' ? object.length : (object as readonly Plain[])[Number(key)];
  return isRecord(object) ? object[key] : unknown;
}

function isText(value: Plain): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

export function isRecord(value: Plain): value is PlainRecord {
  return typeof value === 'object' && value !== null && value !== unknown && !Array.isArray(value);
}
