/** Trees of JavaScript and TypeScript → `Program`. */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { childrenOf, optionalChildren } from './nodes.ts';
import { maxOtherText } from './program.ts';
import type { Entry, Expression, FunctionExpression, Pattern, Program, Spot, Statement } from './program.ts';
import { createModuleReader } from './readModuleParts.ts';
import { unescape } from './readValues.ts';

/** Deeper code than people write (a chain of promises is as deep as it is long); beyond it nothing is followed, so that no input can exhaust the stack. */
const maxDepth = 400;
/** A program of more nodes is data (rows to insert); what comes after is not kept. */
const maxNodes = 40_000;

interface Source {
  readonly text: string;
  readonly lines: LineIndex;
}

export function readProgram(tree: TreeNode, source: Source): Program {
  return createProgramReader(source).statements(tree);
}

interface ProgramReader {
  statements(node: TreeNode | null): readonly Statement[];
}

function createProgramReader({ text, lines }: Source): ProgramReader {
  let depth = 0;
  let nodes = 0;
  const slice = (node: TreeNode | null): string => (node ? text.slice(node.startIndex, node.endIndex) : '');
  const other = (node: TreeNode | null): Expression => ({ is: 'other', text: slice(node).slice(0, maxOtherText) });
  const spot = (node: TreeNode): Spot => {
    const { line, column, endLine, endColumn } = lines.range(node.startIndex, node.endIndex);
    return [line, column, endLine, endColumn];
  };
  const coded = (node: TreeNode | null): readonly TreeNode[] =>
    optionalChildren(node).filter(({ type }) => type !== 'comment' && type !== 'ERROR');
  const field = (node: TreeNode, name: string): TreeNode | null => node.childForFieldName(name);

  function expression(node: TreeNode | null): Expression {
    if (!node || depth > maxDepth || ++nodes > maxNodes) return other(node);
    depth++;
    const read = readExpression(node);
    depth--;
    return read;
  }

  function readExpression(node: TreeNode): Expression {
    switch (node.type) {
      case 'string':
        return { is: 'literal', value: unescape(text.slice(node.startIndex + 1, node.endIndex - 1)) };
      case 'number':
        return numberOf(slice(node)) ?? other(node);
      case 'true':
      case 'false':
        return { is: 'literal', value: node.type === 'true' };
      case 'null':
        return { is: 'literal', value: null };
      case 'undefined':
      case 'identifier':
      case 'shorthand_property_identifier':
      case 'this':
        return { is: 'name', name: slice(node) };
      case 'parenthesized_expression':
      case 'as_expression':
      case 'satisfies_expression':
      case 'non_null_expression':
      case 'await_expression':
        return expression(coded(node)[0] ?? null);
      case 'type_assertion':
        return expression(node.lastNamedChild);
      case 'member_expression':
        return { is: 'member', object: expression(field(node, 'object')), name: slice(field(node, 'property')) };
      case 'subscript_expression':
        return { is: 'index', object: expression(field(node, 'object')), key: expression(field(node, 'index')) };
      case 'template_string':
        return { is: 'template', tag: null, parts: templateParts(node), at: spot(node) };
      case 'array':
        return { is: 'array', items: coded(node).map(expression) };
      case 'spread_element':
        return { is: 'spread', value: expression(node.firstNamedChild) };
      case 'object':
        return { is: 'object', entries: coded(node).flatMap(entry) };
      case 'arrow_function':
      case 'function_expression':
      case 'function_declaration':
      case 'generator_function':
      case 'method_definition':
        return functionOf(node);
      case 'class':
        return classOf(node);
      case 'call_expression':
      case 'new_expression':
        return callOf(node);
      case 'binary_expression':
        return {
          is: 'binary',
          operator: slice(field(node, 'operator')),
          left: expression(field(node, 'left')),
          right: expression(field(node, 'right')),
        };
      case 'unary_expression':
        return { is: 'unary', operator: slice(field(node, 'operator')), value: expression(field(node, 'argument')) };
      case 'update_expression':
        return {
          is: 'assign',
          operator: slice(field(node, 'operator')) === '--' ? '-=' : '+=',
          target: pattern(field(node, 'argument')),
          value: { is: 'literal', value: 1 },
        };
      case 'ternary_expression':
        return {
          is: 'conditional',
          condition: expression(field(node, 'condition')),
          then: expression(field(node, 'consequence')),
          otherwise: expression(field(node, 'alternative')),
        };
      case 'assignment_expression':
      case 'augmented_assignment_expression':
        return {
          is: 'assign',
          operator: node.type === 'assignment_expression' ? '=' : slice(field(node, 'operator')),
          target: pattern(field(node, 'left')),
          value: expression(field(node, 'right')),
        };
      case 'sequence_expression':
        return { is: 'sequence', items: coded(node).map(expression) };
      default:
        return other(node);
    }
  }

  function callOf(node: TreeNode): Expression {
    const construct = node.type === 'new_expression';
    const callee = expression(field(node, construct ? 'constructor' : 'function'));
    const given = field(node, 'arguments');
    if (given?.type === 'template_string')
      return { is: 'template', tag: callee, parts: templateParts(given), at: spot(node) };
    const args = coded(given).map(expression);
    const [first] = args;
    if (callee.is === 'name' && callee.name === 'require' && first?.is === 'literal')
      return { is: 'import', module: String(first.value), name: '*' };
    return { is: 'call', callee, arguments: args, construct, at: spot(node) };
  }

  function templateParts(node: TreeNode): readonly Expression[] {
    const parts: Expression[] = [];
    let from = node.startIndex + 1;
    const literal = (to: number): void => {
      if (to > from) parts.push({ is: 'literal', value: unescape(text.slice(from, to)) });
    };
    for (const child of childrenOf(node)) {
      if (child.type !== 'template_substitution') continue;
      literal(child.startIndex);
      parts.push(expression(coded(child)[0] ?? null));
      from = child.endIndex;
    }
    literal(node.endIndex - 1);
    return parts;
  }

  function entry(node: TreeNode): readonly Entry[] {
    const key = field(node, node.type === 'method_definition' ? 'name' : 'key');
    if (node.type === 'pair' && key) return [{ key: keyOf(key), value: expression(field(node, 'value')) }];
    if (node.type === 'method_definition' && key) return [{ key: keyOf(key), value: expression(node) }];
    if (node.type === 'shorthand_property_identifier') return [{ key: slice(node), value: expression(node) }];
    if (node.type === 'spread_element') return [{ key: null, value: expression(node.firstNamedChild) }];
    return [];
  }

  function keyOf(node: TreeNode): string | Expression {
    if (node.type === 'string') return unescape(slice(node).slice(1, -1));
    return node.type === 'computed_property_name' ? expression(node.firstNamedChild) : slice(node);
  }

  function functionOf(node: TreeNode): FunctionExpression {
    const single = field(node, 'parameter');
    const body = field(node, 'body');
    return {
      is: 'function',
      parameters: (single ? [single] : coded(field(node, 'parameters'))).map(parameter),
      body:
        body?.type === 'statement_block' ? statements(body) : body ? [{ is: 'return', value: expression(body) }] : [],
    };
  }

  function parameter(node: TreeNode): Pattern {
    const target = field(node, 'pattern');
    if (!target) return pattern(node);
    const standard = field(node, 'value');
    return standard ? { is: 'default', target: pattern(target), value: expression(standard) } : pattern(target);
  }

  function pattern(node: TreeNode | null): Pattern {
    if (!node || depth > maxDepth || ++nodes > maxNodes) return { is: 'nothing' };
    depth++;
    const read = readPattern(node);
    depth--;
    return read;
  }

  function readPattern(node: TreeNode): Pattern {
    switch (node.type) {
      case 'identifier':
      case 'shorthand_property_identifier_pattern':
      case 'shorthand_property_identifier':
        return { is: 'name', name: slice(node) };
      case 'object':
      case 'object_pattern':
        return objectPattern(node);
      case 'array':
      case 'array_pattern':
        return { is: 'array', items: coded(node).map(pattern) };
      case 'rest_pattern':
      case 'spread_element':
        return { is: 'rest', target: pattern(node.firstNamedChild) };
      case 'assignment_pattern':
      case 'object_assignment_pattern':
        return { is: 'default', target: pattern(field(node, 'left')), value: expression(field(node, 'right')) };
      case 'parenthesized_expression':
      case 'non_null_expression':
        return pattern(node.firstNamedChild);
      case 'member_expression':
        return {
          is: 'place',
          object: expression(field(node, 'object')),
          key: { is: 'literal', value: slice(field(node, 'property')) },
        };
      case 'subscript_expression':
        return { is: 'place', object: expression(field(node, 'object')), key: expression(field(node, 'index')) };
      default:
        return { is: 'nothing' };
    }
  }

  function objectPattern(node: TreeNode): Pattern {
    const entries: (readonly [string, Pattern])[] = [];
    let rest: Pattern | null = null;
    for (const child of coded(node)) {
      const key = field(child, 'key');
      const left = field(child, 'left');
      if ((child.type === 'pair' || child.type === 'pair_pattern') && key) {
        const name = keyOf(key);
        if (typeof name === 'string') entries.push([name, pattern(field(child, 'value'))]);
      } else if (child.type === 'object_assignment_pattern' && left) entries.push([slice(left), pattern(child)]);
      else if (child.type.startsWith('shorthand_property_identifier')) entries.push([slice(child), pattern(child)]);
      else if (child.type === 'rest_pattern') rest = pattern(child.firstNamedChild);
    }
    return { is: 'object', entries, rest };
  }

  const { classOf, enumOf, importsOf, exportsOf } = createModuleReader({
    slice,
    field,
    coded,
    expression,
    keyOf,
    statement,
  });

  function statements(node: TreeNode | null): readonly Statement[] {
    return coded(node).flatMap(statement);
  }

  /** Of `if (a) b();` as of `if (a) { b(); }`. */
  function body(node: TreeNode | null): readonly Statement[] {
    if (!node) return [];
    return node.type === 'statement_block' || node.type === 'else_clause' ? statements(node) : statement(node);
  }

  function statement(node: TreeNode): readonly Statement[] {
    if (depth > maxDepth || ++nodes > maxNodes) return [];
    depth++;
    const read = readStatement(node);
    depth--;
    return read;
  }

  function readStatement(node: TreeNode): readonly Statement[] {
    switch (node.type) {
      case 'expression_statement':
        return coded(node).map((value) => ({ is: 'do', value: expression(value) }));
      case 'return_statement':
        return [{ is: 'return', value: coded(node)[0] ? expression(coded(node)[0] ?? null) : null }];
      case 'throw_statement':
        return [{ is: 'throw' }];
      case 'lexical_declaration':
      case 'variable_declaration':
        return coded(node)
          .filter(({ type }) => type === 'variable_declarator')
          .map((declarator) => {
            const value = field(declarator, 'value');
            return {
              is: 'declare',
              target: pattern(field(declarator, 'name')),
              value: value ? expression(value) : null,
            };
          });
      case 'function_declaration':
      case 'generator_function_declaration':
        return [{ is: 'declare', target: { is: 'name', name: slice(field(node, 'name')) }, value: functionOf(node) }];
      case 'class_declaration':
      case 'abstract_class_declaration':
        return [{ is: 'declare', target: { is: 'name', name: slice(field(node, 'name')) }, value: classOf(node) }];
      case 'enum_declaration':
        return [{ is: 'declare', target: { is: 'name', name: slice(field(node, 'name')) }, value: enumOf(node) }];
      case 'statement_block':
        return [{ is: 'block', body: statements(node) }];
      case 'if_statement':
        return [
          {
            is: 'if',
            condition: expression(field(node, 'condition')),
            then: body(field(node, 'consequence')),
            otherwise: body(field(node, 'alternative')),
            at: spot(node),
          },
        ];
      case 'for_in_statement':
        return [
          {
            is: 'each',
            target: pattern(field(node, 'left')),
            keys: slice(field(node, 'operator')) === 'in',
            list: expression(field(node, 'right')),
            body: body(field(node, 'body')),
            at: spot(node),
          },
        ];
      case 'for_statement': {
        const before = field(node, 'initializer');
        const condition = field(node, 'condition');
        const after = field(node, 'increment');
        return [
          {
            is: 'loop',
            before: before ? statement(before) : [],
            condition: condition ? expression(unwrapped(condition)) : null,
            after: after ? expression(after) : null,
            body: body(field(node, 'body')),
            at: spot(node),
          },
        ];
      }
      case 'while_statement':
      case 'do_statement':
        return [
          {
            is: 'loop',
            before: [],
            condition: expression(field(node, 'condition')),
            after: null,
            body: body(field(node, 'body')),
            at: spot(node),
          },
        ];
      case 'switch_statement':
        return [
          {
            is: 'switch',
            value: expression(field(node, 'value')),
            cases: coded(field(node, 'body')).map((each) => {
              const test = field(each, 'value');
              const inner = coded(each).filter((child) => child.startIndex !== test?.startIndex);
              return { test: test ? expression(test) : null, body: inner.flatMap(statement) };
            }),
            at: spot(node),
          },
        ];
      case 'try_statement': {
        const last = coded(node).find(({ type }) => type === 'finally_clause');
        return [
          { is: 'try', body: statements(field(node, 'body')), after: last ? statements(field(last, 'body')) : [] },
        ];
      }
      case 'break_statement':
        return [{ is: 'break' }];
      case 'continue_statement':
        return [{ is: 'continue' }];
      case 'import_statement':
        return importsOf(node);
      case 'export_statement':
        return exportsOf(node);
      default:
        return [];
    }
  }

  function unwrapped(node: TreeNode): TreeNode {
    return node.type === 'expression_statement' ? (node.firstNamedChild ?? node) : node;
  }

  return { statements };
}

function numberOf(written: string): Expression | null {
  const value = Number(written.replaceAll('_', ''));
  return Number.isNaN(value) ? null : { is: 'literal', value };
}
