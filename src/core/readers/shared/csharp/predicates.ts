/** Conditions and selectors in lambdas: `p => p.Title == title && p.Tags.Any(t => t.Id == id)`. */
import type { Comparison, Filter, PathUse } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';

export interface Reading {
  readonly text: string;
  readonly lines: LineIndex;
}

interface Lambda {
  readonly parameter: string;
  readonly body: TreeNode;
}

export function lambdaOf(node: TreeNode | undefined, text: string): Lambda | null {
  if (node?.type !== 'lambda_expression') return null;
  const parameters = node.childForFieldName('parameters');
  const body = node.childForFieldName('body');
  const parameter = parameters
    ? /([A-Za-z_]\w*)\s*\)?$/u.exec(text.slice(parameters.startIndex, parameters.endIndex))?.[1]
    : undefined;
  return body && parameter !== undefined ? { parameter, body } : null;
}

export interface Member {
  readonly path: string;
  readonly wrapped: boolean;
}

const wrappers = new Set([
  'ToLower',
  'ToUpper',
  'ToLowerInvariant',
  'ToUpperInvariant',
  'Trim',
  'Substring',
  'ToString',
  'Date',
  'Year',
  'Month',
  'Day',
  'Replace',
]);

/** The member of the parameter that an expression names; wrapped where a function is applied to it. */
export function memberOf(node: TreeNode | null, parameter: string, text: string): Member | null {
  let at = node;
  const path: string[] = [];
  let wrapped = false;
  for (let steps = 0; at && steps < 30; steps++) {
    if (at.type === 'identifier')
      return text.slice(at.startIndex, at.endIndex) === parameter && path.length > 0
        ? { path: path.join('.'), wrapped }
        : null;
    if (at.type === 'member_access_expression' || at.type === 'conditional_access_expression') {
      const nameNode: TreeNode | null =
        at.childForFieldName('name') ?? at.lastNamedChild?.childForFieldName('name') ?? null;
      const name = nameNode ? text.slice(nameNode.startIndex, nameNode.endIndex) : '';
      if (/^(?:Date|Year|Month|Day|Length)$/u.test(name)) wrapped = true;
      else if (name !== 'Value' && name !== 'HasValue') path.unshift(name);
      at = at.childForFieldName('expression') ?? at.childForFieldName('condition');
    } else if (at.type === 'invocation_expression') {
      const callee: TreeNode | null = at.childForFieldName('function');
      const nameNode = callee?.childForFieldName('name');
      const name = nameNode ? text.slice(nameNode.startIndex, nameNode.endIndex) : '';
      const isProperty = callee !== null && text.slice(callee.startIndex, callee.endIndex).startsWith('EF.Property');
      if (isProperty) {
        const args = at.childForFieldName('arguments')?.namedChildren ?? [];
        const stated = args[1]
          ? /^(?:"([^"]*)"|nameof\((?:\w+\.)*(\w+)\))$/u.exec(text.slice(args[1].startIndex, args[1].endIndex))
          : null;
        const property = stated?.[1] ?? stated?.[2];
        return property === undefined ? null : { path: property, wrapped };
      }
      if (!wrappers.has(name)) return null;
      wrapped = true;
      at = callee?.childForFieldName('expression') ?? null;
    } else if (/^(?:parenthesized_expression|cast_expression|postfix_unary_expression)$/u.test(at.type))
      at = at.lastNamedChild;
    else return null;
  }
  return null;
}

export interface Condition {
  readonly filters: Filter[];
  complete: boolean;
  nextGroup: number;
}

