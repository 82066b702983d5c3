/** Reads find options and where objects into a query. */
import type { Comparison, Filter, PathUse } from '../../schema/code.ts';
import { readCondition, likePattern } from '../shared/sql/conditions.ts';
import { rawSqlOf, sqlTextOf } from '../shared/typescript/sqlText.ts';
import { objectParts, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';
import { findOperators } from './api.ts';
import type { Draft } from './draft.ts';
import type { Scope } from './scope.ts';

const optionKeys = new Set([
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

export function readFindOptions(node: Syn, draft: Draft, scope: Scope): void {
  const options = scope.literal(node);
  if (options.type !== 'object') {
    // Before 0.3 an id could stand in place of the options.
    if (isKey(node, scope)) keyFilter(node, draft, scope, false);
    else draft.complete = false;
    return;
  }
  const { properties, spreads, open } = objectParts(options, scope.text);
  if (spreads.length > 0 || open) draft.complete = false;
  for (const spread of spreads) {
    const inner = scope.literal(spread);
    if (inner.type === 'object') readFindOptions(inner, draft, scope);
  }
  for (const { key, value, keyNode } of properties) {
    if (key === 'where') readWhere(value, draft, scope);
    else if (key === 'relations') readPaths(value, draft, scope, (use) => draft.loads.push(use));
    else if (key === 'order') readOrder(scope.literal(value), '', draft, scope);
    else if (key === 'select') readSelect(value, draft, scope);
    else if (key === 'take') draft.limit = numberAt(value, scope);
    else if (key === 'skip') draft.offset = numberAt(value, scope);
    else if (key === 'lock') draft.lock = lockMode(value, scope);
    else if (key === 'withDeleted') draft.withDeleted = scope.text.slice(value.start, value.end) !== 'false';
    else if (key === 'relationLoadStrategy') draft.loading = loadingOf(stringValue(value, scope.text));
    else if (key === 'join') readOldJoin(value, draft, scope);
    // Before 0.3 the where object itself could stand in place of the options.
    else if (!optionKeys.has(key) && !properties.some((other) => optionKeys.has(other.key)))
      whereProperty(key, value, keyNode, '', 0, draft, scope);
  }
  const name = nameOf(node, scope);
  if (name !== null) laterAssignments(name, options.start, node.start, draft, scope);
}

function nameOf(node: Syn, scope: Scope): string | null {
  const inner = unwrap(node);
  return inner.type === 'identifier' || inner.type === 'shorthand_property_identifier'
    ? scope.text.slice(inner.start, inner.end)
    : null;
}

/** `where.role = …`, `options.where = …` between the declaration and the use: the query may have them or not. */
function laterAssignments(name: string, from: number, to: number, draft: Draft, scope: Scope): void {
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

function whereProperty(
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

interface Operator {
  readonly name: string;
  readonly args: readonly Syn[];
}

function operatorOf(node: Syn, scope: Scope): Operator | null {
  const callee = node.type === 'call_expression' ? node.kids[0] : undefined;
  if (!callee) return null;
  const name = scope.text.slice(callee.start, callee.end);
  const list = node.kids.at(-1);
  return findOperators.has(name) ? { name, args: list?.type === 'arguments' ? list.kids : [] } : null;
}

type Add = (comparison: Comparison, constant: boolean, wrapped?: boolean) => void;

function readOperator({ name, args }: Operator, path: string, add: Add, draft: Draft, scope: Scope): void {
  const constant = args.every((argument) => isLiteral(unwrap(argument)));
  const first = args[0] ? unwrap(args[0]) : undefined;
  switch (name) {
    case 'Equal':
      add('eq', constant);
      break;
    case 'In':
    case 'Any':
      add(name === 'In' || first?.type === 'array' ? 'in' : 'other', constant);
      break;
    case 'LessThan':
    case 'LessThanOrEqual':
    case 'MoreThan':
    case 'MoreThanOrEqual':
    case 'Between':
      add('range', constant);
      break;
    case 'IsNull':
      add('is-null', true);
      break;
    case 'Not': {
      const inner = first ? operatorOf(first, scope) : null;
      add(inner === null || inner.name === 'Equal' ? 'ne' : 'other', constant);
      break;
    }
    case 'Like':
    case 'ILike':
      // ILIKE compares without case, which no plain index serves.
      add(first ? likePattern(scope.text.slice(first.start, first.end)) : 'other', constant, name === 'ILike');
      break;
    case 'And':
    case 'Or':
      for (const argument of args) {
        const inner = operatorOf(unwrap(argument), scope);
        if (inner) readOperator(inner, path, add, draft, scope);
        else draft.complete = false;
      }
      break;
    case 'Raw':
      readRaw(args, add, draft, scope);
      break;
    default:
      add('other', constant);
  }
}

/** `Raw(alias => `LOWER(${alias}) = :name`, { name })`: the alias is TypeORM's own and safe; anything else put in is not. */
function readRaw(args: readonly Syn[], add: Add, draft: Draft, scope: Scope): void {
  const callback = args[0] ? unwrap(args[0]) : undefined;
  const body = callback?.type === 'arrow_function' ? callback.kids.at(-1) : callback;
  const parameter =
    callback?.type === 'arrow_function'
      ? scope.text.slice(callback.start, callback.kids[0]?.end ?? callback.start).replace(/[^\w$]/g, '')
      : '';
  const sql = body
    ? sqlTextOf(body, scope.text, (name) => (name === parameter && name !== '' ? 'raw_alias' : scope.constantOf(name)))
    : null;
  if (!sql) {
    add('other', false);
    draft.complete = false;
    return;
  }
  if (sql.holes.length > 0) draft.sql = rawSqlOf(sql, scope.lines);
  const predicate = readCondition(sql.sql).predicates.find(({ column }) => column === 'raw_alias');
  add(
    predicate?.comparison ?? 'other',
    predicate?.constant ?? false,
    predicate?.wrapped ?? /\braw_alias\s*\)/.test(sql.sql),
  );
}

export function isLiteral(node: Syn): boolean {
  if (node.type === 'unary_expression') return node.kids.every(isLiteral);
  if (node.type === 'array') return node.kids.every((kid) => isLiteral(unwrap(kid)));
  return /^(?:string|number|true|false|null)$/.test(node.type);
}

/** Relations or columns: a list of dotted paths, or a nested object with `true` at the ends. */
export function readPaths(node: Syn, draft: Draft, scope: Scope, add: (use: PathUse) => void, prefix = ''): void {
  const value = scope.literal(node);
  const visit = (object: Syn, base: string): void => {
    for (const { key, value: inner, keyNode } of objectParts(object, scope.text).properties) {
      const target = unwrap(inner);
      if (scope.text.slice(target.start, target.end) === 'false') continue;
      add({ path: base + key, at: scope.lines.range(keyNode.start, keyNode.end) });
      if (target.type === 'object') visit(target, `${base}${key}.`);
    }
  };
  if (value.type === 'object') visit(value, prefix);
  else if (value.type === 'array')
    for (const kid of value.kids) {
      const path = stringValue(kid, scope.text);
      if (path !== null) add({ path: prefix + path, at: scope.lines.range(kid.start, kid.end) });
      else draft.complete = false;
    }
  else if (value.type === 'binary_expression') {
    // `relations ?? ['lines']`
    const fallback = value.kids.at(-1);
    draft.complete = false;
    if (fallback && unwrap(fallback).type === 'array') readPaths(fallback, draft, scope, add, prefix);
  } else draft.complete = false;
}

function readSelect(node: Syn, draft: Draft, scope: Scope): void {
  const selects: string[] = [];
  const value = scope.literal(node);
  if (value.type !== 'array' && value.type !== 'object') return;
  readPaths(value, { ...draft }, scope, ({ path }) => selects.push(path));
  draft.selects = selects.filter((path) => !selects.some((other) => other.startsWith(`${path}.`)));
}

export function readOrder(node: Syn, prefix: string, draft: Draft, scope: Scope): void {
  if (node.type !== 'object') {
    draft.sorts.push({
      path: prefix.replace(/\.$/, ''),
      direction: 'unknown',
      at: scope.lines.range(node.start, node.end),
    });
    return;
  }
  for (const { key, value, keyNode } of objectParts(node, scope.text).properties) {
    const inner = unwrap(value);
    const at = scope.lines.range(keyNode.start, keyNode.end);
    if (inner.type === 'object') {
      const nested = objectParts(inner, scope.text).properties.find((candidate) => candidate.key === 'direction');
      if (nested) draft.sorts.push({ path: prefix + key, direction: directionOf(nested.value, scope), at });
      else readOrder(inner, `${prefix}${key}.`, draft, scope);
    } else draft.sorts.push({ path: prefix + key, direction: directionOf(inner, scope), at });
  }
}

export function directionOf(node: Syn | undefined, scope: Scope): 'asc' | 'desc' | 'unknown' {
  if (!node) return 'asc';
  const inner = unwrap(node);
  const word = (stringValue(inner, scope.text) ?? scope.text.slice(inner.start, inner.end)).toLowerCase();
  if (word === 'asc' || word === '1' || word.endsWith('.asc')) return 'asc';
  return word === 'desc' || word === '-1' || word.endsWith('.desc') ? 'desc' : 'unknown';
}

export function numberAt(node: Syn, scope: Scope): NonNullable<Draft['limit']> {
  const inner = unwrap(node);
  const text = scope.text.slice(inner.start, inner.end).replace(/_/g, '');
  return { value: /^\d+$/.test(text) ? Number(text) : null, at: scope.lines.range(node.start, node.end) };
}

function lockMode(node: Syn, scope: Scope): string {
  const inner = scope.literal(node);
  const mode =
    inner.type === 'object'
      ? objectParts(inner, scope.text).properties.find(({ key }) => key === 'mode')?.value
      : inner;
  return stringValue(mode, scope.text) ?? scope.text.slice(node.start, Math.min(node.end, node.start + 60));
}

export function loadingOf(strategy: string | null): Draft['loading'] {
  return strategy === 'query' || strategy === 'join' ? strategy : null;
}

/** `join: { alias: 'o', leftJoinAndSelect: { customer: 'o.customer' } }` of before 0.3. */
function readOldJoin(node: Syn, draft: Draft, scope: Scope): void {
  const join = scope.literal(node);
  if (join.type !== 'object') return;
  for (const { key, value } of objectParts(join, scope.text).properties) {
    const inner = unwrap(value);
    if (!/^(?:left|inner)Join/.test(key) || inner.type !== 'object') continue;
    for (const { key: alias, value: path } of objectParts(inner, scope.text).properties) {
      const dotted = stringValue(path, scope.text)?.replace(/^[^.]+\./, '') ?? alias;
      const at = scope.lines.range(path.start, path.end);
      const selected = key.endsWith('AndSelect');
      draft.joins.push({ path: dotted, at, alias, kind: key.startsWith('left') ? 'left' : 'inner', selected });
      if (selected) draft.loads.push({ path: dotted, at });
    }
  }
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
