/** Calls of entity managers, Hibernate sessions and Spring's JDBC templates. */
import type { Operation, Query } from '../../schema/code.ts';
import type { JavaCall } from '../shared/java/outline.ts';
import { rawSqlOf } from '../shared/java/sqlText.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { applyJpql } from '../shared/sql/jpql.ts';
import { criteriaQuery } from './criteriaQueries.ts';
import type { CallScope } from './queries.ts';
import type { FoundCall } from './repositories.ts';

interface Manager {
  readonly operation: Operation;
  readonly rows: Query['rows'];
}

/** Methods that take a class and a key, or an object. */
const managers: ReadonlyMap<string, Manager> = new Map([
  ['find', { operation: 'select', rows: 'one' }],
  ['get', { operation: 'select', rows: 'one' }],
  ['byId', { operation: 'select', rows: 'one' }],
  ['getReference', { operation: 'unknown', rows: 'one' }],
  ['load', { operation: 'unknown', rows: 'one' }],
  ['refresh', { operation: 'select', rows: 'one' }],
  ['persist', { operation: 'insert', rows: 'none' }],
  ['save', { operation: 'insert', rows: 'none' }],
  ['saveOrUpdate', { operation: 'upsert', rows: 'none' }],
  ['merge', { operation: 'upsert', rows: 'one' }],
  ['update', { operation: 'update', rows: 'none' }],
  ['remove', { operation: 'delete', rows: 'none' }],
  ['delete', { operation: 'delete', rows: 'none' }],
]);

const managerType =
  /^(?:EntityManager|Session|StatelessSession|SharedSessionContract|HibernateTemplate|JpaOperations|TestEntityManager)\b/u;
const managerName = /(?:^|\.)(?:em|entityManager|session|currentSession|hibernateTemplate|testEntityManager)$/u;
const managerCall =
  /(?:getEntityManager|getSession|getCurrentSession|currentSession|openSession|entityManager|em)\(\)\s*$/u;
const templateType = /JdbcTemplate$|JdbcOperations$|^JdbcClient$/u;

export function managerQuery(call: JavaCall, scope: CallScope): FoundCall | null {
  if (/^create(?:Native|Named|Mutation|Selection|SQL)?Query$/u.test(call.method)) return createdQuery(call, scope);
  if (isTemplate(call, scope) || isStatement(call, scope)) return templateQuery(call, scope);
  if (call.method === 'createCriteria') return isManager(call, scope) ? criteriaQuery(call, scope) : null;
  const known = managers.get(call.method);
  if (!known || !isManager(call, scope)) return null;
  const draft = newDraft(call.method, known.operation, known.rows);
  const [first] = call.arguments;
  if (!first) return null;
  const source = scope.text(first);
  const ofClass = /^([\w.]+)\.class$/u.exec(source)?.[1];
  const at = scope.file.lines.range(call.start, call.end);
  if (ofClass !== undefined) {
    draft.entity = ofClass.replace(/^.*\./u, '');
    draft.filters.push({ path: 'id', at, comparison: 'eq', wrapped: false, constant: false, orGroup: 0 });
  } else {
    const type = /^new\s+([\w.]+)/u.exec(source)?.[1] ?? scope.typeOf(source, call);
    // Not the class, not known: what is kept cannot be told.
    draft.entity = type === null ? null : type.replace(/<[\s\S]*$/u, '').replace(/^.*\./u, '');
  }
  const lock = /LockModeType\.(\w+)/u.exec(call.arguments.map(scope.text).join(' '))?.[1];
  if (lock !== undefined) draft.lock = lock.toLowerCase();
  return draft.entity === null ? null : { draft };
}

function isManager(call: JavaCall, scope: CallScope): boolean {
  if (call.receiver === null) {
    return call.object !== null && managerCall.test(scope.text(call.object));
  }
  if (call.receiver === '') return false;
  const type = scope.typeOf(call.receiver, call);
  return type === null ? managerName.test(call.receiver) : managerType.test(type);
}

