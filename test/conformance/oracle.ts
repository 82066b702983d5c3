/** What every oracle is. `oracles/<orm>.ts` exports one; `registry.ts` lists them. */
import type { Described } from './described.ts';

export interface Case {
  readonly name: string;
  /** The domain that every ORM describes, or what is special about this ORM. */
  readonly kind: 'domain' | 'special';
  /** Who says what is right: `schema engine 7.10, executed on PGlite`; `by hand` where nobody can be asked. */
  readonly source: string;
  readonly expected: Described;
  readonly actual: Described;
}

export interface Oracle {
  /** As in the table: `Prisma`. */
  readonly orm: string;
  /** Why it cannot be asked here; null = it can. */
  unavailable(): Promise<string | null>;
  cases(): Promise<readonly Case[]>;
}
