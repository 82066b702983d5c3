/** Annotations of Kotlin and the expressions in them, as those of Java that they compile to. */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaAnnotation, JavaValue } from '../java/model.ts';
import { simpleName } from '../java/typeText.ts';
import { templateParts, unescaped } from './templates.ts';
import { plainName, typeOf } from './types.ts';
import type { TypeSource } from './types.ts';

export interface KotlinSource extends TypeSource {
  readonly lines: LineIndex;
  /** Package of a name that an import states; null = none does. */
  readonly importedFrom: (name: string) => string | null;
}

/** An annotation with the place it is meant for: `get` of `@get:Column`; null = none is stated. */
export interface Targeted {
  readonly target: string | null;
  readonly annotation: JavaAnnotation;
}

/** Deeper expressions are machine-made or broken. */
const deepest = 60;

export function textOf(node: TreeNode, { text }: { readonly text: string }): string {
  return text.slice(node.startIndex, node.endIndex);
}

/** Of a declaration, or of `modifiers` and `parameter_modifiers` themselves. */
export function annotationsOf(node: TreeNode | undefined, source: KotlinSource): readonly Targeted[] {
  if (!node) return [];
  const modifiers = node.type.endsWith('modifiers')
    ? node
    : node.namedChildren.find(({ type }) => type === 'modifiers');
  return annotationsIn(modifiers?.namedChildren ?? [], source);
}

export function annotationsIn(nodes: readonly TreeNode[], source: KotlinSource): readonly Targeted[] {
  return nodes.flatMap((each) => (each.type === 'annotation' ? readAnnotation(each, source) : []));
}

/** `@field:[NotNull Column(name = "a")]` are several. */
function readAnnotation(node: TreeNode, source: KotlinSource): Targeted[] {
  const children = node.namedChildren;
  const site = children.find(({ type }) => type === 'use_site_target');
  const target = site ? textOf(site, source).replace(/[\s:]/gu, '') : null;
  const made = children.filter(({ type }) => type === 'constructor_invocation' || type === 'user_type');
  return made.map((each) => {
    const type = each.type === 'user_type' ? each : each.firstNamedChild;
    const at = made.length === 1 ? node : each;
    return {
      target,
      annotation: annotationNamed(
        type ? typeOf(type, source, true).name : '',
        each.namedChildren.find((child) => child.type === 'value_arguments'),
        at,
        source,
        0,
      ),
    };
  });
}

function annotationNamed(
  written: string,
  list: TreeNode | undefined,
  node: TreeNode,
  source: KotlinSource,
  depth: number,
): JavaAnnotation {
  const stated: { name: string; value: JavaValue }[] = [];
  for (const argument of list?.namedChildren ?? []) {
    if (argument.type !== 'value_argument') continue;
    const named = namedArgument(argument, source);
    if (named) stated.push({ name: named.name ?? 'value', value: valueOf(named.value, source, depth + 1) });
  }
  // Values without a name are one list: `@NamedQueries(NamedQuery(…), NamedQuery(…))`.
  const unnamed = stated.filter(({ name }) => name === 'value');
  const others = stated.filter(({ name }) => name !== 'value');
  const value: JavaValue | undefined =
    unnamed.length > 1
      ? {
          kind: 'list',
          items: unnamed.flatMap((each) => (each.value.kind === 'list' ? each.value.items : [each.value])),
        }
      : unnamed[0]?.value;
  return {
    name: simpleName(written),
    package: packageOf(written, source),
    arguments: value ? [{ name: 'value', value }, ...others] : others,
    at: source.lines.range(node.startIndex, node.endIndex),
  };
}

/** `name = value`, or a value alone. */
export function namedArgument(
  argument: TreeNode,
  source: { readonly text: string },
): { readonly name: string | null; readonly value: TreeNode } | null {
  const [first, ...rest] = argument.namedChildren.filter(({ type }) => !type.endsWith('comment'));
  if (!first) return null;
  const value = rest.at(-1);
  const between = value ? source.text.slice(first.endIndex, value.startIndex) : '';
  if (value && first.type === 'identifier' && /^\s*=/u.test(between))
    return { name: plainName(textOf(first, source)), value };
  return { name: null, value: value ?? first };
}

/** `jakarta.persistence.Id` says where it is from; of `JsonProperty.Access` the first part is imported. */
function packageOf(written: string, { importedFrom }: KotlinSource): string | null {
  const dot = written.lastIndexOf('.');
  if (dot === -1) return importedFrom(written);
  const qualifier = written.slice(0, dot);
  return /^[a-z]/u.test(qualifier) ? qualifier : importedFrom(qualifier.split('.')[0] ?? '');
}

