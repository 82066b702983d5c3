/** What is called, on what and with what: methods, references to them, constructors. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { propertyOf } from './accesses.ts';
import type { JavaCall } from './outline.ts';

/** What a method reference is given has no name: `order` of `Order::getCustomer`. */
export function elementOf(reference: string): string {
  const [, type = '', method = ''] = /^(\p{Lu}\w*)\s*::\s*(\w+)$/u.exec(reference) ?? [];
  return propertyOf(method) === null ? 'element' : type.charAt(0).toLowerCase() + type.slice(1);
}

/** @param around class that it stands in: `this(…)` calls another constructor of it */
export function callOf(
  node: TreeNode,
  text: string,
  around: string,
): Pick<JavaCall, 'receiver' | 'object' | 'method' | 'arguments'> | null {
  const slice = (part: TreeNode): string => text.slice(part.startIndex, part.endIndex);
  const given = (): readonly TreeNode[] =>
    node.childForFieldName('arguments')?.namedChildren.filter(({ type }) => !type.endsWith('comment')) ?? [];
  if (node.type === 'object_creation_expression' || node.type === 'explicit_constructor_invocation') {
    // Constructors have the name of their class.
    const type = node.childForFieldName('type');
    const made = type ? /(\w+)\s*(?:<[\s\S]*)?$/u.exec(slice(type))?.[1] : around;
    const isOwn = node.childForFieldName('constructor')?.type !== 'super';
    return made !== undefined && made !== '' && isOwn
      ? { receiver: made, object: null, method: made, arguments: given() }
      : null;
  }
  if (node.type === 'method_reference') {
    const [object, method] = node.namedChildren;
    if (object && method === undefined && /::\s*new$/u.test(slice(node))) {
      const made = pathText(slice(object).replace(/<[\s\S]*$/u, ''))?.replace(/^.*\./u, '');
      return made === undefined ? null : { receiver: made, object, method: made, arguments: [] };
    }
    if (!object || method?.type !== 'identifier') return null;
    return { receiver: pathText(slice(object)), object, method: slice(method), arguments: [] };
  }
  const name = node.childForFieldName('name');
  if (!name) return null;
  const object = node.childForFieldName('object');
  return {
    receiver: object ? pathText(slice(object)) : '',
    object,
    method: slice(name),
    arguments: given(),
  };
}

/** A path of plain names; null for anything else. */
export function pathText(text: string): string | null {
  const compact = text.replace(/\s+/gu, '');
  return compact.length <= 200 && /^[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(compact)
    ? compact
    : null;
}
