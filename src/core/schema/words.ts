/** Words of identifiers, whatever their case style. */

/** `customerEmail`, `customer_email`, `CUSTOMER-EMAIL`, `customer.email` → `['customer', 'email']`; digits are words of their own. */
export function wordsOf(identifier: string): readonly string[] {
  let words = known.get(identifier);
  if (!words) {
    if (known.size >= maxKnown) known.clear();
    known.set(identifier, (words = split(identifier)));
  }
  return words;
}

/** The same few thousand names are split again with every keystroke. */
const known = new Map<string, readonly string[]>();
const maxKnown = 20_000;

function split(identifier: string): readonly string[] {
  return (
    identifier
      .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .match(/\p{L}+|\d+/gu)
      ?.map((word) => word.toLowerCase()) ?? []
  );
}

/** Rough English singular, good enough to recognise known nouns: `addresses`, `categories`, `users`, `people`. */
export function singular(word: string): string {
  if (word === 'people') return 'person';
  if (word === 'children') return 'child';
  if (word === 'diagnoses') return 'diagnosis';
  if (/(?:ss|us|is)$/u.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|z)es$/u.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && word.length > 3 ? word.slice(0, -1) : word;
}
