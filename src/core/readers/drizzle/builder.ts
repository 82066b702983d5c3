/** `db.select().from(users)…`, `db.insert(users)…`, `db.update(users)…`, `db.delete(users)…`, `db.$count(users)`. */
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { chainOf, objectParts, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Link, Syn } from '../shared/typescript/syn.ts';
import { bodyOf, readCondition } from './conditions.ts';
import { columnPath, columnsInTemplate, tableNamed } from './places.ts';
import type { Names } from './places.ts';

/** Aggregates of `drizzle-orm`; a statement that selects nothing else returns one row. */
const aggregates = /^(?:count|countDistinct|sum|sumDistinct|avg|avgDistinct|min|max)$/;

/** Null = no query: another library's method, or a part of one. */
export function readStatementChain(links: readonly Link[], scope: Scope): Draft | null {
  const [first] = links;
  if (!first) return null;
  // `.as('sub')` and `.getSQL()` make a part of another query.
  if (links.some(({ kind, name }) => kind === 'call' && (name === 'as' || name === 'getSQL' || name === 'toSQL')))
    return null;
  const draft = first.name.startsWith('select') ? select(links, first, scope) : write(links, first, scope);
  if (draft) readTail(links, draft, scope);
  return draft;
}

function names(draft: Draft): Names {
  return { table: draft.entity, own: new Set() };
}

function select(links: readonly Link[], first: Link, scope: Scope): Draft | null {
  const from = links.find(({ kind, name }) => kind === 'call' && name === 'from');
  const entity = tableNamed(from?.args[0], scope);
  // Knex and Supabase name their tables by text.
  if (!from || entity === null || stringValue(from.args[0], scope.text) !== null) return null;
  const draft = newDraft(first.name, 'select', 'many');
  draft.entity = entity;
  const fields = first.args.at(-1);
  if (fields) readFields(fields, draft, scope);
  return draft;
}

