/** `Q(…)` of conditions and checks as SQL, as far as it is plain; else its source. */
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { isCall, isMember, isOperation, isPlain, isSequence, sourceText } from '../shared/python/values.ts';

const comparisons: Readonly<Record<string, string>> = { exact: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** @param columnOf column of a field; null where there is none of that name */
export function predicateText(value: PyValue, columnOf: (name: string) => string | null, depth = 0): string {
  if (depth > 20) return '…';
  const inner = (each: PyValue): string => predicateText(each, columnOf, depth + 1);
  if (isOperation(value)) {
    const { operator } = value;
    if (operator === '&') return `${inner(value.left)} AND ${inner(value.right)}`;
    if (operator === '|') return `(${alternatives(value).map(inner).join(' OR ')})`;
    if (operator === '~') return negated(inner(value.left));
  }
  // As migrations write it: `Q(("age__gte", 18), _connector="OR", _negated=True)`.
  if (isSequence(value)) {
    const [lookup, compared] = value.items;
    if (value.items.length === 2 && typeof lookup === 'string' && compared !== undefined)
      return condition(lookup, compared, columnOf);
  }
  if (isCall(value) && /(?:^|\.)Q$/.test(sourceText(value.callee))) return conditions(value, columnOf, depth);
  return sourceText(value);
}

/** Of `a | b | c` all three, however they are put together. */
function alternatives(value: PyValue): readonly PyValue[] {
  return isOperation(value) && value.operator === '|'
    ? [...alternatives(value.left), ...alternatives(value.right)]
    : [value];
}

function negated(text: string): string {
  return `NOT (${text.replace(/^\((.*)\)$/s, (whole, inside: string) => (isWhole(inside) ? inside : whole))})`;
}

/** No bracket of it is closed before it is opened: what stood around it belonged together. */
function isWhole(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    else if (character === ')' && --depth < 0) return false;
  }
  return true;
}

function conditions(call: PyCall, columnOf: (name: string) => string | null, depth: number): string {
  const parts = [
    ...call.arguments.map((each) => predicateText(each, columnOf, depth + 1)),
    ...[...call.keywords]
      .filter(([lookup]) => lookup !== '_connector' && lookup !== '_negated')
      .map(([lookup, value]) => condition(lookup, value, columnOf)),
  ];
  const isOr = call.keywords.get('_connector') === 'OR' && parts.length > 1;
  const text = isOr ? `(${parts.join(' OR ')})` : parts.length === 1 ? (parts[0] ?? '') : parts.join(' AND ');
  return call.keywords.get('_negated') === true ? negated(text) : text;
}

function condition(lookup: string, value: PyValue, columnOf: (name: string) => string | null): string {
  const [name = '', ...rest] = lookup.split('__');
  const column = columnOf(name) ?? name;
  const [kind = 'exact'] = rest;
  if (kind === 'isnull') return `${column} IS ${value === false ? 'NOT ' : ''}NULL`;
  if (kind === 'exact' && value === null) return `${column} IS NULL`;
  if (kind === 'in' && isSequence(value)) return `${column} IN (${value.items.map(literal).join(', ')})`;
  const operator = Object.hasOwn(comparisons, kind) ? comparisons[kind] : undefined;
  return operator === undefined || rest.length > 1
    ? `${lookup} = ${literal(value)}`
    : `${column} ${operator} ${literal(value)}`;
}

function literal(value: PyValue): string {
  const plain = isMember(value) && isPlain(value.value) ? value.value : value;
  if (typeof plain === 'string') return `'${plain.replaceAll("'", "''")}'`;
  if (typeof plain === 'boolean') return plain ? 'true' : 'false';
  return plain === null ? 'NULL' : typeof plain === 'number' ? String(plain) : sourceText(plain);
}
