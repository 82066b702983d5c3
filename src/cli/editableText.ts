import { readFile } from 'node:fs/promises';

export interface EditableText {
  /** What the file starts with beside its text: a byte order mark or nothing. */
  readonly mark: string;
  readonly text: string;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const byteOrderMark = '\uFEFF';

/**
 * A file that may be written again. Null where its bytes are not UTF-8: what was read of them is not what is there, and
 * writing it would lose them.
 * Throws what reading the file throws.
 */
export async function readEditable(path: string): Promise<EditableText | null> {
  const bytes = await readFile(path);
  let whole: string;
  try {
    whole = strict.decode(bytes);
  } catch {
    return null;
  }
  const mark = whole.startsWith(byteOrderMark) ? byteOrderMark : '';
  return { mark, text: whole.slice(mark.length) };
}
