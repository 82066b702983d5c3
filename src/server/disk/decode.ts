/** Bytes of a file → text, without losing anything: what is no valid text is replaced and told. */

export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  /** `at` is the offset (UTF-16 code units) of the first replacement character. */
  | { readonly kind: 'damaged'; readonly text: string; readonly at: number }
  | { readonly kind: 'binary' };

/** git looks for a NUL in as many bytes to tell binary files (`buffer_is_binary`). */
const sniffLength = 8000;

const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

/** A byte order mark is dropped, as editors do, so that columns agree with theirs. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'text', text: new TextDecoder('utf-16le').decode(bytes) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', text: new TextDecoder('utf-16be').decode(bytes) };
  if (bytes.subarray(0, sniffLength).includes(0)) return { kind: 'binary' };
  try {
    return { kind: 'text', text: strict.decode(bytes) };
  } catch {
    const text = lenient.decode(bytes);
    return { kind: 'damaged', text, at: Math.max(0, text.indexOf('\uFFFD')) };
  }
}
