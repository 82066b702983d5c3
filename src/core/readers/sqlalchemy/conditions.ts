/** Conditions, sorts and loads of SQLAlchemy's queries. */
import type { Comparison, Load, Query, Sort } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { PyArgument, PyExpression } from '../shared/python/declarations.ts';
import { isNamedConstant } from '../shared/python/lookups.ts';
import { dottedName } from '../shared/python/readModule.ts';
import { likePattern } from '../shared/sql/conditions.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { stepsOf } from './steps.ts';

const comparisons: Readonly<Record<string, Comparison>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'range',
  '>': 'range',
  '<=': 'range',
  '>=': 'range',
};
const deepest = 20;

export interface ConditionPlace {
  readonly draft: Draft;
  /** Names that stand for the query's own entity. */
  readonly own: ReadonlySet<string>;
  readonly at: SourceRange;
  readonly group: number;
  readonly negated: boolean;
}

/** `User.email` → `email` of the query's own entity, `Order.total` of another. Null = no column. */
export function columnPath(
  expression: PyExpression,
  own: ReadonlySet<string>,
): { readonly path: string; readonly wrapped: boolean } | null {
  if (expression.kind === 'attribute') {
    const path = dottedName(expression);
    const head = path.slice(0, path.lastIndexOf('.'));
    if (
      path === '' ||
      head === '' ||
      /^(?:self|cls|current_user|request|g|func|settings|os|datetime|uuid)\b/.test(head)
    )
      return null;
    const owner = head.replace(/\.(?:c|columns)$/, '');
    return {
      path: own.has(owner) ? expression.name : `${owner.slice(owner.lastIndexOf('.') + 1)}.${expression.name}`,
      wrapped: false,
    };
  }
  if (expression.kind === 'call') {
    const callee = dottedName(expression.callee);
    if (/^(?:\w+\.)?(?:func\.\w+|cast|extract|literal)$/.test(callee)) {
      for (const { value } of expression.arguments) {
        const inner = columnPath(value, own);
        if (inner) return { path: inner.path, wrapped: true };
      }
      return null;
    }
    if (
      expression.callee.kind === 'attribute' &&
      /^(?:cast|op|astext|desc|asc|label|nulls_?last|nulls_?first|collate)$/.test(expression.callee.name)
    ) {
      const inner = columnPath(expression.callee.object, own);
      return inner && { path: inner.path, wrapped: inner.wrapped || expression.callee.name === 'cast' };
    }
  }
  if (expression.kind === 'subscript') {
    const inner = columnPath(expression.object, own);
    return inner && { path: inner.path, wrapped: true };
  }
  return null;
}

export function readCondition(expression: PyExpression, place: ConditionPlace, depth = 0): void {
  const { draft, own } = place;
  if (depth > deepest) return;
  const add = (path: string, comparison: Comparison, wrapped: boolean, value: PyExpression | undefined): void => {
    draft.filters.push({
      path,
      at: place.at,
      comparison: place.negated ? (comparison === 'eq' ? 'ne' : 'other') : comparison,
      orGroup: place.group,
      wrapped,
      constant: value === undefined || isConstant(value),
    });
  };
  if (expression.kind === 'unary' && (expression.operator === '~' || expression.operator === 'not')) {
    readCondition(expression.operand, { ...place, negated: !place.negated }, depth + 1);
    return;
  }
  if (expression.kind === 'binary') {
    if (expression.operator === '&' || expression.operator === 'and') {
      readCondition(expression.left, place, depth + 1);
      readCondition(expression.right, place, depth + 1);
      return;
    }
    if (expression.operator === '|') {
      readAlternatives([expression.left, expression.right], place, depth);
      return;
    }
    const comparison = comparisons[expression.operator];
    if (comparison !== undefined) {
      const { left, right } = sides(expression.left, expression.right, own);
      // Two columns join rows.
      if (left && right && left.path.includes('.') !== right.path.includes('.')) return;
      const column = left ?? right;
      const value = left ? expression.right : expression.left;
      if (!column) {
        draft.complete = false;
        return;
      }
      const isNull = value.kind === 'constant' && value.value === null;
      add(column.path, isNull ? (comparison === 'eq' ? 'is-null' : 'other') : comparison, column.wrapped, value);
      return;
    }
  }
  if (expression.kind === 'call') {
    readCall(expression, place, depth, add);
    return;
  }
  const plain = columnPath(expression, own);
  if (plain) add(plain.path, 'eq', plain.wrapped, undefined);
  else if (!(expression.kind === 'constant')) draft.complete = false;
}

/** `Order.owner == user.name`: beside a column of a class, a member of a variable is a value. */
function sides(
  left: PyExpression,
  right: PyExpression,
  own: ReadonlySet<string>,
): Record<'left' | 'right', ReturnType<typeof columnPath>> {
  const columns = { left: columnPath(left, own), right: columnPath(right, own) };
  if (columns.left === null || columns.right === null || isOfClass(left) === isOfClass(right)) return columns;
  return isOfClass(left) ? { ...columns, right: null } : { ...columns, left: null };
}

