/**
 * What a DDL statement does, whatever engine it was written for: a small closed union. Names are as the engine keeps them (folded where it folds);
 * types and expressions are SQL text.
 */
import type { ColumnType, ReferentialAction } from '../../schema/model.ts';

/** Offsets into the text that was read, `end` exclusive. */
export interface SqlSpan {
  readonly start: number;
  readonly end: number;
}

export interface SqlName {
  readonly name: string;
  /** Null = not stated. */
  readonly namespace: string | null;
}

export interface SqlType {
  /** Lower case, single spaces, without sizes: `character varying`, `timestamp with time zone`, `int unsigned`; a type of the user's own as its name. */
  readonly name: string;
  /** What stands in its brackets, each as written: `['10', '2']`, `['max']`. */
  readonly arguments: readonly string[];
  readonly array: boolean;
  /** Values of an enumeration that stands in the type (`enum('a', 'b')`); null = none does. */
  readonly values: readonly string[] | null;
}

export interface SqlGeneration {
  readonly kind: 'increment' | 'identity' | 'stored' | 'virtual';
  readonly expression: string | null;
}

export interface SqlColumn {
  readonly name: string;
  /** Null = none is stated (SQLite). */
  readonly type: SqlType | null;
  /** What it holds, where more is known of that than the type says (a date that SQLite keeps as text); absent = what the type says. */
  readonly holds?: ColumnType;
  /** Null = nothing is said. */
  readonly nullable: boolean | null;
  readonly default: string | null;
  /** It has a default, and nobody can tell which: a name of the program stands for it. */
  readonly hasDefault?: true;
  readonly generated: SqlGeneration | null;
  readonly collation: string | null;
  readonly comment: string | null;
  /** Its name. */
  readonly at?: SqlSpan;
}

export interface SqlIndex {
  readonly name: string | null;
  /** Columns that are plainly indexed. */
  readonly columns: readonly string[];
  readonly orders: readonly ('asc' | 'desc')[];
  readonly include: readonly string[];
  readonly unique: boolean;
  /** Lower case; null = the engine's default. */
  readonly method: string | null;
  readonly where: string | null;
  /** The whole list, where not everything in it is a plain column. */
  readonly expression: string | null;
}

export type SqlConstraint = SqlConstraintBody & {
  /** The whole of it; of one that stands with its column, the column's name. */
  readonly at?: SqlSpan;
};

type SqlConstraintBody =
  /** `index`: one that is there already and becomes the constraint; its columns are those of the key then. */
  | {
      readonly kind: 'primaryKey';
      readonly name: string | null;
      readonly columns: readonly string[];
      /** Cassandra: how many of the first columns are bracketed together, and so choose the partition. */
      readonly partition?: number;
      readonly index?: string;
    }
  | {
      readonly kind: 'unique';
      readonly name: string | null;
      readonly columns: readonly string[];
      readonly index?: string;
      readonly nullsNotDistinct: boolean;
      readonly deferrable: string | null;
    }
  | {
      readonly kind: 'foreignKey';
      readonly name: string | null;
      readonly columns: readonly string[];
      /** Empty columns = the primary key. */
      readonly references: SqlName & { readonly columns: readonly string[] };
      readonly onDelete: ReferentialAction | null;
      readonly onUpdate: ReferentialAction | null;
      readonly deferrable: string | null;
    }
  /** `column`: the one it was written with, where it was. */
  | {
      readonly kind: 'check';
      readonly name: string | null;
      readonly expression: string;
      readonly column: string | null;
    }
  | { readonly kind: 'exclusion'; readonly name: string | null; readonly expression: string }
  | { readonly kind: 'index'; readonly index: SqlIndex };

/** `LIKE`, `INHERITS`, `PARTITION OF`: what a table takes over from another one. */
export interface SqlCopy {
  readonly from: SqlName;
  readonly how: 'like' | 'inherits' | 'partition';
  /** What a LIKE takes over beside columns, upper case: `DEFAULTS`, `INDEXES`, `ALL`. MySQL's takes over all but foreign keys. */
  readonly including: readonly string[];
  /** Columns before which its own stand, as the text has them. */
  readonly before: number;
}

/** What `ALTER COLUMN` sets; absent = it stays. */
export interface SqlColumnChange {
  readonly type?: SqlType;
  readonly nullable?: boolean;
  readonly default?: string | null;
  readonly generated?: SqlGeneration | null;
  readonly collation?: string | null;
}

