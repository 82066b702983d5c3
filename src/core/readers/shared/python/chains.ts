/** Calls that hang together: `Order.objects.filter(a=1)[:10]` as its first name and what follows. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { partsOf } from './expressions.ts';
import { textOf } from './outline.ts';
import type { PyCallSpan, PyOutline } from './outline.ts';

export interface PyLink {
  /** `index` has no name. */
  readonly kind: 'name' | 'call' | 'index';
  readonly name: string;
  /** Of a call: its arguments; of an index: what stands in the brackets. */
  readonly args: readonly TreeNode[];
  readonly node: TreeNode;
}

export interface PyChain {
  readonly root: TreeNode;
  /** Null where it starts with something else than a name. */
  readonly rootName: string | null;
  readonly links: readonly PyLink[];
  /** The whole of it, `await` left out. */
  readonly node: TreeNode;
}

const longest = 200;

/** Each chain of a file once, in the order of the source. */
export function chainsOf(outline: PyOutline): readonly { readonly chain: PyChain; readonly span: PyCallSpan }[] {
  const seen = new Set<number>();
  return outline.calls.flatMap((span) => {
    const node = topOf(span.node);
    if (seen.has(node.index)) return [];
    seen.add(node.index);
    return [{ chain: chainOf(node, outline.text), span }];
  });
}

/** Up to where nothing more is taken of the value. */
function topOf(start: TreeNode): TreeNode {
  let node = start;
  for (let parent = node.parent; parent; parent = node.parent) {
    const of = (field: string): boolean => parent.childForFieldName(field)?.index === node.index;
    const continues =
      (parent.type === 'attribute' && of('object')) ||
      (parent.type === 'call' && of('function')) ||
      (parent.type === 'subscript' && of('value')) ||
      // `(await x).y`, and a chain that is broken into lines.
      (parent.type === 'parenthesized_expression' && parent.parent?.type === 'attribute');
    if (!continues) return node;
    node = parent;
  }
  return node;
}

export function chainOf(node: TreeNode, text: string): PyChain {
  const links: PyLink[] = [];
  let at = node;
  for (let steps = 0; steps < longest; steps++) {
    if (at.type === 'call') {
      const callee = at.childForFieldName('function');
      const list = at.childForFieldName('arguments');
      if (!callee) break;
      const args = list?.type === 'argument_list' ? partsOf(list) : list ? [list] : [];
      if (callee.type === 'attribute') {
        const object = callee.childForFieldName('object');
        if (!object) break;
        links.unshift({
          kind: 'call',
          name: textOf(callee.childForFieldName('attribute'), text) ?? '',
          args,
          node: at,
        });
        at = object;
        continue;
      }
      if (callee.type !== 'identifier') break;
      links.unshift({ kind: 'call', name: '', args, node: at });
      at = callee;
    } else if (at.type === 'attribute') {
      const object = at.childForFieldName('object');
      if (!object) break;
      links.unshift({ kind: 'name', name: textOf(at.childForFieldName('attribute'), text) ?? '', args: [], node: at });
      at = object;
    } else if (at.type === 'subscript') {
      const value = at.childForFieldName('value');
      if (!value) break;
      links.unshift({ kind: 'index', name: '', args: partsOf(at).slice(1), node: at });
      at = value;
    } else if (at.type === 'parenthesized_expression' || at.type === 'await') {
      const [inner] = partsOf(at);
      if (!inner) break;
      at = inner;
    } else break;
  }
  return { root: at, rootName: at.type === 'identifier' ? textOf(at, text) : null, links, node };
}
