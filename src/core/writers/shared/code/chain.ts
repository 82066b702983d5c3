/** Chains of calls (`this.orders.find({…})`, `Order.objects.filter(…)`, `db.Orders.Skip(…).ToList()`), in whichever language. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { SourceRange } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import { partsOf } from '../style.ts';

export interface Link {
  /** Without type arguments. */
  readonly name: string;
  readonly nameNode: SyntaxNode;
  /** With its brackets; null = a member that is not called. */
  readonly list: SyntaxNode | null;
  readonly arguments: readonly SyntaxNode[];
  /** All from the beginning of the chain to the end of this link. */
  readonly node: SyntaxNode;
}

export interface Chain {
  /** What the first call is made on: `this.orders`, `Order.objects`, `db.Orders`; null where a plain function is called. */
  readonly root: SyntaxNode | null;
  /** From the first call on. */
  readonly links: readonly Link[];
  readonly node: SyntaxNode;
}

const calls: ReadonlySet<string> = new Set(['call_expression', 'call', 'invocation_expression', 'method_invocation']);
const members: ReadonlySet<string> = new Set([
  'member_expression',
  'attribute',
  'member_access_expression',
  'field_access',
]);
const wrappers: ReadonlySet<string> = new Set([
  'await_expression',
  'await',
  'parenthesized_expression',
  'non_null_expression',
  'expression_statement',
]);

/** What a call stands in as a whole. */
const outside = /statement$|^block$|^statement_block$|^argument$/u;

export function offsetsOf({ lines }: SourceFile, at: SourceRange): { readonly start: number; readonly end: number } {
  return { start: lines.offset(at.line, at.column), end: lines.offset(at.endLine, at.endColumn) };
}

/** The smallest node that spans the range; null where that is the file. */
export function nodeAt(file: SourceFile, at: SourceRange): SyntaxNode | null {
  const { start, end } = offsetsOf(file, at);
  const { root } = file.parsed();
  const node = root.descendantForIndex(start, Math.max(start, end - 1));
  return node === null || node.id === root.id ? null : node;
}

/** The chain that stands at the range; null where something else does. */
export function chainAt(file: SourceFile, at: SourceRange): Chain | null {
  const { start, end } = offsetsOf(file, at);
  let node = nodeAt(file, at);
  // A name that begins the chain spans as much as a chain of nothing; a block of one statement as much as that.
  while (
    node?.parent &&
    node.parent.startIndex >= start &&
    node.parent.endIndex <= end &&
    !outside.test(node.parent.type)
  )
    node = node.parent;
  return node && !node.hasError ? chainOf(node) : null;
}

export function chainOf(given: SyntaxNode): Chain | null {
  let node = unwrapped(given);
  const whole = node;
  if (!hasCall(node)) return null;
  const links: Link[] = [];
  for (;;) {
    const called = calls.has(node.type);
    const target = called ? (node.childForFieldName('function') ?? node) : node;
    const list = called ? node.childForFieldName('arguments') : null;
    const nameNode = memberName(target);
    const object = objectOf(target);
    if (called && nameNode === null && object === null) {
      // A plain function: `select(Order)`.
      links.push(linkOf(target, list, node));
      return { root: null, links: links.reverse(), node: whole };
    }
    if (nameNode === null || object === null) break;
    links.push(linkOf(nameNode, list, node));
    const inner = unwrapped(object);
    if (!hasCall(inner)) return { root: object, links: links.reverse(), node: whole };
    node = inner;
  }
  return links.length > 0 ? { root: node, links: links.reverse(), node: whole } : null;
}

function unwrapped(node: SyntaxNode): SyntaxNode {
  let found = node;
  while (wrappers.has(found.type)) {
    const [inner] = partsOf(found);
    if (!inner) break;
    found = inner;
  }
  return found;
}

function linkOf(nameNode: SyntaxNode, list: SyntaxNode | null, node: SyntaxNode): Link {
  const name = nameNode.text.replace(/<[\s\S]*$/u, '');
  return { name, nameNode, list, arguments: list ? partsOf(list) : [], node };
}

/** A method of Java names its object itself. */
function objectOf(target: SyntaxNode): SyntaxNode | null {
  if (!members.has(target.type) && target.type !== 'method_invocation') return null;
  return target.childForFieldName('object') ?? target.childForFieldName('expression');
}

function memberName(target: SyntaxNode): SyntaxNode | null {
  if (target.type === 'method_invocation')
    return target.childForFieldName('object') === null ? null : target.childForFieldName('name');
  if (!members.has(target.type)) return null;
  return (
    target.childForFieldName('property') ??
    target.childForFieldName('attribute') ??
    target.childForFieldName('name') ??
    target.childForFieldName('field')
  );
}

function hasCall(node: SyntaxNode): boolean {
  if (calls.has(node.type)) return true;
  const object = members.has(node.type) ? objectOf(node) : null;
  return object !== null && hasCall(unwrapped(object));
}

/** The link of a name, the last where there are several. */
export function linkNamed({ links }: Chain, ...names: readonly string[]): Link | undefined {
  return links.findLast(({ name }) => names.includes(name));
}

/** Offset where the call of the link begins, its dot or arrow included. */
export function startOf({ nameNode }: Link, text: string): number {
  return /[?!]?\.\s*$/u.exec(text.slice(0, nameNode.startIndex))?.index ?? nameNode.startIndex;
}

/** Text for one more call in front of the given offset, on a line of its own where the next one has one. */
export function callBefore(text: string, at: number, call: string): string {
  const lead = /\s*$/u.exec(text.slice(0, at))?.[0] ?? '';
  return lead.includes('\n') ? `${call}${lead}` : call;
}

/** Text for one more call behind the given offset, on a line of its own where the next one has one. */
export function callAfter(text: string, at: number, call: string): string {
  const lead = /^\s*(?=\??\.)/u.exec(text.slice(at))?.[0] ?? '';
  return lead.includes('\n') ? lead + call : call;
}