/** `createQuery("…")`, with what the chain says of rows and limits. */
function createdQuery(call: JavaCall, scope: CallScope): FoundCall | null {
  const [first, second] = call.arguments;
  if (!first) return null;
  const draft = newDraft(call.method, 'unknown', 'unknown');
  const at = scope.file.lines.range(call.start, call.end);
  const text = scope.built(first);
  const native = /Native|SQL/u.test(call.method);
  if (call.method.includes('Named')) {
    if (!text) return null;
    draft.complete = false;
    // Linking looks the text up by its name.
    draft.receiver = `named:${text.text}`;
  } else if (text) {
    if (native || text.holes.length > 0) draft.sql = rawSqlOf(text, scope.file.lines);
    if (native) applyStatement(text.text, draft.sql?.at ?? at, draft);
    else applyJpql(text.text, scope.file.lines.range(first.startIndex, first.endIndex), draft);
    if (text.holes.length > 0) draft.complete = false;
  } else draft.complete = false;
  const result = second ? /^([\w.]+)\.class$/u.exec(scope.text(second))?.[1] : undefined;
  if (draft.entity === null && !native && result !== undefined && !text) draft.entity = result.replace(/^.*\./u, '');
  if (native && result !== undefined && !/^(?:java\.|(?:Tuple|Object|String|Long|Integer|Number)$)/u.test(result))
    draft.asEntities = true;
  // The name of a mapping of the result: `createNativeQuery(sql, "MonthlySales")`.
  if (native && second?.type === 'string_literal') draft.asEntities = true;
  const chain = scope.chain(call);
  applyChain(chain, scope, draft, at);
  const last = chain.at(-1);
  return last ? { draft, last } : { draft };
}

function applyChain(chain: readonly JavaCall[], scope: CallScope, draft: Draft, at: Query['at']): void {
  for (const { method, arguments: args } of chain) {
    const [first] = args;
    const number = first && /^\d+$/u.test(scope.text(first)) ? Number(scope.text(first)) : null;
    if (method === 'setMaxResults') draft.limit = { value: number, at };
    else if (method === 'setFirstResult') draft.offset = { value: number, at };
    else if (
      /^(?:getSingleResult|uniqueResult|getSingleResultOrNull|uniqueResultOptional)$/u.test(method) &&
      draft.rows !== 'none'
    )
      draft.rows = 'one';
    else if (/^(?:getResultList|list|getResultStream|stream|scroll)$/u.test(method)) draft.rows = 'many';
    // Of the list only its first element is taken.
    else if (
      draft.rows === 'many' &&
      (/^(?:findFirst|findAny|getFirst)$/u.test(method) || (method === 'get' && number === 0))
    )
      draft.rows = 'one';
    else if (method === 'executeUpdate') draft.rows = 'none';
    else if (method === 'addEntity') draft.asEntities = true;
    else if (method === 'setLockMode' && first) draft.lock = scope.text(first).replace(/^.*\./u, '').toLowerCase();
  }
}

function isTemplate(call: JavaCall, scope: CallScope): boolean {
  if (
    !/^(?:query\w*|update|batchUpdate|execute|sql)$/u.test(call.method) ||
    call.receiver === null ||
    call.receiver === ''
  )
    return false;
  const type = scope.typeOf(call.receiver, call);
  return type === null
    ? /jdbc(?:Template|Operations|Client)$/iu.test(call.receiver)
    : templateType.test(type.replace(/<[\s\S]*$/u, ''));
}

/** JDBC itself: `statement.executeQuery("…")`, `connection.prepareStatement("…")`. */
function isStatement(call: JavaCall, scope: CallScope): boolean {
  const { receiver, object, method, arguments: args } = call;
  const prepares = /^prepare(?:Statement|Call)$/u.test(method);
  if (args.length === 0 || (!prepares && !/^execute(?:Query|Update|LargeUpdate)?$/u.test(method))) return false;
  if (receiver === null)
    return object !== null && (prepares ? connectionCall : /\.createStatement\([^()]*\)\s*$/u).test(scope.text(object));
  const type = receiver === '' ? null : scope.typeOf(receiver, call);
  if (type === null)
    return receiver !== '' && (prepares ? /conn(?:ection)?$/iu : /(?:stmt|statement)$/iu).test(receiver);
  return (prepares ? /^(?:java\.sql\.)?\w*Connection$/u : /^(?:java\.sql\.)?(?:Statement|PreparedStatement)$/u).test(
    type,
  );
}

const connectionCall = /(?:^|\.)(?:get\w*Connection|connection)\(\)\s*$/u;

function templateQuery(call: JavaCall, scope: CallScope): FoundCall | null {
  const [first] = call.arguments;
  const text = first ? scope.built(first) : null;
  const draft = newDraft(call.method, 'raw', 'unknown');
  if (!text) {
    draft.complete = false;
    return first ? { draft } : null;
  }
  draft.sql = rawSqlOf(text, scope.file.lines);
  applyStatement(text.text, draft.sql.at, draft);
  if (call.method.startsWith('queryForObject') || call.method === 'queryForMap') draft.rows = 'one';
  // One statement for many rows.
  if (call.method === 'batchUpdate') draft.rows = 'many';
  return { draft };
}
