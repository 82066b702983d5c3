/** SQL that expressions of SQLAlchemy stand for: defaults, predicates, indexed expressions. */
import type { Dialect } from '../../schema/model.ts';
import type { PyValue } from '../shared/python/values.ts';
import { argumentOf, isCall, isFunction, isMember, isOperation, sourceText, textOf } from '../shared/python/values.ts';
import type { Names } from './names.ts';

const deepest = 8;

/** @param columnOf name of the column that a value is; null = none */
export function sqlText(
  value: PyValue,
  names: Names,
  dialect: Dialect,
  columnOf: (value: PyValue) => string | null,
  depth = 0,
): string {
  const inner = (each: PyValue): string => sqlText(each, names, dialect, columnOf, depth + 1);
  if (depth > deepest) return '…';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return constant(value, dialect);
  if (value === null) return 'NULL';
  const column = columnOf(value);
  if (column !== null) return column;
  const api = names.api(value);
  if (api === 'true' || api === 'false') return constant(api === 'true', dialect);
  if (api === 'null') return 'NULL';
  if (isCall(value)) {
    const called = names.called(value) ?? '';
    const path = names.path(value.callee) ?? '';
    if (/^(?:text|literal_column|TextClause|DDL)$/.test(called)) return textOf(value.arguments[0]) ?? '';
    if (called === 'true' || called === 'false') return constant(called === 'true', dialect);
    if (called === 'null') return 'NULL';
    if (/(?:^|\.)func\.\w+(?:\.\w+)?$/.test(path)) {
      if (called === 'now')
        return dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'mysql' || dialect === 'mariadb'
          ? 'now()'
          : 'CURRENT_TIMESTAMP';
      if (called === 'current_timestamp') return 'CURRENT_TIMESTAMP';
      return `${called}(${value.arguments.map(inner).join(', ')})`;
    }
    if (called === 'and_' || called === 'or_')
      return value.arguments.map(inner).join(called === 'and_' ? ' AND ' : ' OR ');
    if (called === 'not_') return `NOT (${value.arguments.map(inner).join(', ')})`;
    if (called === 'cast')
      return `CAST(${value.arguments[0] === undefined ? '' : inner(value.arguments[0])} AS ${sourceText(value.arguments[1] ?? null)})`;
    if (isMember(value.callee))
      return method(value.callee.name, inner(value.callee.object), value.arguments.map(inner));
  }
  if (isOperation(value) && value.operator !== '~')
    return `${inner(value.left)} ${operators[value.operator] ?? value.operator} ${inner(value.right)}`;
  return sourceText(value);
}

const operators: Readonly<Record<string, string>> = { '==': '=', '!=': '<>', '&': 'AND', '|': 'OR' };

function method(name: string, object: string, args: readonly string[]): string {
  switch (name) {
    case 'is_':
    case 'is_not':
    case 'isnot':
      return `${object} IS ${name === 'is_' ? '' : 'NOT '}${args[0] ?? 'NULL'}`;
    case 'in_':
      return `${object} IN (${args.join(', ')})`;
    case 'desc':
      return `${object} DESC`;
    case 'asc':
    case 'self_group':
    case 'label':
      return object;
    default:
      return `${object}.${name}(${args.join(', ')})`;
  }
}

export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function constant(value: boolean, dialect: Dialect): string {
  if (dialect === 'postgresql' || dialect === 'cockroachdb' || dialect === 'mysql' || dialect === 'mariadb')
    return String(value);
  return value ? '1' : '0';
}

/** Default that the database has: what `server_default` gives. Null = none, or one that is made elsewhere. */
export function serverDefault(value: PyValue | undefined, names: Names, dialect: Dialect): string | null {
  if (value === undefined || value === null) return null;
  if (isCall(value) && /^(?:FetchedValue|Identity|Computed|Sequence)$/.test(names.called(value) ?? '')) return null;
  if (isCall(value) && names.called(value) === 'DefaultClause')
    return serverDefault(argumentOf(value, 0, 'arg'), names, dialect);
  if (isFunction(value)) return null;
  if (isMember(value) && typeof value.value === 'string') return serverDefault(value.value, names, dialect);
  return sqlText(value, names, dialect, () => null);
}
