/** What Python's operators and the methods of its strings and collections give, where the operands are known. */
import type { PyDict, PyValue } from './values.ts';
import { entryOf, isClass, isDict, isMember, isPlain, isSequence, sourceText } from './values.ts';

/** Undefined = not known. */
export function truthOf(value: PyValue): boolean | undefined {
  if (value === null) return false;
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'boolean') return value;
  if (isSequence(value)) return value.items.length > 0;
  if (isDict(value)) return value.entries.length > 0 || (value.open ? undefined : false);
  if (isClass(value) || value.is === 'function' || value.is === 'call') return true;
  return undefined;
}

/** Undefined = not computed. */
export function operate(operator: string, left: PyValue, right: PyValue): PyValue | undefined {
  if (typeof left === 'string') {
    if (operator === '+' && typeof right === 'string') return left + right;
    if (operator === '%') return percent(left, right);
    if (operator === '*' && typeof right === 'number') return left.repeat(Math.max(0, Math.min(right, 1000)));
  }
  if (typeof left === 'number' && typeof right === 'number') {
    const computed = arithmetic(operator, left, right);
    if (computed !== undefined) return computed;
  }
  if (isSequence(left) && isSequence(right) && operator === '+')
    return { is: left.is, items: [...left.items, ...right.items] };
  if (isDict(left) && isDict(right) && operator === '|')
    return { is: 'dict', entries: [...left.entries, ...right.entries], open: left.open || right.open };
  return compare(operator, left, right);
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
    case '//':
      return right === 0 ? undefined : Math.floor(left / right);
    case '**':
      return left ** right;
    case '<<':
      return left * 2 ** right;
    default:
      return undefined;
  }
}

function compare(operator: string, left: PyValue, right: PyValue): boolean | undefined {
  const known = (value: PyValue): boolean => isPlain(value) || isClass(value);
  switch (operator) {
    case '==':
    case 'is':
      return known(left) && known(right) ? left === right : undefined;
    case '!=':
    case 'is not':
      return known(left) && known(right) ? left !== right : undefined;
    case 'in':
    case 'not in': {
      const inside =
        typeof left === 'string' && typeof right === 'string'
          ? right.includes(left)
          : known(left) && isSequence(right) && right.items.every(known)
            ? right.items.includes(left)
            : known(left) && isDict(right) && !right.open
              ? right.entries.some(([key]) => key === left)
              : undefined;
      return inside === undefined ? undefined : inside === (operator === 'in');
    }
    case '<':
    case '>':
    case '<=':
    case '>=':
      if (typeof left !== 'number' || typeof right !== 'number') return undefined;
      return operator === '<'
        ? left < right
        : operator === '>'
          ? left > right
          : operator === '<='
            ? left <= right
            : left >= right;
    default:
      return undefined;
  }
}

/** `'%s_%s' % (a, b)` */
function percent(format: string, value: PyValue): string | undefined {
  const values = isSequence(value) && value.is === 'tuple' ? value.items : [value];
  let next = 0;
  const missing: string[] = [];
  const text = format.replace(
    /%(?:\((\w+)\))?[-+ 0#]*\d*(?:\.\d+)?([sdrif%])/g,
    (_, key: string | undefined, type: string) => {
      if (type === '%') return '%';
      const part = key === undefined ? values[next++] : isDict(value) ? entryOf(value, key) : undefined;
      if (part === undefined || !isPlain(part)) missing.push(key ?? '');
      return part === undefined ? '' : type === 'r' ? sourceText(part) : written(part);
    },
  );
  return missing.length === 0 ? text : undefined;
}

/** `str(value)` */
export function written(value: PyValue): string {
  if (typeof value === 'string') return value;
  if (isMember(value) && typeof value.value === 'string') return value.value;
  return sourceText(value);
}

function format(text: string, values: readonly PyValue[], keywords: ReadonlyMap<string, PyValue>): string | undefined {
  let next = 0;
  const missing: string[] = [];
  const result = text.replace(/\{\{|\}\}|\{(\w*)(?:![rsa])?(?::[^}]*)?\}/g, (whole, name: string | undefined) => {
    if (whole === '{{' || whole === '}}') return whole.charAt(0);
    const key = name ?? '';
    const value = key === '' ? values[next++] : /^\d+$/.test(key) ? values[Number(key)] : keywords.get(key);
    if (value === undefined || !isPlain(value)) missing.push(key);
    return value === undefined ? '' : written(value);
  });
  return missing.length === 0 ? result : undefined;
}

/** Result of a method of a string; undefined = not known. */
export function callStringMethod(
  text: string,
  method: string,
  args: readonly PyValue[],
  keywords: ReadonlyMap<string, PyValue>,
): PyValue | undefined {
  const [first, second] = args;
  switch (method) {
    case 'lower':
    case 'casefold':
      return text.toLowerCase();
    case 'upper':
      return text.toUpperCase();
    case 'title':
      return text.toLowerCase().replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1));
    case 'capitalize':
      return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      return strip(text, method, typeof first === 'string' ? first : ' \t\n\r');
    case 'replace':
      return typeof first === 'string' && typeof second === 'string' ? text.replaceAll(first, second) : undefined;
    case 'removesuffix':
      return typeof first === 'string'
        ? first !== '' && text.endsWith(first)
          ? text.slice(0, -first.length)
          : text
        : undefined;
    case 'removeprefix':
      return typeof first === 'string' ? (text.startsWith(first) ? text.slice(first.length) : text) : undefined;
    case 'isupper':
      return text !== text.toLowerCase() && text === text.toUpperCase();
    case 'islower':
      return text !== text.toUpperCase() && text === text.toLowerCase();
    case 'isdigit':
      return /^\p{Nd}+$/u.test(text);
    case 'startswith':
      return typeof first === 'string' ? text.startsWith(first) : undefined;
    case 'endswith':
      return typeof first === 'string' ? text.endsWith(first) : undefined;
    case 'split':
      return typeof first === 'string' && first !== ''
        ? { is: 'list', items: text.split(first) }
        : first === undefined
          ? { is: 'list', items: text.trim().split(/\s+/) }
          : undefined;
    case 'join':
      return isSequence(first) && first.items.every((item) => typeof item === 'string')
        ? first.items.join(text)
        : undefined;
    case 'format':
      return format(text, args, keywords);
    default:
      return undefined;
  }
}

function strip(text: string, method: string, characters: string): string {
  let start = 0;
  let end = text.length;
  if (method !== 'rstrip') while (start < end && characters.includes(text.charAt(start))) start++;
  if (method !== 'lstrip') while (end > start && characters.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

export function callDictMethod(dict: PyDict, method: string, args: readonly PyValue[]): PyValue | undefined {
  if (method === 'copy') return dict;
  const [key, otherwise] = args;
  if (method === 'get' && typeof key === 'string')
    return entryOf(dict, key) ?? (dict.open ? undefined : (otherwise ?? null));
  return undefined;
}
