/** Reads the arguments of an operation: what is filtered, sorted, loaded, selected, limited and written. */
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { objectParts, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { ObjectParts, Syn } from '../shared/typescript/syn.ts';
import { readWhere } from './where.ts';

const deepest = 12;

export function readClientArguments(node: Syn, draft: Draft, scope: Scope, depth = 0): void {
  const options = scope.literal(node);
  if (options.type !== 'object' || depth > 4) {
    draft.complete = false;
    return;
  }
  const { properties, spreads, open } = objectParts(options, scope.text);
  if (open) draft.complete = false;
  for (const spread of spreads) {
    // What is spread in may hold conditions of its own.
    const inner = scope.literal(spread);
    if (inner.type === 'object') readClientArguments(inner, draft, scope, depth + 1);
    else draft.complete = false;
  }
  for (const { key, value } of properties) {
    if (scope.text.slice(value.start, value.end) === 'undefined') continue;
    switch (key) {
      case 'where':
        readWhere(value, draft, scope);
        break;
      case 'orderBy':
        readOrder(value, draft, scope);
        break;
      case 'include':
        readInclude(value, '', draft, scope, 0);
        break;
      case 'select':
        draft.selects = [];
        readSelect(value, '', draft, scope, 0);
        break;
      case 'take':
        draft.limit = countAt(value, scope);
        // A page without an order is sorted by the identifier (`finalize_arguments` of the query engine).
        draft.sortedByKey = true;
        break;
      case 'skip':
        draft.offset = countAt(value, scope);
        draft.sortedByKey = true;
        break;
      case 'cursor':
        draft.sortedByKey = true;
        readCursor(value, draft, scope);
        break;
      case 'by':
        readGroups(value, draft, scope);
        break;
      case 'data':
      case 'create':
      case 'update':
        readWrites(value, draft, scope);
        break;
      case 'relationLoadStrategy': {
        const strategy = stringValue(value, scope.text);
        draft.loading = strategy === 'join' || strategy === 'query' ? strategy : null;
        break;
      }
      case '_sum':
      case '_avg':
      case '_min':
      case '_max':
        for (const { key: path } of partsOf(value, scope).properties) (draft.selects ??= []).push(path);
        break;
      // `distinct`, `omit`, `having`, `skipDuplicates`, `_count` say nothing that is kept.
    }
  }
}

const noParts: ObjectParts = { properties: [], spreads: [], open: true };

function partsOf(node: Syn, scope: Scope): ObjectParts {
  const value = scope.literal(node);
  return value.type === 'object' ? objectParts(value, scope.text) : noParts;
}

/** `{ createdAt: 'desc' }`, `{ author: { name: 'asc' } }`, `{ name: { sort: 'asc', nulls: 'last' } }`, or a list of them. */
function readOrder(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  const parts = value.type === 'array' ? value.kids : [value];
  for (const part of parts) {
    const object = scope.literal(part);
    if (object.type === 'object') readSort(object, '', draft, scope, 0);
    else draft.sorts.push({ path: '', direction: 'unknown', at: scope.lines.range(part.start, part.end) });
  }
}

function readSort(object: Syn, prefix: string, draft: Draft, scope: Scope, depth: number): void {
  const { properties, open } = objectParts(object, scope.text);
  // `[sortField]: direction`
  if (open) draft.sorts.push({ path: '', direction: 'unknown', at: scope.lines.range(object.start, object.end) });
  for (const { key, value, keyNode } of properties) {
    // Sorting by a count or by relevance sorts by no column.
    if (key.startsWith('_')) continue;
    const inner = unwrap(value);
    const at = scope.lines.range(keyNode.start, keyNode.end);
    const nested = inner.type === 'object' ? objectParts(inner, scope.text).properties : [];
    const sort = nested.find((each) => each.key === 'sort');
    if (inner.type === 'object' && !sort && depth < deepest)
      readSort(inner, `${prefix}${key}.`, draft, scope, depth + 1);
    else draft.sorts.push({ path: prefix + key, direction: directionOf(sort?.value ?? inner, scope), at });
  }
}

function directionOf(node: Syn, scope: Scope): 'asc' | 'desc' | 'unknown' {
  const inner = unwrap(node);
  const word = (stringValue(inner, scope.text) ?? scope.text.slice(inner.start, inner.end)).replace(/^.*\./, '');
  return word === 'asc' || word === 'desc' ? word : 'unknown';
}

/** Everything of the model, and these relations. */
function readInclude(node: Syn, prefix: string, draft: Draft, scope: Scope, depth: number): void {
  const { properties } = partsOf(node, scope);
  for (const { key, value, keyNode } of properties) {
    const inner = scope.literal(value);
    if (key === '_count' || inner.type === 'false' || depth > deepest) continue;
    const path = prefix + key;
    draft.loads.push({ path, at: scope.lines.range(keyNode.start, keyNode.end) });
    if (inner.type === 'object') readNested(inner, `${path}.`, draft, scope, depth + 1);
  }
}

/** `include` and `select` of a relation; its own `where`, `take` and `orderBy` belong to another statement. */
function readNested(object: Syn, prefix: string, draft: Draft, scope: Scope, depth: number): void {
  for (const { key, value } of objectParts(object, scope.text).properties) {
    if (key === 'include') readInclude(value, prefix, draft, scope, depth);
    else if (key === 'select') readSelect(value, prefix, { ...draft, selects: null }, scope, depth);
  }
}

/**
 * Only these fields. Whether a name is a column or a relation is known when the model is: until then it is both, and linking
 * keeps what it is.
 */
function readSelect(node: Syn, prefix: string, draft: Draft, scope: Scope, depth: number): void {
  const { properties } = partsOf(node, scope);
  for (const { key, value, keyNode } of properties) {
    const inner = scope.literal(value);
    if (key === '_count' || inner.type === 'false' || depth > deepest) continue;
    const path = prefix + key;
    draft.selects?.push(path);
    draft.loads.push({ path, at: scope.lines.range(keyNode.start, keyNode.end) });
    if (inner.type === 'object') readNested(inner, `${path}.`, draft, scope, depth + 1);
  }
}

/** A negative number takes from the end. */
function countAt(node: Syn, scope: Scope): NonNullable<Draft['limit']> {
  const text = scope.text.slice(unwrap(node).start, unwrap(node).end).replace(/_/g, '');
  return {
    value: /^-?\d+$/.test(text) ? Math.abs(Number(text)) : null,
    at: scope.lines.range(node.start, node.end),
  };
}

/** Reading goes on from a known row: its key is searched, and bounds the rest. */
function readCursor(node: Syn, draft: Draft, scope: Scope): void {
  for (const { key, value, keyNode } of partsOf(node, scope).properties) {
    // The parts of a compound key say together where the page begins: none of them is a condition of its own.
    if (scope.literal(value).type === 'object') continue;
    const at = scope.lines.range(keyNode.start, keyNode.end);
    draft.filters.push({ path: key, at, comparison: 'range', orGroup: 0, wrapped: false, constant: false });
  }
}

function readGroups(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  for (const part of value.type === 'array' ? value.kids : [value]) {
    const path = stringValue(part, scope.text);
    if (path !== null) draft.groups.push({ path, at: scope.lines.range(part.start, part.end) });
  }
}

/** Fields of an object, or of the first of a list; what a variable of another shape sets is not known. */
function readWrites(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  const first = value.type === 'array' ? value.kids[0] : mappedObject(value);
  const object = first ? scope.literal(first) : value;
  if (object.type !== 'object') return;
  for (const { key, value: set, keyNode } of objectParts(object, scope.text).properties) {
    if (scope.text.slice(set.start, set.end) === 'undefined' || draft.writes.some(({ path }) => path === key)) continue;
    draft.writes.push({ path: key, at: scope.lines.range(keyNode.start, keyNode.end) });
  }
}

/** `rows.map((row) => ({ … }))`: every row is of that shape. */
function mappedObject(node: Syn): Syn | undefined {
  if (node.type !== 'call_expression') return undefined;
  const callback = node.kids.at(-1)?.kids[0];
  const body = callback?.type === 'arrow_function' ? callback.kids.at(-1) : undefined;
  const inner = body ? unwrap(body) : undefined;
  return inner?.type === 'object' ? inner : undefined;
}
