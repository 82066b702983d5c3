/** Reads where objects and keys into the filters of a query. */
import type { Comparison, Filter } from '../../schema/code.ts';
import { readCondition } from '../shared/sql/conditions.ts';
import { sqlTextOf } from '../shared/typescript/sqlText.ts';
import { objectParts, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { isLiteral, operatorOf, readOperator } from './findOperators.ts';
import type { Scope } from '../shared/typescript/scope.ts';

/** Keys of find options, which before 0.3 could stand beside those of the where object. */
export const optionKeys = new Set([
  'where',
  'relations',
  'order',
  'select',
  'take',
  'skip',
  'lock',
  'withDeleted',
  'relationLoadStrategy',
  'loadEagerRelations',
  'loadRelationIds',
  'join',
  'cache',
  'comment',
  'transaction',
]);

export function nameOf(node: Syn, scope: Scope): string | null {
  const inner = unwrap(node);
  return inner.type === 'identifier' || inner.type === 'shorthand_property_identifier'
    ? scope.text.slice(inner.start, inner.end)
    : null;
}

/** `where.role = …`, `options.where = …` between the declaration and the use: the query may have them or not. */
export function laterAssignments(name: string, from: number, to: number, draft: Draft, scope: Scope): void {
  const between = scope.text.slice(from, to);
  for (const match of between.matchAll(
    new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}\\.([\\w.]+)\\s*=(?!=)`, 'g'),
  )) {
    draft.complete = false;
    const path = (match[1] ?? '').replace(/^where\./, '');
    if (optionKeys.has(path.split('.')[0] ?? '')) continue;
    const at = scope.lines.range(from + match.index, from + match.index + match[0].length - 1);
    draft.filters.push({ path, at, comparison: 'eq', orGroup: 0, wrapped: false, constant: false });
  }
  if (
    new RegExp(
      `(?<![\\w$.])${name.replace(/\$/g, '\\$')}\\[|Object\\.assign\\(\\s*${name.replace(/\$/g, '\\$')}\\b`,
    ).test(between)
  )
    draft.complete = false;
}

/** A where object, a list of them (joined by OR), or a variable that holds one. */
export function readWhere(node: Syn, draft: Draft, scope: Scope, prefix = ''): void {
  const where = scope.literal(node);
  if (where.type === 'array') {
    const parts = where.kids.map(unwrap);
    if (parts.length === 0) return;
    for (const part of parts) {
      const group = parts.length > 1 ? draft.nextGroup++ : 0;
      const object = scope.literal(part.type === 'spread_element' && part.kids[0] ? part.kids[0] : part);
      if (object.type === 'object') whereObject(object, prefix, group, draft, scope);
      else draft.complete = false;
    }
  } else if (where.type === 'object') {
    whereObject(where, prefix, 0, draft, scope);
    const name = nameOf(node, scope);
    if (name !== null) laterAssignments(name, where.start, node.start, draft, scope);
  } else if (where.type === 'ternary_expression') {
    draft.complete = false;
    for (const branch of where.kids.slice(1)) {
      const object = scope.literal(branch);
      if (object.type === 'object') whereObject(object, prefix, draft.nextGroup++, draft, scope);
    }
  } else {
    const sql = sqlTextOf(where, scope.text, scope.constantOf);
    if (sql) conditionFilters(sql.sql, node, draft, scope);
    else draft.complete = false;
  }
}

function conditionFilters(sql: string, node: Syn, draft: Draft, scope: Scope): void {
  const condition = readCondition(sql, { firstGroup: draft.nextGroup });
  const at = scope.lines.range(node.start, node.end);
  for (const { column, comparison, wrapped, constant, group } of condition.predicates) {
    draft.filters.push({ path: column, at, comparison, orGroup: group, wrapped, constant });
    draft.nextGroup = Math.max(draft.nextGroup, group + 1);
  }
  if (!condition.complete) draft.complete = false;
}

function whereObject(object: Syn, prefix: string, group: number, draft: Draft, scope: Scope): void {
  const { properties, spreads, open } = objectParts(object, scope.text);
  if (open) draft.complete = false;
  for (const { key, value, keyNode } of properties) whereProperty(key, value, keyNode, prefix, group, draft, scope);
  for (const spread of spreads) spreadWhere(spread, prefix, group, draft, scope);
}

/** `...(x && { a })`, `...(x ? { a } : {})`, `...where`: may be part of the query, so the rest proves nothing by its absence. */
function spreadWhere(node: Syn, prefix: string, group: number, draft: Draft, scope: Scope): void {
  draft.complete = false;
  const inner = scope.literal(node);
  if (inner.type === 'object') whereObject(inner, prefix, group, draft, scope);
  else if (inner.type === 'ternary_expression' || inner.type === 'binary_expression')
    for (const branch of inner.kids.slice(1))
      if (unwrap(branch).type === 'object') whereObject(unwrap(branch), prefix, group, draft, scope);
}

export function whereProperty(
  key: string,
  value: Syn,
  keyNode: Syn,
  prefix: string,
  group: number,
  draft: Draft,
  scope: Scope,
): void {
  const path = prefix + key;
  const inner = unwrap(value);
  const text = scope.text.slice(inner.start, inner.end);
  // TypeORM leaves out properties that are undefined.
  if (text === 'undefined') return;
  const add = (comparison: Comparison, constant: boolean, wrapped = false): void => {
    const at = scope.lines.range(keyNode.start, inner.end);
    draft.filters.push({ path, at, comparison, orGroup: group, wrapped, constant } satisfies Filter);
  };
  if (inner.type === 'object') {
    whereObject(inner, `${path}.`, group, draft, scope);
    return;
  }
  if (inner.type === 'array') {
    // A list of objects below a relation: any of them.
    for (const part of inner.kids.map(unwrap))
      if (part.type === 'object') whereObject(part, `${path}.`, draft.nextGroup++, draft, scope);
    if (!inner.kids.some((part) => unwrap(part).type === 'object')) add('eq', false);
    return;
  }
  const operator = operatorOf(inner, scope);
  if (operator) readOperator(operator, path, add, draft, scope);
  else if (text === 'null') add('is-null', true);
  else if (inner.type === 'ternary_expression') {
    const branches = inner.kids.slice(1).map((branch) => operatorOf(unwrap(branch), scope));
    const known = branches.find((branch) => branch !== null);
    if (known) readOperator(known, path, add, draft, scope);
    else add('eq', false);
    if (inner.kids.slice(1).some((branch) => scope.text.slice(branch.start, branch.end) === 'undefined'))
      draft.complete = false;
  } else add('eq', isLiteral(inner));
}

/** An id rather than an object: a literal, or something whose name says so. */
export function isKey(node: Syn, scope: Scope): boolean {
  const inner = unwrap(node);
  if (inner.type === 'string' || inner.type === 'number' || inner.type === 'template_string') return true;
  const name = scope.text.slice(inner.start, inner.end);
  return (
    inner.type === 'array' ||
    /(?:^|[._])(?:id|uuid|key|pk)s?$|(?:Id|ID|Uuid|Key)s?$/.test(name) ||
    operatorOf(inner, scope) !== null
  );
}

/** The primary key compared with a value; `id` stands for it, whatever its name. */
export function keyFilter(node: Syn, draft: Draft, scope: Scope, many: boolean): void {
  const inner = unwrap(node);
  const name = scope.text.slice(inner.start, inner.end);
  const list =
    many || inner.type === 'array' || /(?:ids|Ids|IDs)$/.test(name) || operatorOf(inner, scope)?.name === 'In';
  const at = scope.lines.range(node.start, node.end);
  draft.filters.push({
    path: 'id',
    at,
    comparison: list ? 'in' : 'eq',
    orGroup: 0,
    wrapped: false,
    constant: isLiteral(inner),
  });
}
