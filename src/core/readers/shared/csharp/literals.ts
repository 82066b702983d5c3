/** Values of C# literals. */
import type { TreeNode } from '../../../syntax/treeNode.ts';

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  v: '\v',
};

/** Of a regular string's inside: escapes replaced. */
export function unescaped(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{8})|([\s\S]))/gu,
    (_, u, x, long, char) => {
      const hex = (u ?? x ?? long) as string | undefined;
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : '';
      }
      return escapes[String(char)] ?? String(char);
    },
  );
}

/** A raw string literal without its quotes and common indent. */
export function rawString(content: string): string {
  if (!content.startsWith('\n') && !content.startsWith('\r\n')) return content;
  const lines = content.replace(/^\r?\n/u, '').split('\n');
  const indent = /^[ \t]*$/u.test(lines.at(-1) ?? '') ? (lines.pop() ?? '').length : 0;
  return lines.map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line)).join('\n');
}

/** Undefined where the node is no literal. */
export function literalValue(node: TreeNode, text: string): string | number | boolean | null | undefined {
  const source = text.slice(node.startIndex, node.endIndex);
  switch (node.type) {
    case 'string_literal':
      return unescaped(source.replace(/^"/u, '').replace(/"(?:u8)?$/u, ''));
    case 'verbatim_string_literal':
      return source.replace(/^@"/u, '').replace(/"$/u, '').replaceAll('""', '"');
    case 'raw_string_literal': {
      const quotes = /^"{3,}/u.exec(source)?.[0].length ?? 3;
      return rawString(source.slice(quotes, Math.max(quotes, source.length - quotes)));
    }
    case 'character_literal':
      return unescaped(source.slice(1, -1));
    case 'integer_literal':
    case 'real_literal': {
      const plain = source.replaceAll('_', '').replace(/(?<=\d)(?:u?l?|lu|[fdm])$/iu, '');
      const value = /^0x/iu.test(source) ? Number(source.replaceAll('_', '').replace(/u?l?$/iu, '')) : Number(plain);
      return Number.isNaN(value) ? undefined : value;
    }
    case 'boolean_literal':
      return source === 'true';
    case 'null_literal':
      return null;
    default:
      return undefined;
  }
}
