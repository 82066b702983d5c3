/** Reads query objects, updates, pipelines and paths of MongoDB into a query. */
import type { Comparison, PathUse } from '../../schema/code.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { objectParts, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';

function place(node: Syn, scope: Scope): PathUse['at'] {
  return scope.lines.range(node.start, node.end);
}

export function isConstant(node: Syn): boolean {
  if (node.type === 'unary_expression') return node.kids.every(isConstant);
  if (node.type === 'array') return node.kids.every((kid) => isConstant(unwrap(kid)));
  return /^(?:string|number|true|false|null|regex)$/.test(node.type);
}

export function readFilter(node: Syn, draft: Draft, scope: Scope, group = 0, depth = 0): void {
  const filter = scope.literal(node);
  if (filter.type !== 'object' || depth > 12) {
    draft.complete = false;
    return;
  }
  const { properties, spreads, open } = objectParts(filter, scope.text);
  if (open || spreads.length > 0) draft.complete = false;
  const inner = unwrap(node);
  if (
    inner.type === 'identifier' &&
    assignedLater(scope.text.slice(inner.start, inner.end), filter.start, node.start, scope)
  )
    draft.complete = false;
  for (const spread of spreads) {
    const value = unwrap(spread);
    const branches = /^(?:binary|ternary)_expression$/.test(value.type)
      ? value.kids.slice(1).map(unwrap)
      : [scope.literal(spread)];
    for (const branch of branches) if (branch.type === 'object') readFilter(branch, draft, scope, group, depth + 1);
  }
  for (const { key, value, keyNode } of properties) {
    if (key.startsWith('$')) readLogical(key, value, draft, scope, group, depth);
    else readCondition(key, unwrap(value), keyNode, draft, scope, group);
  }
}

/** `filter.role = …` between the declaration and the use. */
function assignedLater(name: string, from: number, to: number, scope: Scope): boolean {
  const escaped = name.replace(/\$/g, '\\$');
  return new RegExp(`(?<![\\w$.])${escaped}(?:\\.[\\w.]+\\s*=(?!=)|\\[)|Object\\.assign\\(\\s*${escaped}\\b`).test(
    scope.text.slice(from, to),
  );
}

function readLogical(key: string, node: Syn, draft: Draft, scope: Scope, group: number, depth: number): void {
  const value = scope.literal(node);
  const parts = value.type === 'array' ? value.kids : [];
  switch (key) {
    case '$or':
    case '$nor':
      if (value.type !== 'array') draft.complete = false;
      for (const part of parts) readFilter(part, draft, scope, draft.nextGroup++, depth + 1);
      return;
    case '$and':
      if (value.type !== 'array') draft.complete = false;
      for (const part of parts) readFilter(part, draft, scope, group, depth + 1);
      return;
    case '$text':
      draft.filters.push({
        path: '$text',
        at: place(node, scope),
        comparison: 'contains',
        orGroup: group,
        wrapped: false,
        constant: false,
      });
      return;
    default:
      // `$where` and `$expr` are evaluated for each document: no index serves them.
      draft.complete = false;
      if (key === '$where' || key === '$expr')
        draft.filters.push({
          path: key,
          at: place(node, scope),
          comparison: 'other',
          orGroup: group,
          wrapped: true,
          constant: false,
        });
  }
}

