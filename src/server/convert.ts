/** The model's ranges (lines and columns from 1, files relative to a folder) ↔ those of LSP (from 0, URIs). */
import type { Position, Range } from 'vscode-languageserver/node';
import type { SourceRange, TextEdit } from '../core/schema/source.ts';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit as LspTextEdit } from 'vscode-languageserver/node';
import { absolutePath, pathToUri } from './paths.ts';

export function toRange(range: SourceRange): Range {
  return {
    start: { line: Math.max(0, range.line - 1), character: Math.max(0, range.column - 1) },
    end: { line: Math.max(0, range.endLine - 1), character: Math.max(0, range.endColumn - 1) },
  };
}

export function fileUri(directory: string, file: string): string {
  return pathToUri(absolutePath(directory, file));
}

/** The same range with an absolute URI in `file`: what the host is given. */
export function located(directory: string, range: SourceRange): SourceRange {
  return { ...range, file: fileUri(directory, range.file) };
}

/** End inclusive, so that a caret right behind a name still means it. */
export function covers(range: Range, position: Position): boolean {
  return compare(range.start, position) <= 0 && compare(position, range.end) <= 0;
}

export function overlaps(a: Range, b: Range): boolean {
  return compare(a.start, b.end) <= 0 && compare(b.start, a.end) <= 0;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Offsets in `text` → positions. Editors keep a byte order mark out of their text, the disk does not. */
export function toTextEdits(text: string, edits: readonly TextEdit[]): LspTextEdit[] {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const document = TextDocument.create('', '', 0, text.slice(mark));
  return edits.map((edit) => ({
    range: { start: document.positionAt(edit.start - mark), end: document.positionAt(edit.end - mark) },
    newText: edit.newText,
  }));
}
