/** From a draft to the query it becomes at its place in a Java file. */
import type { Query, Transaction } from '../../../schema/code.ts';
import type { SourceRange } from '../../../schema/source.ts';
import type { Draft } from '../typescript/queryDraft.ts';

export interface QueryPlace {
  readonly function: number | null;
  readonly loop: number | null;
  readonly result: string | null;
  readonly uses: readonly string[];
  readonly at: SourceRange;
}

export function queryAt(draft: Draft, place: QueryPlace): Query {
  return {
    operation: draft.operation,
    api: draft.api,
    entity: draft.entity,
    receiver: draft.receiver,
    table: draft.table,
    namespace: draft.namespace,
    rows: draft.rows,
    complete: draft.complete,
    // Hibernate reads all rows of the join and cuts them itself (HHH90003004): nothing else would keep collections whole.
    limit: draft.limit && draft.loading === 'join' ? { ...draft.limit, counts: 'in-memory' } : draft.limit,
    offset: draft.offset,
    sql: draft.sql,
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
    // Nothing has to be awaited: the call is over when it returns.
    awaited: true,
    transaction: null,
    inTransactionClient: false,
    ...place,
  };
}

/** Queries of functions that run in a transaction are told so. */
export function withTransactions(
  queries: readonly Query[],
  transactions: readonly Transaction[],
  parentOf: (id: number) => number | null,
): Query[] {
  return queries
    .map((query) => {
      for (let at = query.function; at !== null; at = parentOf(at)) {
        const id = transactions.findLastIndex(({ body }) => body === at);
        if (id !== -1) return { ...query, transaction: id, inTransactionClient: true };
      }
      return query;
    })
    .sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
}
