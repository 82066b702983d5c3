/** Reads find options into a query. */
import type { PathUse } from '../../schema/code.ts';
import { objectParts, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { isKey, keyFilter, laterAssignments, nameOf, optionKeys, readWhere, whereProperty } from './where.ts';

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
