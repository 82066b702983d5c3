/** Conditions made of Drizzle's operators (`and(eq(users.id, id), like(…))`) → filters of a query. */
import type { Comparison } from '../../schema/code.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { chainOf, functionTypes, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';
import { columnPath, columnsInTemplate, isLiteral } from './places.ts';
import type { Names } from './places.ts';

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'range',
  gte: 'range',
  lt: 'range',
  lte: 'range',
  between: 'range',
  notBetween: 'other',
  inArray: 'in',
  notInArray: 'other',
  isNull: 'is-null',
  isNotNull: 'other',
  like: 'contains',
  ilike: 'contains',
  notLike: 'other',
  notIlike: 'other',
  arrayContains: 'other',
  arrayContained: 'other',
  arrayOverlaps: 'other',
};

/** Nobody nests deeper, and a text that does shall not cost. */
const deepest = 24;

export function readCondition(node: Syn, names: Names, draft: Draft, scope: Scope, group = 0, depth = 0): void {
  const value = scope.literal(node);
  if (depth > deepest) {
    draft.complete = false;
    return;
  }
  if (value.type === 'ternary_expression' || value.type === 'binary_expression') {
    // `id ? eq(users.id, id) : undefined`, `id && eq(…)`: may be part of it.
    draft.complete = false;
    for (const branch of value.kids.slice(1)) {
      const inner = unwrap(branch);
      if (inner.type === 'call_expression') readCondition(inner, names, draft, scope, group, depth + 1);
    }
    return;
  }
  if (scope.text.slice(value.start, value.end) === 'undefined') return;
  if (value.type !== 'call_expression') {
    draft.complete = false;
    return;
  }
  if (/^sql\b/.test(scope.text.slice(value.start, value.start + 4))) {
    readTemplate(value, names, draft, scope, group);
    return;
  }
  const link = chainOf(value, scope.text).links.at(-1);
  const args = link?.args ?? [];
  switch (link?.name) {
    case 'and':
    case 'or': {
      const parts = listed(args, draft, scope);
      for (const part of parts) {
        const own = link.name === 'or' && parts.length > 1 ? draft.nextGroup++ : group;
        readCondition(part, names, draft, scope, own, depth + 1);
      }
      return;
    }
    case 'not':
      if (args[0]) negated(args[0], names, draft, scope, group, depth + 1);
      return;
    case 'exists':
    case 'notExists':
      draft.complete = false;
      return;
  }
  const comparison = comparisons[link?.name ?? ''];
  if (!link || !comparison || !args[0]) {
    draft.complete = false;
    return;
  }
  readComparison(link.name, comparison, args, value, names, draft, scope, group);
}

function negated(node: Syn, names: Names, draft: Draft, scope: Scope, group: number, depth: number): void {
  const before = draft.filters.length;
  readCondition(node, names, draft, scope, group, depth);
  for (let at = before; at < draft.filters.length; at++) {
    const filter = draft.filters[at];
    if (filter) draft.filters[at] = { ...filter, comparison: filter.comparison === 'eq' ? 'ne' : 'other' };
  }
}

/** The conditions of `and(a, b)`, `and(...conditions)`, `and(...[a, b])`. */
function listed(args: readonly Syn[], draft: Draft, scope: Scope): readonly Syn[] {
  return args.flatMap((argument) => {
    if (argument.type !== 'spread_element') return [argument];
    const [inner] = argument.kids;
    const value = inner ? scope.literal(inner) : undefined;
    // What a list holds at first may be added to before it is used.
    if (value?.type !== 'array' || value === unwrap(inner ?? value)) draft.complete &&= value?.type === 'array';
    else draft.complete = false;
    return value?.type === 'array' ? value.kids : [];
  });
}