export function valueOf(node: TreeNode, source: KotlinSource, depth = 0): JavaValue {
  if (depth > deepest) return { kind: 'other' };
  switch (node.type) {
    case 'string_literal':
    case 'multiline_string_literal':
      return templateOf(node, source, depth);
    case 'character_literal':
      return {
        kind: 'string',
        value: unescaped(textOf(node, source).slice(1, -1)),
        at: source.lines.range(node.startIndex, node.endIndex),
      };
    case 'number_literal':
    case 'float_literal': {
      const written = textOf(node, source).replace(/_/gu, '');
      const value = Number(written.replace(/^0x/iu.test(written) ? /[uUlL]+$/u : /[uUlLfF]+$/u, ''));
      return Number.isFinite(value) ? { kind: 'number', value } : { kind: 'other' };
    }
    case 'unary_expression': {
      const inner = node.childForFieldName('argument');
      const value = inner ? valueOf(inner, source, depth + 1) : null;
      const operator = textOf(node, source).trimStart().charAt(0);
      if (value?.kind !== 'number') return value && operator !== '-' && operator !== '!' ? value : { kind: 'other' };
      return operator === '-' ? { kind: 'number', value: -value.value } : value;
    }
    case 'identifier': {
      const name = plainName(textOf(node, source));
      if (name === 'true' || name === 'false') return { kind: 'boolean', value: name === 'true' };
      return name === 'null' ? { kind: 'other' } : { kind: 'name', name };
    }
    case 'navigation_expression':
    case 'callable_reference':
      return pathOf(textOf(node, source).replace(/\s+/gu, ''), source);
    case 'collection_literal':
      return {
        kind: 'list',
        items: node.namedChildren.filter(isExpression).map((item) => valueOf(item, source, depth + 1)),
      };
    case 'spread_expression':
    case 'parenthesized_expression':
      return node.lastNamedChild ? valueOf(node.lastNamedChild, source, depth + 1) : { kind: 'other' };
    case 'binary_expression': {
      const left = node.childForFieldName('left');
      const right = node.childForFieldName('right');
      if (!left || !right) return { kind: 'other' };
      return {
        kind: 'binary',
        operator: source.text.slice(left.endIndex, right.startIndex).trim(),
        left: valueOf(left, source, depth + 1),
        right: valueOf(right, source, depth + 1),
      };
    }
    case 'call_expression':
      return callOf(node, source, depth);
    default:
      return { kind: 'other' };
  }
}

function isExpression({ type }: TreeNode): boolean {
  return !type.endsWith('comment') && type !== 'ERROR';
}

/** A class (`Order::class`, `Order::class.java`), or a constant. */
function pathOf(path: string, source: KotlinSource): JavaValue {
  const ofClass = /^([\w.`]+)::class(?:\.java(?:ObjectType|PrimitiveType)?)?$/u.exec(path)?.[1];
  if (ofClass === undefined) return /^[\w.`]+$/u.test(path) ? { kind: 'name', name: path } : { kind: 'other' };
  const [first = '', ...rest] = ofClass.split('.');
  const name = [source.aliased(first) ?? first, ...rest].join('.');
  return { kind: 'class', type: { name, arguments: [], array: false } };
}

/** A nested annotation (`JoinColumn(name = "a")`), or a list (`arrayOf(…)`). */
function callOf(node: TreeNode, source: KotlinSource, depth: number): JavaValue {
  const [callee, list] = node.namedChildren;
  if (!callee) return { kind: 'other' };
  const name = textOf(callee, source).replace(/\s+/gu, '');
  if (/^(?:arrayOf|listOf|setOf|emptyArray|emptyList)$/u.test(name))
    return {
      kind: 'list',
      items: (list?.namedChildren ?? []).flatMap((argument) => {
        const found = argument.type === 'value_argument' ? namedArgument(argument, source) : null;
        return found ? [valueOf(found.value, source, depth + 1)] : [];
      }),
    };
  const text = callee.type === 'navigation_expression' ? callee.firstNamedChild : null;
  if (text && /\.(?:trimIndent|trimMargin|trim)$/u.test(name)) return valueOf(text, source, depth + 1);
  const first = name.split('.')[0] ?? '';
  if (!/^(?:[a-z][\w]*\.)*\p{Lu}[\w.]*$/u.test(name)) return { kind: 'other' };
  const written = [source.aliased(first) ?? first, ...name.split('.').slice(1)].join('.');
  return { kind: 'annotation', annotation: annotationNamed(written, list, node, source, depth) };
}

/** A text, or the sum of a template's parts. */
function templateOf(node: TreeNode, source: KotlinSource, depth: number): JavaValue {
  const at = source.lines.range(node.startIndex, node.endIndex);
  const text = (value: string): JavaValue => ({ kind: 'string', value, at });
  const parts: JavaValue[] = [];
  let written = '';
  for (const part of templateParts(node, source.text)) {
    if (part.kind === 'text') {
      written += part.text;
      continue;
    }
    if (written !== '') parts.push(text(written));
    written = '';
    parts.push(part.kind === 'name' ? { kind: 'name', name: part.name } : valueOf(part.node, source, depth + 1));
  }
  if (written !== '' || parts.length === 0) parts.push(text(written));
  if (parts.length === 1 && parts[0]?.kind !== 'string') parts.unshift(text(''));
  return parts.reduce((left, right) => ({ kind: 'binary', operator: '+', left, right }));
}
