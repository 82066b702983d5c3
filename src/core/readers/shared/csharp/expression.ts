/**
 * Expressions and statements of configuration code (`OnModelCreating`, mapping classes), copied out of the tree so that linking can run
 * them with the classes of all files at hand.
 */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { CallExpr, Expr, FunctionExpr, Member, Stmt } from './ast.ts';
import { literalValue, unescaped } from './literals.ts';
import { argumentsOf, typeOf } from './types.ts';

export interface Source {
  readonly text: string;
  readonly lines: LineIndex;
}

/** Nesting beyond which an expression is kept as text, so that no input can exhaust the stack. */
const deepest = 160;

/** Rows of seed data: large, and no part of the schema. */
const leftOut = new Set(['HasData', 'InsertData']);

export function expressionOf(node: TreeNode | null, source: Source, depth = 0): Expr {
  if (!node) return { k: 'other', s: '' };
  const { text } = source;
  const written = (): string => text.slice(node.startIndex, Math.min(node.endIndex, node.startIndex + 160));
  if (depth > deepest) return { k: 'other', s: written() };
  const literal = literalValue(node, text);
  if (literal !== undefined) return { k: 'lit', v: literal };
  const inner = (child: TreeNode | null): Expr => expressionOf(child, source, depth + 1);
  const field = (name: string): TreeNode | null => node.childForFieldName(name);
  switch (node.type) {
    case 'identifier':
    case 'predefined_type':
    case 'this':
    case 'base':
      return { k: 'name', n: written().replace(/^@/u, '') };
    case 'generic_name':
      return { k: 'name', n: written() };
    case 'parenthesized_expression':
    case 'await_expression':
    case 'postfix_unary_expression':
    case 'checked_expression':
    case 'ref_expression':
      return inner(node.firstNamedChild);
    case 'member_access_expression':
      return { k: 'get', on: inner(field('expression')), n: nameOf(field('name'), text) };
    case 'conditional_access_expression':
      return conditional(inner(field('condition')), node.lastNamedChild, source, depth);
    case 'invocation_expression':
      return callOf(node, source, depth);
    case 'lambda_expression':
    case 'anonymous_method_expression':
      return functionOf(node, source, depth);
    case 'object_creation_expression':
    case 'implicit_object_creation_expression': {
      const type = field('type');
      const list = node.namedChildren.find((child) => child.type === 'argument_list');
      return {
        k: 'new',
        t: type ? typeOf(type, text) : null,
        a: list ? argumentList(list, source, depth).a : [],
        m: initializer(field('initializer'), source, depth),
      };
    }
    case 'anonymous_object_creation_expression':
      return { k: 'new', t: null, a: [], m: anonymousMembers(node, source, depth) };
    case 'array_creation_expression':
    case 'implicit_array_creation_expression':
    case 'initializer_expression': {
      const list =
        node.type === 'initializer_expression'
          ? node
          : node.namedChildren.find((child) => child.type === 'initializer_expression');
      return { k: 'list', i: (list?.namedChildren ?? []).map(inner) };
    }
    case 'collection_expression':
      return {
        k: 'list',
        i: node.namedChildren.map((child) =>
          inner(child.type === 'collection_element' ? child.firstNamedChild : child),
        ),
      };
    // `["a", "b"]`: the grammar takes a collection for the index of a conditional access, with a missing name where it is empty.
    case 'element_binding_expression': {
      const items = node.namedChildren.filter(({ startIndex, endIndex }) => endIndex > startIndex);
      if (items.some((item) => item.firstNamedChild?.type === 'range_expression')) return { k: 'other', s: written() };
      return { k: 'list', i: items.map(inner) };
    }
    case 'typeof_expression':
      return { k: 'typeof', t: typeOf(field('type') ?? node.firstNamedChild, text) };
    case 'interpolated_string_expression':
      return { k: 'text', p: partsOf(node, source, depth) };
    case 'binary_expression': {
      const [left, right] = [field('left'), field('right')];
      if (!left || !right) return { k: 'other', s: written() };
      return {
        k: 'bin',
        o: text
          .slice(left.endIndex, right.startIndex)
          .replace(/\/\*[\s\S]*?\*\/|\/\/.*/gu, '')
          .trim(),
        l: inner(left),
        r: inner(right),
      };
    }
    case 'prefix_unary_expression': {
      const operand = inner(node.lastNamedChild);
      if (written().startsWith('!')) return { k: 'not', e: operand };
      if (written().startsWith('-') && operand.k === 'lit' && typeof operand.v === 'number')
        return { k: 'lit', v: -operand.v };
      return { k: 'other', s: written() };
    }
    case 'cast_expression':
      return inner(field('value') ?? node.lastNamedChild);
    case 'as_expression':
      return inner(field('left') ?? node.firstNamedChild);
    case 'is_expression':
      return {
        k: 'is',
        e: inner(field('left') ?? node.firstNamedChild),
        t: typeOf(field('right') ?? node.lastNamedChild, text),
      };
    case 'is_pattern_expression': {
      const pattern = field('pattern') ?? node.lastNamedChild;
      const kids = pattern?.namedChildren ?? [];
      if (pattern?.type === 'negated_pattern')
        return { k: 'not', e: { k: 'is', e: inner(node.firstNamedChild), t: typeOf(kids[0] ?? null, text) } };
      return { k: 'is', e: inner(node.firstNamedChild), t: typeOf(kids[0] ?? pattern, text) };
    }
    case 'conditional_expression':
      return { k: 'if', c: inner(field('condition')), t: inner(field('consequence')), f: inner(field('alternative')) };
    case 'element_access_expression':
      return {
        k: 'index',
        on: inner(field('expression')),
        i: inner(field('subscript')?.firstNamedChild?.firstNamedChild ?? null),
      };
    case 'assignment_expression':
      return { k: 'set', l: inner(field('left')), r: inner(field('right')) };
    case 'argument':
    case 'arrow_expression_clause':
      return inner(node.lastNamedChild);
    default:
      return { k: 'other', s: written() };
  }
}

