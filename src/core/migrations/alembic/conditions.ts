/** Conditions of revisions that the text and the schema so far decide. */
import type { PyExpression } from '../../readers/shared/python/declarations.ts';
import { truthOf } from '../../readers/shared/python/operations.ts';
import type { PyValue } from '../../readers/shared/python/values.ts';
import {
  externalPath,
  isCall,
  isExternal,
  isFunction,
  isMember,
  isOperation,
  isSequence,
  isUnknown,
} from '../../readers/shared/python/values.ts';
import type { Comparable } from '../../diff/diff.ts';
import type { Dialect } from '../../schema/model.ts';

/** Undefined = not known before it runs. */
export function conditionOf(
  condition: PyExpression,
  evaluate: (expression: PyExpression) => PyValue,
  schema: Comparable | null,
  dialect: Dialect,
  depth = 0,
): boolean | undefined {
  if (depth > 20) return undefined;
  const inner = (part: PyExpression): boolean | undefined => conditionOf(part, evaluate, schema, dialect, depth + 1);
  if (condition.kind === 'unary' && condition.operator === 'not') {
    const holds = inner(condition.operand);
    return holds === undefined ? undefined : !holds;
  }
  if (condition.kind === 'binary' && (condition.operator === 'and' || condition.operator === 'or')) {
    const parts = [inner(condition.left), inner(condition.right)];
    const decisive = condition.operator === 'or';
    if (parts.includes(decisive)) return decisive;
    return parts.includes(undefined) ? undefined : !decisive;
  }
  return truth(evaluate(condition), schema, dialect);
}

function truth(value: PyValue, schema: Comparable | null, dialect: Dialect): boolean | undefined {
  if (isCall(value)) return ofCall(value, schema);
  if (isOperation(value)) return compared(value.operator, value.left, value.right, schema, dialect);
  if (isFunction(value) || isMember(value) || isExternal(value)) return undefined;
  return truthOf(value);
}

function ofCall(call: Extract<PyValue, { is: 'call' }>, schema: Comparable | null): boolean | undefined {
  const path = externalPath(call.callee) ?? '';
  if (/(?:^|\.)is_offline_mode$/.test(path)) return false;
  const table = call.arguments.find((each) => typeof each === 'string');
  return schema && typeof table === 'string' && path.endsWith('.has_table') ? hasTable(schema, table) : undefined;
}

function hasTable(schema: Comparable, table: string): boolean {
  return schema.tables.some(({ name }) => name === table);
}

function compared(
  operator: string,
  left: PyValue,
  right: PyValue,
  schema: Comparable | null,
  dialect: Dialect,
): boolean | undefined {
  const negated = operator === '!=' || operator === 'not in' || operator === 'is not';
  const plain = /^(?:==|!=|is|is not)$/.test(operator);
  const answer = (holds: boolean): boolean => holds !== negated;
  if (plain && isEngine(left) && typeof right === 'string') return answer(means(right, dialect));
  if (plain && isEngine(right) && typeof left === 'string') return answer(means(left, dialect));
  if (operator !== 'in' && operator !== 'not in') return undefined;
  if (isEngine(left) && isSequence(right))
    return answer(right.items.some((each) => typeof each === 'string' && means(each, dialect)));
  if (!schema || typeof left !== 'string') return undefined;
  if (isCall(right) && (externalPath(right.callee) ?? '').endsWith('.get_table_names'))
    return answer(hasTable(schema, left));
  // `'note' in [column['name'] for column in inspector.get_columns('orders')]`
  const table = isUnknown(right) ? /\.get_columns\(\s*['"](\w+)['"]/.exec(right.text)?.[1] : undefined;
  const found = table === undefined ? undefined : schema.tables.find(({ name }) => name === table);
  return found ? answer(found.columns.some(({ name }) => name === left)) : undefined;
}

/** `op.get_bind().dialect.name`, `op.get_context().dialect.name`, `conn.engine.name` */
function isEngine(value: PyValue): boolean {
  return /(?:\.dialect\.name|\.engine\.name|\.engine\.dialect\.name)$/.test(externalPath(value) ?? '');
}

function means(name: string, dialect: Dialect): boolean {
  return (
    name === dialect || (name === 'mysql' && dialect === 'mariadb') || (name === 'postgres' && dialect === 'postgresql')
  );
}
