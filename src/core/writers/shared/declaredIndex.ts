/** Where an index is declared that is to be taken out of the source. */
import type { Index } from '../../schema/model.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';

/** Offset of the declaration in a file that `open` gave; null = the index is declared in another one. */
export function declaredAt(
  index: Index,
  file: { readonly path: string; readonly lines: { offset(line: number, column: number): number } } | undefined,
): number | null {
  return index.at.file === file?.path ? file.lines.offset(index.at.line, index.at.column) : null;
}

export function holds({ startIndex, endIndex }: SyntaxNode, offset: number): boolean {
  return startIndex <= offset && offset < endIndex;
}

/** What is said where the declaration is of a form that nothing is taken out of. */
export function notPlain({ columns, expression, at }: Index): string {
  return `The index on ${expression ?? columns.join(', ')} is not written plainly (${at.file}:${at.line}); take it out there by hand.`;
}
