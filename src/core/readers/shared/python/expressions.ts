/** Nodes of the grammar → expressions. */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { parseAnnotation } from './annotations.ts';
import type { PyArgument, PyExpression, PyParameter, PySpan } from './declarations.ts';
import { stringHead, unescape } from './strings.ts';

export interface PySource {
  readonly text: string;
  readonly lines: LineIndex;
}

/** Deeper than any declaration nests. */
const deepest = 60;
/** A longer list is data, not a declaration; what comes after is left out. */
const mostItems = 400;

export function spanOf({ lines }: PySource, start: number, end: number): PySpan {
  const from = lines.position(start);
  const to = lines.position(end);
  return [from.line, from.column, to.line, to.column];
}

export function sourceOf(node: TreeNode, { text }: PySource): string {
  return text.slice(node.startIndex, node.endIndex);
}

/** Named children without comments. */
export function partsOf(node: TreeNode): readonly TreeNode[] {
  return node.namedChildren.filter(({ type }) => type !== 'comment' && type !== 'line_continuation');
}

/** @param types strings in it name types: it is an annotation */
export function readExpression(node: TreeNode, source: PySource, types = false, depth = 0): PyExpression {
  if (depth > deepest) return other(node, source);
  const read = (inner: TreeNode): PyExpression => readExpression(inner, source, types, depth + 1);
  const field = (name: string): PyExpression => {
    const inner = node.childForFieldName(name);
    return inner ? read(inner) : { kind: 'other', text: '' };
  };
  switch (node.type) {
    case 'identifier':
      return { kind: 'name', name: sourceOf(node, source) };
    case 'string':
    case 'concatenated_string': {
      const value = readString(node, source, depth);
      return types && value.kind === 'string' ? (parseAnnotation(value.value) ?? value) : value;
    }
    case 'integer':
    case 'float':
      return readNumber(node, source);
    case 'true':
    case 'false':
      return { kind: 'constant', value: node.type === 'true' };
    case 'none':
      return { kind: 'constant', value: null };
    case 'attribute':
      return { kind: 'attribute', object: field('object'), name: fieldText(node, 'attribute', source) };
    case 'member_type': {
      const [object, name] = partsOf(node);
      if (!object || !name) break;
      return { kind: 'attribute', object: read(object), name: sourceOf(name, source) };
    }
    case 'call':
      return readCall(node, source, depth, types);
    case 'subscript': {
      const [object, ...index] = partsOf(node);
      if (!object) break;
      // `Dict[str, int]` inside of a subscript may come as a tuple.
      const literal = types && /^(?:typing(?:_extensions)?\.)?Literal$/.test(sourceOf(object, source));
      return {
        kind: 'subscript',
        object: read(object),
        index: index.map((each) => readExpression(each, source, types && !literal, depth + 1)),
      };
    }
    case 'generic_type': {
      const [object, parameters] = partsOf(node);
      if (!object || !parameters) break;
      const literal = types && sourceOf(object, source) === 'Literal';
      return {
        kind: 'subscript',
        object: read(object),
        index: partsOf(parameters).map((each) => readExpression(each, source, types && !literal, depth + 1)),
      };
    }
    case 'union_type': {
      const [left, right] = partsOf(node);
      if (!left || !right) break;
      return { kind: 'binary', operator: '|', left: read(left), right: read(right) };
    }
    case 'type':
    case 'parenthesized_expression':
    case 'await': {
      const [inner] = partsOf(node);
      if (!inner) break;
      return read(inner);
    }
    case 'named_expression':
      return field('value');
    case 'list':
    case 'list_pattern':
    case 'set':
    case 'tuple':
    case 'tuple_pattern':
    case 'expression_list':
    case 'pattern_list': {
      const kind = node.type.startsWith('list') ? 'list' : node.type === 'set' ? 'set' : 'tuple';
      return { kind, items: partsOf(node).slice(0, mostItems).map(read) };
    }
    case 'list_splat':
    case 'dictionary_splat': {
      const [inner] = partsOf(node);
      if (!inner) break;
      return { kind: 'splat', value: read(inner) };
    }
    case 'dictionary':
      return {
        kind: 'dict',
        entries: partsOf(node)
          .slice(0, mostItems)
          .flatMap((entry) => readEntry(entry, read)),
      };
    case 'binary_operator':
    case 'boolean_operator':
    case 'comparison_operator':
      return readOperator(node, source, read);
    case 'not_operator':
      return { kind: 'unary', operator: 'not', operand: field('argument') };
    case 'unary_operator': {
      const operator = source.text.charAt(node.startIndex);
      const operand = field('argument');
      if (operand.kind === 'number' && operator === '-') return { kind: 'number', value: -operand.value };
      return { kind: 'unary', operator, operand };
    }
    case 'conditional_expression': {
      const [then, condition, otherwise] = partsOf(node);
      if (!then || !condition || !otherwise) break;
      return { kind: 'conditional', condition: read(condition), then: read(then), otherwise: read(otherwise) };
    }
    case 'lambda': {
      const parameters = node.childForFieldName('parameters');
      return {
        kind: 'lambda',
        parameters: parameters ? readParameters(parameters, source) : [],
        body: field('body'),
      };
    }
    case 'list_comprehension':
    case 'generator_expression':
      return readComprehension(node, source, read);
  }
  return other(node, source);
}