export function readPredicate(
  node: TreeNode,
  parameter: string,
  reading: Reading,
  condition: Condition,
  prefix = '',
  group = 0,
  depth = 0,
): void {
  const { text } = reading;
  if (depth > 60) {
    condition.complete = false;
    return;
  }
  const inner = (each: TreeNode | null, inGroup = group): void => {
    if (each) readPredicate(each, parameter, reading, condition, prefix, inGroup, depth + 1);
  };
  if (node.type === 'parenthesized_expression') {
    inner(node.firstNamedChild);
    return;
  }
  if (node.type === 'binary_expression') {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const operator = left && right ? text.slice(left.endIndex, right.startIndex).trim() : '';
    if (operator === '&&') {
      inner(left);
      inner(right);
      return;
    }
    if (operator === '||') {
      const or = group === 0 ? condition.nextGroup++ : group;
      inner(left, or);
      inner(right, or);
      return;
    }
    compare(left, right, operator, parameter, reading, condition, prefix, group);
    return;
  }
  if (node.type === 'prefix_unary_expression') {
    const operand = node.lastNamedChild;
    const member = memberOf(operand, parameter, text);
    if (member)
      add(condition, member, asksForValue(operand, text) ? 'is-null' : 'eq', true, group, node, reading, prefix);
    else {
      const first = condition.filters.length;
      inner(operand);
      negate(condition.filters, first);
    }
    return;
  }
  if (node.type === 'invocation_expression') {
    readCall(node, parameter, reading, condition, prefix, group, depth);
    return;
  }
  if (node.type === 'boolean_literal') return;
  const member = memberOf(node, parameter, text);
  if (member) add(condition, member, asksForValue(node, text) ? 'other' : 'eq', true, group, node, reading, prefix);
  else if (node.type === 'is_pattern_expression') {
    const tested = memberOf(node.firstNamedChild, parameter, text);
    if (tested)
      add(
        condition,
        tested,
        /\bis\s+null$/u.test(text.slice(node.startIndex, node.endIndex)) ? 'is-null' : 'other',
        true,
        group,
        node,
        reading,
        prefix,
      );
  } else if (mentions(node, parameter, text)) condition.complete = false;
}

/** `order.PaidAt.HasValue` */
function asksForValue(node: TreeNode | null, text: string): boolean {
  return node !== null && text.slice(node.startIndex, node.endIndex).endsWith('.HasValue');
}

/** `!ids.Contains(p.Id)`: of several conditions in parentheses nothing is left that an index could serve. */
function negate(filters: Filter[], first: number): void {
  const several = filters.length > first + 1;
  for (let at = first; at < filters.length; at++) {
    const filter = filters[at];
    if (!filter) continue;
    const { comparison } = filter;
    const opposite = comparison === 'eq' ? 'ne' : comparison === 'ne' ? 'eq' : 'other';
    filters[at] = { ...filter, comparison: several ? 'other' : opposite };
  }
}

const comparisons: Readonly<Record<string, Comparison>> = {
  '==': 'eq',
  '!=': 'ne',
  '<': 'range',
  '>': 'range',
  '<=': 'range',
  '>=': 'range',
};

function compare(
  left: TreeNode | null,
  right: TreeNode | null,
  operator: string,
  parameter: string,
  reading: Reading,
  condition: Condition,
  prefix: string,
  group: number,
): void {
  const { text } = reading;
  const ofLeft = memberOf(left, parameter, text);
  const member = ofLeft ?? memberOf(right, parameter, text);
  const other = ofLeft ? right : left;
  const comparison = comparisons[operator];
  if (!member || !comparison || !other) {
    condition.complete = false;
    return;
  }
  const isNull = other.type === 'null_literal';
  const constant =
    other.type.endsWith('_literal') ||
    (other.type === 'member_access_expression' &&
      /^[A-Z]\w*\.[A-Z]\w*$/u.test(text.slice(other.startIndex, other.endIndex)));
  add(
    condition,
    member,
    isNull ? (comparison === 'eq' ? 'is-null' : 'other') : comparison,
    constant,
    group,
    ofLeft && left ? left : (right ?? other),
    reading,
    prefix,
  );
}

function add(
  condition: Condition,
  member: Member,
  comparison: Comparison,
  constant: boolean,
  orGroup: number,
  node: TreeNode,
  { lines }: Reading,
  prefix: string,
): void {
  condition.filters.push({
    path: prefix + member.path,
    at: lines.range(node.startIndex, node.endIndex),
    comparison,
    orGroup,
    wrapped: member.wrapped,
    constant,
  });
}

