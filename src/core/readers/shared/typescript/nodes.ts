import type { SyntaxNode } from '../../../syntax/syntax.ts';

/** The runtime never yields null here; its types allow for it. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  return node.namedChildren as readonly SyntaxNode[];
}

export function optionalChildren(node: SyntaxNode | null): readonly SyntaxNode[] {
  return node ? childrenOf(node) : [];
}
