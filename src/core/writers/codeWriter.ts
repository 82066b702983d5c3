/** Turns a change of code into edits of the file it stands in. One per ORM, for the kinds it knows. */
import type { CodeChange, CodeChangeKind } from '../schema/codeChange.ts';
import type { SourceFile } from '../readers/reader.ts';
import type { WriteResult } from './writer.ts';

/** Edits, or why the source is not of a shape that can be changed safely. */
export type CodeWriters = {
  readonly [Kind in CodeChangeKind]?: (change: CodeChangeOf<Kind>, file: SourceFile) => WriteResult;
};

export type CodeChangeOf<Kind extends CodeChangeKind> = Extract<CodeChange, { readonly kind: Kind }>;