function nameOf(node: TreeNode | null, text: string): string {
  if (!node) return '';
  const name = node.type === 'generic_name' ? node.firstNamedChild : node;
  return name ? text.slice(name.startIndex, name.endIndex).replace(/^@/u, '') : '';
}

/** `a?.b`, `a?[0]`, `a?.b()`: as if there were no question mark. */
function conditional(on: Expr, bound: TreeNode | null, source: Source, depth: number): Expr {
  if (!bound || depth > deepest) return on;
  if (bound.type === 'member_binding_expression')
    return { k: 'get', on, n: nameOf(bound.childForFieldName('name') ?? bound.lastNamedChild, source.text) };
  if (bound.type === 'invocation_expression') {
    const callee = bound.childForFieldName('function');
    const inner = conditional(on, callee, source, depth + 1);
    if (inner.k !== 'get') return inner;
    const list = bound.childForFieldName('arguments');
    return call(inner.on, callee?.lastNamedChild ?? null, list, source, depth);
  }
  if (bound.type === 'member_access_expression') {
    const inner = conditional(on, bound.childForFieldName('expression'), source, depth + 1);
    return { k: 'get', on: inner, n: nameOf(bound.childForFieldName('name'), source.text) };
  }
  return on;
}

function callOf(node: TreeNode, source: Source, depth: number): Expr {
  const callee = node.childForFieldName('function');
  const list = node.childForFieldName('arguments');
  if (callee?.type === 'member_access_expression') {
    const on = expressionOf(callee.childForFieldName('expression'), source, depth + 1);
    return call(on, callee.childForFieldName('name'), list, source, depth);
  }
  if (callee?.type === 'conditional_access_expression') {
    const on = conditional(
      expressionOf(callee.childForFieldName('condition'), source, depth + 1),
      callee.lastNamedChild,
      source,
      depth + 1,
    );
    const bound = callee.lastNamedChild;
    if (on.k === 'get')
      return call(on.on, bound?.childForFieldName('name') ?? bound?.lastNamedChild ?? null, list, source, depth);
    return on;
  }
  const written = callee ? source.text.slice(callee.startIndex, callee.endIndex) : '';
  if (written === 'nameof') {
    const argument = list ? source.text.slice(list.startIndex + 1, list.endIndex - 1).trim() : '';
    return { k: 'lit', v: argument.replace(/<.*>$/su, '').replace(/^.*\./su, '') };
  }
  return call(null, callee, list, source, depth);
}

