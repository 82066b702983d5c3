/** Expressions of the tree → `Value`. */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { maxText } from './declarations.ts';
import type { FunctionValue, ObjectEntry, Value } from './declarations.ts';
import { readClass } from './readClasses.ts';
import { childrenOf, optionalChildren } from './nodes.ts';

export interface ReadContext {
  readonly text: string;
  readonly lines: LineIndex;
  /** Keep where the keys of objects stand. */
  readonly positions: boolean;
  /** Keep the template of a tagged one as the argument of its tag, and the initial values of members with decorators. */
  readonly whole?: boolean;
}

/** Deeper expressions than people write; beyond it the text alone is kept, so that hostile input cannot exhaust the stack. */
const maxDepth = 60;
/** A constant table of more entries than this maps nothing; its text alone is kept. */
const maxEntries = 2000;

export function readValue(node: TreeNode, context: ReadContext, depth = 0): Value {
  if (depth > maxDepth) return textOf(node, context);
  const inner = (child: TreeNode | null): Value =>
    child ? readValue(child, context, depth + 1) : { is: 'text', text: '' };
  const source = (): string => context.text.slice(node.startIndex, node.endIndex);
  switch (node.type) {
    case 'string':
      return { is: 'literal', value: unescape(context.text.slice(node.startIndex + 1, node.endIndex - 1)) };
    case 'number':
      return readNumber(source());
    case 'true':
    case 'false':
      return { is: 'literal', value: node.type === 'true' };
    case 'null':
      return { is: 'literal', value: null };
    case 'undefined':
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'this':
    case 'super':
      return { is: 'name', name: source() };
    case 'member_expression':
      return readMember(node, context, depth);
    case 'subscript_expression':
      return {
        is: 'index',
        object: inner(node.childForFieldName('object')),
        key: inner(node.childForFieldName('index')),
      };
    case 'parenthesized_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'await_expression':
      return inner(node.firstNamedChild);
    case 'type_assertion':
      return inner(node.lastNamedChild);
    case 'template_string':
      return readTemplate(node, context, depth);
    case 'array': {
      const items = childrenOf(node);
      if (items.length > maxEntries) return textOf(node, context);
      return { is: 'array', items: items.filter(isCode).map((item) => inner(item)) };
    }
    case 'spread_element':
      return { is: 'spread', value: inner(node.firstNamedChild) };
    case 'object':
      return readObject(node, context, depth);
    case 'arrow_function':
    case 'function_expression':
    case 'function_declaration':
    case 'method_definition':
      return readFunction(node, context, depth);
    case 'class':
    case 'class_declaration':
    case 'abstract_class_declaration':
      return { is: 'class', class: readClass(node, context, [], depth + 1) };
    case 'call_expression':
    case 'new_expression': {
      const construct = node.type === 'new_expression';
      return {
        is: 'call',
        callee: inner(node.childForFieldName(construct ? 'constructor' : 'function')),
        arguments: readArguments(node.childForFieldName('arguments'), context, depth + 1),
        construct,
        text: cut(source()),
      };
    }
    case 'binary_expression':
      return {
        is: 'binary',
        operator: operatorOf(node, context),
        left: inner(node.childForFieldName('left')),
        right: inner(node.childForFieldName('right')),
      };
    case 'unary_expression':
      return { is: 'unary', operator: operatorOf(node, context), value: inner(node.childForFieldName('argument')) };
    case 'ternary_expression':
      return {
        is: 'conditional',
        condition: inner(node.childForFieldName('condition')),
        then: inner(node.childForFieldName('consequence')),
        otherwise: inner(node.childForFieldName('alternative')),
      };
    default:
      return textOf(node, context);
  }
}

export function readArguments(node: TreeNode | null, context: ReadContext, depth = 0): readonly Value[] {
  // A tagged template has a template where the arguments would stand.
  if (node?.type === 'template_string' && context.whole === true) return [readValue(node, context, depth)];
  if (node?.type !== 'arguments') return [];
  return childrenOf(node)
    .filter(isCode)
    .map((child) => readValue(child, context, depth));
}

function isCode(node: TreeNode): boolean {
  return node.type !== 'comment' && node.type !== 'ERROR';
}

function textOf(node: TreeNode, context: ReadContext): Value {
  return { is: 'text', text: cut(context.text.slice(node.startIndex, node.endIndex)) };
}

