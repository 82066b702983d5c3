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

function digestOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const words = new Uint32Array(((bytes.length + 8) >> 6) * 16 + 16);
  for (let i = 0; i < bytes.length; i++) words[i >> 2] = (words[i >> 2] ?? 0) | ((bytes[i] ?? 0) << (24 - (i % 4) * 8));
  words[bytes.length >> 2] = (words[bytes.length >> 2] ?? 0) | (0x80 << (24 - (bytes.length % 4) * 8));
  words[words.length - 2] = Math.floor(bytes.length / 0x20000000);
  words[words.length - 1] = bytes.length << 3;
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const schedule = new Uint32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
    for (let round = 0; round < 80; round++) {
      const word =
        round < 16
          ? (words[block + round] ?? 0)
          : rotate(
              (schedule[round - 3] ?? 0) ^
                (schedule[round - 8] ?? 0) ^
                (schedule[round - 14] ?? 0) ^
                (schedule[round - 16] ?? 0),
              1,
            );
      schedule[round] = word;
      const next = (rotate(a, 5) + mix(round, b, c, d) + e + word) | 0;
      [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
    }
    [a, b, c, d, e].forEach((value, i) => (state[i] = ((state[i] ?? 0) + value) | 0));
  }
  return state.map((value) => (value >>> 0).toString(16).padStart(8, '0')).join('');
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}
