/** In which loop code runs once per round. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { LoopSpan, Outline } from './outline.ts';

/** Innermost loop in whose rounds the code at an offset runs; code that leaves a loop runs once, however many rounds there are. */
export function loopAt(outline: Pick<Outline, 'loops' | 'root'>, offset: number): number | null {
  let found: number | null = null;
  for (const [id, loop] of outline.loops.entries()) {
    if (loop.start > offset) break;
    if (loop.bodyStart <= offset && offset < loop.bodyEnd) found = id;
  }
  return found === null ? null : repeatingLoop(outline, found, offset);
}

const statements: ReadonlySet<string> = new Set(['for', 'for-of', 'for-in', 'for-await', 'while', 'do']);
const functions =
  /^(?:arrow_function|function_expression|function_declaration|generator_function\w*|method_definition)$/u;

/** The loop, or the nearest around it that is not left where the code stands. */
export function repeatingLoop(
  { loops, root }: Pick<Outline, 'loops' | 'root'>,
  loop: number,
  offset: number,
): number | null {
  let id: number | null = loop;
  for (let span = loops[loop]; span && statements.has(span.kind); span = id === null ? undefined : loops[id]) {
    if (!isLeft(root.descendantForIndex(offset, offset + 1), span)) return id;
    id = span.parent;
  }
  return id;
}

/** One of the blocks around, inside of the loop's own, ends by leaving the loop. */
function isLeft(from: TreeNode, loop: LoopSpan): boolean {
  let returns = false;
  let breaks = false;
  for (let node: TreeNode | null = from; node; node = node.parent) {
    if (node.startIndex <= loop.bodyStart && node.endIndex >= loop.bodyEnd) return returns || breaks;
    // A callback is called whenever somebody likes, and returns from nothing but itself.
    if (functions.test(node.type)) return false;
    // What breaks off an inner loop goes on with this one.
    if (/^(?:for|for_in|while|do)_statement$/u.test(node.type)) breaks = false;
    returns ||= node.type === 'return_statement';
    if (node.type !== 'statement_block') continue;
    const last = node.lastNamedChild?.type;
    returns ||= last === 'return_statement' || (last === 'throw_statement' && !isCaught(node, loop));
    breaks ||= last === 'break_statement' && !isInSwitch(node, loop);
  }
  return false;
}

function isCaught(block: TreeNode, loop: LoopSpan): boolean {
  return !!ancestor(block, loop, (node, below) => node.type === 'try_statement' && isBody(node, below));
}

function isBody(node: TreeNode, below: TreeNode): boolean {
  return node.childForFieldName('body')?.index === below.index;
}

function isInSwitch(block: TreeNode, loop: LoopSpan): boolean {
  return !!ancestor(block, loop, ({ type }) => type === 'switch_body');
}

/** The nearest node around one, inside of the loop, of which something is true. */
function ancestor(
  from: TreeNode,
  loop: LoopSpan,
  isWanted: (node: TreeNode, below: TreeNode) => boolean,
): TreeNode | null {
  let below = from;
  for (let node = from.parent; node && node.startIndex > loop.start; node = node.parent) {
    if (isWanted(node, below)) return node;
    below = node;
  }
  return null;
}
