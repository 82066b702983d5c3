/** Language server ↔ host: what a migration would do, before anything is written. */
import type { Rename } from '../core/diff/diff.ts';
import type { Dialect } from '../core/schema/model.ts';

/** Asked again with every answer of the user: the server keeps nothing in between. */
export interface MigrationParams {
  readonly project: string;
  /** `migrations` (what those of the project build) or `git:<ref>` (the entities of a commit). */
  readonly from: string;
  /** PascalCase; null = a name from the changes. */
  readonly name: string | null;
  readonly format: 'typeorm' | 'sql';
  /** Said by the user; whatever else may be a rename is a drop and an add. */
  readonly renames: readonly Rename[];
  /** Asked already, and no rename. */
  readonly refused?: readonly Rename[];
  /** `table.column` → SQL value. */
  readonly fills: Readonly<Record<string, string>>;
}

export interface RenameQuestion {
  readonly rename: Rename;
  /** `orders.client → customer` */
  readonly label: string;
  /** `same type, similar name` */
  readonly reason: string;
}

export interface NeededValueQuestion {
  /** `table.column` */
  readonly column: string;
  readonly type: string;
  readonly why: 'added' | 'required';
  readonly suggestion: string | null;
}

export type MigrationPreview =
  /** Nothing can be compared; a sentence says why. */
  | { readonly state: 'impossible'; readonly reason: string }
  | { readonly state: 'nothing'; readonly notes: readonly string[] }
  | {
      readonly state: 'planned';
      readonly dialect: Dialect;
      readonly name: string;
      /** One sentence per change. */
      readonly words: readonly string[];
      readonly questions: readonly RenameQuestion[];
      readonly needed: readonly NeededValueQuestion[];
      /** What is lost for good, one sentence each; empty = nothing. */
      readonly losses: readonly string[];
      /** What else the user has to know. */
      readonly warnings: readonly string[];
      /** Places of migrations that could not be followed, so that the comparison may be wrong. */
      readonly notes: readonly string[];
      readonly transactional: boolean;
      /** Absolute; there is no such file yet. */
      readonly uri: string;
      readonly text: string;
      /** Equal for equal statements: what was proven is what is written. */
      readonly digest: string;
    };

export interface MigrationProof {
  /** `no-engine`: there is none to run it on, so nothing was expected; `not-run`: there is one, and it came to no result. */
  readonly outcome: 'passed' | 'failed' | 'no-engine' | 'not-run';
  /** `ran on PostgreSQL 18.1: up 12 ms, down 4 ms, no rows lost` */
  readonly words: string;
  /** Of the statements that were run; null = none were planned. */
  readonly digest: string | null;
}

export interface GitRef {
  /** What git takes: `main`, `v1.2`, `a1b2c3d`. */
  readonly ref: string;
  readonly kind: 'branch' | 'tag' | 'commit';
  /** Subject of the commit. */
  readonly description: string;
}
