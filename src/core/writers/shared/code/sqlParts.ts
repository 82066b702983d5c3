/** The text of a statement as the source puts it together: literals and the expressions between them. */
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import { childrenOf, partsOf } from '../style.ts';

export type SqlPart =
  /** As written between the quotes, escapes and all. */
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'value'; readonly expression: string };

export interface SqlSource {
  readonly node: SyntaxNode;
  readonly parts: readonly SqlPart[];
  /** What opens and closes the literals: `` ` ``, `"`, `'`, `"""`. */
  readonly quote: string;
  /** Letters in front of the quotes that belong to all of it: `r` of Python, `@` of C#. */
  readonly prefix: string;
  /** How the expressions stand in it. */
  readonly form: 'plain' | 'interpolated' | 'joined' | 'formatted';
}

/** Null where it is put together in a way of which too little is known. */
export function sqlSourceOf(node: SyntaxNode): SqlSource | null {
  switch (node.type) {
    case 'template_string':
      return { node, parts: interpolated(node), quote: '`', prefix: '', form: 'interpolated' };
    case 'string':
    case 'string_literal':
      return literal(node);
    case 'interpolated_string_expression':
      return interpolatedOfCsharp(node);
    case 'binary_expression':
    case 'binary_operator':
      return operatorOf(node) === '%' ? formatted(node) : joined(node);
    case 'method_invocation':
      return formattedOfJava(node);
    default:
      return null;
  }
}

function operatorOf(node: SyntaxNode): string {
  return node.childForFieldName('operator')?.text ?? childrenOf(node).find(({ isNamed }) => !isNamed)?.text ?? '';
}

/** Literals of all four languages: prefix, quotes, text. */
function literal(node: SyntaxNode): SqlSource | null {
  const found = /^([A-Za-z@$]*)("""|'''|"|')([\s\S]*)\2$/u.exec(node.text);
  const [, prefix = '', quote = '', text = ''] = found ?? [];
  if (!found || /^b/iu.test(prefix)) return null;
  if (!/f/iu.test(prefix) || node.type !== 'string')
    return { node, parts: [{ kind: 'text', text }], quote, prefix, form: 'plain' };
  return { node, parts: interpolated(node), quote, prefix: prefix.replace(/f/iu, ''), form: 'interpolated' };
}

/** Of a template of JavaScript or an f-string of Python: what stands between the expressions is kept as written. */
function interpolated(node: SyntaxNode): readonly SqlPart[] {
  const start = childrenOf(node)[0]?.endIndex ?? node.startIndex;
  const end = childrenOf(node).at(-1)?.startIndex ?? node.endIndex;
  const parts: SqlPart[] = [];
  let at = start;
  const text = (to: number): string => node.text.slice(at - node.startIndex, to - node.startIndex);
  for (const hole of partsOf(node)) {
    if (hole.type !== 'template_substitution' && hole.type !== 'interpolation') continue;
    parts.push({ kind: 'text', text: text(hole.startIndex) });
    const inner = partsOf(hole).filter(({ type }) => type !== 'interpolation_brace');
    // `{total:.2f}`: what is formatted is another value.
    const expression = inner.length === 1 ? (inner[0]?.text ?? '') : '';
    parts.push({ kind: 'value', expression });
    at = hole.endIndex;
  }
  parts.push({ kind: 'text', text: text(end) });
  return parts;
}

function interpolatedOfCsharp(node: SyntaxNode): SqlSource | null {
  const found = /^(\$@|@\$|\$)("""|")/u.exec(node.text);
  const [, start = '', quote = ''] = found ?? [];
  if (!found) return null;
  const begin = node.startIndex + start.length + quote.length;
  const parts: SqlPart[] = [];
  let at = begin;
  const text = (to: number): string => node.text.slice(at - node.startIndex, to - node.startIndex);
  for (const hole of partsOf(node).filter(({ type }) => type === 'interpolation')) {
    parts.push({ kind: 'text', text: text(hole.startIndex) });
    const inner = partsOf(hole).filter(({ type }) => type !== 'interpolation_brace');
    parts.push({ kind: 'value', expression: inner.length === 1 ? (inner[0]?.text ?? '') : '' });
    at = hole.endIndex;
  }
  parts.push({ kind: 'text', text: text(node.endIndex - quote.length) });
  return { node, parts, quote, prefix: start.replace('$', ''), form: 'interpolated' };
}

/** `'…' + name + '…'`, all literals in one kind of quotes. */
function joined(node: SyntaxNode): SqlSource | null {
  const operands = operandsOf(node);
  if (operands === null) return null;
  const sources = operands.map((each) => (isLiteral(each) ? literal(each) : null));
  const [first] = sources.filter((each) => each !== null);
  // What begins with an expression may add numbers, or join something else than text.
  if (!first || sources[0] !== first) return null;
  if (
    sources.some(
      (each) => each && (each.quote !== first.quote || each.prefix !== first.prefix || each.form !== 'plain'),
    )
  )
    return null;
  const parts = operands.map((each, at): SqlPart => {
    const [part] = sources[at]?.parts ?? [];
    return part ?? { kind: 'value', expression: each.text };
  });
  return { node, parts, quote: first.quote, prefix: first.prefix, form: 'joined' };
}

function isLiteral({ type }: SyntaxNode): boolean {
  return type === 'string' || type === 'string_literal';
}

function operandsOf(node: SyntaxNode): readonly SyntaxNode[] | null {
  if (node.type !== 'binary_expression' && node.type !== 'binary_operator') return [node];
  if (operatorOf(node) !== '+') return null;
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const before = left && operandsOf(left);
  return before && right ? [...before, right] : null;
}

/** `'… %s …' % name` of Python. */
function formatted(node: SyntaxNode): SqlSource | null {
  const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
  const source = left?.type === 'string' ? literal(left) : null;
  if (!source || !right || source.form !== 'plain') return null;
  const values = right.type === 'tuple' ? partsOf(right) : [right];
  return withMarks(node, source, values);
}

/** `String.format("… %s …", name)` of Java. */
function formattedOfJava(node: SyntaxNode): SqlSource | null {
  if (node.childForFieldName('object')?.text !== 'String' || node.childForFieldName('name')?.text !== 'format')
    return null;
  const list = node.childForFieldName('arguments');
  const [text, ...values] = list ? partsOf(list) : [];
  const source = text?.type === 'string_literal' ? literal(text) : null;
  return source && withMarks(node, source, values);
}

function withMarks(node: SyntaxNode, source: SqlSource, values: readonly SyntaxNode[]): SqlSource | null {
  const [whole] = source.parts;
  const pieces = whole?.kind === 'text' ? whole.text.split(/%[sd]/u) : [];
  if (pieces.length !== values.length + 1 || pieces.some((piece) => /%(?!%)/u.test(piece.replaceAll('%%', ''))))
    return null;
  const parts = pieces.flatMap((piece, at): readonly SqlPart[] => {
    const value = values[at - 1];
    const text: SqlPart = { kind: 'text', text: piece.replaceAll('%%', '%') };
    return value ? [{ kind: 'value', expression: value.text }, text] : [text];
  });
  return { ...source, node, parts, form: 'formatted' };
}
