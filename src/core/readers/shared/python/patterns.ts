/** What Python's regular expressions and inflectors make of names. */
import type { PyValue } from './values.ts';

/** `re.sub(pattern, replacement, text)`, as names of tables are made; undefined where the pattern is none of JavaScript's. */
export function substitute(
  pattern: PyValue | undefined,
  replacement: PyValue | undefined,
  text: PyValue | undefined,
): string | undefined {
  const found = expressionOf(pattern, text);
  if (!found || typeof replacement !== 'string') return undefined;
  return found.text.replace(
    found.expression,
    replacement.replaceAll('$', '$$$$').replace(/\\(?:g<(\w+)>|(\d))/g, (_, name?: string, digit?: string) => {
      const group = name ?? digit ?? '';
      return /^\d+$/.test(group) ? (group === '0' ? '$&' : `$${group}`) : `$<${group}>`;
    }),
  );
}

/** `re.split(pattern, text)`: unlike JavaScript's, it also splits before the first character where nothing is matched there. */
export function splitBy(pattern: PyValue | undefined, text: PyValue | undefined): PyValue | undefined {
  const found = expressionOf(pattern, text);
  if (!found) return undefined;
  const items: (string | null)[] = [];
  let from = 0;
  for (const match of found.text.matchAll(found.expression)) {
    items.push(
      found.text.slice(from, match.index),
      ...match.slice(1).map((group: string | undefined) => group ?? null),
    );
    from = match.index + match[0].length;
  }
  return { is: 'list', items: [...items, found.text.slice(from)] };
}

/** `re.findall(pattern, text)`; undefined where several groups make it yield tuples. */
export function allOf(pattern: PyValue | undefined, text: PyValue | undefined): PyValue | undefined {
  const found = expressionOf(pattern, text);
  if (!found) return undefined;
  const matches = [...found.text.matchAll(found.expression)];
  if (matches.some((match) => match.length > 2)) return undefined;
  return { is: 'list', items: matches.map((match) => (match.length === 2 ? (match[1] ?? '') : match[0])) };
}

/** Undefined where the pattern is none of JavaScript's, or could take for ever. */
function expressionOf(
  pattern: PyValue | undefined,
  text: PyValue | undefined,
): { readonly expression: RegExp; readonly text: string } | undefined {
  if (typeof pattern !== 'string' || typeof text !== 'string') return undefined;
  // Names are short; a longer text or pattern computes something else. A repetition of repetitions could take for ever.
  if (pattern.length > 100 || text.length > 80 || /\([^()]*[+*}|][^()]*\)[+*{]/.test(pattern)) return undefined;
  if ((pattern.match(/[+*{]/g) ?? []).length > 4) return undefined;
  try {
    const flags = pattern.startsWith('(?i)') ? 'gi' : 'g';
    return { expression: new RegExp(pattern.replace(/^\(\?\w+\)/, '').replaceAll('(?P<', '(?<'), flags), text };
  } catch {
    return undefined;
  }
}

/** `OrderItem` → `order_item`, as `inflection.underscore` and its like do. */
export function underscore(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
