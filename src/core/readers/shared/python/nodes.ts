import { TreeNode } from '../../../syntax/treeNode.ts';

/** All nodes of a type below a root, in the order of the source. */
export function nodesOfType(root: TreeNode, type: string): readonly TreeNode[] {
  const { table } = root;
  const ids = new Set(table.names.types.flatMap((name, id) => (name === type ? [id] : [])));
  const nodes: TreeNode[] = [];
  for (let index = root.index; index < (table.next[root.index] ?? 0); index++)
    if (table.named[index] === 1 && ids.has(table.type[index] ?? -1)) nodes.push(new TreeNode(table, index));
  return nodes;
}
