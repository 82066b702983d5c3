/** Blocks of Java that end the loop around them. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaLoop } from './outline.ts';

/**
 * The loop in whose rounds a block is executed: one that ends with `return`, `throw` or `break` is the last that a loop does.
 * `around` is the index of the loop that it stands in, `own` that of its function; null = it runs in no loop's rounds.
 */
export function loopAfter(
  node: TreeNode,
  around: number,
  own: number | null,
  loops: readonly JavaLoop[],
  text: string,
): number | null {
  const last =
    node.type === 'block' ? node.namedChildren.findLast(({ type }) => !type.endsWith('comment'))?.type : node.type;
  const throws = last === 'throw_statement';
  if (!throws && last !== 'return_statement' && last !== 'break_statement') return around;
  // What fails within a `try` goes on with the next round.
  if (node.parent?.type.startsWith('try') || (throws && isWithin(node, loops[around], 'try'))) return around;
  if (/\bcontinue\b/u.test(text.slice(node.startIndex, node.endIndex))) return around;
  if (last === 'break_statement') {
    const loop = loops[around];
    const leaves = loop && isStatement(loop) && loop.function === own && !isWithin(node, loop, 'switch');
    return leaves ? loop.parent : around;
  }
  // What is thrown ends the loops that call a lambda too, those of other methods not.
  let outer: number | null = around;
  for (let loop = loops[outer]; loop && (throws || (isStatement(loop) && loop.function === own));) {
    if (throws && isWithin(node, loop, 'try')) break;
    loop = loops[(outer = loop.parent) ?? -1];
  }
  return outer;
}

/** Loops that are statements, and not callbacks that a collection goes through. */
export function isStatement({ kind }: JavaLoop): boolean {
  return kind.startsWith('for-') || kind === 'for' || kind.endsWith('while') || kind === 'do';
}

/** Inside of the loop, the node stands in a statement of the kind. */
function isWithin(node: TreeNode, loop: JavaLoop | undefined, kind: 'try' | 'switch'): boolean {
  for (let at = node.parent; at && loop && at.startIndex > loop.start; at = at.parent)
    if (at.type.startsWith(kind)) return true;
  return false;
}
