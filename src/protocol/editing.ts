/** Editing entities from the diagram, between server and host. */
import type { SourceRange } from '../core/schema/source.ts';
import type { TypeSpec } from '../core/writers/entityChange.ts';
import type { GeneratedEdits, GeneratedFile } from './generate.ts';

/** What the user asks for. Tables are named as `showDiagram` takes them, columns physically, relations by their property. */
export type EditAsk =
  /** In the manner of another table; null = of the one that has most in common with all. */
  | { readonly kind: 'addTable'; readonly like: string | null; readonly name: string }
  | { readonly kind: 'renameTable'; readonly table: string; readonly to: string }
  | { readonly kind: 'deleteTable'; readonly table: string }
  | {
      readonly kind: 'addColumn';
      readonly table: string;
      readonly name: string;
      readonly type: TypeSpec;
      readonly nullable: boolean;
    }
  /** `code`: the property, and the column keeps its name; `database`: the other way round. */
  | {
      readonly kind: 'renameColumn';
      readonly table: string;
      readonly column: string;
      readonly to: string;
      readonly where: 'code' | 'database';
    }
  | { readonly kind: 'changeType'; readonly table: string; readonly column: string; readonly type: TypeSpec }
  | { readonly kind: 'setNullable'; readonly table: string; readonly column: string; readonly nullable: boolean }
  | { readonly kind: 'deleteColumn'; readonly table: string; readonly column: string }
  | {
      readonly kind: 'addIndex';
      readonly table: string;
      readonly columns: readonly string[];
      readonly unique: boolean;
    }
  /** Among several over the same columns the one of that name. */
  | {
      readonly kind: 'deleteIndex';
      readonly table: string;
      readonly columns: readonly string[];
      readonly name: string | null;
    }
  | {
      readonly kind: 'addRelation';
      readonly table: string;
      readonly target: string;
      readonly name: string;
      /** Null = the other side is not to know. */
      readonly inverse: string | null;
      readonly cardinality: 'many-to-one' | 'one-to-one';
      readonly nullable: boolean;
    }
  | { readonly kind: 'deleteRelation'; readonly table: string; readonly property: string };

export type EditKind = EditAsk['kind'];

export interface EditParams {
  /** URI of the project's root, as `ProjectSummary.id`. */
  readonly project: string;
  readonly ask: EditAsk;
}

export type EditReply =
  | {
      readonly ok: true;
      /** `Add column orders.note`: one sentence per change of the schema, for people. */
      readonly words: readonly string[];
      readonly files: readonly GeneratedFile[];
      readonly edits: readonly GeneratedEdits[];
      /** URIs of files of which nothing is left. */
      readonly deleted: readonly string[];
      readonly notes: readonly string[];
    }
  /** In a sentence for the user. */
  | { readonly ok: false; readonly reason: string };

export interface EditableColumn {
  readonly name: string;
  readonly property: string | null;
  /** `varchar(20)` */
  readonly type: string;
  readonly nullable: boolean;
  readonly isKey: boolean;
  /** Property of the relation whose key it holds. */
  readonly relation: string | null;
}

/** What can be done to a table, and what there is to choose from. */
export interface EditOptions {
  /** Name of the ORM, for people. */
  readonly orm: string;
  /** Why a kind of edit is not to be had; absent = it is. */
  readonly refusals: Readonly<Partial<Record<EditKind, string>>>;
  readonly table: string | null;
  readonly entity: string | null;
  /** Where it is declared; `file` is a URI. */
  readonly at: SourceRange | null;
  readonly columns: readonly EditableColumn[];
  readonly relations: readonly {
    readonly property: string;
    /** Table id. */
    readonly target: string;
    readonly columns: readonly string[];
  }[];
  /** Those that the source declares. */
  readonly indexes: readonly {
    readonly name: string | null;
    readonly columns: readonly string[];
    readonly unique: boolean;
  }[];
  readonly types: readonly { readonly spec: TypeSpec; readonly spelled: string }[];
  /** Other tables of the same ORM, sorted by id. */
  readonly tables: readonly { readonly id: string; readonly entity: string }[];
  /** Names for a relation to each of `tables`: `customer`, and `orders` for the other side. */
  readonly suggestions: Readonly<Record<string, readonly [name: string, inverse: string]>>;
}

/** What the schema would be with other texts in some files. */
export interface RereadParams {
  readonly project: string;
  readonly files: readonly { readonly uri: string; readonly text: string }[];
}

export type RereadReply =
  /** The changes of the schema, a sentence each; empty = the database stays as it is. */
  | { readonly ok: true; readonly words: readonly string[] }
  /** In a sentence for the user. */
  | { readonly ok: false; readonly reason: string };
