/** Splits a Prisma schema into tokens. Line breaks are tokens, because they end members; no text makes it throw. */
export interface PrismaToken {
  readonly kind: 'word' | 'number' | 'string' | 'mark' | 'newline' | 'documentation' | 'other';
  readonly start: number;
  readonly end: number;
  /** Of a string what it means, of a comment what it says, else as written. */
  readonly text: string;
}

const pattern =
  /(?<space>[^\S\r\n]+)|(?<newline>\r\n|\n|\r)|(?<documentation>\/\/\/[^\r\n]*)|(?<comment>\/\/[^\r\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$))|(?<string>"(?:[^"\\\r\n]|\\.)*"?)|(?<number>-?\d+(?:\.\d+)?(?![\p{L}_]))|(?<word>[\p{L}\p{N}_][\p{L}\p{N}_-]*)|(?<mark>@@?|[{}[\]():,=?!.])|(?<other>[\s\S])/uy;

export function prismaTokens(text: string): readonly PrismaToken[] {
  const tokens: PrismaToken[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole] = match;
    const groups = match.groups ?? {};
    const start = match.index;
    const end = start + whole.length;
    const add = (kind: PrismaToken['kind'], value = whole): void => void tokens.push({ kind, start, end, text: value });
    if (groups.newline !== undefined) add('newline');
    else if (groups.documentation !== undefined) add('documentation', whole.slice(3).trim());
    else if (groups.string !== undefined) add('string', unescaped(whole));
    else if (groups.number !== undefined) add('number');
    else if (groups.word !== undefined) add('word');
    else if (groups.mark !== undefined) add('mark');
    else if (groups.other !== undefined) add('other');
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function unescaped(source: string): string {
  const body = source.slice(1, source.length > 1 && source.endsWith('"') ? -1 : undefined);
  if (!body.includes('\\')) return body;
  return body.replace(/\\(?:u([\da-fA-F]{4})|(.))/gu, (_, code: string | undefined, char: string | undefined) =>
    code === undefined ? (escapes[char ?? ''] ?? char ?? '') : String.fromCharCode(parseInt(code, 16)),
  );
}
