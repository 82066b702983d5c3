/** Where an entity is declared in a file: a decorated class, or the object handed to `new EntitySchema`. */
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { childrenOf, partsOf } from './style.ts';

export interface DecoratorNode {
  readonly node: SyntaxNode;
  /** Last name of what is called: `Index` in `@Index()`, `@orm.Index()` and `@Index`. */
  readonly name: string;
  /** Arguments in order; null where it is not called. */
  readonly arguments: readonly SyntaxNode[] | null;
}

export interface PropertyNode {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly decorators: readonly DecoratorNode[];
}

export interface ClassDeclaration {
  readonly kind: 'class';
  /** From the first decorator or `export` on. */
  readonly node: SyntaxNode;
  readonly decorators: readonly DecoratorNode[];
  /** `export` or `class`, whatever comes first. */
  readonly head: SyntaxNode;
  readonly body: SyntaxNode;
  readonly properties: readonly PropertyNode[];
}

export interface SchemaDeclaration {
  readonly kind: 'schema';
  /** The options object. */
  readonly object: SyntaxNode;
}

/** The declaration of an entity by its class or schema name; `line` (from 1) tells namesakes apart. Null = not in this file. */
export function findDeclaration(
  root: SyntaxNode,
  entity: string,
  line: number,
): ClassDeclaration | SchemaDeclaration | null {
  const found = [...classesIn(root, entity), ...schemasIn(root, entity)];
  return (
    found.find((declaration) => covers(declaration.kind === 'class' ? declaration.node : declaration.object, line)) ??
    found[0] ??
    null
  );
}

function covers(node: SyntaxNode, line: number): boolean {
  return node.startPosition.row + 1 <= line && line <= node.endPosition.row + 1;
}

function classesIn(root: SyntaxNode, name: string): readonly ClassDeclaration[] {
  return descendants(root, ['class_declaration', 'abstract_class_declaration', 'class'])
    .filter((node) => node.childForFieldName('name')?.text === name)
    .flatMap((node) => {
      const declaration = readClass(node);
      return declaration ? [declaration] : [];
    });
}

function readClass(node: SyntaxNode): ClassDeclaration | null {
  const body = node.childForFieldName('body');
  if (!body) return null;
  const outer = node.parent?.type === 'export_statement' ? node.parent : node;
  const own = childrenOf(node).filter(({ type }) => type === 'decorator');
  const exported = outer === node ? [] : childrenOf(outer).filter(({ type }) => type === 'decorator');
  const head = childrenOf(outer).find(({ type }) => type !== 'decorator' && type !== 'comment') ?? outer;
  return {
    kind: 'class',
    node: outer,
    decorators: [...exported, ...own].map(readDecorator),
    head,
    body,
    properties: readProperties(body),
  };
}

function readProperties(body: SyntaxNode): readonly PropertyNode[] {
  return partsOf(body)
    .filter(({ type }) => type === 'public_field_definition' || type === 'field_definition')
    .map((node) => {
      const name = node.childForFieldName('name') ?? node.childForFieldName('property');
      const text = name?.text ?? '';
      return {
        node,
        name: name?.type === 'string' ? text.slice(1, -1) : text,
        decorators: childrenOf(node)
          .filter(({ type }) => type === 'decorator')
          .map(readDecorator),
      };
    });
}

function readDecorator(node: SyntaxNode): DecoratorNode {
  const [expression] = partsOf(node);
  const callee = expression?.type === 'call_expression' ? expression.childForFieldName('function') : expression;
  const list = expression?.type === 'call_expression' ? expression.childForFieldName('arguments') : null;
  const name = callee?.type === 'member_expression' ? callee.childForFieldName('property') : callee;
  return { node, name: name?.text ?? '', arguments: list ? partsOf(list) : null };
}

function schemasIn(root: SyntaxNode, name: string): readonly SchemaDeclaration[] {
  return descendants(root, ['new_expression']).flatMap((node) => {
    const callee = node.childForFieldName('constructor');
    const list = node.childForFieldName('arguments');
    const object = list ? partsOf(list)[0] : undefined;
    if (!callee || !object || !/(?:^|\.)EntitySchema$/u.test(callee.text) || object.type !== 'object') return [];
    const stated = propertyOf(object, 'name');
    const target = propertyOf(object, 'target');
    const names = [stated?.text.replace(/^['"`](.*)['"`]$/u, '$1'), target?.text, stated?.text.replace(/\.name$/u, '')];
    return names.includes(name) ? [{ kind: 'schema' as const, object }] : [];
  });
}

/** Value of a property of an object literal. */
export function propertyOf(object: SyntaxNode, key: string): SyntaxNode | undefined {
  for (const pair of partsOf(object)) {
    if (pair.type !== 'pair') continue;
    const name = pair.childForFieldName('key');
    if (name?.text.replace(/^['"](.*)['"]$/u, '$1') === key) return pair.childForFieldName('value') ?? undefined;
  }
  return undefined;
}

function descendants(root: SyntaxNode, types: readonly string[]): readonly SyntaxNode[] {
  return root.descendantsOfType([...types]) as readonly SyntaxNode[];
}
