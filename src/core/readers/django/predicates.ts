/** `Q(…)` of conditions and checks as SQL, as far as it is plain; else its source. */
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { isCall, isMember, isOperation, isPlain, isSequence, isUnknown, sourceText } from '../shared/python/values.ts';

const comparisons: Readonly<Record<string, string>> = { exact: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' };

/** @param columnOf column of a field; null where there is none of that name */
export function predicateText(value: PyValue, columnOf: (name: string) => string | null, depth = 0): string {
  if (depth > 20) return '…';
  if (isOperation(value) && (value.operator === '&' || value.operator === '|')) {
    const [left, right] = [value.left, value.right].map((each) => predicateText(each, columnOf, depth + 1));
    return value.operator === '&' ? `${left} AND ${right}` : `(${left} OR ${right})`;
  }
  if (isCall(value) && /(?:^|\.)Q$/.test(sourceText(value.callee))) return conditions(value, columnOf, depth);
  if (isUnknown(value) && value.text.startsWith('~')) return `NOT ${value.text.slice(1)}`;
  return sourceText(value);
}

function conditions(call: PyCall, columnOf: (name: string) => string | null, depth: number): string {
  const parts = [
    ...call.arguments.map((each) => predicateText(each, columnOf, depth + 1)),
    ...[...call.keywords].map(([lookup, value]) => condition(lookup, value, columnOf)),
  ];
  return parts.length === 1 ? (parts[0] ?? '') : parts.join(' AND ');
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
