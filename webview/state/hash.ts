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
  const take = (unit: number) => {
    first = Math.imul(first ^ unit, prime);
    second = Math.imul(second ^ unit, factor);
  };
  return {
    add: (...texts) => {
      for (const text of texts) {
        for (let index = 0; index < text.length; index++) take(text.charCodeAt(index));
        take(separator);
      }
    },
    value: () => `${(first >>> 0).toString(16)}-${(second >>> 0).toString(16)}`,
  };
}
