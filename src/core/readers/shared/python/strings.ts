/** String literals of Python (docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals). */

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

/** Text between the quotes with its escapes resolved; an escape that is none stands for itself. */
export function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|(\r?\n|[\s\S]))/g,
    (whole, hex?: string, short?: string, long?: string, octal?: string, char?: string) => {
      const code = hex ?? short ?? long;
      if (code !== undefined) {
        const point = parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
      }
      if (octal !== undefined) return String.fromCodePoint(parseInt(octal, 8));
      const plain = char === '\r\n' ? '' : escapes[char ?? ''];
      return plain ?? whole;
    },
  );
}

export interface StringHead {
  /** Letters before the quote, lower case. */
  readonly prefix: string;
  readonly quote: string;
}

/** Of the source of a literal; null where it is none. */
export function stringHead(source: string): StringHead | null {
  const match = /^([a-zA-Z]{0,2})("""|'''|"|')/.exec(source);
  return match ? { prefix: (match[1] ?? '').toLowerCase(), quote: match[2] ?? '' } : null;
}
