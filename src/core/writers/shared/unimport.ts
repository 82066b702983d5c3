/** Imports that nothing needs any more once parts of a file are gone. */
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { readImport } from './imports.ts';
import type { ImportStatement } from './imports.ts';
import { lineEnd, lineStart, partsOf } from './style.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Drops the names that only the removed ranges use. An import of which nothing is left goes as a whole. */
export function unimport(
  file: { readonly path: string; readonly text: string; readonly root: SyntaxNode },
  removed: readonly Range[],
): readonly TextEdit[] {
  const statements = partsOf(file.root)
    .filter(({ type }) => type === 'import_statement')
    .map(readImport);
  const names = file.root.descendantsOfType([
    'identifier',
    'type_identifier',
    'shorthand_property_identifier',
  ]) as readonly SyntaxNode[];
  const isGone = ({ startIndex, endIndex }: SyntaxNode): boolean =>
    removed.some(({ start, end }) => start <= startIndex && endIndex <= end);
  const isImport = ({ startIndex, endIndex }: SyntaxNode): boolean =>
    statements.some(({ node }) => node.startIndex <= startIndex && endIndex <= node.endIndex);
  const gone = new Set(names.filter(isGone).map(({ text }) => text));
  const kept = new Set(names.filter((node) => !isGone(node) && !isImport(node)).map(({ text }) => text));
  return statements.flatMap((statement) => dropped(file, statement, (local) => gone.has(local) && !kept.has(local)));
}

function dropped(
  { path, text }: { readonly path: string; readonly text: string },
  { node, specifiers, named }: ImportStatement,
  isUnused: (local: string) => boolean,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const remove = (start: number, end: number) => edits.push({ file: path, start, end, newText: '' });
  const unused = specifiers.map(({ local }) => isUnused(local));
  if (!named || !unused.includes(true)) return edits;
  const clause = named.parent;
  if (unused.every(Boolean) && clause && partsOf(clause).length === 1) {
    const end = lineEnd(text, node.endIndex);
    remove(lineStart(text, node.startIndex), end + (/^(?:\r\n|\n|\r)/u.exec(text.slice(end))?.[0].length ?? 0));
    return edits;
  }
  for (let first = 0; first < specifiers.length; first++) {
    if (unused[first] !== true) continue;
    let last = first;
    while (unused[last + 1] === true) last++;
    const next = specifiers[last + 1]?.node;
    const previous = specifiers[first - 1]?.node;
    const start = next || !previous ? specifiers[first]?.node.startIndex : previous.endIndex;
    const end = next ? next.startIndex : specifiers[last]?.node.endIndex;
    if (start !== undefined && end !== undefined) remove(start, end);
    first = last;
  }
  return edits;
}