function cut(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText - 1)}…` : text;
}

/** `a.b.c` becomes one name; `f(x).b` an index into the call. */
function readMember(node: TreeNode, context: ReadContext, depth: number): Value {
  const object = node.childForFieldName('object');
  const property = node.childForFieldName('property');
  if (!object || !property) return textOf(node, context);
  const key = context.text.slice(property.startIndex, property.endIndex);
  const left = readValue(object, context, depth + 1);
  if (left.is === 'name') return { is: 'name', name: `${left.name}.${key}` };
  return { is: 'index', object: left, key: { is: 'literal', value: key } };
}

function readNumber(source: string): Value {
  const value = Number(source.replace(/_/g, ''));
  return Number.isNaN(value) ? { is: 'text', text: cut(source) } : { is: 'literal', value };
}

function readTemplate(node: TreeNode, context: ReadContext, depth: number): Value {
  const parts: Value[] = [];
  let from = node.startIndex + 1;
  const literal = (to: number): void => {
    if (to > from) parts.push({ is: 'literal', value: unescape(context.text.slice(from, to)) });
  };
  for (const child of childrenOf(node)) {
    if (child.type !== 'template_substitution') continue;
    literal(child.startIndex);
    const expression = child.firstNamedChild;
    if (expression) parts.push(readValue(expression, context, depth + 1));
    from = child.endIndex;
  }
  literal(node.endIndex - 1);
  if (parts.length === 0) return { is: 'literal', value: '' };
  const [only] = parts;
  return parts.length === 1 && only?.is === 'literal' ? only : { is: 'template', parts };
}

function readObject(node: TreeNode, context: ReadContext, depth: number): Value {
  const children = childrenOf(node);
  if (children.length > maxEntries) return textOf(node, context);
  const entries: ObjectEntry[] = [];
  for (const child of children) {
    const keyNode = child.childForFieldName(child.type === 'method_definition' ? 'name' : 'key');
    const at = context.positions
      ? { at: context.lines.range(child.startIndex, (keyNode ?? child).endIndex) }
      : undefined;
    if (child.type === 'pair' && keyNode) {
      const value = child.childForFieldName('value');
      if (value)
        entries.push({
          key: readKey(keyNode, context, depth + 1),
          value: readValue(value, context, depth + 1),
          ...at,
        });
    } else if (child.type === 'shorthand_property_identifier') {
      const name = context.text.slice(child.startIndex, child.endIndex);
      entries.push({ key: name, value: { is: 'name', name }, ...at });
    } else if (child.type === 'spread_element' && child.firstNamedChild) {
      entries.push({ key: null, value: readValue(child.firstNamedChild, context, depth + 1) });
    } else if (child.type === 'method_definition' && keyNode) {
      entries.push({
        key: readKey(keyNode, context, depth + 1),
        value: readFunction(child, context, depth + 1),
        ...at,
      });
    }
  }
  return { is: 'object', entries };
}

export function readKey(node: TreeNode, context: ReadContext, depth = 0): string | Value {
  const source = context.text.slice(node.startIndex, node.endIndex);
  if (node.type === 'string') return unescape(source.slice(1, -1));
  if (node.type !== 'computed_property_name') return source;
  const expression = node.firstNamedChild;
  const value = expression ? readValue(expression, context, depth + 1) : null;
  if (value?.is === 'literal') return String(value.value);
  return value ?? source;
}

function operatorOf(node: TreeNode, context: ReadContext): string {
  const operator = node.childForFieldName('operator');
  return operator ? context.text.slice(operator.startIndex, operator.endIndex) : '';
}

export function readFunction(node: TreeNode, context: ReadContext, depth = 0): FunctionValue {
  const body = node.childForFieldName('body');
  const single = node.childForFieldName('parameter');
  const parameters = (single ? [single] : optionalChildren(node.childForFieldName('parameters')))
    .filter(isCode)
    .map((parameter) => {
      const pattern = parameter.childForFieldName('pattern') ?? parameter;
      return pattern.type === 'identifier' ? context.text.slice(pattern.startIndex, pattern.endIndex) : '';
    });
  const text = cut(context.text.slice(node.startIndex, node.endIndex));
  if (body?.type !== 'statement_block') {
    return {
      is: 'function',
      parameters,
      returns: body ? readValue(body, context, depth + 1) : null,
      locals: [],
      applies: [],
      simple: true,
      text,
    };
  }
  let returns: Value | null = null;
  const locals: (readonly [string, Value])[] = [];
  const applies: Value[] = [];
  let simple = true;
  for (const statement of childrenOf(body)) {
    if (statement.type === 'return_statement') {
      const value = statement.firstNamedChild;
      if (value) returns = readValue(value, context, depth + 1);
    } else if (statement.type === 'class_declaration' || statement.type === 'abstract_class_declaration') {
      const declared = readClass(statement, context, [], depth + 1);
      locals.push([declared.name, { is: 'class', class: declared }]);
    } else if (statement.type === 'lexical_declaration') {
      for (const [name, value] of readVariables(statement, context, depth + 1)) locals.push([name, value]);
    } else if (statement.type === 'expression_statement') {
      const call = statement.firstNamedChild;
      const callee = call?.type === 'call_expression' ? call.childForFieldName('function') : null;
      if (callee?.type === 'call_expression') applies.push(readValue(callee, context, depth + 1));
      simple = false;
    } else if (statement.type !== 'comment') {
      simple = false;
    }
  }
  return { is: 'function', parameters, returns, locals, applies, simple, text };
}

export function readVariables(
  statement: TreeNode,
  context: ReadContext,
  depth = 0,
): readonly (readonly [string, Value])[] {
  const variables: (readonly [string, Value])[] = [];
  for (const declarator of childrenOf(statement)) {
    if (declarator.type !== 'variable_declarator') continue;
    const name = declarator.childForFieldName('name');
    const value = declarator.childForFieldName('value');
    if (name?.type === 'identifier' && value)
      variables.push([context.text.slice(name.startIndex, name.endIndex), readValue(value, context, depth)]);
  }
  return variables;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' };

export function unescape(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_match, braced?: string, four?: string, two?: string, plain?: string) => {
      const hex = braced ?? four ?? two;
      if (hex !== undefined) {
        const code = parseInt(hex, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : '';
      }
      if (plain === '\n' || plain === '\r\n') return '';
      return escapes[plain ?? ''] ?? plain ?? '';
    },
  );
}
