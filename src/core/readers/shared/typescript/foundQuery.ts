/** From a draft to the query it becomes at its place in the file: result, function, loop, transaction. */
import type { Query, Transaction } from '../../../schema/code.ts';
import { functionAt } from './outline.ts';
import type { CallSpan } from './outline.ts';
import type { Draft } from './queryDraft.ts';
import { loopAt } from './rounds.ts';
import { assignmentBefore, splitTopLevel } from './scan.ts';
import type { Scope } from './scope.ts';
import type { Link } from './syn.ts';

/** A query before it is known which transaction it belongs to. */
export interface Found extends Query {
  readonly start: number;
  /** Name of the client or manager it is executed with, if it has one of its own. */
  readonly client: string | null;
}

/** Index of the last link that is not `.then(…)`, `.catch(…)` or `.finally(…)`. */
export function lastOwn(links: readonly Link[]): number {
  return links.findLastIndex(({ name }) => !/^(?:then|catch|finally)$/.test(name));
}

export function queryOf(
  draft: Draft,
  node: { readonly start: number; readonly end: number },
  uses: readonly string[],
  client: string | null,
  scope: Scope,
  last: boolean,
  span?: CallSpan,
): Found {
  const { start, end } = node;
  const assignment = assignmentBefore(scope.text, start);
  const together = span?.concurrent === true ? pairOf(start, scope) : null;
  const then = /^\s*\.then\s*\(/.test(scope.text.slice(end, end + 40));
  return {
    operation: draft.operation,
    api: draft.api,
    entity: draft.entity,
    receiver: draft.receiver,
    table: draft.table,
    namespace: draft.namespace,
    rows: draft.rows,
    complete: draft.complete,
    limit: draft.limit,
    offset: draft.offset,
    sql: draft.sql,
    ...(draft.sortedByKey === true ? { sortedByKey: true as const } : {}),
    ...(draft.bySet === true ? { bySet: true as const } : {}),
    ...(draft.asEntities === true ? { asEntities: true as const } : {}),
    lock: draft.lock,
    withDeleted: draft.withDeleted,
    loading: draft.loading,
    filters: [...draft.filters],
    sorts: [...draft.sorts],
    joins: [...draft.joins],
    loads: [...draft.loads],
    groups: [...draft.groups],
    writes: [...draft.writes],
    selects: draft.selects === null ? null : [...draft.selects],
    uses,
    result: last ? (together?.result ?? assignment.target) : null,
    awaited: assignment.awaited || together !== null || then || scope.text.startsWith('await ', start),
    function: functionAt(scope.outline, start),
    loop: loopAt(scope.outline, start),
    transaction: null,
    inTransactionClient: false,
    at: scope.lines.range(start, end),
    start,
    client,
  };
}

/** `const [a, b] = await Promise.all([x, y])`: the name at the same place. */
function pairOf(start: number, scope: Scope): { result: string | null } {
  const call = scope.outline.calls.findLast(
    ({ argsStart, end, callee }) => argsStart < start && start < end && callee.startsWith('Promise.'),
  );
  if (!call) return { result: null };
  const before = scope.text.slice(call.argsStart + 1, start).trimStart();
  if (!before.startsWith('[')) return { result: null };
  const index = splitTopLevel(`${before.slice(1)}x`).length - 1;
  return { result: assignmentBefore(scope.text, call.start).names[index] ?? null };
}

export function inTransaction(candidate: Found, transactions: readonly Transaction[], scope: Scope): Query {
  const { client, start: offset, ...query } = candidate;
  let found: number | null = null;
  for (const [id, { body, function: owner, at }] of transactions.entries()) {
    const span = body === null ? undefined : scope.outline.functions[body];
    const within = span
      ? span.start <= offset && offset < span.end
      : owner === query.function && scope.lines.offset(at.line, at.column) < offset;
    if (within) found = id;
  }
  const own = client !== null && found !== null && transactions[found]?.client === client;
  return { ...query, transaction: found, inTransactionClient: own };
}
