/** Classes, records, structs, interfaces and enums of a C# file, as linking needs them. JSON-safe. */
import type { SourceRange } from '../../../schema/source.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { attributesOf, textOf } from './attributes.ts';
import type { AttributeDeclaration } from './attributes.ts';
import { bodyOf, expressionOf, parameterNames } from './expression.ts';
import type { Expr, Stmt } from './ast.ts';
import type { Source } from './expression.ts';
import { literalValue } from './literals.ts';
import { plainType, typeOf } from './types.ts';
import type { TypeRef } from './types.ts';

export interface PropertyDeclaration {
  readonly name: string;
  readonly type: TypeRef;
  readonly attributes: readonly AttributeDeclaration[];
  readonly public: boolean;
  readonly static: boolean;
  readonly virtual: boolean;
  /** It has an accessor that sets, whatever its accessibility. */
  readonly writable: boolean;
  /** Computed from other members: it has an expression or bodies of its own. */
  readonly computed: boolean;
  /** An indexer or an explicit implementation of an interface. */
  readonly hidden: boolean;
  /** What `#nullable` says at this place; null = the project decides. */
  readonly nullable: boolean | null;
  readonly initial: Expr | null;
  /** Documentation comment's summary. */
  readonly at: SourceRange;
}

export interface FieldDeclaration {
  readonly name: string;
  readonly type: TypeRef;
  readonly attributes: readonly AttributeDeclaration[];
  readonly const: boolean;
  readonly static: boolean;
  /** Of constants and of static read-only fields. */
  readonly value: Expr | null;
  readonly nullable: boolean | null;
  readonly at: SourceRange;
}

export interface MethodDeclaration {
  /** `.ctor` for constructors. */
  readonly name: string;
  readonly static: boolean;
  /** Its first parameter is `this`. */
  readonly extension: boolean;
  readonly typeParameters: readonly string[];
  readonly parameters: readonly string[];
  readonly parameterTypes: readonly TypeRef[];
  readonly returns: TypeRef | null;
  readonly body: Expr | readonly Stmt[] | null;
  readonly at: SourceRange;
}

export interface TypeDeclaration {
  readonly kind: 'class' | 'record' | 'struct' | 'interface' | 'enum';
  readonly name: string;
  readonly namespace: string;
  /** Names of the types around it, outermost first. */
  readonly outer: readonly string[];
  readonly typeParameters: readonly string[];
  readonly bases: readonly TypeRef[];
  readonly abstract: boolean;
  readonly static: boolean;
  readonly nullable: boolean | null;
  readonly attributes: readonly AttributeDeclaration[];
  readonly properties: readonly PropertyDeclaration[];
  readonly fields: readonly FieldDeclaration[];
  readonly methods: readonly MethodDeclaration[];
  /** Of an enum. */
  readonly values: readonly { readonly name: string; readonly value: number | null }[];
  readonly at: SourceRange;
}

export interface UsingDirective {
  readonly name: string;
  readonly alias: string | null;
  readonly global: boolean;
  readonly static: boolean;
}

export interface FileDeclarations {
  readonly usings: readonly UsingDirective[];
  readonly types: readonly TypeDeclaration[];
}

/** Whether linking will run the body of a method, by its name and the text of its parameter list. */
export type WantsBody = (name: string, parameters: string, owner: string) => boolean;

interface Context extends Source {
  readonly wants: WantsBody;
  readonly nullable: (offset: number) => boolean | null;
}

const kinds: Readonly<Record<string, TypeDeclaration['kind']>> = {
  class_declaration: 'class',
  record_declaration: 'record',
  record_struct_declaration: 'struct',
  struct_declaration: 'struct',
  interface_declaration: 'interface',
  enum_declaration: 'enum',
};

