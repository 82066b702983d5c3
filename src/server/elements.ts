/** What of the schema stands at a place in the source. */
import type { Position } from 'vscode-languageserver/node';
import type { Column, Relation, Table } from '../core/schema/model.ts';
import { covers, toRange } from './convert.ts';

export type Element =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'column'; readonly table: Table; readonly column: Column }
  | { readonly kind: 'relation'; readonly table: Table; readonly relation: Relation };

/** Relations before columns: a foreign-key column that no property stands for lies where its relation does. */
export function elementAt(tables: readonly Table[], file: string, position: Position): Element | null {
  const here = (at: Table['at']) => at.file === file && covers(toRange(at), position);
  for (const table of tables) {
    for (const relation of table.relations) if (here(relation.at)) return { kind: 'relation', table, relation };
    for (const column of table.columns) if (here(column.at)) return { kind: 'column', table, column };
  }
  for (const table of tables) if (table.entity !== null && here(table.at)) return { kind: 'table', table };
  return null;
}

/** The identifier at a place of a text, in any language whose identifiers are letters, digits, `_` and `$`. */
export function wordAt(text: string, offset: number): string | null {
  const part = /[\p{L}\p{N}_$]/u;
  let start = offset;
  let end = offset;
  while (start > 0 && part.test(text.charAt(start - 1))) start--;
  while (end < text.length && part.test(text.charAt(end))) end++;
  return start === end ? null : text.slice(start, end);
}

/**
 * The entity that a word elsewhere means: its name is unique in the project and the file imports it, so that a class of
 * the same name in another library is not mistaken for it.
 */
export function importedEntity(tables: readonly Table[], text: string, word: string): Table | null {
  const named = tables.filter((table) => table.entity === word);
  const [table] = named;
  if (table === undefined || named.length > 1 || !/^[\p{L}\p{N}_$]+$/u.test(word)) return null;
  const escaped = word.replaceAll('$', '\\$');
  return new RegExp(
    `^\\s*(?:import|from|using)\\b[^;]*?(?<![\\p{L}\\p{N}_$])${escaped}(?![\\p{L}\\p{N}_$])`,
    'mu',
  ).test(text)
    ? table
    : null;
}