function readComparison(
  operator: string,
  comparison: Comparison,
  args: readonly Syn[],
  call: Syn,
  names: Names,
  draft: Draft,
  scope: Scope,
  group: number,
): void {
  const [left, right] = args;
  if (!left) return;
  const at = scope.lines.range(call.start, call.end);
  const constant = args.slice(1).every((each) => isLiteral(each, scope));
  const path = columnPath(left, names, scope);
  if (path === null) {
    // `` eq(sql`lower(${users.email})`, email) ``: a function stands around the column.
    const [inner] = columnsInTemplate(left, names, scope);
    if (inner) draft.filters.push({ path: inner.path, at, comparison, orGroup: group, wrapped: true, constant });
    else if (isHelper(left, scope)) {
      const [column] = chainOf(unwrap(left), scope.text).links.at(-1)?.args ?? [];
      const wrapped = column ? columnPath(column, names, scope) : null;
      if (wrapped !== null)
        draft.filters.push({ path: wrapped, at, comparison, orGroup: group, wrapped: true, constant });
      else draft.complete = false;
    } else draft.complete = false;
    return;
  }
  const isPattern = /like$/i.test(operator) && comparison === 'contains';
  draft.filters.push({
    path,
    at,
    comparison: isPattern ? patternOf(right, scope) : comparison,
    orGroup: group,
    // Compared without case, which no plain index serves.
    wrapped: operator === 'ilike',
    constant: constant || comparison === 'is-null',
  });
}

/** `lower(users.email)`: a helper of the project around a column. */
function isHelper(node: Syn, scope: Scope): boolean {
  const inner = unwrap(node);
  return inner.type === 'call_expression' && /^\w+\(/.test(scope.text.slice(inner.start, inner.start + 40));
}

/** `'abc%'`, `` `${q}%` `` search a prefix; any other pattern may begin with `%`. */
function patternOf(node: Syn | undefined, scope: Scope): Comparison {
  if (!node) return 'other';
  const value = scope.literal(node);
  const text = scope.text.slice(value.start + 1, value.end - 1);
  if (value.type !== 'string' && value.type !== 'template_string') return 'contains';
  if (text.startsWith('%') || text.startsWith('_')) return 'contains';
  return text.endsWith('%') ? 'prefix' : text.includes('%') ? 'other' : 'eq';
}

/** `` sql`${users.age} > ${age}` ``: what follows each column tells. */
function readTemplate(node: Syn, names: Names, draft: Draft, scope: Scope, group: number): void {
  const columns = columnsInTemplate(node, names, scope);
  if (columns.length === 0) draft.complete = false;
  for (const { path, before, after, node: hole } of columns) {
    const at = scope.lines.range(hole.start, hole.end);
    const wrapped = /\w\s*\(\s*$/.test(before) || after.startsWith('::');
    const rest = after.replace(/^\s*(?:::\w+|[),\s])*/, '').toLowerCase();
    const comparison: Comparison = /^=(?!=)/.test(rest)
      ? 'eq'
      : /^(?:<>|!=)/.test(rest)
        ? 'ne'
        : /^(?:[<>]=?|between\b)/.test(rest)
          ? 'range'
          : /^in\b/.test(rest)
            ? 'in'
            : /^is\s+null/.test(rest)
              ? 'is-null'
              : /^i?like\b/.test(rest)
                ? 'contains'
                : 'other';
    draft.filters.push({ path, at, comparison, orGroup: group, wrapped, constant: comparison === 'is-null' });
  }
}

/** `(users, { eq }) => eq(users.id, 1)`: the body, with the names that stand for the table in it. */
export function bodyOf(node: Syn, names: Names, scope: Scope): { readonly body: Syn; readonly names: Names } | null {
  const value = unwrap(node);
  if (!functionTypes.has(value.type)) return null;
  const span = scope.outline.functions.find(({ start, end }) => start === value.start && end === value.end);
  const [first] = span?.parameters ?? [];
  const own = new Set(names.own);
  if (first && /^[\w$]+$/.test(first.name)) own.add(first.name);
  const last = value.kids.at(-1);
  if (!last) return null;
  if (last.type !== 'statement_block') return { body: last, names: { ...names, own } };
  const returned = last.kids.findLast(({ type }) => type === 'return_statement')?.kids[0];
  return returned ? { body: returned, names: { ...names, own } } : null;
}
