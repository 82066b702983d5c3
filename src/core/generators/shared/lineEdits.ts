/** The edits that turn one text into another, whole lines at a time, so that a preview shows what really changes. */
import type { TextEdit } from '../../schema/source.ts';

/** Longest common subsequence of lines; both texts are source files of a few hundred lines. */
export function lineEdits(file: string, from: string, to: string): TextEdit[] {
  const [before, after] = [linesOf(from), linesOf(to)];
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] =
        before[i] === after[j]
          ? at(common, (i + 1) * width + j + 1) + 1
          : Math.max(at(common, (i + 1) * width + j), at(common, i * width + j + 1));
  const edits: { file: string; start: number; end: number; newText: string }[] = [];
  let offset = 0;
  let open = false;
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    const [old = '', fresh = ''] = [before[i], after[j]];
    if (i < before.length && j < after.length && old === fresh) {
      offset += old.length;
      open = false;
      i++;
      j++;
      continue;
    }
    if (!open) edits.push({ file, start: offset, end: offset, newText: '' });
    open = true;
    const edit = edits.at(-1);
    if (!edit) break;
    if (j < after.length && (i >= before.length || at(common, i * width + j + 1) >= at(common, (i + 1) * width + j))) {
      edit.newText += fresh;
      j++;
    } else {
      offset += old.length;
      edit.end = offset;
      i++;
    }
  }
  return edits;
}

function at(table: Uint32Array, index: number): number {
  return table[index] ?? 0;
}

/** With their line ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
