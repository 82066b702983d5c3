/** An embedded database a migration can be run on: throw-away, in memory, reachable by nobody else. */
export interface ProofDatabase {
  /** Name and version for the user: `PostgreSQL 18.1`. */
  readonly engine: string;
  /** Runs one statement; rejects with the engine's own message. */
  run(sql: string): Promise<void>;
  /** Everything structural that the catalogue holds, one line per element, sorted: equal structures give equal lines. */
  catalogue(): Promise<readonly string[]>;
  /** Rows per table, by name. */
  rowCounts(): Promise<ReadonlyMap<string, number>>;
  /** Drops everything, as if just opened. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export type ProofDialect = 'postgresql' | 'sqlite';
