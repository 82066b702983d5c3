/** Conditions in Peewee's words: `(Order.state == "new") & Order.made.between(a, b) | (Order.id << ids)`. */
import type { Comparison } from '../../schema/code.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import { partsOf } from '../shared/python/expressions.ts';
import { rangeOf } from '../shared/python/lookups.ts';
import type { Conditions, LookupSource } from '../shared/python/lookups.ts';
import { textOf } from '../shared/python/outline.ts';

const operators: Readonly<Record<string, Comparison>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'range',
  '<=': 'range',
  '>': 'range',
  '>=': 'range',
  '<<': 'in',
  '>>': 'is-null',
  '%': 'other',
  '**': 'other',
  '^': 'contains',
};
const methods: Readonly<Record<string, Comparison>> = {
  in_: 'in',
  not_in: 'other',
  is_null: 'is-null',
  contains: 'contains',
  startswith: 'prefix',
  endswith: 'contains',
  between: 'range',
  like: 'other',
  ilike: 'other',
  regexp: 'other',
  iregexp: 'other',
  eq: 'eq',
};
const deepest = 60;

export function readCondition(node: TreeNode, source: LookupSource, found: Conditions): void {
  read(node, source, found, false, 0, 0);
}

function read(
  node: TreeNode,
  source: LookupSource,
  found: Conditions,
  negated: boolean,
  group: number,
  depth: number,
): void {
  const inner = (child: TreeNode, flips: boolean, inGroup: number): void =>
    read(child, source, found, flips, inGroup, depth + 1);
  if (depth > deepest) {
    found.complete = false;
    return;
  }
  const [first, second] = partsOf(node);
  if (node.type === 'parenthesized_expression' && first) inner(first, negated, group);
  else if (node.type === 'unary_operator' && source.text.charAt(node.startIndex) === '~') {
    const argument = node.childForFieldName('argument');
    if (argument) inner(argument, !negated, group);
  } else if ((node.type === 'binary_operator' || node.type === 'comparison_operator') && first && second) {
    const operator = source.text.slice(first.endIndex, second.startIndex).trim();
    if (operator === '&' || operator === '|') {
      const splits = operator === '|' && !negated;
      inner(first, negated, splits ? found.nextGroup++ : group);
      inner(second, negated, splits ? found.nextGroup++ : group);
    } else if (!add(first, second, Object.hasOwn(operators, operator) ? operators[operator] : undefined))
      found.complete = false;
  } else if (node.type === 'call') {
    const callee = node.childForFieldName('function');
    const object = callee?.type === 'attribute' ? callee.childForFieldName('object') : null;
    const method =
      textOf(callee?.type === 'attribute' ? callee.childForFieldName('attribute') : null, source.text) ?? '';
    const list = node.childForFieldName('arguments');
    const [argument] = list ? partsOf(list) : [];
    const comparison = Object.hasOwn(methods, method) ? methods[method] : undefined;
    const isNull = method === 'is_null' && argument && textOf(argument, source.text) === 'False';
    if (!object || !add(object, argument ?? null, isNull ? 'other' : comparison)) found.complete = false;
  } else if (node.type !== 'attribute' || !add(node, null, 'eq')) found.complete = false;

  function add(left: TreeNode, right: TreeNode | null, comparison: Comparison | undefined): boolean {
    const column = columnOf(left, source);
    if (!column || comparison === undefined) return false;
    const literal = right ? (textOf(right, source.text) ?? '') : '';
    // A column on both sides joins rows rather than choosing them.
    if (right && comparison === 'eq' && /^[A-Z]\w*\.\w+$/.test(literal)) return true;
    const plain: Comparison = comparison === 'eq' && literal === 'None' ? 'is-null' : comparison;
    found.filters.push({
      path: column.path,
      at: rangeOf(node, source),
      comparison: negated ? (plain === 'eq' ? 'ne' : plain === 'ne' ? 'eq' : 'other') : plain,
      orGroup: group,
      wrapped: column.wrapped,
      constant: right === null || /^(?:integer|float|string|true|false|none)$/.test(right.type),
    });
    return true;
  }
}

/** `Order.state`, `fn.LOWER(Order.state)`. */
export function columnOf(
  node: TreeNode,
  source: LookupSource,
): { readonly path: string; readonly wrapped: boolean } | null {
  const written = (textOf(node, source.text) ?? '').replace(/\s+/g, '');
  if (node.type === 'attribute' && /^(?:\w+\.)?[A-Za-z]\w*\.\w+$/.test(written) && !written.startsWith('fn.')) {
    const [name = '', ...rest] = written.split('.').slice(-2);
    return { path: [name, ...rest].join('.'), wrapped: false };
  }
  if (node.type === 'parenthesized_expression') {
    const [inner] = partsOf(node);
    return inner ? columnOf(inner, source) : null;
  }
  if (node.type !== 'call') return null;
  const list = node.childForFieldName('arguments');
  for (const argument of list ? partsOf(list) : []) {
    const inner = columnOf(argument, source);
    if (inner) return { path: inner.path, wrapped: true };
  }
  return null;
}
