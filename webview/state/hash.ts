/** A fingerprint of many texts, cheap enough to be taken with every edit: FNV-1a, and the same with another start and factor (64 bits). */
export interface Hash {
  add(...texts: readonly string[]): void;
  value(): string;
}

const prime = 0x01000193;
/** MurmurHash3's first mixing constant. */
const factor = 0x85ebca6b;
/** Ends a text, so that `ab`, `c` differs from `a`, `bc`. */
const separator = 0xffff;

export function createHash(): Hash {
  let first = 0x811c9dc5;
  let second = 0x2f0b4a27;
  return {
    add: (...texts) => {
      // In variables of the loop's own: a million characters are taken several times as fast.
      let [a, b] = [first, second];
      for (const text of texts) {
        for (let index = 0; index < text.length; index++) {
          const unit = text.charCodeAt(index);
          a = Math.imul(a ^ unit, prime);
          b = Math.imul(b ^ unit, factor);
        }
        a = Math.imul(a ^ separator, prime);
        b = Math.imul(b ^ separator, factor);
      }
      first = a;
      second = b;
    },
    value: () => `${(first >>> 0).toString(16)}-${(second >>> 0).toString(16)}`,
  };
}
