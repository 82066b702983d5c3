/** The review of the indexes, between server and host. */
import type { SourceRange } from '../core/schema/source.ts';
import type { GeneratedEdits } from './generate.ts';

export type IndexRowKind =
  | 'project'
  | 'table'
  /** An index that queries ask for. */
  | 'proposal'
  /** An index that another one covers. */
  | 'redundant'
  /** An index that no query uses that was read. */
  | 'unused'
  | 'query'
  | 'foreign-key';

/** One row of the review. Ranges carry absolute URIs in `file`. */
export interface IndexRow {
  /** Unique in the review and the same as long as it says the same. */
  readonly id: string;
  readonly kind: IndexRowKind;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string | null;
  readonly at: SourceRange | null;
  readonly children: readonly IndexRow[];
}

export type IndexEdits =
  | { readonly ok: true; readonly edits: readonly GeneratedEdits[] }
  /** In a sentence for the user. */
  | { readonly ok: false; readonly reason: string };
