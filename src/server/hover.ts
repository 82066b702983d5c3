/** A card for the table, column or relation under the pointer. */
import type { Hover, Position } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Table } from '../core/schema/model.ts';
import { elementAt, importedEntity, wordAt } from './elements.ts';
import type { Folder } from './folder.ts';
import { columnCard, relationCard, tableCard } from './tableCard.ts';

/** @param text the document as the editor has it */
export function hover(folder: Folder, file: string, position: Position, text: string): Hover | null {
  const card = cardAt(folder, file, position, text);
  return card === null ? null : { contents: { kind: MarkupKind.Markdown, value: card } };
}

function cardAt(folder: Folder, file: string, position: Position, text: string): string | null {
  const projects = folder.analysis?.snapshot.projects ?? [];
  for (const { schema } of projects) {
    const element = elementAt(schema.tables, file, position);
    if (element === null) continue;
    if (element.kind === 'table') return tableCard(element.table);
    if (element.kind === 'column') return columnCard(element.table, element.column);
    return relationCard(element.table, element.relation, target(schema.tables, element.relation));
  }
  const word = wordAt(text, TextDocument.create('', '', 0, text).offsetAt(position));
  if (word === null) return null;
  // The innermost project that holds the file.
  const project = projects
    .filter(({ root }) => root === '' || file.startsWith(`${root}/`))
    .sort((a, b) => b.root.length - a.root.length)[0];
  const table = project === undefined ? null : importedEntity(project.schema.tables, text, word);
  return table === null ? null : tableCard(table);
}

function target(
  tables: readonly Table[],
  relation: { readonly target: string; readonly targetNamespace: string | null },
): Table | undefined {
  return tables.find((table) => table.name === relation.target && table.namespace === relation.targetNamespace);
}
