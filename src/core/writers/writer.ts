/** Turns a change of the schema into edits of the user's own entity source. One writer per ORM; `registry.ts` lists them. */
import type { Change, ChangeKind } from '../schema/change.ts';
import type { Schema } from '../schema/model.ts';
import type { TextEdit } from '../schema/source.ts';
import type { SourceFile } from '../readers/reader.ts';
import type { EntityWriter } from './entityChange.ts';

export type WriteResult =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  /** Why not, in a sentence for the user. */
  | { readonly ok: false; readonly reason: string };

export interface Writer {
  /** Id of the reader whose sources it writes. */
  readonly id: string;
  /**
   * The file a change is to be written into, usually that of the table's entity; null where the table is not in the schema or
   * no source stands for it. `write` expects this file.
   */
  target(change: Change, schema: Schema): string | null;
  /** Edits are minimal, in the file's own style (quotes, indent, line ends), and add the imports they need. */
  write(change: Change, schema: Schema, file: SourceFile): WriteResult;
  /** What `write` is asked for in the diagram besides indexes that are added. Absent = nothing. */
  readonly plain?: readonly ChangeKind[];
  /** What else it writes when a person edits the entities, in several files at once. Absent = nothing else. */
  readonly entities?: EntityWriter;
}