function readComprehension(node: TreeNode, source: PySource, read: (node: TreeNode) => PyExpression): PyExpression {
  const item = node.childForFieldName('body');
  const whole = other(node, source);
  const clauses = partsOf(node).slice(1);
  const [loop, ...conditions] = clauses;
  const target = loop?.type === 'for_in_clause' ? loop.childForFieldName('left') : null;
  const list = loop?.childForFieldName('right');
  if (!item || target?.type !== 'identifier' || !list || conditions.some(({ type }) => type !== 'if_clause'))
    return whole;
  return {
    kind: 'comprehension',
    item: read(item),
    target: sourceOf(target, source),
    list: read(list),
    conditions: conditions.flatMap((clause) => partsOf(clause).slice(0, 1).map(read)),
    text: whole.kind === 'other' ? whole.text : '',
  };
}

function other(node: TreeNode, source: PySource): PyExpression {
  const text = source.text.slice(node.startIndex, Math.min(node.endIndex, node.startIndex + 200)).replace(/\s+/g, ' ');
  return { kind: 'other', text: text.length > 120 ? `${text.slice(0, 119)}…` : text };
}

function fieldText(node: TreeNode, name: string, source: PySource): string {
  const field = node.childForFieldName(name);
  return field ? sourceOf(field, source) : '';
}

function readNumber(node: TreeNode, source: PySource): PyExpression {
  const text = sourceOf(node, source).replaceAll('_', '');
  const value = Number(text);
  return Number.isFinite(value) && (Number.isSafeInteger(value) || node.type === 'float')
    ? { kind: 'number', value }
    : other(node, source);
}

function readString(node: TreeNode, source: PySource, depth: number): PyExpression {
  const parts: (string | PyExpression)[] = [];
  const add = (part: string | PyExpression): void => {
    const last = parts.length - 1;
    const before = parts[last];
    if (typeof part === 'string' && typeof before === 'string') parts[last] = before + part;
    else parts.push(part);
  };
  for (const literal of node.type === 'string' ? [node] : partsOf(node)) {
    const head = stringHead(source.text.slice(literal.startIndex, literal.startIndex + 5));
    if (!head) continue;
    const raw = head.prefix.includes('r');
    const formatted = /[ft]/.test(head.prefix);
    const plain = (text: string): string => {
      const resolved = raw ? text : unescape(text);
      return formatted ? resolved.replaceAll('{{', '{').replaceAll('}}', '}') : resolved;
    };
    let from = literal.startIndex + head.prefix.length + head.quote.length;
    const to = Math.max(
      from,
      literal.endIndex - (sourceOf(literal, source).endsWith(head.quote) ? head.quote.length : 0),
    );
    if (formatted)
      for (const part of literal.namedChildren) {
        if (part.type !== 'interpolation') continue;
        add(plain(source.text.slice(from, part.startIndex)));
        const expression = part.childForFieldName('expression');
        if (expression) add(readExpression(expression, source, false, depth + 1));
        from = part.endIndex;
      }
    add(plain(source.text.slice(from, to)));
  }
  const texts = parts.filter((part) => part !== '');
  const [first = ''] = texts;
  return texts.length <= 1 && typeof first === 'string'
    ? { kind: 'string', value: first }
    : { kind: 'format', parts: texts };
}

