/** Class declarations of the tree, with their decorators → `ClassDeclaration`. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { ClassDeclaration, Decorator, Member } from './declarations.ts';
import { admitsNull, readType } from './readTypes.ts';
import { readArguments, readFunction, readKey, readValue } from './readValues.ts';
import type { ReadContext } from './readValues.ts';
import { childrenOf } from './nodes.ts';

/** `outer` are decorators that stand before `export`. */
export function readClass(
  node: TreeNode,
  context: ReadContext,
  outer: readonly TreeNode[] = [],
  depth = 0,
): ClassDeclaration {
  const children = childrenOf(node);
  const name = node.childForFieldName('name');
  const heritage = children.find((child) => child.type === 'class_heritage');
  const base = heritage && readBase(heritage, context, depth);
  const decorators = [...outer, ...children.filter((child) => child.type === 'decorator')];
  const body = node.childForFieldName('body');
  const head = name ?? node;
  return {
    name: name ? context.text.slice(name.startIndex, name.endIndex) : '',
    abstract: node.type === 'abstract_class_declaration',
    extends: base ?? null,
    decorators: decorators.map((decorator) => readDecorator(decorator, context, depth)),
    members: body ? readMembers(body, context, keepsPlain(name, heritage, context), depth) : [],
    at: context.lines.range(head.startIndex, name ? name.endIndex : Math.min(node.endIndex, node.startIndex + 5)),
  };
}

/**
 * Undecorated methods matter of naming strategies, and where all is to be kept of column types; reading all of them would cost more than
 * all else.
 */
function keepsPlain(name: TreeNode | null, heritage: TreeNode | undefined, context: ReadContext): boolean {
  if (!heritage) return false;
  const head = context.text.slice((name ?? heritage).startIndex, heritage.endIndex);
  return head.includes('Naming') || (context.whole === true && /extends\s+[\w.]*Type\b/.test(head));
}

/** `extends` in TypeScript's grammar stands in a clause of its own, in JavaScript's it does not. */
function readBase(heritage: TreeNode, context: ReadContext, depth: number): ClassDeclaration['extends'] {
  const first = heritage.firstNamedChild;
  if (!first || first.type === 'implements_clause') return null;
  const value = first.type === 'extends_clause' ? first.childForFieldName('value') : first;
  return value ? readValue(value, context, depth + 1) : null;
}

function readMembers(body: TreeNode, context: ReadContext, keepPlain: boolean, depth: number): readonly Member[] {
  const members: Member[] = [];
  let pending: TreeNode[] = [];
  for (const child of childrenOf(body)) {
    switch (child.type) {
      case 'decorator':
        pending.push(child);
        break;
      case 'comment':
        break;
      case 'public_field_definition':
      case 'field_definition':
      case 'method_definition':
      case 'abstract_method_signature': {
        const member = readMember(child, pending, context, keepPlain, depth);
        if (member) members.push(member);
        pending = [];
        break;
      }
      default:
        pending = [];
    }
  }
  return members;
}

function readMember(
  node: TreeNode,
  pending: readonly TreeNode[],
  context: ReadContext,
  keepPlain: boolean,
  depth: number,
): Member | null {
  const isField = node.type === 'public_field_definition' || node.type === 'field_definition';
  const own = isField ? childrenOf(node).filter((child) => child.type === 'decorator') : [];
  const decorators = [...pending, ...own];
  if (decorators.length === 0 && !keepPlain && !context.text.startsWith('static', node.startIndex)) return null;
  const name = node.childForFieldName('name') ?? node.childForFieldName('property');
  if (!name) return null;
  const key = readKey(name, context);
  if (typeof key !== 'string') return null;
  const modifiers = context.text.slice(
    decorators.length > 0 ? Math.max(node.startIndex, decorators.at(-1)?.endIndex ?? 0) : node.startIndex,
    name.startIndex,
  );
  const typeNode = node.childForFieldName(isField ? 'type' : 'return_type');
  const type = decorators.length > 0 && typeNode ? readType(typeNode, context.text) : null;
  const valueNode = isField ? node.childForFieldName('value') : null;
  const plain = decorators.length === 0;
  return {
    name: key,
    kind: isField ? 'property' : /\b(?:get|set)\s*$/.test(modifiers) ? 'accessor' : 'method',
    static: /\bstatic\b/.test(modifiers),
    type,
    optional: context.text.startsWith('?', name.endIndex) || admitsNull(type),
    decorators: decorators.map((decorator) => readDecorator(decorator, context, depth)),
    value: (plain || context.whole === true) && valueNode ? readValue(valueNode, context, depth + 1) : null,
    body: plain && node.type === 'method_definition' ? readFunction(node, context, depth + 1) : null,
    at: context.lines.range(name.startIndex, name.endIndex),
  };
}

export function readDecorator(node: TreeNode, context: ReadContext, depth = 0): Decorator {
  const expression = node.firstNamedChild;
  const call = expression?.type === 'call_expression' ? expression : null;
  const callee = call ? call.childForFieldName('function') : expression;
  return {
    name: callee ? context.text.slice(callee.startIndex, callee.endIndex).replace(/\s+/g, '') : '',
    arguments: call ? readArguments(call.childForFieldName('arguments'), context, depth + 1) : null,
    at: context.lines.range(node.startIndex, node.endIndex),
  };
}