interface OnTable {
  readonly table: SqlName;
  /** PostgreSQL: tables that inherit from it, and its partitions, are left alone. */
  readonly only?: boolean;
}

export type DdlOperation =
  | ({
      readonly kind: 'createTable';
      readonly ifNotExists: boolean;
      readonly columns: readonly SqlColumn[];
      readonly constraints: readonly SqlConstraint[];
      readonly comment: string | null;
      /** Its columns are those of another table or of a query, which the text alone does not tell. */
      readonly open: boolean;
      /** Tables whose columns it has as well; absent = none. */
      readonly copies?: readonly SqlCopy[];
      /** Its name. */
      readonly at?: SqlSpan;
    } & OnTable)
  | ({
      readonly kind: 'createView';
      readonly materialized: boolean;
      /** Names of its columns where they are stated before the query; empty = the query's own. */
      readonly columns: readonly string[];
      readonly query: string;
      readonly at?: SqlSpan;
    } & OnTable)
  | { readonly kind: 'dropView'; readonly views: readonly SqlName[] }
  /** A type of the user's own that stands for another one. */
  | {
      readonly kind: 'createDomain';
      readonly domain: SqlName;
      readonly type: SqlType;
      readonly nullable: boolean | null;
    }
  | { readonly kind: 'dropTable'; readonly tables: readonly SqlName[]; readonly ifExists: boolean }
  | ({ readonly kind: 'renameTable'; readonly to: SqlName } & OnTable)
  | ({
      readonly kind: 'addColumn';
      readonly column: SqlColumn;
      readonly constraints: readonly SqlConstraint[];
      readonly ifNotExists: boolean;
    } & OnTable)
  | ({ readonly kind: 'dropColumn'; readonly column: string; readonly ifExists: boolean } & OnTable)
  | ({ readonly kind: 'renameColumn'; readonly from: string; readonly to: string } & OnTable)
  | ({
      readonly kind: 'replaceColumn';
      readonly name: string;
      readonly column: SqlColumn;
      readonly constraints: readonly SqlConstraint[];
    } & OnTable)
  | ({ readonly kind: 'alterColumn'; readonly column: string; readonly change: SqlColumnChange } & OnTable)
  | ({ readonly kind: 'addConstraint'; readonly constraint: SqlConstraint } & OnTable)
  /** `name` null: the only one of its kind (`DROP PRIMARY KEY`). */
  | ({
      readonly kind: 'dropConstraint';
      readonly of: 'any' | 'primaryKey' | 'foreignKey' | 'check' | 'index';
      readonly name: string | null;
      readonly ifExists: boolean;
    } & OnTable)
  | ({ readonly kind: 'renameConstraint'; readonly from: string; readonly to: string } & OnTable)
  | ({
      readonly kind: 'createIndex';
      readonly index: SqlIndex;
      readonly ifNotExists: boolean;
      /** Left out where a key or an index is of the same columns. */
      readonly unlessIndexed?: true;
    } & OnTable)
  /** `table` null where the engine's indexes have names of their own. */
  | { readonly kind: 'dropIndex'; readonly index: SqlName; readonly table: SqlName | null; readonly ifExists: boolean }
  | { readonly kind: 'renameIndex'; readonly index: SqlName; readonly table: SqlName | null; readonly to: string }
  | { readonly kind: 'createEnum'; readonly type: SqlName; readonly values: readonly string[] }
  | { readonly kind: 'dropType'; readonly types: readonly SqlName[]; readonly ifExists: boolean }
  | { readonly kind: 'renameType'; readonly type: SqlName; readonly to: string }
  | {
      readonly kind: 'addEnumValue';
      readonly type: SqlName;
      readonly value: string;
      readonly place: { readonly side: 'before' | 'after'; readonly value: string } | null;
    }
  | { readonly kind: 'renameEnumValue'; readonly type: SqlName; readonly from: string; readonly to: string }
  | ({ readonly kind: 'setComment'; readonly column: string | null; readonly comment: string | null } & OnTable)
  | { readonly kind: 'dropSchema'; readonly schema: string };

export type DdlKind = DdlOperation['kind'];

export interface SqlStatement {
  /** Offsets into the text, without the separator. */
  readonly start: number;
  readonly end: number;
  /** First words, upper case: `CREATE TABLE`, `INSERT INTO`. */
  readonly verb: string;
  /** Empty for statements that change no structure that is modelled. */
  readonly operations: readonly DdlOperation[];
}

export interface SqlProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface SqlScript {
  readonly statements: readonly SqlStatement[];
  readonly problems: readonly SqlProblem[];
}
