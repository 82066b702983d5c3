/** What a person asks of entities, in the diagram above all: changes of the schema, and what no database sees. */
import type { Change, TableRef } from '../schema/change.ts';
import type { ColumnType, Dialect, Schema } from '../schema/model.ts';
import type { TextEdit } from '../schema/source.ts';
import type { SourceFile } from '../readers/reader.ts';

export type EntityChange =
  | Change
  /** The property that stands for a column gets another name; the column keeps its own. */
  | ({ readonly kind: 'renameProperty'; readonly column: string; readonly to: string } & TableRef)
  | AddRelation
  /** The relation of that property, on both sides, with the columns that hold its key. */
  | ({ readonly kind: 'dropRelation'; readonly property: string } & TableRef);

export type EntityChangeKind = EntityChange['kind'];

/** The table gets the key. */
export interface AddRelation extends TableRef {
  readonly kind: 'addRelation';
  readonly target: TableRef;
  readonly cardinality: 'many-to-one' | 'one-to-one';
  /** Name of the relation, in the entity's own spelling. */
  readonly property: string;
  /** Name on the other side; null = that side is not to know. */
  readonly inverse: string | null;
  readonly nullable: boolean;
}

/** A type as a person chooses it: what it means, not how an engine or an ORM spells it. */
export interface TypeSpec {
  readonly type: ColumnType;
  readonly length: number | null;
  readonly precision: number | null;
  readonly scale: number | null;
}

export interface WriteContext {
  readonly schema: Schema;
  readonly dialect: Dialect | null;
  /** The files that `files` asked for; undefined = there is none, or it cannot be read. */
  readonly open: (path: string) => SourceFile | undefined;
}

export type EntityWriteResult =
  | {
      readonly ok: true;
      readonly edits: readonly TextEdit[];
      readonly created?: readonly { readonly path: string; readonly text: string }[];
      /** Files of which nothing would be left. */
      readonly deleted?: readonly string[];
      /** What the user has to do or to know, a sentence each. */
      readonly notes?: readonly string[];
    }
  /** Why not, in a sentence for the user. */
  | { readonly ok: false; readonly reason: string };

/**
 * Writes what a person asks for into entities. It may be bold: whoever calls it reads the result again, and offers nothing that
 * says anything else than what was asked for (`core/editing/verify.ts`).
 */
export interface EntityWriter {
  readonly supported: readonly EntityChangeKind[];
  /** Files that the change may touch or rests on. */
  files(change: EntityChange, schema: Schema): readonly string[];
  write(change: EntityChange, context: WriteContext): EntityWriteResult;
  /** How the ORM spells a type, for people who choose one; null = it cannot. */
  spell(type: TypeSpec, dialect: Dialect | null): string | null;
}