function readCondition(path: string, value: Syn, keyNode: Syn, draft: Draft, scope: Scope, group: number): void {
  const at = scope.lines.range(keyNode.start, value.end);
  const add = (comparison: Comparison, constant: boolean, wrapped = false): void =>
    void draft.filters.push({ path, at, comparison, orGroup: group, wrapped, constant });
  const text = scope.text.slice(value.start, value.end);
  if (text === 'undefined') return;
  if (text === 'null') add('is-null', true);
  else if (value.type === 'regex') addPattern(text, add);
  else if (value.type === 'new_expression' && /^new\s+RegExp\b/.test(text))
    add(/^new\s+RegExp\(\s*['"`]\^/.test(text) ? 'prefix' : 'contains', false);
  else if (value.type === 'object') {
    const { properties } = objectParts(value, scope.text);
    const operators = properties.filter(({ key }) => key.startsWith('$'));
    if (operators.length === 0) add('other', false);
    for (const each of operators) addOperator(each.key, unwrap(each.value), scope, add);
  } else add('eq', isConstant(value));
}

function addPattern(text: string, add: (comparison: Comparison, constant: boolean, wrapped?: boolean) => void): void {
  const flags = text.slice(text.lastIndexOf('/') + 1);
  add(text.startsWith('/^') ? 'prefix' : 'contains', true, flags.includes('i'));
}

function addOperator(
  name: string,
  value: Syn,
  scope: Scope,
  add: (comparison: Comparison, constant: boolean, wrapped?: boolean) => void,
): void {
  const constant = isConstant(value);
  const text = scope.text.slice(value.start, value.end);
  switch (name) {
    case '$eq':
      add(text === 'null' ? 'is-null' : 'eq', constant);
      break;
    case '$ne':
      add('ne', constant);
      break;
    case '$in':
    case '$all':
      add('in', constant);
      break;
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      add('range', constant);
      break;
    case '$exists':
      add('is-null', constant);
      break;
    case '$regex':
      if (value.type === 'regex') addPattern(text, add);
      else add(/^['"`]\^/.test(text) ? 'prefix' : 'contains', constant);
      break;
    // They belong to another operator beside them.
    case '$options':
    case '$maxDistance':
      break;
    default:
      add('other', constant);
  }
}

/** `{ $set: { a: 1 }, $inc: { b: 1 } }`, or the fields themselves. */
export function readUpdate(node: Syn, draft: Draft, scope: Scope): void {
  const update = scope.literal(node);
  if (update.type === 'array') {
    for (const kid of update.kids) readUpdate(kid, draft, scope);
    return;
  }
  if (update.type !== 'object') return;
  for (const { key, value, keyNode } of objectParts(update, scope.text).properties) {
    if (!key.startsWith('$')) addWrite(key, keyNode, draft, scope);
    else {
      const inner = scope.literal(value);
      if (inner.type === 'object')
        for (const each of objectParts(inner, scope.text).properties) addWrite(each.key, each.keyNode, draft, scope);
    }
  }
}

export function readDocuments(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  const object = value.type === 'array' ? (value.kids[0] ? scope.literal(value.kids[0]) : undefined) : value;
  if (object?.type !== 'object') return;
  for (const { key, keyNode } of objectParts(object, scope.text).properties) addWrite(key, keyNode, draft, scope);
}

function addWrite(path: string, node: Syn, draft: Draft, scope: Scope): void {
  if (!draft.writes.some((each) => each.path === path)) draft.writes.push({ path, at: place(node, scope) });
}

/** `'-createdAt name'`, `{ createdAt: -1 }`, `[['createdAt', -1]]`. */
export function readSort(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  const text = stringValue(value, scope.text);
  const at = place(node, scope);
  if (text !== null) {
    for (const name of text.split(/\s+/).filter(Boolean))
      draft.sorts.push({ path: name.replace(/^[-+]/, ''), at, direction: name.startsWith('-') ? 'desc' : 'asc' });
  } else if (value.type === 'object') {
    for (const { key, value: direction, keyNode } of objectParts(value, scope.text).properties)
      draft.sorts.push({ path: key, at: place(keyNode, scope), direction: directionOf(direction, scope) });
  } else if (value.type === 'array') {
    for (const kid of value.kids) {
      const [name, direction] = unwrap(kid).kids;
      const path = stringValue(name, scope.text);
      if (path !== null)
        draft.sorts.push({ path, at: place(kid, scope), direction: direction ? directionOf(direction, scope) : 'asc' });
    }
  }
}

function directionOf(node: Syn, scope: Scope): 'asc' | 'desc' | 'unknown' {
  const text = scope.text.slice(node.start, node.end).replace(/['"`]/g, '');
  return /^-\s*1$|^desc/i.test(text) ? 'desc' : /^1$|^asc/i.test(text) ? 'asc' : 'unknown';
}

/** `'author comments'`, `['author']`, `{ path: 'author', populate: … }`. */
export function readPopulate(node: Syn, draft: Draft, scope: Scope, prefix = '', depth = 0): void {
  const value = scope.literal(node);
  if (depth > 6) return;
  const text = stringValue(value, scope.text);
  // One more query per path, whatever is asked for with it.
  draft.loading ??= 'query';
  if (text !== null) {
    for (const name of text.split(/\s+/).filter(Boolean))
      draft.loads.push({ path: prefix + name, at: place(value, scope) });
  } else if (value.type === 'array') {
    for (const kid of value.kids) readPopulate(kid, draft, scope, prefix, depth + 1);
  } else if (value.type === 'object') {
    const { properties } = objectParts(value, scope.text);
    const path = stringValue(properties.find(({ key }) => key === 'path')?.value, scope.text);
    if (path === null) {
      draft.complete = false;
      return;
    }
    for (const name of path.split(/\s+/).filter(Boolean)) {
      draft.loads.push({ path: prefix + name, at: place(value, scope) });
      const inner = properties.find(({ key }) => key === 'populate')?.value;
      if (inner) readPopulate(inner, draft, scope, `${prefix}${name}.`, depth + 1);
    }
  } else draft.complete = false;
}

/** `'name email'` selects these, `'-password'` all others. */
export function readSelect(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  const text = stringValue(value, scope.text);
  const names =
    text !== null
      ? text.split(/\s+/).filter(Boolean)
      : value.type === 'object'
        ? objectParts(value, scope.text).properties.map(({ key, value: flag }) =>
            /^(?:0|false)$/.test(scope.text.slice(flag.start, flag.end)) ? `-${key}` : key,
          )
        : value.type === 'array'
          ? value.kids.flatMap((kid) => stringValue(kid, scope.text) ?? [])
          : [];
  if (names.length > 0 && names.every((name) => !/^[-+]/.test(name))) draft.selects = names;
}

export function numberAt(node: Syn, scope: Scope): Draft['limit'] {
  const value = scope.literal(node);
  const text = scope.text.slice(value.start, value.end).replaceAll('_', '');
  return { value: /^\d+$/.test(text) ? Number(text) : null, at: place(node, scope) };
}

/** Stages up to the first that changes what documents look like are a query; `$lookup` joins another collection. */
export function readPipeline(node: Syn, draft: Draft, scope: Scope): void {
  const pipeline = scope.literal(node);
  if (pipeline.type !== 'array') {
    draft.complete = false;
    return;
  }
  let plain = true;
  for (const kid of pipeline.kids) {
    const stage = scope.literal(kid);
    const parts = stage.type === 'object' ? objectParts(stage, scope.text).properties : [];
    const [first] = parts;
    if (!first) {
      draft.complete = false;
      continue;
    }
    switch (first.key) {
      case '$match':
        if (plain) readFilter(first.value, draft, scope);
        break;
      case '$sort':
        if (plain) readSort(first.value, draft, scope);
        break;
      case '$limit':
        draft.limit = numberAt(first.value, scope);
        break;
      case '$skip':
        draft.offset = numberAt(first.value, scope);
        break;
      case '$lookup':
      case '$graphLookup': {
        const value = scope.literal(first.value);
        const from =
          value.type === 'object'
            ? stringValue(
                objectParts(value, scope.text).properties.find(({ key }) => key === 'from')?.value,
                scope.text,
              )
            : null;
        if (from !== null)
          draft.joins.push({ path: from, alias: null, kind: 'left', selected: true, at: place(kid, scope) });
        break;
      }
      case '$group':
      case '$project':
      case '$unwind':
      case '$bucket':
      case '$facet':
        plain = false;
    }
  }
}
