/** Condition objects of MikroORM (`{ name: 'x', age: { $gte: 18 }, $or: […], author: { name: 'y' } }`) → filters of a query. */
import type { Comparison } from '../../schema/code.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { objectParts, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Property, Syn } from '../shared/typescript/syn.ts';

const comparisons: Readonly<Record<string, Comparison>> = {
  $eq: 'eq',
  $ne: 'ne',
  $in: 'in',
  $nin: 'other',
  $gt: 'range',
  $gte: 'range',
  $lt: 'range',
  $lte: 'range',
  $like: 'contains',
  $ilike: 'contains',
  $re: 'other',
  $fulltext: 'other',
  $exists: 'other',
  $overlap: 'other',
  $contains: 'other',
  $contained: 'other',
  $hasKey: 'other',
};

/** Steps that lead into a collection and are no part of its path. */
const collections = new Set(['$some', '$every', '$none']);
const deepest = 24;

interface Place {
  readonly prefix: string;
  readonly group: number;
  readonly depth: number;
}

export function readWhere(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  if (value.type === 'object') {
    readObject(value, { prefix: '', group: 0, depth: 0 }, draft, scope);
    return;
  }
  if (value.type === 'array') {
    draft.filters.push({
      path: 'id',
      at: scope.lines.range(node.start, node.end),
      comparison: 'in',
      orGroup: 0,
      wrapped: false,
      constant: false,
    });
    return;
  }
  const text = scope.text.slice(value.start, value.end);
  // A key; a variable that is called `where` holds conditions.
  const isKey = isLiteral(value) || /(?:^|\.)\w*(?:[iI]d|uuid|UUID|[kK]ey)$/.test(text);
  if (isKey)
    draft.filters.push({
      path: 'id',
      at: scope.lines.range(node.start, node.end),
      comparison: 'eq',
      orGroup: 0,
      wrapped: false,
      constant: isLiteral(value),
    });
  else draft.complete = false;
}

function readObject(object: Syn, place: Place, draft: Draft, scope: Scope): void {
  const { properties, spreads, open } = objectParts(object, scope.text);
  if (open || spreads.length > 0 || place.depth > deepest) draft.complete = false;
  if (place.depth > deepest) return;
  for (const spread of spreads) {
    const inner = scope.literal(spread);
    const branches = inner.type === 'object' ? [inner] : inner.kids.map(unwrap).filter(({ type }) => type === 'object');
    for (const branch of branches) readObject(branch, { ...place, depth: place.depth + 1 }, draft, scope);
  }
  for (const property of properties) readProperty(property, place, draft, scope);
}

function readProperty({ key, value, keyNode }: Property, place: Place, draft: Draft, scope: Scope): void {
  const inner = scope.literal(value);
  const deeper = { ...place, depth: place.depth + 1 };
  if (key === '$and' || key === '$or') {
    const parts = inner.type === 'array' ? inner.kids.map((kid) => scope.literal(kid)) : [];
    if (inner.type !== 'array') draft.complete = false;
    for (const part of parts) {
      if (part.type !== 'object') draft.complete = false;
      else
        readObject(
          part,
          { ...deeper, group: key === '$or' && parts.length > 1 ? draft.nextGroup++ : place.group },
          draft,
          scope,
        );
    }
    return;
  }
  if (key === '$not') {
    draft.complete = false;
    return;
  }
  if (collections.has(key)) {
    if (inner.type === 'object') readObject(inner, deeper, draft, scope);
    return;
  }
  const path = place.prefix + key;
  const at = scope.lines.range(keyNode.start, value.end);
  const text = scope.text.slice(inner.start, inner.end);
  const add = (comparison: Comparison, constant: boolean, wrapped = false): void => {
    draft.filters.push({ path, at, comparison, orGroup: place.group, wrapped, constant });
  };
  if (inner.type === 'object') {
    const parts = objectParts(inner, scope.text).properties;
    const operators = parts.filter((part) => part.key in comparisons);
    if (operators.length === 0) readObject(inner, { ...deeper, prefix: `${path}.` }, draft, scope);
    let range = false;
    for (const part of operators) {
      const comparison = comparisons[part.key] ?? 'other';
      const constant = isLiteral(scope.literal(part.value));
      // Two bounds are one condition.
      if (comparison === 'range' && range) continue;
      range ||= comparison === 'range';
      const isNull = scope.text.slice(part.value.start, part.value.end) === 'null';
      if (isNull) add(part.key === '$eq' ? 'is-null' : 'other', true);
      else if (comparison === 'contains') add(patternOf(part.value, scope), constant, part.key === '$ilike');
      else add(comparison, constant);
    }
    return;
  }
  if (text === 'undefined') return;
  if (text === 'null') add('is-null', true);
  else if (inner.type === 'array') add('in', isLiteral(inner));
  else if (inner.type === 'regex') add('other', true);
  else add('eq', isLiteral(inner));
}

/** `'abc%'` searches a prefix. */
function patternOf(node: Syn, scope: Scope): Comparison {
  const value = scope.literal(node);
  const text =
    stringValue(value, scope.text) ??
    (value.type === 'template_string' ? scope.text.slice(value.start + 1, value.end - 1) : null);
  if (text === null || text.startsWith('%') || text.startsWith('_')) return 'contains';
  return text.endsWith('%') ? 'prefix' : 'other';
}

export function isLiteral(node: Syn): boolean {
  const inner = unwrap(node);
  if (inner.type === 'array' || inner.type === 'unary_expression') return inner.kids.every(isLiteral);
  return /^(?:string|number|true|false|null)$/.test(inner.type);
}