/** A class begins in capitals, also behind a module; tables name their columns through `c`. */
function isOfClass(expression: PyExpression): boolean {
  if (expression.kind === 'call') return expression.arguments.some(({ value }) => isOfClass(value));
  if (expression.kind === 'subscript') return isOfClass(expression.object);
  return /(?:^|\.)[A-Z]\w*\.|\.(?:c|columns)\./.test(dottedName(expression));
}

function readCall(
  expression: Extract<PyExpression, { kind: 'call' }>,
  place: ConditionPlace,
  depth: number,
  add: (path: string, comparison: Comparison, wrapped: boolean, value: PyExpression | undefined) => void,
): void {
  const { draft, own } = place;
  const callee = dottedName(expression.callee);
  const last = callee.slice(callee.lastIndexOf('.') + 1);
  const values = expression.arguments.map(({ value }) => value);
  if (last === 'and_') {
    values.forEach((each) => {
      readCondition(each, place, depth + 1);
    });
    return;
  }
  if (last === 'or_') {
    readAlternatives(values, place, depth);
    return;
  }
  if (last === 'not_' && values[0]) {
    readCondition(values[0], { ...place, negated: !place.negated }, depth + 1);
    return;
  }
  const method = expression.callee.kind === 'attribute' ? expression.callee : null;
  const column = method && columnPath(method.object, own);
  if (!method || !column) {
    draft.complete = false;
    return;
  }
  const [first] = values;
  const isNull = first?.kind === 'constant' && first.value === null;
  switch (method.name) {
    case 'in_': {
      add(column.path, 'in', column.wrapped, first);
      return;
    }
    case 'is_':
    case 'is_distinct_from': {
      add(column.path, isNull ? 'is-null' : 'eq', column.wrapped, first);
      return;
    }
    case 'like':
    case 'ilike': {
      add(
        column.path,
        likePattern(
          first?.kind === 'string'
            ? first.value
            : first?.kind === 'format'
              ? first.parts.map((part) => (typeof part === 'string' ? part : 'x')).join('')
              : null,
        ),
        column.wrapped || method.name === 'ilike',
        first,
      );
      return;
    }
    case 'startswith': {
      add(column.path, 'prefix', column.wrapped, first);
      return;
    }
    case 'contains':
    case 'icontains':
    case 'endswith': {
      add(column.path, 'contains', column.wrapped, first);
      return;
    }
    case 'between': {
      add(column.path, 'range', column.wrapped, first);
      return;
    }
    default: {
      add(column.path, 'other', column.wrapped, first);
      return;
    }
  }
}

function readAlternatives(alternatives: readonly PyExpression[], place: ConditionPlace, depth: number): void {
  for (const each of alternatives) readCondition(each, { ...place, group: place.draft.nextGroup++ }, depth + 1);
}

function isConstant(value: PyExpression): boolean {
  if (value.kind === 'list' || value.kind === 'tuple') return value.items.every(isConstant);
  if (value.kind === 'name' || value.kind === 'attribute') return isNamedConstant(dottedName(value));
  return value.kind === 'string' || value.kind === 'number' || value.kind === 'constant';
}

export function readSort(
  { value, at }: PyArgument,
  own: ReadonlySet<string>,
  rangeAt: (at: PyArgument['at']) => SourceRange,
): Sort | null {
  const { steps } = stepsOf(value);
  const direct = value.kind === 'call' ? dottedName(value.callee) : '';
  const descending = steps.some(({ name, args }) => name === 'desc' && args !== null) || /(?:^|\.)desc$/.test(direct);
  const inner =
    /(?:^|\.)(?:desc|asc)$/.test(direct) && value.kind === 'call' && value.arguments[0] && value.callee.kind === 'name'
      ? value.arguments[0].value
      : value;
  const direction = descending ? 'desc' : 'asc';
  if (inner.kind === 'string')
    return {
      path: inner.value.replace(/^-/, ''),
      direction: inner.value.startsWith('-') ? 'desc' : direction,
      at: rangeAt(at),
    };
  const column = columnPath(inner, own);
  return column && { path: column.path, direction, at: rangeAt(at) };
}

/** `joinedload(User.orders).selectinload(Order.lines)` → `orders`, `orders.lines`. */
export function readLoads(
  { value, at }: PyArgument,
  rangeAt: (at: PyArgument['at']) => SourceRange,
): { readonly loads: readonly Load[]; readonly loading: Query['loading'] } {
  const { root, rootArgs, steps } = stepsOf(value);
  const loads: Load[] = [];
  let loading: Query['loading'] = null;
  let path = '';
  for (const step of [{ name: root.slice(root.lastIndexOf('.') + 1), args: rootArgs }, ...steps]) {
    if (
      !/^(?:joinedload|contains_eager|subqueryload|selectinload|immediateload|joinedload_all|subqueryload_all)$/.test(
        step.name,
      )
    )
      continue;
    const joins = /^(?:joined|contains)/.test(step.name);
    loading ??= joins ? 'join' : 'query';
    for (const each of step.args ?? []) {
      const name =
        each.value.kind === 'string' ? each.value.value : each.value.kind === 'attribute' ? each.value.name : null;
      if (name === null) continue;
      path = path === '' ? name : `${path}.${name}`;
      loads.push({ path, at: rangeAt(at), ...(joins ? {} : { separate: true as const }) });
    }
  }
  return { loads, loading };
}
