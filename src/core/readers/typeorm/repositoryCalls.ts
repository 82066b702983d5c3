/** Reads one call of a method of Repository, EntityManager, BaseEntity, DataSource or QueryRunner. */
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { rawSqlOf, sqlTextOf } from '../shared/typescript/sqlText.ts';
import { chainOf, functionTypes, stringValue, unwrap } from '../shared/typescript/syn.ts';
import type { Link, Syn } from '../shared/typescript/syn.ts';
import { instanceMethods, repositoryMethods, tellingMethods } from './api.ts';
import type { ApiMethod, Argument } from './api.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { readFindOptions } from './findOptions.ts';
import { entityOfArgument } from './receivers.ts';
import type { Receiver } from './receivers.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { isKey, keyFilter, readWhere } from './where.ts';
import { addWrites } from './writes.ts';

const builtInTypes =
  /^(?:Map|Set|WeakMap|WeakSet|Array|ReadonlyArray|ReadonlyMap|ReadonlySet|Record|Logger|Cache|Redis|HttpService|Promise|Object|Reflect|URLSearchParams|Headers|FormData|LRUCache)\b/;

/** Null where the call is no query. */
export function readRepositoryCall(link: Link, receiver: Receiver, scope: Scope): Draft | null {
  const api = repositoryMethods.get(link.name);
  const first = link.args[0];
  // `rows.find(row => …)` is a method of arrays.
  if (!api || (first && functionTypes.has(unwrap(first).type))) return null;
  const draft = newDraft(link.name, api.operation, api.rows);
  let args = link.args;
  switch (receiver.kind) {
    case 'builder':
      return null;
    case 'repository':
      draft.entity = receiver.entity;
      break;
    case 'source':
    case 'runner':
      if (link.name !== 'query' && !(link.name === 'stream' && receiver.kind === 'runner')) return null;
      break;
    case 'manager': {
      if (link.name === 'query') break;
      if (!first) return null;
      const entity = isInstance(first, link, scope) ? null : entityOfArgument(first, scope);
      const generic = link.typeArguments === null ? null : (/^[A-Z][\w$]*/.exec(link.typeArguments)?.[0] ?? null);
      if (instanceMethods.has(link.name) && entity === null && link.args.length < 3)
        draft.entity = entityOfInstance(first, scope) ?? generic;
      else {
        draft.entity = entity ?? generic;
        args = link.args.slice(1);
      }
      break;
    }
    case 'class':
      if (builtInTypes.test(receiver.name)) return null;
      draft.entity = receiver.name;
      draft.receiver = receiver.name;
      break;
    case 'named':
      if (builtInTypes.test(receiver.type) || receiver.type.endsWith('[]')) return null;
      draft.receiver = receiver.type;
      break;
    case 'unknown':
      if (!tellingMethods.has(link.name) || !scope.facts.imports.some(({ module }) => module.includes('typeorm')))
        return null;
  }
  readArguments(args, api, draft, scope);
  return draft;
}

/** An object, a list or a variable in lower case: instances rather than an entity. */
function isInstance(node: Syn, link: Link, scope: Scope): boolean {
  if (!instanceMethods.has(link.name)) return false;
  const inner = unwrap(node);
  return inner.type === 'identifier'
    ? !/^[A-Z]/.test(scope.text.slice(inner.start, inner.end)) && link.args.length < 2
    : inner.type !== 'string';
}

