/** Find options (`populate`, `orderBy`, `limit`, `fields` …) and values that are written. */
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { chainOf, objectParts, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';
import { readWhere } from './where.ts';

export function readOptions(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  // Before version 5 a list to populate stood here.
  if (value.type === 'array') {
    readPopulate(value, '', draft, scope);
    return;
  }
  if (value.type !== 'object') return;
  const { properties, spreads } = objectParts(value, scope.text);
  if (spreads.length > 0) draft.complete = false;
  for (const { key, value: given } of properties) {
    switch (key) {
      case 'where':
        readWhere(given, draft, scope);
        break;
      case 'populate':
        readPopulate(given, '', draft, scope);
        break;
      case 'orderBy':
        readOrder(given, '', draft, scope);
        break;
      case 'limit':
      case 'first':
      case 'last':
        draft.limit = countAt(given, scope);
        break;
      case 'offset':
        draft.offset = countAt(given, scope);
        break;
      case 'fields':
        draft.selects = texts(given, scope);
        break;
      case 'lockMode':
        draft.lock = scope.text.slice(given.start, given.end).replace(/^.*\./, '').toLowerCase();
        break;
      case 'strategy':
        draft.loading = /JOINED|joined/.test(scope.text.slice(given.start, given.end)) ? 'join' : 'query';
        break;
      case 'filters':
        if (/softDelete\s*:\s*false/.test(scope.text.slice(given.start, given.end))) draft.withDeleted = true;
        break;
    }
  }
}

/** `['books.tags', 'favourite']`, `{ books: { tags: true } }` of older versions. */
export function readPopulate(node: Syn, prefix: string, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  const add = (path: string, place: Syn): void => {
    const stripped = path.replace(/:ref$/, '');
    if (stripped !== '' && !stripped.includes('*'))
      draft.loads.push({ path: prefix + stripped, at: scope.lines.range(place.start, place.end) });
  };
  const listed = value.type === 'array' ? value.kids : [value];
  for (const each of listed) {
    const text = stringValue(each, scope.text);
    if (text !== null) add(text, each);
  }
  if (value.type === 'object')
    for (const { key, value: given, keyNode } of objectParts(value, scope.text).properties) {
      add(key, keyNode);
      if (unwrap(given).type === 'object') readPopulate(given, `${prefix}${key}.`, draft, scope);
    }
}

/** `{ name: 'asc', author: { name: QueryOrder.DESC } }`, or a list of them. */
export function readOrder(node: Syn, prefix: string, draft: Draft, scope: Scope, depth = 0): void {
  const value = scope.literal(node);
  const at = scope.lines.range(node.start, node.end);
  if (value.type === 'array') {
    for (const each of value.kids) readOrder(each, prefix, draft, scope, depth + 1);
    return;
  }
  if (value.type !== 'object' || depth > 12) {
    draft.sorts.push({ path: '', direction: 'unknown', at });
    return;
  }
  const { properties, open } = objectParts(value, scope.text);
  if (open) draft.sorts.push({ path: '', direction: 'unknown', at });
  for (const { key, value: given, keyNode } of properties) {
    const inner = unwrap(given);
    if (inner.type === 'object') {
      readOrder(inner, `${prefix}${key}.`, draft, scope, depth + 1);
      continue;
    }
    const word = (stringValue(inner, scope.text) ?? scope.text.slice(inner.start, inner.end))
      .replace(/^.*\./, '')
      .toLowerCase();
    const direction = /^asc|^1$/.test(word) ? 'asc' : /^desc|^-1$/.test(word) ? 'desc' : 'unknown';
    draft.sorts.push({ path: prefix + key, direction, at: scope.lines.range(keyNode.start, keyNode.end) });
  }
}

export function countAt(node: Syn, scope: Scope): NonNullable<Draft['limit']> {
  const text = scope.text.slice(unwrap(node).start, unwrap(node).end).replace(/_/g, '');
  return { value: /^\d+$/.test(text) ? Number(text) : null, at: scope.lines.range(node.start, node.end) };
}

export function texts(node: Syn, scope: Scope): string[] | null {
  const value = scope.literal(node);
  if (value.type !== 'array') return null;
  return value.kids.flatMap((kid) => stringValue(kid, scope.text) ?? []);
}

export function readWrites(node: Syn, draft: Draft, scope: Scope): void {
  let value = scope.literal(node);
  if (value.type === 'array' && value.kids[0]) value = scope.literal(value.kids[0]);
  if (value.type === 'call_expression') {
    // `rows.map((row) => ({ … }))`
    const callback = chainOf(value, scope.text).links.at(-1)?.args[0];
    const body = callback ? unwrap(callback).kids.at(-1) : undefined;
    if (body) value = unwrap(body);
  }
  if (value.type !== 'object') return;
  for (const { key, keyNode } of objectParts(value, scope.text).properties)
    draft.writes.push({ path: key, at: scope.lines.range(keyNode.start, keyNode.end) });
}