export function declarationsOf(root: TreeNode, source: Source, wants: WantsBody): FileDeclarations {
  const context: Context = { ...source, wants, nullable: nullableAt(source.text) };
  const types: TypeDeclaration[] = [];
  const usings: UsingDirective[] = [];
  let fileNamespace = '';
  const visit = (node: TreeNode, namespace: string, outer: readonly string[], depth: number): void => {
    if (depth > 60) return;
    for (const child of node.namedChildren) {
      const kind = kinds[child.type];
      if (kind) {
        const declaration = typeDeclaration(child, kind, namespace === '' ? fileNamespace : namespace, outer, context);
        if (declaration.name !== '') types.push(declaration);
        const body = child.childForFieldName('body');
        if (body && kind !== 'enum') visit(body, namespace, [...outer, declaration.name], depth + 1);
      } else if (child.type === 'namespace_declaration') {
        const name = textOf(child.childForFieldName('name'), context);
        const body = child.childForFieldName('body');
        if (body) visit(body, namespace === '' ? name : `${namespace}.${name}`, outer, depth + 1);
      } else if (child.type === 'file_scoped_namespace_declaration') {
        fileNamespace = textOf(child.childForFieldName('name'), context);
        visit(child, fileNamespace, outer, depth + 1);
      } else if (child.type === 'using_directive') usings.push(usingOf(child, context));
      else if (child.type.startsWith('preproc_') || child.type === 'ERROR' || child.type === 'declaration_list')
        visit(child, namespace, outer, depth + 1);
    }
  };
  visit(root, '', [], 0);
  return { usings, types };
}

function usingOf(node: TreeNode, { text }: Context): UsingDirective {
  const written = text.slice(node.startIndex, node.endIndex);
  const [, global, isStatic, alias, name = ''] =
    /^\s*(global\s+)?using\s+(static\s+)?(?:(\w+)\s*=\s*)?([^;]*)/u.exec(written) ?? [];
  return {
    name: name.replace(/^global::/u, '').replace(/\s+/gu, ''),
    alias: alias ?? null,
    global: global !== undefined,
    static: isStatic !== undefined,
  };
}

