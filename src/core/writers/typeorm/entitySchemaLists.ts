/** Lists in the options of an `EntitySchema`: `indices`, `uniques`. */
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { indentAt, lineEnd, partsOf } from '../shared/style.ts';
import type { WriteResult } from '../writer.ts';
import { propertyOf } from '../shared/declaration.ts';
import type { EntitySource } from '../shared/entitySource.ts';

/** Adds an entry to a list property of the object, or the property with the entry. */
export function addToList(source: EntitySource, object: SyntaxNode, key: string, entry: string): WriteResult {
  const list = propertyOf(object, key);
  if (!list) return addEntry(source, object, '{', `${key}: [${entry}]`);
  if (list.type !== 'array')
    return { ok: false, reason: `"${key}" of the entity schema is not a literal list, so nothing can be added to it.` };
  return addEntry(source, list, '[', entry);
}

/** Adds an element to an array or a pair to an object, behind the last one and laid out as it is. */
export function addEntry(
  { path, text, style }: EntitySource,
  container: SyntaxNode,
  open: '{' | '[',
  entry: string,
): WriteResult {
  const last = partsOf(container).at(-1);
  const insert = (at: number, newText: string): WriteResult => ({
    ok: true,
    edits: [{ file: path, start: at, end: at, newText }],
  });
  if (!last) return insert(container.startIndex + 1, open === '{' ? ` ${entry} ` : entry);
  const multiLine = last.startPosition.row > container.startPosition.row;
  const separator = multiLine ? style.eol + indentAt(text, last.startIndex) : ' ';
  const comma = /^\s*,/u.exec(text.slice(last.endIndex, container.endIndex - 1));
  if (!comma) return insert(last.endIndex, `,${separator}${entry}`);
  // Behind the trailing comma, and behind a comment on the last entry's line.
  const afterComma = last.endIndex + comma[0].length;
  return multiLine
    ? insert(Math.min(lineEnd(text, afterComma), container.endIndex - 1), `${separator}${entry},`)
    : insert(last.endIndex, `,${separator}${entry}`);
}
