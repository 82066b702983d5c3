/** Methods of strings and lists that configuration code computes names with. */
import { isKind, isList } from './values.ts';
import type { Value } from './values.ts';

/** As the libraries of naming conventions do it: `OrderLineID` → `order_line_id`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/gu, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/gu, '$1_$2')
    .toLowerCase();
}

/** Undefined where the method is not known or its arguments are not. */
export function stringMethod(text: string, name: string, args: readonly Value[]): Value {
  const [first, second] = args;
  switch (name) {
    case 'ToLower':
    case 'ToLowerInvariant':
      return text.toLowerCase();
    case 'ToUpper':
    case 'ToUpperInvariant':
      return text.toUpperCase();
    case 'ToString':
      return text;
    case 'Trim':
      return typeof first === 'string' ? trim(text, first, true, true) : text.trim();
    case 'TrimStart':
      return typeof first === 'string' ? trim(text, first, true, false) : text.trimStart();
    case 'TrimEnd':
      return typeof first === 'string' ? trim(text, first, false, true) : text.trimEnd();
    case 'Replace':
      return typeof first === 'string' && typeof second === 'string' && first !== ''
        ? text.replaceAll(first, second)
        : undefined;
    case 'Split':
      return typeof first === 'string' ? text.split(first) : undefined;
    case 'Substring':
      if (typeof first !== 'number' || first < 0) return undefined;
      return typeof second === 'number' ? text.slice(first, first + second) : text.slice(first);
    case 'Remove':
      if (typeof first !== 'number') return undefined;
      return text.slice(0, first) + (typeof second === 'number' ? text.slice(first + second) : '');
    case 'StartsWith':
      return typeof first === 'string' ? text.startsWith(first) : undefined;
    case 'EndsWith':
      return typeof first === 'string' ? text.endsWith(first) : undefined;
    case 'Contains':
      return typeof first === 'string' ? text.includes(first) : undefined;
    case 'IndexOf':
      return typeof first === 'string' ? text.indexOf(first) : undefined;
    case 'LastIndexOf':
      return typeof first === 'string' ? text.lastIndexOf(first) : undefined;
    case 'Equals':
      return typeof first === 'string' ? text === first : undefined;
    case 'Underscore':
      return snakeCase(text);
    case 'Camelize':
    case 'ToCamelCase':
      return text.charAt(0).toLowerCase() + text.slice(1);
    default:
      return /snake_?case/iu.test(name) ? snakeCase(text) : undefined;
  }
}

function trim(text: string, chars: string, start: boolean, end: boolean): string {
  let from = 0;
  let to = text.length;
  while (start && from < to && chars.includes(text.charAt(from))) from++;
  while (end && to > from && chars.includes(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

/** `string.Concat(…)` and its like. */
export function staticMethod(type: string, name: string, args: readonly Value[]): Value {
  const [first, second, third] = args;
  if (/^(?:s|System\.S|S)tring$/u.test(type)) {
    if (name === 'Concat') return texts(args.length === 1 && isList(first) ? first : args)?.join('');
    if (name === 'Join' && typeof first === 'string')
      return texts(args.length === 2 && isList(second) ? second : args.slice(1))?.join(first);
    if (name === 'IsNullOrEmpty') return first === undefined ? undefined : first === null || first === '';
    if (name === 'IsNullOrWhiteSpace')
      return first === undefined ? undefined : first === null || (typeof first === 'string' && first.trim() === '');
    if (name === 'Format' && typeof first === 'string') {
      const values = texts(args.slice(1));
      return values ? first.replace(/\{(\d+)[^}]*\}/gu, (_, at: string) => values[Number(at)] ?? '') : undefined;
    }
  }
  if (/(?:^|\.)Nullable$/u.test(type) && name === 'GetUnderlyingType' && isKind(first, 'type'))
    return first.type.nullable ? { ...first, type: { ...first.type, nullable: false } } : null;
  if (
    /(?:^|\.)Regex$/u.test(type) &&
    name === 'Replace' &&
    typeof first === 'string' &&
    typeof second === 'string' &&
    typeof third === 'string'
  )
    return replaced(first, second, third);
  return undefined;
}

/** Only patterns whose time is bounded by what they are made of: no repetition of a repetition. */
function replaced(text: string, pattern: string, replacement: string): Value {
  if (pattern.length > 120 || text.length > 200 || /[*+}]\)?[*+{]|\)[*+{]|\(\?[^:=!<]/u.test(pattern)) return undefined;
  try {
    return text.replace(new RegExp(pattern, 'gu'), replacement.replace(/\$\{(\d)\}/gu, '$$$1'));
  } catch {
    return undefined; // a pattern of .NET that JavaScript does not know
  }
}

function texts(values: readonly Value[]): readonly string[] | undefined {
  const found: string[] = [];
  for (const value of values) {
    if (typeof value === 'string' || typeof value === 'number') found.push(String(value));
    else if (value === null) found.push('');
    else if (isKind(value, 'named')) found.push(value.name.slice(value.name.lastIndexOf('.') + 1));
    else return undefined;
  }
  return found;
}

/** LINQ over lists whose elements are known. */
export function listMethod(list: readonly Value[], name: string, args: readonly Value[]): Value {
  const [first] = args;
  const run = isKind(first, 'closure') ? first.run : null;
  /** What is not known may hold: the loops that such a condition guards are the rule, not the exception. */
  const holds = (value: Value): boolean => {
    const found = run ? run([value]) : true;
    return found !== false && found !== null;
  };
  switch (name) {
    case 'Add':
      grow(list, [first]);
      return undefined;
    case 'AddRange':
      if (isList(first)) grow(list, first);
      return undefined;
    case 'ToList':
    case 'ToArray':
    case 'AsEnumerable':
    case 'AsReadOnly':
    case 'Distinct':
    case 'OrderBy':
    case 'OrderByDescending':
    case 'Cast':
    case 'OfType':
    case 'ToHashSet':
      return list;
    case 'Reverse':
      return list.toReversed();
    case 'Where':
      return run ? list.filter(holds) : list;
    case 'Select':
      return run ? list.map((value) => run([value])) : undefined;
    case 'SelectMany':
      return run
        ? list.flatMap((value) => {
            const inner = run([value]);
            return isList(inner) ? inner : [];
          })
        : undefined;
    case 'ForEach':
      for (const value of list) run?.([value]);
      return undefined;
    case 'Any':
      return list.some(holds);
    case 'All':
      return list.every(holds);
    case 'Count':
      return list.filter(holds).length;
    case 'First':
    case 'FirstOrDefault':
    case 'Single':
    case 'SingleOrDefault':
      return list.find(holds) ?? null;
    case 'Last':
    case 'LastOrDefault':
      return list.findLast(holds) ?? null;
    case 'Skip':
      return typeof first === 'number' ? list.slice(first) : undefined;
    case 'Take':
      return typeof first === 'number' ? list.slice(0, first) : undefined;
    case 'Concat':
    case 'Union':
      return isList(first) ? [...list, ...first] : list;
    case 'Contains':
      return list.some((value) => value === undefined) ? undefined : list.includes(first);
    default:
      return undefined;
  }
}

/** Lists of C# change in place. */
function grow(list: readonly Value[], added: readonly Value[]): void {
  if (list.length + added.length < 20_000) (list as Value[]).push(...added);
}
