/** Expressions of Kotlin: calls with the lambda behind them, paths of names, and what takes a result. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { pathText } from '../java/callShape.ts';
import { plainName } from './types.ts';
import { namedArgument } from './values.ts';

export interface KotlinCall {
  /** What stands before the method: a path of names, '' = none, null = something else. */
  readonly receiver: string | null;
  readonly object: TreeNode | null;
  readonly method: string;
  /** In the order written; a lambda behind the parentheses is the last one. */
  readonly arguments: readonly TreeNode[];
}

/** A path of plain names, with the marks for what may be null left out: `order.customer` of `order?.customer!!`. */
export function kotlinPath(text: string): string | null {
  return pathText(text.replace(/!!|\?(?=\s*\.)|`/gu, '').replace(/^(this|super)@\w+/u, '$1'));
}

/** The text as Java would have it, as far as readers of queries look at it: `Order.class` of `Order::class.java`, `new Order(` of `Order(`. */
export function asJava(text: string): string {
  return text
    .replace(/::class(?:\.java)?\b/gu, '.class')
    .replace(/!!|\?(?=\s*\.)/gu, '')
    .replace(/^(?=\p{Lu}\w*(?:<[^()]*>)?\()/u, 'new ');
}

/** Of `call_expression`, `callable_reference` and `repository::save`; null where it constructs an object, or is no call of a name. */
export function callOf(node: TreeNode, text: string): KotlinCall | null {
  const slice = (part: TreeNode): string => text.slice(part.startIndex, part.endIndex);
  if (node.type !== 'call_expression') return referenceOf(node, text);
  let [callee] = node.namedChildren;
  let lists = node.namedChildren.slice(1);
  // `load(id) { … }` is a call of a call.
  if (callee?.type === 'call_expression' && lists.every(({ type }) => type === 'annotated_lambda')) {
    lists = [...callee.namedChildren.slice(1), ...lists];
    [callee] = callee.namedChildren;
  }
  if (!callee) return null;
  const args = lists.flatMap((list) => {
    if (list.type === 'annotated_lambda') return list.namedChildren.filter(({ type }) => type === 'lambda_literal');
    if (list.type !== 'value_arguments') return [];
    return list.namedChildren.flatMap((each) => {
      const found = each.type === 'value_argument' ? namedArgument(each, { text }) : null;
      return found ? [unwrapped(found.value)] : [];
    });
  });
  if (callee.type === 'identifier') {
    const method = plainName(slice(callee));
    return /^\p{Lu}/u.test(method) ? null : { receiver: '', object: null, method, arguments: args };
  }
  if (callee.type !== 'navigation_expression') return null;
  const object = callee.firstNamedChild;
  const name = callee.lastNamedChild;
  if (!object || name?.type !== 'identifier' || name.index === object.index) return null;
  const method = plainName(slice(name));
  const receiver = kotlinPath(slice(object));
  // `shop.Order(…)` and `Order.Line(…)` construct.
  if (/^\p{Lu}\p{Ll}/u.test(method)) return null;
  return { receiver, object, method, arguments: args };
}

/** `repository::save`, `::save`. */
function referenceOf(node: TreeNode, text: string): KotlinCall | null {
  const written = text.slice(node.startIndex, node.endIndex);
  if (written.length > 200) return null;
  const match = /^([\w.?!]*)::(\p{Ll}\w*)$/u.exec(written.replace(/\s+/gu, ''));
  const method = match?.[2];
  if (method === undefined || method === 'class') return null;
  return { receiver: kotlinPath(match?.[1] ?? '') ?? '', object: node.firstNamedChild, method, arguments: [] };
}

function unwrapped(node: TreeNode): TreeNode {
  return node.type === 'annotated_lambda' || node.type === 'spread_expression' ? (node.lastNamedChild ?? node) : node;
}

/** Names of the parameters of a lambda; `it` where it states none. */
export function lambdaParameters(node: TreeNode, text: string): readonly string[] {
  const list = node.namedChildren.find(({ type }) => type === 'lambda_parameters');
  return list ? list.namedChildren.flatMap((each) => variablesOf(each, text)) : ['it'];
}

/** `order`, `(id, order)`. */
function variablesOf(node: TreeNode, text: string): readonly string[] {
  if (node.type === 'multi_variable_declaration') return node.namedChildren.flatMap((each) => variablesOf(each, text));
  const name = node.type === 'variable_declaration' ? node.firstNamedChild : null;
  return name?.type === 'identifier' ? [plainName(text.slice(name.startIndex, name.endIndex))] : [];
}

/** Calls that only unwrap what the call before them yields. */
const unwraps = new Set([
  'orElse',
  'orElseThrow',
  'orElseGet',
  'get',
  'getOrNull',
  'toList',
  'toSet',
  'orEmpty',
  'block',
  'join',
  'await',
  'awaitSingle',
  'awaitSingleOrNull',
  'firstOrNull',
  'first',
  'also',
]);

/** The variable that takes the result of a call, also behind `?: throw …`, `!!` and `.orElseThrow()`. */
export function resultOf(node: TreeNode, text: string): string | null {
  const slice = (part: TreeNode): string => text.slice(part.startIndex, part.endIndex);
  let current = node;
  for (let depth = 0; depth < 10; depth++) {
    const { parent } = current;
    if (!parent) return null;
    switch (parent.type) {
      case 'property_declaration': {
        const variable = parent.namedChildren.find(({ type }) => type === 'variable_declaration');
        const name = variable?.firstNamedChild;
        return name?.type === 'identifier' ? plainName(slice(name)) : null;
      }
      case 'assignment': {
        const left = parent.childForFieldName('left');
        return left && left.index !== current.index ? kotlinPath(slice(left)) : null;
      }
      case 'binary_expression': {
        const left = parent.childForFieldName('left');
        const right = parent.childForFieldName('right');
        if (left?.index !== current.index || !right) return null;
        if (text.slice(left.endIndex, right.startIndex).trim() !== '?:') return null;
        break;
      }
      case 'navigation_expression': {
        const name = parent.lastNamedChild;
        if (parent.firstNamedChild?.index !== current.index || !name) return null;
        // `page.content` is what a page holds.
        if (parent.parent?.type === 'call_expression' ? !unwraps.has(slice(name)) : slice(name) !== 'content')
          return null;
        break;
      }
      case 'call_expression':
        if (parent.firstNamedChild?.index !== current.index) return null;
        break;
      case 'unary_expression':
      case 'parenthesized_expression':
      case 'as_expression':
        break;
      default:
        return null;
    }
    current = parent;
  }
  return null;
}
