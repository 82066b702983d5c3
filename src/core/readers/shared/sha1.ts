/** Names of constraints are asked for again with every link, so that hashing them anew would cost a third of a keystroke. */
const known = new Map<string, string>();
const maxKnown = 50_000;

/** SHA-1 (RFC 3174) of a text's UTF-8 bytes, in hex. For names that ORMs derive by it; not for anything secret. */
export function sha1(text: string): string {
  let digest = known.get(text);
  if (digest === undefined) {
    if (known.size >= maxKnown) known.clear();
    known.set(text, (digest = digestOf(text)));
  }
  return digest;
}

/** Reused: thousands of short names are hashed in a row, and what making arrays for each takes is as long again. */
const schedule = new Int32Array(80);

function digestOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const words = new Int32Array(((bytes.length + 8) >> 6) * 16 + 16);
  for (let i = 0; i < bytes.length; i++) words[i >> 2] = (words[i >> 2] ?? 0) | ((bytes[i] ?? 0) << (24 - (i % 4) * 8));
  words[bytes.length >> 2] = (words[bytes.length >> 2] ?? 0) | (0x80 << (24 - (bytes.length % 4) * 8));
  words[words.length - 2] = Math.floor(bytes.length / 0x20000000);
  words[words.length - 1] = bytes.length << 3;
  let [h0, h1, h2, h3, h4] = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  for (let block = 0; block < words.length; block += 16) {
    for (let round = 0; round < 16; round++) schedule[round] = words[block + round] ?? 0;
    for (let round = 16; round < 80; round++) {
      const word =
        (schedule[round - 3] ?? 0) ^
        (schedule[round - 8] ?? 0) ^
        (schedule[round - 14] ?? 0) ^
        (schedule[round - 16] ?? 0);
      schedule[round] = (word << 1) | (word >>> 31);
    }
    let a = h0;
    let b = h1;
    let c = h2;
    let d = h3;
    let e = h4;
    for (let round = 0; round < 80; round++) {
      const next = (((a << 5) | (a >>> 27)) + mix(round, b, c, d) + e + (schedule[round] ?? 0)) | 0;
      e = d;
      d = c;
      c = (b << 30) | (b >>> 2);
      b = a;
      a = next;
    }
    h0 = (h0 + a) | 0;
    h1 = (h1 + b) | 0;
    h2 = (h2 + c) | 0;
    h3 = (h3 + d) | 0;
    h4 = (h4 + e) | 0;
  }
  return hex(h0) + hex(h1) + hex(h2) + hex(h3) + hex(h4);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round < 20) return (((b & c) | (~b & d)) + 0x5a827999) | 0;
  if (round < 40) return ((b ^ c ^ d) + 0x6ed9eba1) | 0;
  if (round < 60) return (((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc) | 0;
  return ((b ^ c ^ d) + 0xca62c1d6) | 0;
}