/** What the last `#nullable` before an offset says. */
function nullableAt(text: string): (offset: number) => boolean | null {
  if (!text.includes('#nullable')) return () => null;
  const directives = [...text.matchAll(/^[ \t]*#nullable\s+(enable|disable|restore)(?:\s+(\w+))?/gmu)]
    .filter(([, , target]) => target !== 'warnings')
    .map((match) => ({ at: match.index, value: match[1] === 'restore' ? null : match[1] === 'enable' }));
  return (offset) => directives.findLast(({ at }) => at < offset)?.value ?? null;
}

function modifiersOf(node: TreeNode, context: Source): ReadonlySet<string> {
  return new Set(node.namedChildren.filter(({ type }) => type === 'modifier').map((child) => textOf(child, context)));
}

function typeDeclaration(
  node: TreeNode,
  kind: TypeDeclaration['kind'],
  namespace: string,
  outer: readonly string[],
  context: Context,
): TypeDeclaration {
  const { text, lines } = context;
  const nameNode = node.childForFieldName('name');
  const name = textOf(nameNode, context);
  const modifiers = modifiersOf(node, context);
  const body = node.childForFieldName('body');
  const baseList = node.namedChildren.find(({ type }) => type === 'base_list');
  const primary = node.namedChildren.find(({ type }) => type === 'parameter_list');
  const members = membersOf(body);
  const properties = members.flatMap((member) => propertyOf(member, kind, context));
  const isRecord = kind === 'record' || node.type === 'record_struct_declaration';
  return {
    kind,
    name,
    namespace,
    outer,
    typeParameters: typeParametersOf(node, context),
    bases: (baseList?.namedChildren ?? [])
      .filter(({ type }) => type !== 'argument_list')
      .map((base) => typeOf(base.type === 'primary_constructor_base_type' ? base.firstNamedChild : base, text)),
    abstract: modifiers.has('abstract'),
    static: modifiers.has('static'),
    nullable: context.nullable(node.startIndex),
    attributes: attributesOf(node, context),
    properties: isRecord && primary ? [...positional(primary, context), ...properties] : properties,
    fields: kind === 'enum' ? [] : members.flatMap((member) => fieldsOf(member, context)),
    methods: members.flatMap((member) => methodOf(member, name, extendedBy(node, context), context)),
    values: kind === 'enum' ? enumValues(body, context) : [],
    at: nameNode ? lines.range(nameNode.startIndex, nameNode.endIndex) : lines.range(node.startIndex, node.startIndex),
  };
}

/** Members, those between `#if` and `#endif` too. */
function membersOf(body: TreeNode | null, depth = 0): readonly TreeNode[] {
  if (!body || depth > 10) return [];
  return body.namedChildren.flatMap((child) =>
    child.type.startsWith('preproc_') || child.type === 'ERROR' ? membersOf(child, depth + 1) : [child],
  );
}

function typeParametersOf(node: TreeNode, context: Source): readonly string[] {
  const list =
    node.childForFieldName('type_parameters') ?? node.namedChildren.find(({ type }) => type === 'type_parameter_list');
  return (list?.namedChildren ?? [])
    .filter(({ type }) => type === 'type_parameter')
    .map((parameter) => textOf(parameter.childForFieldName('name') ?? parameter.lastNamedChild ?? parameter, context));
}

function propertyOf(node: TreeNode, owner: TypeDeclaration['kind'], context: Context): readonly PropertyDeclaration[] {
  if (node.type !== 'property_declaration') return [];
  const nameNode = node.childForFieldName('name');
  if (!nameNode || nameNode.startIndex === nameNode.endIndex) return [];
  const modifiers = modifiersOf(node, context);
  const accessors = node.childForFieldName('accessors');
  const list = accessors?.namedChildren ?? [];
  const written = list.map((each) => textOf(each, context));
  const value = node.childForFieldName('value');
  const arrow = value?.type === 'arrow_expression_clause';
  const hasBody = list.some(({ namedChildren }) =>
    namedChildren.some(({ type }) => type === 'block' || type === 'arrow_expression_clause'),
  );
  return [
    {
      name: textOf(nameNode, context),
      type: typeOf(node.childForFieldName('type'), context.text),
      attributes: attributesOf(node, context),
      public: modifiers.has('public') || owner === 'interface',
      static: modifiers.has('static'),
      virtual: modifiers.has('virtual') || modifiers.has('override') || modifiers.has('abstract'),
      writable: written.some((accessor) => /(?:^|[\s\]])(?:set|init)\s*(?:;|\{|=>|$)/u.test(accessor)),
      computed: arrow || hasBody,
      hidden: node.namedChildren.some(({ type }) => type === 'explicit_interface_specifier'),
      nullable: context.nullable(node.startIndex),
      initial: value && !arrow && textOf(value, context).length < 200 ? expressionOf(value, context) : null,
      at: context.lines.range(nameNode.startIndex, nameNode.endIndex),
    },
  ];
}

/** `record Address(string Street)` */
function positional(list: TreeNode, context: Context): readonly PropertyDeclaration[] {
  return list.namedChildren
    .filter(({ type }) => type === 'parameter')
    .flatMap((parameter) => {
      const nameNode = parameter.childForFieldName('name');
      if (!nameNode || nameNode.startIndex === nameNode.endIndex) return [];
      return [
        {
          name: textOf(nameNode, context),
          type: typeOf(parameter.childForFieldName('type'), context.text),
          attributes: attributesOf(parameter, context, 'property'),
          public: true,
          static: false,
          virtual: false,
          writable: true,
          computed: false,
          hidden: false,
          nullable: context.nullable(parameter.startIndex),
          initial: null,
          at: context.lines.range(nameNode.startIndex, nameNode.endIndex),
        },
      ];
    });
}

function fieldsOf(node: TreeNode, context: Context): readonly FieldDeclaration[] {
  if (node.type !== 'field_declaration') return [];
  const modifiers = modifiersOf(node, context);
  const declaration = node.namedChildren.find(({ type }) => type === 'variable_declaration');
  const type = typeOf(declaration?.childForFieldName('type') ?? null, context.text);
  const attributes = attributesOf(node, context);
  const isConst = modifiers.has('const');
  const isStatic = modifiers.has('static') || isConst;
  return (declaration?.namedChildren ?? [])
    .filter((child) => child.type === 'variable_declarator')
    .map((declarator) => {
      const nameNode = declarator.childForFieldName('name') ?? declarator;
      const value = declarator.lastNamedChild;
      const keeps =
        isStatic && value !== null && value.index !== nameNode.index && value.endIndex - value.startIndex < 2000;
      return {
        name: textOf(nameNode, context),
        type,
        attributes,
        const: isConst,
        static: isStatic,
        value: keeps ? expressionOf(value, context) : null,
        nullable: context.nullable(declarator.startIndex),
        at: context.lines.range(nameNode.startIndex, nameNode.endIndex),
      };
    });
}

interface Receiver {
  readonly type: string;
  readonly name: string;
}

/** C# 14's `extension(ModelBuilder builder) { … }`, which is parsed as a class: what its methods are called on. */
function extendedBy({ startIndex }: TreeNode, { text }: Source): Receiver | null {
  const [, type, name] =
    /^extension\s*(?:<[^<>()]*>\s*)?\(\s*([\w.<>,?[\] ]+?)\s+(\w+)\s*\)/u.exec(
      text.slice(startIndex, startIndex + 300),
    ) ?? [];
  return type === undefined || name === undefined ? null : { type, name };
}

function methodOf(
  node: TreeNode,
  owner: string,
  receiver: Receiver | null,
  context: Context,
): readonly MethodDeclaration[] {
  const isConstructor = node.type === 'constructor_declaration';
  if (!isConstructor && node.type !== 'method_declaration') return [];
  const nameNode = node.childForFieldName('name');
  const list = node.childForFieldName('parameters');
  const name = isConstructor ? '.ctor' : textOf(nameNode, context);
  const extended = receiver !== null && !isConstructor && !modifiersOf(node, context).has('static') ? receiver : null;
  const written = textOf(list, context);
  if (!context.wants(name, extended ? `(${extended.type} ${extended.name}, ${written.slice(1)}` : written, owner))
    return [];
  const body =
    node.childForFieldName('body') ?? node.namedChildren.find(({ type }) => type === 'arrow_expression_clause') ?? null;
  const parameters = (list?.namedChildren ?? []).filter(({ type }) => type === 'parameter');
  const first = parameters[0];
  const modifiers = modifiersOf(node, context);
  const returns = node.childForFieldName('returns') ?? node.childForFieldName('type');
  return [
    {
      name,
      static: modifiers.has('static') || extended !== null,
      extension:
        extended !== null || (first !== undefined && /^(?:\[[^\]]*\]\s*)?this\b/u.test(textOf(first, context))),
      typeParameters: typeParametersOf(node, context),
      parameters: [...(extended ? [extended.name] : []), ...parameterNames(list, context.text)],
      parameterTypes: [
        ...(extended ? [plainType(extended.type)] : []),
        ...parameters.map((parameter) => typeOf(parameter.childForFieldName('type'), context.text)),
      ],
      returns: returns ? typeOf(returns, context.text) : null,
      body: body ? bodyOf(body, context) : null,
      at: nameNode
        ? context.lines.range(nameNode.startIndex, nameNode.endIndex)
        : context.lines.range(node.startIndex, node.startIndex),
    },
  ];
}

function enumValues(body: TreeNode | null, context: Context): TypeDeclaration['values'] {
  let next: number | null = 0;
  return (body?.namedChildren ?? [])
    .filter(({ type }) => type === 'enum_member_declaration')
    .map((member) => {
      const stated = member.childForFieldName('value');
      const literal = stated ? literalValue(stated, context.text) : undefined;
      const value: number | null = stated ? (typeof literal === 'number' ? literal : null) : next;
      next = value === null ? null : value + 1;
      return { name: textOf(member.childForFieldName('name'), context), value };
    });
}

/** A type for those that the source leaves out. */
export const unknownType: TypeRef = plainType('');
