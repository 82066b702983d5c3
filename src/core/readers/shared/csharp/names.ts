/** Names and member paths that arguments mention. */
import type { TreeNode } from '../../../syntax/treeNode.ts';

/** `ids`, `order.Id`; nothing that stands in a text, and no name that is only given (`new { id = from }` mentions `from`). At most 60. */
export function namesIn(args: readonly TreeNode[], text: string): string[] {
  const found = new Set<string>();
  for (const argument of args)
    for (const match of withoutTexts(argument, text)
      .slice(0, 3000)
      .matchAll(/(?<![\w."@])(?!new\b)[a-z_]\w*(?:\.[A-Za-z_]\w*)*(?!\s*=[^=>])/gu))
      if (found.size < 60) found.add(match[0]);
  return [...found];
}

/** Source of the node with nothing between its quotes. */
function withoutTexts(node: TreeNode, text: string): string {
  if (/^(?:string_literal|verbatim_string_literal|raw_string_literal|string_content)$/u.test(node.type)) return '';
  let [source, from] = ['', node.startIndex];
  for (const child of node.namedChildren) {
    source += text.slice(from, child.startIndex) + withoutTexts(child, text);
    from = child.endIndex;
  }
  return source + text.slice(from, node.endIndex);
}