/** Entity of an instance: `new Order()`, a variable or parameter of that type, `repo.create(…)`. */
export function entityOfInstance(node: Syn, scope: Scope): string | null {
  const inner = unwrap(node);
  const text = scope.text.slice(inner.start, inner.end);
  if (inner.type === 'array') return inner.kids[0] ? entityOfInstance(inner.kids[0], scope) : null;
  if (inner.type === 'new_expression') return /^new\s+([A-Z][\w$]*)/.exec(text)?.[1] ?? null;
  if (inner.type === 'call_expression') {
    const { links } = chainOf(inner, scope.text);
    const made = links.findLast(({ kind }) => kind === 'call');
    return made?.name === 'create' ? entityOfArgument(made.args[0], scope) : null;
  }
  if (inner.type !== 'identifier') return null;
  const parameter = scope.parameter(text, inner.start);
  const declared = scope.declaration(text, inner.start);
  const type = declared?.type ?? parameter?.type ?? null;
  if (type !== null) return /^(?:Partial<|DeepPartial<)?([A-Z][\w$]*)>?(?:\[\])?$/.exec(type)?.[1] ?? null;
  const initializer = declared?.initializer ?? '';
  return (
    /^(?:await\s+)?new\s+([A-Z][\w$]*)/.exec(initializer)?.[1] ??
    /\.(?:create|find\w*|preload)\(\s*([A-Z][\w$]*)\s*,/.exec(initializer)?.[1] ??
    /\.getRepository\(\s*(?:\w+\s*,\s*)?([A-Z][\w$]*)\s*\)\s*\.(?:create|find\w*)\(/.exec(initializer)?.[1] ??
    null
  );
}

function readArguments(args: readonly Syn[], api: ApiMethod, draft: Draft, scope: Scope): void {
  for (const [at, node] of args.entries()) {
    const kind = api.args[at];
    if (kind) readArgument(kind, node, draft, scope);
  }
  if (api.args[0] === 'entities' && args[0]) describeEntities(args[0], draft, scope);
}

function readArgument(kind: Argument, node: Syn, draft: Draft, scope: Scope): void {
  switch (kind) {
    case 'options':
      readFindOptions(node, draft, scope);
      break;
    case 'where':
      readWhere(node, draft, scope);
      break;
    case 'criteria':
      readCriteria(node, draft, scope);
      break;
    case 'ids':
      keyFilter(node, draft, scope, draft.rows === 'many');
      break;
    case 'set':
      addWrites(node, draft, scope);
      break;
    case 'column': {
      const path = stringValue(node, scope.text);
      const use = { path: path ?? '', at: scope.lines.range(node.start, node.end) };
      if (path !== null && draft.operation === 'update') draft.writes.push(use);
      else if (path !== null) draft.selects = [path];
      break;
    }
    case 'sql':
      readRawQuery(node, draft, scope);
      break;
  }
}

function readCriteria(node: Syn, draft: Draft, scope: Scope): void {
  const literal = scope.literal(node);
  const list = literal.type === 'array' && literal.kids.some((kid) => unwrap(kid).type === 'object');
  if (literal.type === 'object' || list) readWhere(node, draft, scope);
  else if (isKey(node, scope)) keyFilter(node, draft, scope, false);
  else {
    draft.complete = false;
    const type = typeOf(node, scope);
    if (type !== null && /^(?:string|number|ID|bigint)\b/.test(type))
      keyFilter(node, draft, scope, type.endsWith('[]'));
  }
}

function typeOf(node: Syn, scope: Scope): string | null {
  const inner = unwrap(node);
  const name = scope.text.slice(inner.start, inner.end);
  return inner.type === 'identifier'
    ? (scope.declaration(name, inner.start)?.type ?? scope.parameter(name, inner.start)?.type ?? null)
    : null;
}

/** `save({ id, status: 'paid' })` states what it writes. */
function describeEntities(node: Syn, draft: Draft, scope: Scope): void {
  const inner = unwrap(node);
  draft.entity ??= entityOfInstance(inner, scope);
  if (draft.operation !== 'upsert') return;
  const created = inner.type === 'call_expression' ? chainOf(inner, scope.text).links.at(-1) : undefined;
  addWrites(created?.name === 'create' ? created.args.at(-1) : inner, draft, scope);
}

function readRawQuery(node: Syn, draft: Draft, scope: Scope): void {
  const sql =
    sqlTextOf(node, scope.text, scope.constantOf) ?? sqlTextOf(scope.literal(node), scope.text, scope.constantOf);
  draft.entity = null;
  if (!sql) {
    draft.complete = false;
    return;
  }
  draft.sql = rawSqlOf(sql, scope.lines);
  applyStatement(sql.sql, draft.sql.at, draft);
}
