import type { SourceRange } from './source.ts';

/** A call of the client of a store, as its source has it. */
export interface StoreCall {
  readonly store: 'redis' | 'elasticsearch' | 'influxdb' | 'mongodb' | 'partitioning';
  /** `this.redis`; '' where there is none. */
  readonly receiver: string;
  /** `set`, `create`, `tag`, `$push`, `create_hypertable`, `partition`. */
  readonly api: string;
  /** Source text of each; of `$push` the members of its object. */
  readonly arguments: readonly string[];
  readonly at: SourceRange;
}
