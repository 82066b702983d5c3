/** `db.query.users.findMany({ where, with, columns, orderBy, limit })` of both versions. */
import type { Comparison } from '../../schema/code.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { objectParts, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Link, Property, Syn } from '../shared/typescript/syn.ts';
import { countAt, readSort } from './builder.ts';
import { bodyOf, readCondition } from './conditions.ts';
import { isLiteral } from './places.ts';
import type { Names } from './places.ts';

const deepest = 12;

/** Tells linking that the table is named as the schema's object names it, not as the file does. */
export const byKey = 'query';

export function readRelational(link: Link, model: string, scope: Scope): Draft {
  const draft = newDraft(link.name, 'select', link.name === 'findFirst' ? 'one' : 'many');
  draft.entity = model;
  draft.receiver = byKey;
  const [options] = link.args;
  if (options) readOptions(options, draft, scope);
  // Related rows come as JSON, each once: they multiply nothing, as statements of their own do not.
  if (draft.loads.length > 0) draft.loading = 'query';
  return draft;
}

function readOptions(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  if (value.type !== 'object') {
    draft.complete = false;
    return;
  }
  const { properties, spreads, open } = objectParts(value, scope.text);
  if (open || spreads.length > 0) draft.complete = false;
  const names: Names = { table: draft.entity, own: new Set() };
  for (const { key, value: given } of properties) {
    switch (key) {
      case 'where':
        readWhere(given, names, draft, scope);
        break;
      case 'with':
        readWith(given, '', draft, scope, 0);
        break;
      case 'columns':
        draft.selects = columnsIn(given, scope);
        break;
      case 'orderBy':
        readOrder(given, names, draft, scope);
        break;
      case 'limit':
        draft.limit = countAt(given, scope);
        break;
      case 'offset':
        draft.offset = countAt(given, scope);
        break;
    }
  }
}

function readWhere(node: Syn, names: Names, draft: Draft, scope: Scope): void {
  const callback = bodyOf(node, names, scope);
  if (callback) {
    readCondition(callback.body, callback.names, draft, scope);
    return;
  }
  const value = scope.literal(node);
  if (value.type === 'object') readObject(value, '', draft, scope, 0, 0);
  else readCondition(node, names, draft, scope);
}

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'range',
  gte: 'range',
  lt: 'range',
  lte: 'range',
  in: 'in',
  notIn: 'other',
  like: 'contains',
  ilike: 'contains',
  notLike: 'other',
  notIlike: 'other',
  isNull: 'is-null',
  isNotNull: 'other',
  arrayContains: 'other',
  arrayContained: 'other',
  arrayOverlaps: 'other',
};

/** Of the second version: `{ id: 1, name: { like: 'x%' }, OR: […], posts: { title: 'x' } }`. */
function readObject(object: Syn, prefix: string, draft: Draft, scope: Scope, group: number, depth: number): void {
  const { properties, spreads, open } = objectParts(object, scope.text);
  if (open || spreads.length > 0 || depth > deepest) draft.complete = false;
  if (depth > deepest) return;
  for (const property of properties) {
    const { key, value } = property;
    const inner = scope.literal(value);
    if (key === 'OR' || key === 'AND') {
      const parts = inner.type === 'array' ? inner.kids.map((kid) => scope.literal(kid)) : [];
      if (inner.type !== 'array') draft.complete = false;
      for (const part of parts)
        if (part.type === 'object')
          readObject(
            part,
            prefix,
            draft,
            scope,
            key === 'OR' && parts.length > 1 ? draft.nextGroup++ : group,
            depth + 1,
          );
    } else if (key === 'NOT' || key === 'RAW') draft.complete = false;
    else readField(property, inner, prefix, draft, scope, group, depth);
  }
}

function readField(
  { key, value, keyNode }: Property,
  inner: Syn,
  prefix: string,
  draft: Draft,
  scope: Scope,
  group: number,
  depth: number,
): void {
  const path = prefix + key;
  const at = scope.lines.range(keyNode.start, value.end);
  if (scope.text.slice(inner.start, inner.end) === 'undefined') return;
  if (inner.type !== 'object') {
    draft.filters.push({
      path,
      at,
      comparison: 'eq',
      orGroup: group,
      wrapped: false,
      constant: isLiteral(inner, scope),
    });
    return;
  }
  const parts = objectParts(inner, scope.text).properties;
  if (
    parts.length === 0 ||
    !parts.every((part) => part.key in comparisons || part.key === 'OR' || part.key === 'NOT')
  ) {
    readObject(inner, `${path}.`, draft, scope, group, depth + 1);
    return;
  }
  for (const part of parts) {
    const comparison = comparisons[part.key] ?? 'other';
    const pattern = stringValue(part.value, scope.text);
    const isPrefix = comparison === 'contains' && pattern !== null && /^[^%_].*%$/.test(pattern);
    const constant = isLiteral(part.value, scope);
    const wrapped = part.key === 'ilike';
    draft.filters.push({ path, at, comparison: isPrefix ? 'prefix' : comparison, orGroup: group, wrapped, constant });
  }
}

/** `with: { posts: true, author: { with: { … } } }` */
function readWith(node: Syn, prefix: string, draft: Draft, scope: Scope, depth: number): void {
  const value = scope.literal(node);
  if (value.type !== 'object' || depth > deepest) return;
  for (const { key, value: given, keyNode } of objectParts(value, scope.text).properties) {
    const inner = scope.literal(given);
    if (inner.type === 'false' || scope.text.slice(inner.start, inner.end) === 'undefined') continue;
    const path = prefix + key;
    draft.loads.push({ path, at: scope.lines.range(keyNode.start, keyNode.end) });
    if (inner.type !== 'object') continue;
    const nested = objectParts(inner, scope.text).properties.find((part) => part.key === 'with');
    if (nested) readWith(nested.value, `${path}.`, draft, scope, depth + 1);
  }
}

/** `{ id: true }` selects these; `{ password: false }` all but those. */
function columnsIn(node: Syn, scope: Scope): string[] | null {
  const value = scope.literal(node);
  if (value.type !== 'object') return null;
  const { properties } = objectParts(value, scope.text);
  const kept = properties.filter((part) => unwrap(part.value).type !== 'false').map(({ key }) => key);
  return kept.length === 0 && properties.length > 0 ? null : kept;
}

/** `desc(users.id)`, a list, a callback, or `{ id: 'desc' }` of the second version. */
function readOrder(node: Syn, names: Names, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  if (value.type === 'object') {
    for (const { key, value: given, keyNode } of objectParts(value, scope.text).properties) {
      const word = stringValue(given, scope.text);
      const direction = word === 'asc' || word === 'desc' ? word : 'unknown';
      draft.sorts.push({ path: key, direction, at: scope.lines.range(keyNode.start, keyNode.end) });
    }
  } else for (const part of value.type === 'array' ? value.kids : [value]) readSort(part, names, draft, scope);
}
