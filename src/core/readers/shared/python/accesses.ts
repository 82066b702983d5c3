/** Which members of the elements of loops, of parameters, and of the row itself a file of Python reads. */
import type { Access } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { nodesOfType } from './nodes.ts';
import { textOf } from './outline.ts';
import type { PyOutline } from './outline.ts';

const path = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** A loop or function reads the same few members; more than this many distinct paths are those of a generated file. */
const mostPaths = 200;

/**
 * Members read of the elements of loops (`order.customer` in `for order in orders`), of what a function is given, and of the row itself in
 * methods of a model (`this.customer`). One per path and loop or function. Reading one is all it takes to load it, so each counts as awaited.
 */
export function readAccesses(outline: PyOutline, lines: LineIndex): Access[] {
  const { text, root } = outline;
  const accesses: Access[] = [];
  const seen = new Map<string, Set<string>>();
  const isModel = modelsOf(outline);
  for (const node of nodesOfType(root, 'attribute')) {
    if (node.parent?.type === 'attribute') continue;
    if (isOtherwise(node)) continue;
    const loop = outline.loopOf(node);
    const owner = outline.functionOf(node);
    if (loop === null && owner === null) continue;
    const written = (textOf(node, text) ?? '').replace(/\s+/g, '');
    const names = path.test(written) ? written.split('.') : headNames(node, text);
    // The last name of a callee is a method, not a member.
    const called = node.parent?.type === 'call' && node.parent.childForFieldName('function')?.index === node.index;
    const last = called || isAssigned(node) ? names.pop() : undefined;
    // Changing a relation by its manager reads nothing, and what asks for some of its rows is a query of its own.
    const method = path.test(written) ? last : firstCalled(node, text);
    if (names.length < 2 || (called && changing.has(last ?? '')) || asking.has(method ?? '')) continue;
    const [first = ''] = names;
    const isSelf = first === 'self' && isModel(owner);
    if (!isSelf && !isElement(first, loop, outline) && !isGiven(first, owner, outline)) continue;
    if (isSelf) names[0] = 'this';
    const key = names.join('.');
    const place = `${loop ?? ''},${owner ?? ''}`;
    const paths = seen.get(place) ?? new Set();
    if (!seen.has(place)) seen.set(place, paths);
    if (paths.has(key) || paths.size >= mostPaths) continue;
    paths.add(key);
    accesses.push({ path: key, awaited: true, function: owner, loop, at: lines.range(node.startIndex, node.endIndex) });
  }
  return accesses;
}

function isElement(name: string, id: number | null, { loops }: PyOutline): boolean {
  for (let at = id; at !== null; at = loops[at]?.parent ?? null) if (loops[at]?.variables.includes(name)) return true;
  return false;
}

/** Parameters that bring no row: what frameworks hand over. */
const noRow =
  /^(?:request|response|info|context|ctx|options|settings|config|event|sender|logger|kwargs|args|cls|self)$/;

function isGiven(name: string, id: number | null, { functions }: PyOutline): boolean {
  if (noRow.test(name)) return false;
  for (let at = id; at !== null; at = functions[at]?.parent ?? null)
    if (functions[at]?.parameters.some((each) => each.name === name)) return true;
  return false;
}

const relates = /\b(?:ForeignKey|OneToOne|ManyToMany|[Rr]elationship|GenericRelation)\w*\b/;

/** Whether a function is a method of a class that has relations: what it reads of `self` may be one. */
function modelsOf({ text, functions, classes }: PyOutline): (id: number | null) => boolean {
  const known = new Map<number, boolean>();
  return (id) => {
    for (let at = id; at !== null; at = functions[at]?.parent ?? null) {
      const owner = functions[at]?.class ?? null;
      if (owner === null) continue;
      let relating = known.get(owner);
      if (relating === undefined)
        known.set(owner, (relating = relates.test(textOf(classes[owner]?.node ?? null, text) ?? '')));
      return relating;
    }
    return false;
  };
}

const changing: ReadonlySet<string> = new Set(
  'add set remove clear create bulk_create bulk_update get_or_create update_or_create aadd aset aremove aclear acreate'.split(
    ' ',
  ),
);

/** Asks the database whatever was loaded before (docs.djangoproject.com/en/5.2/ref/models/querysets/#prefetch-related). */
const asking: ReadonlySet<string> = new Set(
  'filter exclude order_by values values_list annotate aggregate distinct only defer select_related prefetch_related get first last latest earliest in_bulk iterator aget afirst alast'.split(
    ' ',
  ),
);

/** `filter` of `order.lines.filter(x).first`. */
function firstCalled(node: TreeNode, text: string): string | null {
  let name: string | null = null;
  for (let at: TreeNode | null = node; at;) {
    if (at.type === 'call') {
      at = at.childForFieldName('function');
      if (at?.type === 'attribute') {
        name = textOf(at.childForFieldName('attribute'), text);
        at = at.childForFieldName('object');
      }
    } else if (at.type === 'attribute') at = at.childForFieldName('object');
    else if (at.type === 'subscript') at = at.childForFieldName('value');
    else break;
  }
  return name;
}

/** What stands behind `else` of `a if b else c` is read where the one before it is not there. */
function isOtherwise(node: TreeNode): boolean {
  let at = node;
  for (let parent = at.parent; parent && !/_statement$|^(?:block|module)$/.test(parent.type); parent = at.parent) {
    if (parent.type === 'conditional_expression' && parent.namedChildren[2]?.index === at.index) return true;
    at = parent;
  }
  return false;
}

/** Setting a member does not read it. */
function isAssigned(node: TreeNode): boolean {
  let at = node;
  while (at.parent && /^(?:pattern_list|tuple_pattern|list_pattern)$/.test(at.parent.type)) at = at.parent;
  return at.parent?.type === 'assignment' && at.parent.childForFieldName('left')?.index === at.index;
}

/** `order.lines` of `order.lines.filter(x).first`: the names before the first call. */
function headNames(node: TreeNode, text: string): string[] {
  const names: string[] = [];
  for (let at: TreeNode | null = node; at;) {
    if (at.type === 'attribute') {
      names.unshift(textOf(at.childForFieldName('attribute'), text) ?? '');
      at = at.childForFieldName('object');
    } else if (at.type === 'call') {
      names.length = 0;
      at = at.childForFieldName('function');
      const inner: TreeNode | null = at?.type === 'attribute' ? at.childForFieldName('object') : null;
      if (at?.type === 'attribute') at = inner;
    } else if (at.type === 'subscript') {
      names.length = 0;
      at = at.childForFieldName('value');
    } else {
      if (at.type === 'identifier') names.unshift(textOf(at, text) ?? '');
      else names.length = 0;
      break;
    }
  }
  return names;
}
