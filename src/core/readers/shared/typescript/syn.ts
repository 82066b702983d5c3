import type { TreeNode } from '../../../syntax/treeNode.ts';

/** A syntax node read lazily: named children only, comments left out. */
export class Syn {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  private readonly node: TreeNode;
  private children: readonly Syn[] | null = null;

  constructor(node: TreeNode) {
    this.node = node;
    this.type = node.type;
    this.start = node.startIndex;
    this.end = node.endIndex;
  }

  get kids(): readonly Syn[] {
    // Comments are the only extras of the grammars; no expression is looked at for them.
    return (this.children ??= this.node.namedChildren.flatMap((kid) => (kid.type === 'comment' ? [] : [new Syn(kid)])));
  }
}

const wrappers = new Set([
  'parenthesized_expression',
  'await_expression',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
]);

/** The expression inside brackets, `await`, `as X`, `satisfies X`, `!` and `<X>`. */
export function unwrap(node: Syn): Syn {
  let inner = node;
  for (;;) {
    const next =
      inner.type === 'type_assertion' ? inner.kids.at(-1) : wrappers.has(inner.type) ? inner.kids[0] : undefined;
    if (!next) return inner;
    inner = next;
  }
}

export const functionTypes = new Set(['arrow_function', 'function_expression', 'generator_function']);

/** Text of a string or of a template without substitutions; null for anything else. */
export function stringValue(node: Syn | undefined, text: string): string | null {
  if (!node) return null;
  const inner = unwrap(node);
  if (inner.type === 'string') return unescape(text.slice(inner.start + 1, inner.end - 1));
  if (inner.type === 'template_string' && !inner.kids.some(({ type }) => type === 'template_substitution'))
    return unescape(text.slice(inner.start + 1, inner.end - 1));
  return null;
}

function unescape(body: string): string {
  return body.includes('\\') ? body.replace(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char)) : body;
}

export interface Property {
  readonly key: string;
  /** The value; for a shorthand property the name itself. */
  readonly value: Syn;
  readonly keyNode: Syn;
}

export interface ObjectParts {
  readonly properties: readonly Property[];
  /** Expressions spread into it. */
  readonly spreads: readonly Syn[];
  /** It has computed keys or something that could not be read. */
  readonly open: boolean;
}

/** Properties of an object literal. */
export function objectParts(node: Syn, text: string): ObjectParts {
  const properties: Property[] = [];
  const spreads: Syn[] = [];
  let open = false;
  for (const kid of node.kids) {
    const [keyNode, value] = kid.kids;
    if (kid.type === 'pair' && keyNode && value) {
      const key = keyOf(keyNode, text);
      if (key === null) open = true;
      else properties.push({ key, value, keyNode });
    } else if (kid.type === 'shorthand_property_identifier') {
      properties.push({ key: text.slice(kid.start, kid.end), value: kid, keyNode: kid });
    } else if (kid.type === 'spread_element' && keyNode) spreads.push(keyNode);
    else if (kid.type === 'method_definition') {
      const name = kid.kids.find(({ type }) => type === 'property_identifier');
      if (name) properties.push({ key: text.slice(name.start, name.end), value: kid, keyNode: name });
    } else open = true;
  }
  return { properties, spreads, open };
}

function keyOf(node: Syn, text: string): string | null {
  if (node.type === 'property_identifier' || node.type === 'number') return text.slice(node.start, node.end);
  if (node.type === 'string') return stringValue(node, text);
  const inner = node.type === 'computed_property_name' ? node.kids[0] : undefined;
  return inner ? stringValue(inner, text) : null;
}

/** Value of one property of an object literal. */
export function property(node: Syn | undefined, key: string, text: string): Syn | undefined {
  if (node?.type !== 'object') return undefined;
  return objectParts(node, text).properties.find((candidate) => candidate.key === key)?.value;
}