function call(on: Expr | null, name: TreeNode | null, list: TreeNode | null, source: Source, depth: number): CallExpr {
  const { text, lines } = source;
  const method = nameOf(name, text);
  const types =
    name?.type === 'generic_name' ? name.namedChildren.find(({ type }) => type === 'type_argument_list') : null;
  return {
    k: 'call',
    on,
    n: method,
    t: argumentsOf(types, text),
    ...(list && !leftOut.has(method) ? argumentList(list, source, depth) : { a: [] }),
    at: name ? lines.range(name.startIndex, name.endIndex) : lines.range(0, 0),
  };
}

function argumentList(
  list: TreeNode,
  source: Source,
  depth: number,
): { a: readonly Expr[]; names?: readonly (string | null)[] } {
  const given = list.namedChildren.filter(({ type }) => type === 'argument');
  const names = given.map((argument) => {
    const name = argument.childForFieldName('name');
    return name ? source.text.slice(name.startIndex, name.endIndex).replace(/\s*:$/u, '') : null;
  });
  const a = given.map((argument) => expressionOf(argument.lastNamedChild, source, depth + 1));
  return names.some((name) => name !== null) ? { a, names } : { a };
}

export function functionOf(node: TreeNode, source: Source, depth = 0): FunctionExpr {
  const body = node.childForFieldName('body') ?? node.lastNamedChild;
  return {
    k: 'fn',
    p: parameterNames(node.childForFieldName('parameters'), source.text),
    b: bodyOf(body, source, depth),
  };
}

export function bodyOf(body: TreeNode | null, source: Source, depth = 0): Expr | readonly Stmt[] {
  if (body?.type === 'block') return statementsOf(body, source, depth + 1);
  if (body?.type === 'arrow_expression_clause') return expressionOf(body.lastNamedChild, source, depth + 1);
  return expressionOf(body, source, depth + 1);
}

export function parameterNames(node: TreeNode | null, text: string): readonly string[] {
  if (!node) return [];
  if (node.type !== 'parameter_list') return [text.slice(node.startIndex, node.endIndex).trim()];
  return node.namedChildren
    .filter(({ type }) => type === 'parameter' || type === 'identifier' || type === 'implicit_parameter')
    .map((parameter) => {
      const name = parameter.childForFieldName('name') ?? parameter;
      return text.slice(name.startIndex, name.endIndex).replace(/^@/u, '');
    });
}

function initializer(node: TreeNode | null, source: Source, depth: number): readonly Member[] {
  return (node?.namedChildren ?? []).map((child): Member => {
    if (child.type !== 'assignment_expression') return { n: null, v: expressionOf(child, source, depth + 1) };
    const left = child.childForFieldName('left');
    return {
      n: left ? source.text.slice(left.startIndex, left.endIndex) : null,
      v: expressionOf(child.childForFieldName('right'), source, depth + 1),
    };
  });
}

/** `new { x.Id, Name = x.Title }` */
function anonymousMembers(node: TreeNode, source: Source, depth: number): readonly Member[] {
  const members: Member[] = [];
  const children = node.namedChildren;
  for (const [at, child] of children.entries()) {
    const next = children[at + 1];
    const between = next ? source.text.slice(child.endIndex, next.startIndex).trim() : '';
    if (child.type === 'identifier' && between === '=') continue;
    const before = children[at - 1];
    const named = before?.type === 'identifier' && source.text.slice(before.endIndex, child.startIndex).trim() === '=';
    members.push({
      n: named ? source.text.slice(before.startIndex, before.endIndex) : null,
      v: expressionOf(child, source, depth + 1),
    });
  }
  return members;
}

