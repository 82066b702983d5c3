import type { TextEdit } from '../../schema/source.ts';

/** The text with the edits made, as an editor makes them: offsets mean the text before, edits must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.map((edit, at) => ({ edit, at })).sort((a, b) => b.edit.start - a.edit.start || b.at - a.at);
  return ordered.reduce(
    (result, { edit }) => result.slice(0, edit.start) + edit.newText + result.slice(edit.end),
    text,
  );
}
