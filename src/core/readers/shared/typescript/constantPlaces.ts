/** Where the constants at the top of a file are declared, by name. */
import type { SourceRange } from '../../../schema/source.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import { childrenOf } from './nodes.ts';

export function constantPlaces(file: SourceFile): Readonly<Record<string, SourceRange>> {
  const places: Record<string, SourceRange> = {};
  const visit = (node: TreeNode): void => {
    if (
      node.type === 'export_statement' ||
      node.type === 'lexical_declaration' ||
      node.type === 'variable_declaration'
    ) {
      for (const child of childrenOf(node)) visit(child);
      return;
    }
    const name = node.type === 'variable_declarator' ? node.childForFieldName('name') : null;
    if (name)
      places[file.text.slice(name.startIndex, name.endIndex)] = file.lines.range(name.startIndex, name.endIndex);
  };
  for (const statement of childrenOf(file.parsed().tree)) visit(statement);
  return places;
}
