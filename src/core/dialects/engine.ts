/** What a database engine does by itself and what it can do: the facts that rules and generators need, one file per engine. */
import type { Dialect } from '../schema/model.ts';

/** A statement about an engine, with the text it rests on. */
export interface EngineFact<T> {
  readonly value: T;
  /** Manual page or experiment the statement was taken from. */
  readonly source: string;
}

export interface Engine {
  readonly id: Dialect;
  /** Name as people write it. */
  readonly label: string;
  /** The engine checks foreign keys at all. */
  readonly enforcesForeignKeys: boolean;
  /**
   * `always`: the engine creates an index on the referencing columns, unless one leads with them already.
   * `never`: it does not. `unknown`: no reliable statement was found, so judgements that rest on it are downgraded.
   */
  readonly foreignKeyIndex: EngineFact<'always' | 'never' | 'unknown'>;
  /** What deletes and key updates of a referenced row cost without that index; a clause that ends a sentence. */
  readonly unindexedForeignKeyCost: EngineFact<string>;
  /** Primary keys and unique constraints are backed by an index that serves look-ups by their leading columns. */
  readonly keyIndex: EngineFact<boolean>;
  /** `CREATE INDEX … WHERE predicate`. */
  readonly partialIndexes: EngineFact<boolean>;
  /** `INCLUDE (…)` columns that are carried, not searched. */
  readonly includeColumns: boolean;
  /** How many NULLs a unique constraint on one column lets in. */
  readonly uniqueNulls: EngineFact<'many' | 'one'>;
  /** Index methods (lower case) beside the default that serve an equality look-up by the leading columns. */
  readonly equalityMethods: readonly string[];
  /** Longest identifier, in bytes or characters as the engine counts; null = no practical limit. */
  readonly maxIdentifierLength: number | null;
  /** Quotes that keep an identifier as it is; the closing one is doubled inside. */
  readonly quotes: readonly [open: string, close: string];
}
