import type { TreeNode } from '../../syntax/treeNode.ts';
import { partsOf } from '../shared/python/expressions.ts';
import { textOf } from '../shared/python/outline.ts';
import type { PyClassSpan } from '../shared/python/outline.ts';

/** What stands as `name = value` in the body of a class; the last of several counts. */
export function attributesOf({ node }: PyClassSpan, text: string): ReadonlyMap<string, TreeNode> {
  const found = new Map<string, TreeNode>();
  const body = node.childForFieldName('body');
  for (const statement of body ? partsOf(body) : []) {
    const assignment = statement.type === 'expression_statement' ? statement.firstNamedChild : null;
    if (assignment?.type !== 'assignment') continue;
    const value = assignment.childForFieldName('right');
    const left = assignment.childForFieldName('left');
    if (value && left?.type === 'identifier') found.set(textOf(left, text) ?? '', value);
  }
  return found;
}