function readCall(node: TreeNode, source: PySource, depth: number, types: boolean): PyExpression {
  const callee = node.childForFieldName('function');
  const list = node.childForFieldName('arguments');
  if (!callee || !list) return other(node, source);
  return {
    kind: 'call',
    callee: readExpression(callee, source, types, depth + 1),
    // `f(x for x in y)` has the generator in the place of the list.
    arguments:
      list.type === 'argument_list'
        ? readArguments(list, source, depth)
        : [
            {
              name: null,
              value: readExpression(list, source, types, depth + 1),
              at: spanOf(source, list.startIndex, list.endIndex),
            },
          ],
    at: spanOf(source, node.startIndex, node.endIndex),
  };
}

export function readArguments(list: TreeNode, source: PySource, depth = 0): readonly PyArgument[] {
  return partsOf(list)
    .slice(0, mostItems)
    .flatMap((node): PyArgument[] => {
      const at = spanOf(source, node.startIndex, node.endIndex);
      if (node.type === 'keyword_argument') {
        const value = node.childForFieldName('value');
        if (!value) return [];
        return [{ name: fieldText(node, 'name', source), value: readExpression(value, source, false, depth + 1), at }];
      }
      const spread = node.type === 'list_splat' ? '*' : node.type === 'dictionary_splat' ? '**' : null;
      const inner = spread === null ? node : partsOf(node)[0];
      if (!inner) return [];
      const value = readExpression(inner, source, false, depth + 1);
      return [spread === null ? { name: null, value, at } : { name: null, value, spread, at }];
    });
}

function readEntry(
  entry: TreeNode,
  read: (node: TreeNode) => PyExpression,
): readonly { readonly key: PyExpression | null; readonly value: PyExpression }[] {
  if (entry.type === 'dictionary_splat') {
    const [inner] = partsOf(entry);
    return inner ? [{ key: null, value: read(inner) }] : [];
  }
  const key = entry.childForFieldName('key');
  const value = entry.childForFieldName('value');
  return key && value ? [{ key: read(key), value: read(value) }] : [];
}

function readOperator(node: TreeNode, source: PySource, read: (node: TreeNode) => PyExpression): PyExpression {
  const [left, right, more] = partsOf(node);
  // `a < b < c` compares twice.
  if (!left || !right || more) return other(node, source);
  const operator = source.text
    .slice(left.endIndex, right.startIndex)
    .replace(/#[^\n]*|\\/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  return { kind: 'binary', operator, left: read(left), right: read(right) };
}

export function readParameters(list: TreeNode, source: PySource): readonly PyParameter[] {
  return partsOf(list).flatMap((node): PyParameter[] => {
    const name = parameterName(node);
    if (!name) return [];
    const spread = { list_splat_pattern: '*', dictionary_splat_pattern: '**' }[name.type] as '*' | '**' | undefined;
    const type = node.childForFieldName('type');
    const value = node.childForFieldName('value');
    const parameter = {
      name: sourceOf(name, source).replace(/^\*+/, ''),
      annotation: type ? readExpression(type, source, true) : null,
      default: value ? readExpression(value, source) : null,
    };
    return [spread === undefined ? parameter : { ...parameter, spread }];
  });
}

/** The name of a parameter, with its stars; undefined for `*` and `/` alone. */
export function parameterName(node: TreeNode): TreeNode | null | undefined {
  if (node.type === 'identifier' || node.type.endsWith('_splat_pattern')) return node;
  return node.childForFieldName('name') ?? (node.type === 'typed_parameter' ? node.firstNamedChild : undefined);
}
