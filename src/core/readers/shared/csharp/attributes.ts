/** Attributes of C#: `[Table("orders", Schema = "shop")]`. JSON-safe. */
import type { SourceRange } from '../../../schema/source.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { expressionOf } from './expression.ts';
import type { Expr } from './ast.ts';
import type { Source } from './expression.ts';
import { typeOf } from './types.ts';
import type { TypeRef } from './types.ts';

export interface AttributeDeclaration {
  /** Without `Attribute` at the end and without namespaces. */
  readonly name: string;
  readonly args: readonly Expr[];
  readonly named: Readonly<Record<string, Expr>>;
  readonly types: readonly TypeRef[];
  readonly at: SourceRange;
}

export function attributesOf(
  node: TreeNode,
  context: Source,
  target: string | null = null,
): readonly AttributeDeclaration[] {
  return node.namedChildren
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((list) => {
      const specifier = list.namedChildren.find(({ type }) => type === 'attribute_target_specifier');
      const stated = specifier ? textOf(specifier, context).replace(/\s*:$/u, '') : null;
      if (stated !== null && stated !== target && stated !== 'property') return [];
      if (target === 'property' && stated === null) return [];
      return list.namedChildren.filter(({ type }) => type === 'attribute').map((each) => attributeOf(each, context));
    });
}

function attributeOf(node: TreeNode, context: Source): AttributeDeclaration {
  const nameNode = node.childForFieldName('name');
  const type = typeOf(nameNode, context.text);
  const args: Expr[] = [];
  const named: Record<string, Expr> = {};
  const list = node.namedChildren.find(({ type: each }) => each === 'attribute_argument_list');
  for (const argument of list?.namedChildren ?? []) {
    const value = argument.lastNamedChild;
    const written = textOf(argument, context);
    const colon = /^(\w+)\s*:(?!:)/u.exec(written)?.[1];
    if (value?.type === 'assignment_expression')
      named[textOf(value.childForFieldName('left'), context)] = expressionOf(value.childForFieldName('right'), context);
    else if (colon !== undefined) named[colon] = expressionOf(value, context);
    else args.push(expressionOf(value, context));
  }
  const last = type.name.slice(type.name.lastIndexOf('.') + 1);
  return {
    name: last.length > 9 ? last.replace(/Attribute$/u, '') : last,
    args,
    named,
    types: type.args,
    at: context.lines.range(node.startIndex, node.endIndex),
  };
}

/** Of a name, without the sign that makes one of a keyword. */
export function textOf(node: TreeNode | null, { text }: Source): string {
  return node ? text.slice(node.startIndex, node.endIndex).replace(/^@/u, '') : '';
}
