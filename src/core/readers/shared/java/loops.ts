/** What the loops of Java's statements go through: `for (Order order : orders)`, by index, by iterator. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaLocal, JavaLoop } from './outline.ts';

export type FoundLoop = Omit<JavaLoop, 'parent' | 'function'>;

/** @param locals variables declared before the loop */
export function statementLoop(node: TreeNode, text: string, locals: readonly JavaLocal[]): FoundLoop {
  const slice = (part: TreeNode): string => text.slice(part.startIndex, part.endIndex);
  const place = { concurrent: false, start: node.startIndex, end: node.endIndex };
  if (node.type === 'enhanced_for_statement') {
    const value = node.childForFieldName('value');
    const name = node.childForFieldName('name');
    const iterable = value ? elementsOf(slice(value)) : null;
    return {
      kind: 'for-of',
      variables: name ? [slice(name)] : [],
      iterable: iterable === null ? null : shortened(iterable),
      bounded: /^(?:List|Set|Arrays|Stream)\s*\.\s*(?:of|asList)\s*\(|\.values\(\)$|^new\s/u.test(iterable ?? ''),
      ...place,
    };
  }
  const found = byIndex(node, slice) ?? byIterator(node, slice, locals);
  if (found)
    return {
      kind: 'for-of',
      variables: found.variables,
      iterable: shortened(elementsOf(found.iterable)),
      bounded: false,
      ...place,
    };
  const kind = node.type === 'for_statement' ? 'for' : node.type === 'while_statement' ? 'while' : 'do-while';
  return { kind, variables: [], iterable: null, bounded: false, ...place };
}

interface Elements {
  readonly iterable: string;
  /** Names of the element, and of what leads to it. */
  readonly variables: readonly string[];
}

/** `for (int i = 0; i < orders.size(); i++)`, also from the last to the first. */
function byIndex(node: TreeNode, slice: (part: TreeNode) => string): Elements | null {
  if (node.type !== 'for_statement') return null;
  const [init, condition, update] = ['init', 'condition', 'update'].map((field) => {
    const part = node.childForFieldName(field);
    return part ? slice(part).replace(/\s+/gu, '') : '';
  });
  const size = String.raw`([\w$.]+?)(?:\.(?:size|length)\(\)|\.length)`;
  const [, index = '', list] =
    new RegExp(String.raw`^([\w$]+)(?:<|!=)${size}$`, 'u').exec(condition ?? '') ??
    new RegExp(String.raw`^int([\w$]+)=${size}-1;?$`, 'u').exec(init ?? '') ??
    [];
  if (list === undefined) return null;
  if (!new RegExp(String.raw`^(?:(?:\+\+|--)${index}|${index}(?:\+\+|--|\+=1|-=1))$`, 'u').test(update ?? ''))
    return null;
  const escaped = list.replace(/[$.]/gu, '\\$&');
  const element = firstStatementOf(node, slice, `${escaped}(?:\\.get\\(${index}\\)|\\[${index}\\])`);
  return { iterable: list, variables: element === null ? [index] : [element, index] };
}

/** `while (it.hasNext())`, `for (Iterator<Order> it = orders.iterator(); it.hasNext();)` */
function byIterator(node: TreeNode, slice: (part: TreeNode) => string, locals: readonly JavaLocal[]): Elements | null {
  const condition = node.childForFieldName('condition');
  const iterator = /^\(?\s*([\w$]+)\s*\.\s*hasNext\s*\(\s*\)\s*\)?$/u.exec(condition ? slice(condition) : '')?.[1];
  if (iterator === undefined) return null;
  const init = node.childForFieldName('init');
  const local = locals.findLast(({ name, start }) => name === iterator && start < node.startIndex);
  const source = init ? slice(init) : local?.value ? slice(local.value) : '';
  const iterable = /(?:=\s*)?([\w$.]+(?:\(\))?)\s*\.\s*(?:listI|i)terator\s*\(\s*\)/u.exec(source)?.[1];
  if (iterable === undefined) return null;
  const element = firstStatementOf(node, slice, `${iterator}\\.next\\(\\)`);
  return { iterable, variables: element === null ? [iterator] : [element, iterator] };
}

/** The variable that takes the value in a statement of the body. */
function firstStatementOf(node: TreeNode, slice: (part: TreeNode) => string, value: string): string | null {
  const body = node.childForFieldName('body');
  const source = body ? slice(body).slice(0, 2000) : '';
  return new RegExp(`([\\w$]+)\\s*=\\s*(?:\\([\\w$.<>, ?]+\\)\\s*)?${value}\\s*;`, 'u').exec(source)?.[1] ?? null;
}

/** What is gone through: `orders` of `orders.stream().filter(…)`, `map.entrySet()`. */
export function elementsOf(source: string): string {
  const stream = /\.\s*(?:stream|parallelStream|iterator|entrySet|values|keySet)\s*\(\s*\)/u.exec(source);
  const text = stream ? source.slice(0, stream.index) : source;
  return text.replace(/\.\s*(?:getContent|toList|stream)\s*\(\s*\)\s*$/u, '').trim();
}

export function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
