/** Java's `.properties` files with positions (java.util.Properties, "load"). */

export interface PropertyEntry {
  readonly key: string;
  readonly value: string;
  /** Offsets of the value. */
  readonly start: number;
  readonly end: number;
}

const line = /^[^\S\n]*(?![#!\s])((?:\\.|[^\s=:\\])+)[^\S\n]*[=:]?[^\S\n]*((?:\\\r?\n|\\.|[^\n\\])*)$/gmu;

export function propertyEntries(text: string): readonly PropertyEntry[] {
  return Array.from(text.matchAll(line), (match): PropertyEntry => {
    const [whole, key = '', raw = ''] = match;
    const written = raw.replace(/\s+$/u, '');
    const start = match.index + whole.length - raw.length;
    return { key: unescaped(key), value: unescaped(written), start, end: start + written.length };
  });
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(/\\\r?\n[^\S\n]*/gu, '')
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gu, (_, hex?: string, char?: string) =>
      hex !== undefined ? String.fromCharCode(parseInt(hex, 16)) : (escapes[char ?? ''] ?? char ?? ''),
    );
}
