/** Chains of calls: `db.Posts.Where(…).OrderBy(…).ToListAsync()` as a root and the calls on it. */
import type { TreeNode } from '../../../syntax/treeNode.ts';

export interface Link {
  readonly name: string;
  /** Text of its type arguments, without brackets; '' = none. */
  readonly types: string;
  readonly args: readonly TreeNode[];
  readonly node: TreeNode;
  /** Of the name. */
  readonly start: number;
  readonly end: number;
}

export interface Chain {
  /** What the first call is made on, without spaces: `_context.Posts`, `this`; '' for a plain call. */
  readonly root: string;
  readonly rootNode: TreeNode | null;
  readonly links: readonly Link[];
}

export function csChainOf(call: TreeNode, text: string): Chain {
  const links: Link[] = [];
  let at = call;
  for (let steps = 0; steps < 400; steps++) {
    at = unwrapped(at);
    if (at.type === 'invocation_expression') {
      const callee: TreeNode | null = at.childForFieldName('function');
      const name = calleeName(callee);
      if (!callee || !name) break;
      const generic = name.type === 'generic_name';
      const plain = generic ? (name.firstNamedChild ?? name) : name;
      const types = generic ? name.namedChildren.find(({ type }) => type === 'type_argument_list') : undefined;
      links.unshift({
        name: text.slice(plain.startIndex, plain.endIndex),
        types: types ? text.slice(types.startIndex + 1, types.endIndex - 1).trim() : '',
        args: (at.childForFieldName('arguments')?.namedChildren ?? []).flatMap((each) => each.lastNamedChild ?? []),
        node: at,
        start: plain.startIndex,
        end: plain.endIndex,
      });
      const on = receiverOf(callee);
      if (!on) return { root: '', rootNode: null, links };
      at = on;
    } else break;
  }
  const root = text
    .slice(at.startIndex, at.endIndex)
    .replace(/[\s!?]+/gu, '')
    .replace(/^this\./u, '');
  return { root: root.slice(0, 200), rootNode: at, links };
}

function unwrapped(node: TreeNode): TreeNode {
  let at = node;
  for (let steps = 0; steps < 20; steps++) {
    if (
      at.type !== 'parenthesized_expression' &&
      at.type !== 'await_expression' &&
      at.type !== 'postfix_unary_expression'
    )
      return at;
    const inner = at.firstNamedChild;
    if (!inner) return at;
    at = inner;
  }
  return at;
}

function calleeName(callee: TreeNode | null): TreeNode | null {
  if (!callee) return null;
  if (callee.type === 'identifier' || callee.type === 'generic_name') return callee;
  if (callee.type === 'conditional_access_expression') return callee.lastNamedChild?.childForFieldName('name') ?? null;
  return callee.childForFieldName('name');
}

function receiverOf(callee: TreeNode): TreeNode | null {
  if (callee.type === 'member_access_expression') return callee.childForFieldName('expression');
  return callee.type === 'conditional_access_expression' ? callee.childForFieldName('condition') : null;
}
