/** How a TypeScript or JavaScript file is written, so that what is added to it looks as if its author had. */
import type { SyntaxNode } from '../../syntax/syntax.ts';

export interface Style {
  readonly eol: '\n' | '\r\n';
  readonly quote: "'" | '"';
  readonly semicolons: boolean;
  /** One step of indentation: a tab or some spaces. */
  readonly indent: string;
}

export function styleOf(text: string): Style {
  const statements = text.match(/^import\b[^\n]*['"];?[ \t]*\r?$/gmu) ?? [];
  const semicolons = statements.filter((line) => line.trimEnd().endsWith(';')).length;
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    quote: count(text, /"/gu) > count(text, /'/gu) ? '"' : "'",
    semicolons: statements.length === 0 || semicolons * 2 >= statements.length,
    indent: indentOf(text),
  };
}

/** The commonest indentation of lines that are one level deep: those of class members. */
function indentOf(text: string): string {
  const found = new Map<string, number>();
  for (const [, indent = ''] of text.matchAll(/^([ \t]+)(?:@|[\w$#])/gmu))
    found.set(indent, (found.get(indent) ?? 0) + 1);
  const ranked = [...found.keys()].sort((a, b) => a.length - b.length);
  return ranked.find((indent) => indent.startsWith('\t') || indent.length >= 2)?.replace(/^(\t).*$/u, '$1') ?? '  ';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** The text as a string literal in the file's quotes. */
export function quoted(value: string, { quote }: Style): string {
  const escaped = value.replace(/\\/gu, '\\\\').replace(/\n/gu, '\\n').replace(/\r/gu, '\\r');
  const other = quote === "'" ? '"' : "'";
  if (escaped.includes(quote) && !escaped.includes(other)) return other + escaped + other;
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}

/** Offset of the first character of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

/** Offset of the line's end, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.slice(offset).search(/\r\n|\n|\r/u);
  return at < 0 ? text.length : offset + at;
}

/** White space before the line's first character. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/u.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';
}

/** Nothing but white space stands before it on its line. */
export function startsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/u.test(text.slice(lineStart(text, offset), offset));
}

/** Named children, comments left out; the runtime never yields null here, its types allow for it. */
export function partsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return (node.namedChildren as readonly SyntaxNode[]).filter(({ type }) => type !== 'comment');
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children as readonly SyntaxNode[];
}
