import type { TreeNode } from '../../../syntax/treeNode.ts';

export function childrenOf(node: TreeNode): readonly TreeNode[] {
  return node.namedChildren;
}

export function optionalChildren(node: TreeNode | null): readonly TreeNode[] {
  return node ? childrenOf(node) : [];
}
