/** What the expressions of a schema come to, before names are given and keys are joined. */
import type { Dialect } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Declarations } from '../shared/typescript/declarations.ts';
import type { ObjectResult, Result } from '../shared/typescript/results.ts';

export type Casing = 'snake_case' | 'camelCase';

export interface DrizzleMappings {
  readonly declarations: Declarations;
  /** Where the constants of the file are declared, by name. */
  readonly places: Readonly<Record<string, SourceRange>>;
  /** The file may declare tables, enums or relations. */
  readonly schema: boolean;
  /** Stated in a configuration, or where the database is opened. */
  readonly casing: Casing | null;
}

/** One result is one table: `users.id` elsewhere leads to the same object. */
export interface TableShape {
  readonly result: Result;
  /** Name of the constant. */
  readonly constant: string;
  readonly file: string;
  readonly at: SourceRange;
  readonly dialect: Dialect;
  readonly kind: 'table' | 'view' | 'materialized-view';
  readonly name: string;
  readonly namespace: string | null;
  readonly columns: ObjectResult | null;
  /** What the third argument gives. */
  readonly extras: Result;
  readonly casing: Casing | null;
  /** `existing()` views and the like are made by others. */
  readonly managed: boolean;
  /** Query of a view. */
  readonly query: Result;
}

export interface EnumShape {
  readonly result: Result;
  readonly name: string;
  readonly namespace: string | null;
  readonly values: readonly string[];
  readonly at: SourceRange;
}

export interface ColumnShape {
  readonly key: string;
  readonly name: string;
  readonly chain: Chain;
  readonly at: SourceRange;
}

/** `varchar('name', { length: 10 }).notNull()`: what it starts with, and the calls that follow. */
export interface Chain {
  readonly maker: string;
  readonly module: string | null;
  /** A custom type or an enum that was called; null = one of Drizzle's own. */
  readonly made: Result;
  readonly arguments: readonly Result[];
  readonly calls: readonly { readonly name: string; readonly arguments: readonly Result[] }[];
  readonly text: string;
}
