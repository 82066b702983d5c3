import type { Draft } from '../typescript/queryDraft.ts';

/** What of a draft goes into the query: all but its counter. */
export function fieldsOfDraft(draft: Draft): Omit<Draft, 'nextGroup'> {
  const { operation, api, entity, receiver, rows, complete, filters, sorts, joins, loads, selects, writes } = draft;
  const { limit, offset, groups, sql, lock, withDeleted, loading, table, namespace } = draft;
  const read = { operation, api, entity, receiver, rows, complete, filters, sorts, joins, loads, selects, writes };
  const stated = {
    ...(draft.inOneStatement ? { inOneStatement: draft.inOneStatement } : {}),
    ...(draft.asEntities ? { asEntities: draft.asEntities } : {}),
  };
  return { ...read, ...stated, limit, offset, groups, sql, lock, withDeleted, loading, table, namespace };
}