/** `p.Title.Contains(x)`, `ids.Contains(p.Id)`, `p.Tags.Any(t => …)`, `EF.Functions.Like(p.Title, x)`, `string.IsNullOrEmpty(p.Title)` */
function readCall(
  node: TreeNode,
  parameter: string,
  reading: Reading,
  condition: Condition,
  prefix: string,
  group: number,
  depth: number,
): void {
  const { text } = reading;
  const callee = node.childForFieldName('function');
  const nameNode = callee?.childForFieldName('name');
  const name = nameNode ? text.slice(nameNode.startIndex, nameNode.endIndex) : '';
  const args = (node.childForFieldName('arguments')?.namedChildren ?? []).flatMap((each) => each.lastNamedChild ?? []);
  const on = callee?.childForFieldName('expression') ?? null;
  const member = memberOf(on, parameter, text);
  const [first] = args;
  if (member) {
    const constant = first?.type.endsWith('_literal') === true;
    const lambda = lambdaOf(first, text);
    if (name === 'Contains') add(condition, member, 'contains', constant, group, node, reading, prefix);
    else if (name === 'StartsWith') add(condition, member, 'prefix', constant, group, node, reading, prefix);
    else if (name === 'EndsWith') add(condition, member, 'contains', constant, group, node, reading, prefix);
    else if (name === 'Equals') add(condition, member, 'eq', constant, group, node, reading, prefix);
    else if (/^(?:Any|All|Count)$/u.test(name) && lambda)
      readPredicate(lambda.body, lambda.parameter, reading, condition, `${prefix}${member.path}.`, group, depth + 1);
    else add(condition, member, 'other', constant, group, node, reading, prefix);
    return;
  }
  const given = args.map((each) => memberOf(each, parameter, text)).find((each) => each !== null);
  if (!given) {
    if (mentions(node, parameter, text)) condition.complete = false;
    return;
  }
  const comparison: Comparison =
    name === 'Contains' ? 'in' : name.endsWith('Like') ? 'contains' : name === 'Equals' ? 'eq' : 'other';
  add(condition, given, comparison, false, group, node, reading, prefix);
}

function mentions(node: TreeNode, parameter: string, text: string): boolean {
  return new RegExp(`(?<![\\w.])${parameter}\\b`, 'u').test(
    text.slice(node.startIndex, Math.min(node.endIndex, node.startIndex + 2000)),
  );
}

/** Members that a selector names: `p => p.Title`, `p => new { p.Id, p.Author.Name }`; null where it takes the whole row or does more. */
export function selectorPaths(node: TreeNode | undefined, reading: Reading): readonly PathUse[] | null {
  const { text, lines } = reading;
  const lambda = lambdaOf(node, text);
  if (!lambda) return null;
  const direct = memberOf(lambda.body, lambda.parameter, text);
  if (direct) return [{ path: direct.path, at: lines.range(lambda.body.startIndex, lambda.body.endIndex) }];
  const { body, parameter } = lambda;
  if (!/object_creation|implicit_object|tuple/u.test(body.type)) return null;
  const source = text.slice(body.startIndex, Math.min(body.endIndex, body.startIndex + 6000));
  // The row itself is handed on.
  if (new RegExp(`(?<![\\w.])${parameter}\\s*[,)};]`, 'u').test(source)) return null;
  const seen = new Set<string>();
  return Array.from(
    source.matchAll(
      new RegExp(`(?<![\\w.])${parameter}[!?]?\\.([A-Za-z_]\\w*(?:[!?]?\\.[A-Za-z_]\\w*)*)(\\s*\\()?`, 'gu'),
    ),
  ).flatMap((match): PathUse[] => {
    const parts = (match[1] ?? '').replace(/[!?]/gu, '').split('.');
    if (match[2] !== undefined) parts.pop();
    const path = parts.join('.');
    if (path === '' || seen.has(path)) return [];
    seen.add(path);
    return [{ path, at: lines.range(body.startIndex + match.index, body.startIndex + match.index + match[0].length) }];
  });
}
