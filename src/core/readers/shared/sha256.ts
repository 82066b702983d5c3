/** SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, in hex. For names that ORMs derive by it; not for anything secret. */
export function sha256(text: string): string {
  let digest = known.get(text);
  if (digest === undefined) {
    if (known.size >= maxKnown) known.clear();
    known.set(text, (digest = digestOf(text)));
  }
  return digest;
}

/** Names of indexes are asked for again with every link. */
const known = new Map<string, string>();
const maxKnown = 50_000;

/** First 32 bits of the fractional parts of the roots of the first primes: cube roots of 64, square roots of 8. */
const primes: readonly number[] = Array.from({ length: 312 }, (_, at) => at).filter(
  (value) =>
    value > 1 && !Array.from({ length: value - 2 }, (_, at) => at + 2).some((divisor) => value % divisor === 0),
);
const fraction = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;
const rounds = Int32Array.from(primes.slice(0, 64), (prime) => fraction(Math.cbrt(prime)));
const initial = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

function digestOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const words = new Int32Array(((bytes.length + 8) >> 6) * 16 + 16);
  for (let at = 0; at < bytes.length; at++)
    words[at >> 2] = (words[at >> 2] ?? 0) | ((bytes[at] ?? 0) << (24 - (at % 4) * 8));
  words[bytes.length >> 2] = (words[bytes.length >> 2] ?? 0) | (0x80 << (24 - (bytes.length % 4) * 8));
  words[words.length - 2] = Math.floor(bytes.length / 0x20000000);
  words[words.length - 1] = bytes.length << 3;
  const state = Int32Array.from(initial);
  const schedule = new Int32Array(64);
  for (let block = 0; block < words.length; block += 16) {
    for (let at = 0; at < 64; at++) schedule[at] = at < 16 ? (words[block + at] ?? 0) : extended(schedule, at);
    mix(state, schedule);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function extended(schedule: Int32Array, at: number): number {
  const [a, b] = [schedule[at - 15] ?? 0, schedule[at - 2] ?? 0];
  const first = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
  const second = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
  return ((schedule[at - 16] ?? 0) + first + (schedule[at - 7] ?? 0) + second) | 0;
}

function mix(state: Int32Array, schedule: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at++) {
    const first = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const sum = (h + first + ((e & f) ^ (~e & g)) + (rounds[at] ?? 0) + (schedule[at] ?? 0)) | 0;
    const second = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + sum) | 0, c, b, a, (sum + second + majority) | 0];
  }
  for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) state[at] = ((state[at] ?? 0) + value) | 0;
}
