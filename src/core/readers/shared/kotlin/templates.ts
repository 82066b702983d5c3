/** Texts of Kotlin: what stands in them, and what is put in. */
import type { TreeNode } from '../../../syntax/treeNode.ts';

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `${order.id}` */
  | { readonly kind: 'expression'; readonly node: TreeNode }
  /** `$id` */
  | { readonly kind: 'name'; readonly name: string; readonly start: number; readonly end: number };

/** Of a `string_literal` or `multiline_string_literal`. */
export function templateParts(literal: TreeNode, source: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let dollar = false;
  for (const child of literal.namedChildren) {
    const text = source.slice(child.startIndex, child.endIndex);
    if (child.type === 'escape_sequence') parts.push({ kind: 'text', text: unescaped(text) });
    else if (child.type === 'interpolation') {
      const node = child.firstNamedChild;
      if (node) parts.push({ kind: 'expression', node });
    } else if (child.type === 'string_content') {
      // The parser tells `$` from the name behind it, and calls both content.
      const name = dollar ? (/^[\p{L}_][\p{L}\p{N}_]*/u.exec(text)?.[0] ?? '') : '';
      const start = child.startIndex;
      if (name !== '') parts.push({ kind: 'name', name, start, end: start + name.length });
      else if (dollar) parts.push({ kind: 'text', text: '$' });
      dollar = text === '$';
      if (!dollar && text.length > name.length) parts.push({ kind: 'text', text: text.slice(name.length) });
      continue;
    }
    dollar = false;
  }
  if (dollar) parts.push({ kind: 'text', text: '$' });
  return parts;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b' };

export function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/gu, (_, hex?: string, char?: string) => {
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
    return Object.hasOwn(escapes, char ?? '') ? (escapes[char ?? ''] ?? '') : (char ?? '');
  });
}
