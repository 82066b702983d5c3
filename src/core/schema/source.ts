/**
 * Where something stands in the user's source. Lines and columns count from 1 (columns in UTF-16 code
 * units, as editors count them); `endLine`/`endColumn` is exclusive. `file` is relative to the directory that was
 * analysed, with `/` as separator on every platform.
 */
export interface SourceRange {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A replacement of the text between two offsets (UTF-16 code units, `end` exclusive) of one file. */
export interface TextEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Something that could not be read. Reading goes on; the message says what, where, and what to do. */
export interface Problem {
  /** Stable kebab-case id, e.g. `syntax-error`, `unresolved-entity`, `file-too-large`. */
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** Null only where no file is to blame (an empty folder). */
  readonly at: SourceRange | null;
}