/** `a`, `this.a.b`, `a?.b`: a dotted path of names; null for anything else. */
export function pathOf(node: Syn, text: string): string | null {
  const inner = unwrap(node);
  if (inner.type === 'identifier' || inner.type === 'this' || inner.type === 'shorthand_property_identifier')
    return text.slice(inner.start, inner.end);
  const [object, name] = [inner.kids[0], inner.kids.at(-1)];
  if (inner.type !== 'member_expression' || !object || !name) return null;
  const base = pathOf(object, text);
  return base === null ? null : `${base}.${text.slice(name.start, name.end)}`;
}

export interface Link {
  readonly kind: 'call' | 'property';
  readonly name: string;
  readonly args: readonly Syn[];
  /** Type arguments as written, without brackets. */
  readonly typeArguments: string | null;
  /** The expression up to and including this link. */
  readonly node: Syn;
  readonly nameStart: number;
}

export interface Chain {
  /** What the chain starts with: a name, `this`, `new X()`… A plain call `f()` starts with the name `f`. */
  readonly root: Syn;
  readonly rootName: string | null;
  readonly links: readonly Link[];
}

/** Unrolls `a.b(x).c.d(y)` into its root and its links, in the order they are evaluated. */
export function chainOf(node: Syn, text: string): Chain {
  const links: Link[] = [];
  let at = unwrap(node);
  for (;;) {
    if (at.type === 'call_expression') {
      const [callee, ...rest] = at.kids;
      if (!callee) break;
      const inner = unwrap(callee);
      const list = rest.at(-1);
      const args = list?.type === 'arguments' ? list.kids : [];
      const types = rest.find(({ type }) => type === 'type_arguments');
      const typeArguments = types ? text.slice(types.start + 1, types.end - 1).trim() : null;
      const name = inner.kids.at(-1);
      if (inner.type === 'member_expression' && inner.kids[0] && name) {
        const link = { name: text.slice(name.start, name.end), args, typeArguments, node: at, nameStart: name.start };
        links.push({ kind: 'call', ...link });
        at = unwrap(inner.kids[0]);
        continue;
      }
      if (inner.type === 'identifier' || inner.type === 'super') {
        const link = {
          name: text.slice(inner.start, inner.end),
          args,
          typeArguments,
          node: at,
          nameStart: inner.start,
        };
        links.push({ kind: 'call', ...link });
        return { root: inner, rootName: null, links: links.reverse() };
      }
      break;
    }
    const name = at.kids.at(-1);
    if (at.type === 'member_expression' && at.kids[0] && name) {
      const link = { name: text.slice(name.start, name.end), args: [], typeArguments: null, node: at };
      links.push({ kind: 'property', ...link, nameStart: name.start });
      at = unwrap(at.kids[0]);
      continue;
    }
    break;
  }
  const named = at.type === 'identifier' || at.type === 'this';
  return { root: at, rootName: named ? text.slice(at.start, at.end) : null, links: links.reverse() };
}

/** Names and plain member paths that an expression mentions, property names and its own parameters left out; at most 24. */
export function usesOf(nodes: readonly Syn[], text: string): string[] {
  const found = new Set<string>();
  const visit = (node: Syn, depth: number): void => {
    if (found.size >= 24 || depth > 24) return;
    if (node.type === 'identifier' || node.type === 'shorthand_property_identifier') {
      const name = text.slice(node.start, node.end);
      if (name !== 'undefined') found.add(name);
      return;
    }
    if (node.type === 'member_expression') {
      const path = pathOf(node, text);
      if (path !== null) {
        found.add(path);
        return;
      }
    }
    // The callee of `In(ids)` is not a value; that of `a.b(c)` hangs on `a`.
    const kids =
      node.type === 'call_expression' && node.kids[0]?.type === 'identifier' ? node.kids.slice(1) : node.kids;
    for (const kid of kids)
      if (!kid.type.endsWith('type_arguments') && kid.type !== 'formal_parameters') visit(kid, depth + 1);
  };
  for (const node of nodes) visit(node, 0);
  return [...found];
}