function partsOf(node: TreeNode, source: Source, depth: number): readonly Expr[] {
  const start = source.text.slice(node.startIndex, node.startIndex + 3);
  const plain = !start.includes('@');
  return node.namedChildren.flatMap((child): Expr[] => {
    const written = source.text.slice(child.startIndex, child.endIndex);
    if (child.type === 'interpolation') {
      const expression = child.namedChildren.find(({ type }) => !type.startsWith('interpolation_'));
      return [expressionOf(expression ?? null, source, depth + 1)];
    }
    if (child.type === 'string_content') {
      const braces = written.replaceAll('{{', '{').replaceAll('}}', '}');
      return [{ k: 'lit', v: plain ? unescaped(braces) : braces.replaceAll('""', '"') }];
    }
    return child.type === 'escape_sequence' ? [{ k: 'lit', v: unescaped(written) }] : [];
  });
}

export function statementsOf(block: TreeNode | null, source: Source, depth = 0): readonly Stmt[] {
  if (!block || depth > deepest) return [];
  return block.namedChildren.flatMap((child) => statementOf(child, source, depth + 1));
}

function nested(node: TreeNode | null, source: Source, depth: number): readonly Stmt[] {
  if (!node) return [];
  return node.type === 'block' ? statementsOf(node, source, depth) : statementOf(node, source, depth + 1);
}

function statementOf(node: TreeNode, source: Source, depth: number): readonly Stmt[] {
  if (depth > deepest) return [];
  const field = (name: string): TreeNode | null => node.childForFieldName(name);
  switch (node.type) {
    case 'expression_statement':
      return [{ k: 'do', e: expressionOf(node.firstNamedChild, source, depth) }];
    case 'local_declaration_statement':
    case 'using_statement': {
      const declaration = node.namedChildren.find(({ type }) => type === 'variable_declaration');
      const lets = (declaration?.namedChildren ?? [])
        .filter(({ type }) => type === 'variable_declarator')
        .map((declarator): Stmt => {
          const name = declarator.childForFieldName('name');
          const value = declarator.lastNamedChild;
          return {
            k: 'let',
            n: name ? source.text.slice(name.startIndex, name.endIndex) : '',
            e: value && value.index !== name?.index ? expressionOf(value, source, depth) : null,
          };
        });
      return node.type === 'using_statement' ? [...lets, ...nested(field('body'), source, depth)] : lets;
    }
    case 'foreach_statement': {
      const left = field('left');
      return [
        {
          k: 'each',
          n: left ? source.text.slice(left.startIndex, left.endIndex) : '',
          over: expressionOf(field('right'), source, depth),
          b: nested(field('body'), source, depth),
        },
      ];
    }
    case 'if_statement':
      return [
        {
          k: 'cond',
          c: expressionOf(field('condition'), source, depth),
          t: nested(field('consequence'), source, depth),
          f: nested(field('alternative'), source, depth),
        },
      ];
    case 'return_statement':
      return [{ k: 'return', e: node.firstNamedChild ? expressionOf(node.firstNamedChild, source, depth) : null }];
    case 'local_function_statement': {
      const name = field('name');
      return name
        ? [{ k: 'local', n: source.text.slice(name.startIndex, name.endIndex), f: functionOf(node, source, depth) }]
        : [];
    }
    case 'block':
    case 'checked_statement':
    case 'lock_statement':
    case 'for_statement':
    case 'while_statement':
      return nested(field('body') ?? node, source, depth);
    case 'try_statement':
      return nested(field('body'), source, depth);
    default:
      // Branches of the preprocessor: what stands in them is read as if all were chosen.
      return node.type.startsWith('preproc_') ? statementsOf(node, source, depth) : [];
  }
}