/** `select({ id: users.id, total: count() })` */
function readFields(node: Syn, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  if (value.type !== 'object') return;
  const { properties, spreads } = objectParts(value, scope.text);
  if (spreads.length > 0) return;
  const paths: string[] = [];
  let aggregated = 0;
  let counts = 0;
  for (const { value: field } of properties) {
    const inner = unwrap(field);
    const path = columnPath(inner, names(draft), scope);
    if (path !== null) paths.push(path);
    const text = scope.text.slice(inner.start, inner.end);
    const call = inner.type === 'call_expression' ? chainOf(inner, scope.text).links[0]?.name : undefined;
    const isAggregate = aggregates.test(call ?? '') || /^sql\b[^`]*`\s*(?:count|sum|avg|min|max)\s*\(/i.test(text);
    if (isAggregate) aggregated++;
    if (isAggregate && ((call ?? '').startsWith('count') || /`\s*count/i.test(text))) counts++;
    for (const each of columnsInTemplate(inner, names(draft), scope)) paths.push(each.path);
  }
  if (aggregated > 0 && aggregated === properties.length) {
    draft.operation = counts === aggregated ? 'count' : 'aggregate';
    draft.rows = 'one';
  }
  draft.selects = paths;
}

function write(links: readonly Link[], first: Link, scope: Scope): Draft | null {
  const [table, condition] = first.args;
  const entity = tableNamed(table, scope);
  if (entity === null || !table || stringValue(table, scope.text) !== null || first.args.length > 2) return null;
  const next = links[1]?.name;
  const draft = newDraft(first.name, first.name === '$count' ? 'count' : (first.name as Draft['operation']), 'none');
  draft.entity = entity;
  switch (first.name) {
    case '$count':
      draft.rows = 'one';
      if (condition) readCondition(condition, names(draft), draft, scope);
      return draft;
    case 'insert':
      if (next !== 'values' && next !== 'select') return null;
      if (links.some(({ name }) => /^onConflictDoUpdate$|^onDuplicateKeyUpdate$/.test(name)))
        draft.operation = 'upsert';
      return draft;
    case 'update':
      return next === 'set' ? draft : null;
    default:
      // `map.delete(key)`: linking drops what is no table.
      return first.args.length === 1 ? draft : null;
  }
}

function readTail(links: readonly Link[], draft: Draft, scope: Scope): void {
  for (const link of links.slice(1)) {
    if (link.kind !== 'call') continue;
    const [first, second] = link.args;
    switch (link.name) {
      case 'where':
        if (first) {
          const callback = bodyOf(first, names(draft), scope);
          if (callback) readCondition(callback.body, callback.names, draft, scope);
          else readCondition(first, names(draft), draft, scope);
        }
        break;
      case 'leftJoin':
      case 'innerJoin':
      case 'rightJoin':
      case 'fullJoin':
      case 'crossJoin':
        readJoin(link, first, second, draft, scope);
        break;
      case 'orderBy':
        for (const part of link.args) readSort(part, names(draft), draft, scope);
        break;
      case 'groupBy':
        for (const part of link.args) {
          const path = columnPath(part, names(draft), scope);
          if (path !== null) draft.groups.push({ path, at: scope.lines.range(part.start, part.end) });
        }
        if (draft.operation === 'count' || draft.operation === 'aggregate') {
          draft.operation = 'select';
          draft.rows = 'many';
        }
        break;
      case 'limit':
        if (first) draft.limit = countAt(first, scope);
        if (draft.limit?.value === 1) draft.rows = 'one';
        break;
      case 'offset':
        if (first) draft.offset = countAt(first, scope);
        break;
      case 'values':
      case 'set':
        readWrites(first, draft, scope);
        break;
      case 'returning':
        draft.rows = 'many';
        break;
      case 'onConflictDoUpdate':
      case 'onDuplicateKeyUpdate': {
        const value = first ? scope.literal(first) : undefined;
        const set =
          value?.type === 'object'
            ? objectParts(value, scope.text).properties.find(({ key }) => key === 'set')
            : undefined;
        readWrites(set?.value, draft, scope);
        break;
      }
      case 'for':
        draft.lock = stringValue(first, scope.text);
        break;
      case 'get':
        if (draft.operation === 'select') draft.rows = 'one';
        break;
      case '$dynamic':
        // More is added to it elsewhere.
        draft.complete = false;
        break;
    }
  }
}

function readJoin(link: Link, table: Syn | undefined, condition: Syn | undefined, draft: Draft, scope: Scope): void {
  const joined = tableNamed(table, scope);
  if (joined === null || !table) return;
  const alias = scope.text.slice(table.start, table.end);
  const kind = link.name === 'innerJoin' ? 'inner' : link.name === 'leftJoin' ? 'left' : 'other';
  draft.joins.push({
    path: joinPath(joined, alias, condition, draft, scope),
    alias: alias === joined ? null : alias,
    kind,
    selected: draft.selects === null,
    at: scope.lines.range(table.start, table.end),
  });
}

/** The joined table with the column it is joined by, where the condition tells. */
function joinPath(joined: string, alias: string, condition: Syn | undefined, draft: Draft, scope: Scope): string {
  const call = condition ? scope.literal(condition) : undefined;
  if (call?.type !== 'call_expression') return joined;
  const [link] = chainOf(call, scope.text).links;
  const parts = link?.name === 'and' ? link.args.map((each) => scope.literal(each)) : [call];
  for (const part of parts) {
    const comparison = part.type === 'call_expression' ? chainOf(part, scope.text).links[0] : undefined;
    if (comparison?.name !== 'eq') continue;
    for (const side of comparison.args) {
      const text = scope.text.slice(side.start, side.end);
      if (text.startsWith(`${alias}.`) && columnPath(side, names(draft), scope) !== null)
        return `${joined}.${text.slice(alias.length + 1)}`;
    }
  }
  return joined;
}

/** `desc(users.createdAt)`, `users.name`, `` sql`${users.name} desc` ``. */
export function readSort(node: Syn, own: Names, draft: Draft, scope: Scope): void {
  const inner = unwrap(node);
  const at = scope.lines.range(node.start, node.end);
  const callback = bodyOf(inner, own, scope);
  if (callback) {
    const parts = unwrap(callback.body).type === 'array' ? unwrap(callback.body).kids : [callback.body];
    for (const part of parts) readSort(part, callback.names, draft, scope);
    return;
  }
  if (inner.type === 'spread_element') {
    draft.sorts.push({ path: '', direction: 'unknown', at });
    return;
  }
  const link = inner.type === 'call_expression' ? chainOf(inner, scope.text).links.at(-1) : undefined;
  const [column] = link?.args ?? [];
  if (link && column && (link.name === 'desc' || link.name === 'asc')) {
    const path = columnPath(column, own, scope) ?? columnsInTemplate(column, own, scope)[0]?.path ?? '';
    draft.sorts.push({ path, direction: link.name, at });
    return;
  }
  const path = columnPath(inner, own, scope);
  const [templated] = path === null ? columnsInTemplate(inner, own, scope) : [];
  if (templated)
    draft.sorts.push({ path: templated.path, direction: /\bdesc\b/i.test(templated.after) ? 'desc' : 'asc', at });
  else draft.sorts.push({ path: path ?? '', direction: path === null ? 'unknown' : 'asc', at });
}

export function countAt(node: Syn, scope: Scope): NonNullable<Draft['limit']> {
  const text = scope.text.slice(unwrap(node).start, unwrap(node).end).replace(/_/g, '');
  return { value: /^\d+$/.test(text) ? Number(text) : null, at: scope.lines.range(node.start, node.end) };
}

/** `values({ … })`, `values([{ … }])`, `values(rows.map((row) => ({ … })))`, `set({ … })`. */
function readWrites(node: Syn | undefined, draft: Draft, scope: Scope): void {
  if (!node) return;
  let value = scope.literal(node);
  if (value.type === 'array' && value.kids[0]) value = scope.literal(value.kids[0]);
  if (value.type === 'call_expression') {
    const callback = chainOf(value, scope.text).links.at(-1)?.args[0];
    const body = callback ? bodyOf(callback, { table: null, own: new Set() }, scope) : null;
    if (body) value = unwrap(body.body);
  }
  if (value.type !== 'object') return;
  for (const { key, value: given, keyNode } of objectParts(value, scope.text).properties)
    if (scope.text.slice(given.start, given.end) !== 'undefined')
      draft.writes.push({ path: key, at: scope.lines.range(keyNode.start, keyNode.end) });
}
