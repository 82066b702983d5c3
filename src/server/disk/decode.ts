/** Bytes of a file → text: what is no valid text is read as well as can be, and told. */

export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  /** `at` is the offset (UTF-16 code units) of the first replacement character. */
  | { readonly kind: 'damaged'; readonly text: string; readonly at: number }
  /** One byte a character, as editors on Windows wrote; `at` is the offset of the first that is not ASCII. */
  | { readonly kind: 'windows-1252'; readonly text: string; readonly at: number }
  | { readonly kind: 'binary' };

/** git looks for a NUL in as many bytes to tell binary files (`buffer_is_binary`). */
const sniffLength = 8000;

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');
const western = new TextDecoder('windows-1252');

/** A character of more than one byte that is whole: the file is UTF-8, and damaged. */
const wholeCharacter = /[^\0-\u007F\uFFFD]/u;

/** A byte order mark is dropped, as editors do, so that columns agree with theirs. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'text', text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', text: new TextDecoder('utf-16be').decode(bytes) };
  if (bytes.subarray(0, sniffLength).includes(0)) return { kind: 'binary' };
  try {
    return { kind: 'text', text: strict.decode(bytes) };
  } catch {
    const text = lenient.decode(bytes);
    const at = Math.max(0, text.indexOf('\uFFFD'));
    if (wholeCharacter.test(text)) return { kind: 'damaged', text, at };
    return { kind: 'windows-1252', text: western.decode(bytes), at };
  }
}
