/** Type annotations of the tree → `TypeShape`. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { TypeShape } from './declarations.ts';
import { childrenOf } from './nodes.ts';

const object: TypeShape = { is: 'object' };
/** Deeper types than any property has; beyond it the shape is taken for an object. */
const maxDepth = 20;

export function readType(node: TreeNode, text: string, depth = 0): TypeShape {
  if (depth > maxDepth) return object;
  const inner = (child: TreeNode | null): TypeShape => (child ? readType(child, text, depth + 1) : object);
  const source = (): string => text.slice(node.startIndex, node.endIndex);
  switch (node.type) {
    case 'type_annotation':
    case 'parenthesized_type':
    case 'readonly_type':
      return inner(node.firstNamedChild);
    case 'predefined_type':
      return { is: 'keyword', name: source() };
    case 'literal_type':
      return readLiteral(node.firstNamedChild, text);
    case 'template_literal_type':
      return { is: 'keyword', name: 'string' };
    case 'type_predicate':
    case 'asserts':
      return { is: 'keyword', name: 'boolean' };
    case 'type_identifier':
    case 'identifier':
    case 'nested_type_identifier':
      return named(source(), []);
    case 'generic_type': {
      const [name, parameters] = childrenOf(node);
      return named(
        name ? text.slice(name.startIndex, name.endIndex) : '',
        (parameters ? childrenOf(parameters) : []).map((child) => inner(child)),
      );
    }
    case 'union_type':
    case 'intersection_type': {
      const is = node.type === 'union_type' ? 'union' : 'intersection';
      const types = childrenOf(node).flatMap((child) => {
        const shape = inner(child);
        return shape.is === is ? shape.types : [shape];
      });
      return { is, types };
    }
    case 'array_type':
      return { is: 'array', element: inner(node.firstNamedChild) };
    case 'tuple_type':
      return { is: 'array', element: null };
    case 'lookup_type':
    case 'index_type_query':
      return readTypeof(node, text);
    case 'function_type':
    case 'constructor_type':
      return { is: 'function' };
    default:
      return object;
  }
}

/** `(typeof x)[keyof typeof x]`, `(typeof x)[number]`, `keyof typeof x` */
function readTypeof(node: TreeNode, text: string): TypeShape {
  const keys = node.type === 'index_type_query';
  let operand = node.firstNamedChild;
  while (operand?.type === 'parenthesized_type') operand = operand.firstNamedChild;
  const name = operand?.type === 'type_query' ? operand.firstNamedChild : null;
  if (name) return { is: 'typeof', name: text.slice(name.startIndex, name.endIndex), keys };
  // `keyof T` gives names, whatever T is.
  return keys ? { is: 'keyword', name: 'string' } : object;
}

function named(name: string, parameters: readonly TypeShape[]): TypeShape {
  return name === 'undefined' || name === 'null'
    ? { is: 'keyword', name }
    : { is: 'reference', name: name.replace(/\s+/g, ''), arguments: parameters };
}

function readLiteral(node: TreeNode | null, text: string): TypeShape {
  switch (node?.type) {
    case 'string':
      return { is: 'keyword', name: 'string' };
    case 'number':
    case 'unary_expression':
      return { is: 'keyword', name: text.slice(node.startIndex, node.endIndex).endsWith('n') ? 'bigint' : 'number' };
    case 'true':
    case 'false':
      return { is: 'keyword', name: 'boolean' };
    case 'null':
    case 'undefined':
      return { is: 'keyword', name: node.type };
    default:
      return object;
  }
}

/** Whether a value of the type can be missing, going by the annotation alone. */
export function admitsNull(type: TypeShape | null): boolean {
  if (type?.is === 'union') return type.types.some(admitsNull);
  return type?.is === 'keyword' && (type.name === 'null' || type.name === 'undefined');
}
