/** Annotations and the expressions in them. */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaAnnotation, JavaValue } from './model.ts';
import { parseType, simpleName } from './typeText.ts';

export interface JavaSource {
  readonly text: string;
  readonly lines: LineIndex;
  /** Package of a name that an import states; null = none does. */
  readonly importedFrom: (name: string) => string | null;
}

/** Deeper expressions are machine-made or broken. */
const deepest = 60;

export function annotationsOf(declaration: TreeNode, source: JavaSource): readonly JavaAnnotation[] {
  const modifiers = declaration.namedChildren.find(({ type }) => type === 'modifiers');
  return modifiers ? annotationsIn(modifiers, source) : [];
}

export function annotationsIn(modifiers: TreeNode, source: JavaSource): readonly JavaAnnotation[] {
  return modifiers.namedChildren.filter(isAnnotation).map((node) => annotationOf(node, source, 0));
}

function isAnnotation({ type }: TreeNode): boolean {
  return type === 'annotation' || type === 'marker_annotation';
}

function annotationOf(node: TreeNode, source: JavaSource, depth: number): JavaAnnotation {
  const nameNode = node.childForFieldName('name');
  const written = nameNode ? source.text.slice(nameNode.startIndex, nameNode.endIndex).replace(/\s+/gu, '') : '';
  const name = simpleName(written);
  const list = node.childForFieldName('arguments');
  return {
    name,
    package: packageOf(written, source),
    arguments:
      list === null
        ? []
        : list.namedChildren.flatMap((argument) => {
            if (argument.type.endsWith('comment') || argument.type === 'ERROR') return [];
            if (argument.type !== 'element_value_pair')
              return [{ name: 'value', value: valueOf(argument, source, depth + 1) }];
            const key = argument.childForFieldName('key');
            const value = argument.childForFieldName('value');
            return key && value
              ? [{ name: source.text.slice(key.startIndex, key.endIndex), value: valueOf(value, source, depth + 1) }]
              : [];
          }),
    at: source.lines.range(node.startIndex, node.endIndex),
  };
}

/** `@org.hibernate.annotations.Type` says where it is from; of `@JsonProperty.Access` its first part is imported. */
function packageOf(written: string, { importedFrom }: JavaSource): string | null {
  const dot = written.lastIndexOf('.');
  if (dot === -1) return importedFrom(written);
  const qualifier = written.slice(0, dot);
  return /^[a-z]/u.test(qualifier) ? qualifier : importedFrom(qualifier.split('.')[0] ?? '');
}

export function valueOf(node: TreeNode, source: JavaSource, depth = 0): JavaValue {
  const { text } = source;
  const written = (part: TreeNode): string => text.slice(part.startIndex, part.endIndex);
  if (depth > deepest) return { kind: 'other' };
  switch (node.type) {
    case 'string_literal':
      return { kind: 'string', value: stringOf(written(node)), at: source.lines.range(node.startIndex, node.endIndex) };
    case 'character_literal':
      return {
        kind: 'string',
        value: unescaped(written(node).slice(1, -1)),
        at: source.lines.range(node.startIndex, node.endIndex),
      };
    case 'decimal_integer_literal':
    case 'hex_integer_literal':
    case 'octal_integer_literal':
    case 'binary_integer_literal':
    case 'decimal_floating_point_literal': {
      const value = Number(
        written(node)
          .replace(/_/gu, '')
          .replace(/[lLfFdD]$/u, ''),
      );
      return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'other' };
    }
    case 'true':
    case 'false':
      return { kind: 'boolean', value: node.type === 'true' };
    case 'identifier':
    case 'field_access':
    case 'scoped_identifier':
      return { kind: 'name', name: written(node).replace(/\s+/gu, '') };
    case 'class_literal': {
      const type = node.firstNamedChild;
      return type ? { kind: 'class', type: parseType(written(type)) } : { kind: 'other' };
    }
    case 'element_value_array_initializer':
    case 'array_initializer':
      return {
        kind: 'list',
        items: node.namedChildren
          .filter(({ type }) => !type.endsWith('comment') && type !== 'ERROR')
          .map((item) => valueOf(item, source, depth + 1)),
      };
    case 'annotation':
    case 'marker_annotation':
      return { kind: 'annotation', annotation: annotationOf(node, source, depth + 1) };
    case 'parenthesized_expression':
    case 'cast_expression': {
      const inner = node.childForFieldName('value') ?? node.lastNamedChild;
      return inner ? valueOf(inner, source, depth + 1) : { kind: 'other' };
    }
    case 'binary_expression': {
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      if (!left || !right) return { kind: 'other' };
      const operator = text
        .slice(left.endIndex, right.startIndex)
        .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/gu, '')
        .trim();
      return {
        kind: 'binary',
        operator,
        left: valueOf(left, source, depth + 1),
        right: valueOf(right, source, depth + 1),
      };
    }
    default:
      return { kind: 'other' };
  }
}

/** Value of a string literal or text block (JLS 3.10.5, 3.10.6). */
export function stringOf(literal: string): string {
  if (!literal.startsWith('"""')) return unescaped(literal.slice(1, literal.endsWith('"') ? -1 : undefined));
  const lines = literal
    .slice(3, -3)
    .replace(/^[^\n]*\n/u, '')
    .split(/\r?\n/u);
  const indents = lines
    .filter((line, at) => line.trim() !== '' || at === lines.length - 1)
    .map((line) => /^\s*/u.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return unescaped(lines.map((line) => line.slice(indent).trimEnd()).join('\n'));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', s: ' ', '\n': '' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u+([0-9a-fA-F]{4})|([0-7]{1,3})|([\s\S]))/gu,
    (_, hex?: string, octal?: string, char?: string) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      return Object.hasOwn(escapes, char ?? '') ? (escapes[char ?? ''] ?? '') : (char ?? '');
    },
  );
}
