/** Reads the options of finders into a query: where, include, order, attributes… */
import type { Comparison, PathUse } from '../../schema/code.ts';
import { likePattern, readCondition } from '../shared/sql/conditions.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { sqlTextOf } from '../shared/typescript/sqlText.ts';
import { pathOf, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';
import { entriesOf } from './entries.ts';
import type { Entry } from './entries.ts';

export function readOptions(node: Syn, draft: Draft, scope: Scope): void {
  const options = scope.literal(node);
  if (options.type !== 'object') {
    draft.complete = false;
    return;
  }
  const { list, open } = entriesOf(options, scope);
  if (open) draft.complete = false;
  const name = nameOf(node, scope);
  if (name !== null && assignedLater(name, options.start, node.start, scope)) draft.complete = false;
  for (const { key, value } of list) {
    switch (key) {
      case 'where':
        readWhere(value, draft, scope);
        break;
      case 'include':
        readInclude(value, '', draft, scope);
        break;
      case 'order':
        readOrder(value, draft, scope);
        break;
      case 'attributes':
        readAttributes(value, draft, scope);
        break;
      case 'group':
        readGroup(value, draft, scope);
        break;
      case 'limit':
        draft.limit = numberAt(value, scope);
        break;
      case 'offset':
        draft.offset = numberAt(value, scope);
        break;
      case 'paranoid':
        draft.withDeleted = scope.text.slice(value.start, value.end) === 'false';
        break;
      case 'lock': {
        const text = scope.text.slice(value.start, value.end);
        draft.lock =
          text === 'false' ? null : (/\b(UPDATE|SHARE|KEY_SHARE|NO_KEY_UPDATE)\b/.exec(text)?.[1] ?? 'UPDATE');
        break;
      }
      case 'defaults':
        addWrites(value, draft, scope);
        break;
      case 'replacements':
      case 'bind':
        break;
    }
  }
}

export function nameOf(node: Syn, scope: Scope): string | null {
  const inner = unwrap(node);
  return inner.type === 'identifier' || inner.type === 'shorthand_property_identifier'
    ? scope.text.slice(inner.start, inner.end)
    : null;
}

/** `where.role = …`, `options.include.push(…)` between the declaration and the use. */
function assignedLater(name: string, from: number, to: number, scope: Scope): boolean {
  const escaped = name.replace(/\$/g, '\\$');
  return new RegExp(
    `(?<![\\w$.])${escaped}(?:\\.[\\w.]+\\s*=(?!=)|\\[|\\.[\\w.]*push\\()|Object\\.assign\\(\\s*${escaped}\\b`,
  ).test(scope.text.slice(from, to));
}

/** Name of the client that `transaction` of the options gives. */
export function transactionOf(nodes: readonly Syn[], scope: Scope): string | null {
  for (const node of nodes) {
    const options = scope.literal(node);
    if (options.type !== 'object') continue;
    const found = entriesOf(options, scope).list.find(({ key }) => key === 'transaction');
    const path = found ? pathOf(found.value, scope.text) : null;
    if (path !== null) return path;
  }
  return null;
}

export function readWhere(node: Syn, draft: Draft, scope: Scope, prefix = '', group = 0): void {
  const where = scope.literal(node);
  const at = (part: Syn): PathUse['at'] => scope.lines.range(part.start, part.end);
  if (where.type === 'array') {
    // `[{ a: 1 }, { b: 2 }]` are joined by AND.
    for (const kid of where.kids) readWhere(kid, draft, scope, prefix, group);
    return;
  }
  if (where.type !== 'object') {
    const sql = where.type === 'call_expression' ? literalSql(where, scope) : null;
    const text = sql ?? sqlTextOf(where, scope.text, scope.constantOf)?.sql ?? null;
    if (text === null) draft.complete = false;
    else {
      const condition = readCondition(text, { firstGroup: draft.nextGroup });
      for (const { column, comparison, wrapped, constant } of condition.predicates)
        draft.filters.push({ path: prefix + column, at: at(node), comparison, orGroup: group, wrapped, constant });
      if (!condition.complete) draft.complete = false;
    }
    return;
  }
  const { list, open } = entriesOf(where, scope);
  if (open) draft.complete = false;
  const name = nameOf(node, scope);
  if (name !== null && assignedLater(name, where.start, node.start, scope)) draft.complete = false;
  for (const entry of list) whereEntry(entry, draft, scope, prefix, group);
}

/** Text of `sequelize.literal('…')`. */
function literalSql(node: Syn, scope: Scope): string | null {
  const callee = node.kids[0];
  const first = node.kids.at(-1)?.kids[0];
  if (!callee || !first || !/(?:^|\.)literal$/.test(scope.text.slice(callee.start, callee.end))) return null;
  return sqlTextOf(first, scope.text, scope.constantOf)?.sql ?? null;
}

function operatorName({ key, computed }: Entry): string | null {
  if (computed) return key.slice(key.lastIndexOf('.') + 1);
  return /^\$\w+$/.test(key) && !key.endsWith('$') ? key.slice(1) : null;
}

function whereEntry(entry: Entry, draft: Draft, scope: Scope, prefix: string, group: number): void {
  const operator = operatorName(entry);
  const value = unwrap(entry.value);
  if (operator !== null) {
    if (operator === 'or') {
      const stated = scope.literal(value);
      const parts = stated.type === 'array' ? stated.kids : stated.type === 'object' ? [stated] : [];
      if (parts.length === 0) draft.complete = false;
      if (stated.type === 'object')
        for (const each of entriesOf(stated, scope).list) whereEntry(each, draft, scope, prefix, draft.nextGroup++);
      else for (const part of parts) readWhere(part, draft, scope, prefix, draft.nextGroup++);
    } else if (operator === 'and') readWhere(value, draft, scope, prefix, group);
    else draft.complete = false;
    return;
  }
  // `'$customer.email$'` is a column of an included table, `'data.key'` a place in JSON.
  const nested = /^\$(.+)\$$/.exec(entry.key)?.[1];
  const path = prefix + (nested ?? entry.key);
  const use = { path, at: scope.lines.range(entry.keyNode.start, value.end), orGroup: group };
  const add = (comparison: Comparison, constant: boolean, wrapped = false): void =>
    void draft.filters.push({ ...use, comparison, wrapped, constant });
  const text = scope.text.slice(value.start, value.end);
  if (text === 'undefined') return;
  if (text === 'null') add('is-null', true);
  else if (value.type === 'array') add('in', isConstant(value));
  else if (value.type === 'object') {
    const operators = entriesOf(value, scope).list;
    const known = operators.filter((each) => operatorName(each) !== null);
    if (known.length === 0) add('other', false);
    for (const each of known) addOperator(operatorName(each) ?? '', unwrap(each.value), add, draft, scope);
  } else if (/(?:ids|Ids|IDs)$/.test(text)) add('in', false);
  else add('eq', isConstant(value));
}

function addOperator(
  name: string,
  value: Syn,
  add: (comparison: Comparison, constant: boolean, wrapped?: boolean) => void,
  draft: Draft,
  scope: Scope,
): void {
  const constant = isConstant(value);
  const text = scope.text.slice(value.start, value.end);
  switch (name) {
    case 'eq':
    case 'is':
      add(text === 'null' ? 'is-null' : 'eq', constant);
      break;
    case 'ne':
    case 'not':
      add(text === 'null' ? 'other' : 'ne', constant);
      break;
    case 'in':
    case 'any':
      add('in', constant);
      break;
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'between':
      add('range', constant);
      break;
    case 'startsWith':
      add('prefix', constant);
      break;
    case 'endsWith':
    case 'substring':
    case 'regexp':
    case 'iRegexp':
      add('contains', constant);
      break;
    case 'like':
      add(likePattern(text), constant);
      break;
    case 'iLike':
      // ILIKE compares without case, which no plain index serves.
      add(likePattern(text), constant, true);
      break;
    case 'or':
    case 'and': {
      const parts = value.type === 'array' ? value.kids.map(unwrap) : [value];
      const plain = parts.every((part) => part.type !== 'object');
      if (plain && name === 'or' && value.type === 'array') add('in', constant);
      else
        for (const part of parts)
          if (part.type === 'object')
            for (const each of entriesOf(part, scope).list)
              addOperator(operatorName(each) ?? '', unwrap(each.value), add, draft, scope);
      break;
    }
    default:
      add('other', constant);
  }
}

export function isConstant(node: Syn): boolean {
  if (node.type === 'unary_expression') return node.kids.every(isConstant);
  if (node.type === 'array') return node.kids.every((kid) => isConstant(unwrap(kid)));
  return /^(?:string|number|true|false|null)$/.test(node.type);
}

/** A model included without its alias is `*Model` in a path, until linking knows what the association is called. */
function readInclude(node: Syn, prefix: string, draft: Draft, scope: Scope, depth = 0): void {
  const value = scope.literal(node);
  if (depth > 8) return;
  if (value.type === 'array') {
    for (const kid of value.kids) {
      if (kid.type === 'spread_element') draft.complete = false;
      else readInclude(kid, prefix, draft, scope, depth + 1);
    }
    return;
  }
  draft.loading ??= 'join';
  const text = stringValue(value, scope.text);
  // Asked for by a statement of its own (sequelize.org/docs/v6/advanced-association-concepts/eager-loading).
  const isSeparate = /^\{[^{}[\]]*\bseparate\s*:\s*true\b/u.test(scope.text.slice(value.start, value.end));
  const load = (name: string, at: Syn): void =>
    void draft.loads.push({
      path: prefix + name,
      at: scope.lines.range(at.start, at.end),
      ...(isSeparate ? { separate: true as const } : {}),
    });
  if (text !== null) {
    load(text, value);
    return;
  }
  if (value.type !== 'object') {
    const path = pathOf(value, scope.text);
    if (path === null || !/(?:^|\.)[A-Z][\w$]*$/.test(path)) draft.complete = false;
    else load(`*${path.replaceAll('.', '/')}`, value);
    return;
  }
  const { list } = entriesOf(value, scope);
  const part = (key: string): Syn | undefined => list.find((each) => each.key === key)?.value;
  const named = part('as') ?? part('association');
  const alias = named ? stringValue(named, scope.text) : null;
  const model = part('model');
  const path = model ? pathOf(model, scope.text) : named && alias === null ? pathOf(named, scope.text) : null;
  const name = alias ?? (path === null ? null : `*${path.replaceAll('.', '/')}`);
  if (name === null) {
    draft.complete = false;
    return;
  }
  load(name, value);
  const where = part('where');
  if (where) readWhere(where, draft, scope, `${prefix}${name}.`);
  const inner = part('include');
  if (inner) readInclude(inner, `${prefix}${name}.`, draft, scope, depth + 1);
}

function readOrder(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  const add = (path: string, direction: string | null, at: Syn): void =>
    void draft.sorts.push({
      path,
      at: scope.lines.range(at.start, at.end),
      direction: direction === null ? 'unknown' : /^desc/i.test(direction) ? 'desc' : 'asc',
    });
  if (value.type !== 'array') {
    const text = stringValue(value, scope.text);
    if (text !== null) add(text.replace(/\s+(?:asc|desc)$/i, ''), /\s(asc|desc)$/i.exec(text)?.[1] ?? 'asc', value);
    else draft.complete = false;
    return;
  }
  for (const kid of value.kids) {
    const part = unwrap(kid);
    const text = stringValue(part, scope.text);
    if (text !== null) {
      add(text, 'asc', part);
      continue;
    }
    if (part.type !== 'array') {
      add('', null, part);
      continue;
    }
    // `['name', 'DESC']`, `[Model, 'name', 'DESC']`, `['alias', 'name', 'DESC']`
    const parts = part.kids.map(unwrap);
    const last = parts.at(-1);
    const word = last ? stringValue(last, scope.text) : null;
    const isDirection = word !== null && /^(?:asc|desc)(?:\s+nulls.*)?$/i.test(word) && parts.length > 1;
    const path = parts
      .slice(0, isDirection || (parts.length > 1 && word === null) ? -1 : undefined)
      .map((each) => stringValue(each, scope.text) ?? includedName(each, scope));
    if (path.every((each) => each !== null) && path.length > 0)
      add(path.join('.'), isDirection ? word : parts.length > 1 && word === null ? null : 'asc', part);
    // What it is sorted by is chosen while the program runs, but sorted it is.
    else add('', null, part);
  }
}

function includedName(node: Syn, scope: Scope): string | null {
  if (node.type === 'object') {
    const alias = entriesOf(node, scope).list.find(({ key }) => key === 'as')?.value;
    return alias ? stringValue(alias, scope.text) : null;
  }
  const path = pathOf(node, scope.text);
  return path !== null && /(?:^|\.)[A-Z][\w$]*$/.test(path) ? `*${path.replaceAll('.', '/')}` : null;
}

function readAttributes(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  if (value.type !== 'array') return;
  const selects: string[] = [];
  for (const kid of value.kids) {
    const part = unwrap(kid);
    const text = stringValue(part, scope.text);
    if (text !== null) selects.push(text);
    else if (part.type === 'array' && part.kids[0]) {
      const inner = stringValue(part.kids[0], scope.text);
      if (inner !== null) selects.push(inner);
    }
  }
  draft.selects = selects;
}

function readGroup(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  for (const part of value.type === 'array' ? value.kids : [value]) {
    const path = stringValue(part, scope.text);
    if (path !== null) draft.groups.push({ path, at: scope.lines.range(part.start, part.end) });
  }
}

export function numberAt(node: Syn, scope: Scope): Draft['limit'] {
  const value = scope.literal(node);
  const text = scope.text.slice(value.start, value.end).replaceAll('_', '');
  return { value: /^\d+$/.test(text) ? Number(text) : null, at: scope.lines.range(node.start, node.end) };
}

/** Attributes that an object literal (or the first of a list) sets. */
export function addWrites(node: Syn | undefined, draft: Draft, scope: Scope): void {
  if (!node) return;
  const value = scope.literal(node);
  const object = value.type === 'array' ? (value.kids[0] ? scope.literal(value.kids[0]) : undefined) : value;
  if (object?.type !== 'object') return;
  for (const { key, keyNode, computed } of entriesOf(object, scope).list)
    if (!computed && !draft.writes.some(({ path }) => path === key))
      draft.writes.push({ path: key, at: scope.lines.range(keyNode.start, keyNode.end) });
}
