import type { Filter, Join, Load, PathUse, Query, RawSql, Sort } from '../../../schema/code.ts';

/** A query while it is being read. */
export interface Draft {
  operation: Query['operation'];
  api: string;
  entity: string | null;
  receiver: string | null;
  rows: Query['rows'];
  complete: boolean;
  readonly filters: Filter[];
  readonly sorts: Sort[];
  readonly joins: Join[];
  readonly loads: Load[];
  selects: string[] | null;
  readonly writes: PathUse[];
  limit: Query['limit'];
  offset: Query['offset'];
  readonly groups: PathUse[];
  sql: RawSql | null;
  /** See `Query.sortedByKey`. */
  sortedByKey?: true;
  /** See `Query.bySet`. */
  bySet?: true;
  /** See `Query.asEntities`. */
  asEntities?: true;
  /** See `Query.batched`. */
  batched?: true;
  lock: string | null;
  withDeleted: boolean;
  loading: Query['loading'];
  inOneStatement?: true;
  /** Next number for filters joined by OR. */
  nextGroup: number;
  table: string | null;
  namespace: string | null;
}

export function newDraft(api: string, operation: Query['operation'], rows: Query['rows']): Draft {
  return {
    operation,
    api,
    entity: null,
    receiver: null,
    rows,
    complete: true,
    filters: [],
    sorts: [],
    joins: [],
    loads: [],
    selects: null,
    writes: [],
    limit: null,
    offset: null,
    groups: [],
    sql: null,
    lock: null,
    withDeleted: false,
    loading: null,
    nextGroup: 1,
    table: null,
    namespace: null,
  };
}
