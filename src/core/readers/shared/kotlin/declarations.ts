/** Reads the declarations of a Kotlin file as the classes, fields and methods of Java that they compile to. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import type {
  JavaAnnotation,
  JavaClass,
  JavaEnumConstant,
  JavaFile,
  JavaImport,
  JavaMethod,
  JavaParameter,
  JavaType,
} from '../java/model.ts';
import { simpleName, unknownType } from '../java/typeText.ts';
import { readProperty } from './properties.ts';
import type { Members } from './properties.ts';
import { inferredType, isType, plainName, typeOf } from './types.ts';
import { annotationsOf, namedArgument, textOf, valueOf } from './values.ts';
import type { KotlinSource } from './values.ts';

const classNodes = new Set(['class_declaration', 'object_declaration', 'companion_object']);

export function isKotlinClass(type: string): boolean {
  return classNodes.has(type);
}

/** Classes in classes; deeper ones are left out. */
const deepest = 12;

export function readKotlin(file: SourceFile): JavaFile {
  const root = file.parsed().tree;
  const children = root.namedChildren;
  const imports = children.flatMap((node) => (node.type === 'import' ? importOf(textOf(node, file)) : []));
  const header = children.find(({ type }) => type === 'package_header');
  const packages = new Map(
    imports
      .filter(({ wildcard }) => !wildcard)
      .map(({ name }) => [simpleName(name), name.slice(0, Math.max(name.lastIndexOf('.'), 0))]),
  );
  const aliases = new Map(imports.flatMap(({ name, alias }) => (alias === undefined ? [] : [[alias, name] as const])));
  const source: KotlinSource = {
    text: file.text,
    lines: file.lines,
    importedFrom: (name) => packages.get(name) ?? null,
    aliased: (name) => aliases.get(name) ?? null,
  };
  const classes: JavaClass[] = [];
  const own: Members = { fields: [], methods: [] };
  for (const node of children) {
    if (node.type === 'property_declaration') readProperty(node, source, own, 'static');
    else readClass(node, '', source, classes, 0);
  }
  const facade = facadeOf(file, own);
  if (facade) classes.push(facade);
  return {
    package: header ? plainPath(textOf(header, file).replace(/^\s*package\s+/u, '')) : '',
    imports,
    classes,
  };
}

/** Constants outside of classes stand in a class named after the file. */
function facadeOf({ path, lines }: SourceFile, { fields }: Members): JavaClass | null {
  const constants = fields.filter(({ value }) => value !== null);
  if (constants.length === 0) return null;
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/u, '');
  return {
    kind: 'class',
    name: `${name.charAt(0).toUpperCase()}${name.slice(1)}Kt`,
    abstract: false,
    typeParameters: [],
    extends: null,
    implements: [],
    annotations: [],
    fields: constants,
    methods: [],
    constants: [],
    facade: true,
    at: lines.range(0, 0),
  };
}

function plainPath(text: string): string {
  return text.replace(/[\s`;]+/gu, '');
}

function importOf(text: string): readonly JavaImport[] {
  const match = /^import\s+([\p{L}\p{N}_$.\s`]+?)(\.\s*\*)?(?:\s+as\s+([\p{L}\p{N}_$`]+))?\s*;?\s*$/u.exec(text);
  const name = plainPath(match?.[1] ?? '');
  if (name === '') return [];
  const alias = match?.[3];
  return [
    {
      name,
      static: false,
      wildcard: match?.[2] !== undefined,
      ...(alias === undefined ? {} : { alias: plainPath(alias) }),
    },
  ];
}

/** A class that is broken may stand in an `ERROR` node, with what follows it beside it. */
function readClass(node: TreeNode, outer: string, source: KotlinSource, found: JavaClass[], depth: number): void {
  if (depth > deepest) return;
  if (!isKotlinClass(node.type)) {
    if (node.type === 'ERROR')
      for (const child of node.namedChildren) readClass(child, outer, source, found, depth + 1);
    return;
  }
  const children = node.namedChildren;
  const nameNode = node.childForFieldName('name');
  if (!nameNode || nameNode.startIndex === nameNode.endIndex) return;
  const name = (outer === '' ? '' : `${outer}.`) + plainName(textOf(nameNode, source));
  const modifiers = modifiersOf(node, source);
  const kind = kindOf(node, nameNode, modifiers, source);
  const members: Members = { fields: [], methods: [] };
  const constants: JavaEnumConstant[] = [];
  const nested: TreeNode[] = [];
  const primary = children.find(({ type }) => type === 'primary_constructor');
  const parameters = primary?.namedChildren.find(({ type }) => type === 'class_parameters');
  for (const parameter of parameters?.namedChildren ?? [])
    if (parameter.type === 'class_parameter') readProperty(parameter, source, members, 'constructor');
  const place = node.type === 'object_declaration' ? 'static' : kind === 'interface' ? 'interface' : 'member';
  for (const member of bodyOf(node)) {
    if (member.type === 'property_declaration') readProperty(member, source, members, place);
    else if (member.type === 'function_declaration') members.methods.push(...methodOf(member, source, false));
    else if (member.type === 'enum_entry') constants.push(...constantOf(member, source));
    else if (member.type === 'companion_object') {
      // Its members are reached by the name of the class around.
      for (const shared of bodyOf(member)) {
        if (shared.type === 'property_declaration') readProperty(shared, source, members, 'static');
        else if (shared.type === 'function_declaration') members.methods.push(...methodOf(shared, source, true));
        else if (isKotlinClass(shared.type)) nested.push(shared);
      }
    } else if (isKotlinClass(member.type)) nested.push(member);
  }
  const hasOnlySecondary = !primary && bodyOf(node).some(({ type }) => type === 'secondary_constructor');
  const supertypes = supertypesOf(node, source, kind === 'class' && hasOnlySecondary);
  found.push({
    kind,
    name,
    abstract: modifiers.has('abstract') || modifiers.has('sealed'),
    typeParameters: typeParametersOf(node, source),
    ...supertypes,
    annotations: annotationsOf(node, source).map(({ annotation }) => annotation),
    ...members,
    constants,
    ...(modifiers.has('value') && members.fields.length > 0 ? { wraps: members.fields[0]?.type ?? unknownType } : {}),
    at: source.lines.range(nameNode.startIndex, nameNode.endIndex),
  });
  for (const inner of nested) readClass(inner, name, source, found, depth + 1);
}

function kindOf(
  node: TreeNode,
  name: TreeNode,
  modifiers: ReadonlySet<string>,
  source: KotlinSource,
): JavaClass['kind'] {
  const before = node.namedChildren.find(({ type }) => type === 'modifiers')?.endIndex ?? node.startIndex;
  if (/\binterface\b/u.test(source.text.slice(before, name.startIndex))) return 'interface';
  if (modifiers.has('enum')) return 'enum';
  return modifiers.has('annotation') ? 'annotation' : 'class';
}

/** Members of a class; what is broken stands in an `ERROR` node. */
function bodyOf(node: TreeNode): readonly TreeNode[] {
  const body = node.namedChildren.find(({ type }) => type === 'class_body' || type === 'enum_class_body');
  return (body?.namedChildren ?? []).flatMap((member) => (member.type === 'ERROR' ? member.namedChildren : [member]));
}

export function modifiersOf(node: TreeNode, source: KotlinSource): ReadonlySet<string> {
  const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers');
  return new Set(
    (modifiers?.namedChildren ?? []).flatMap((each) => (each.type === 'annotation' ? [] : [textOf(each, source)])),
  );
}

function typeParametersOf(node: TreeNode, source: KotlinSource): JavaClass['typeParameters'] {
  const list = node.namedChildren.find(({ type }) => type === 'type_parameters');
  return (list?.namedChildren ?? []).flatMap((parameter) => {
    const name = parameter.namedChildren.find(({ type }) => type === 'identifier');
    const bound = parameter.namedChildren.findLast(isType);
    return name ? [{ name: textOf(name, source), bound: bound ? typeOf(bound, source, true) : null }] : [];
  });
}

/** What is constructed is the superclass. Where constructors of the body do that, nothing shows which one it is: the first, by custom. */
function supertypesOf(
  node: TreeNode,
  source: KotlinSource,
  firstIsClass: boolean,
): Pick<JavaClass, 'extends' | 'implements'> {
  let base: JavaType | null = null;
  const interfaces: JavaType[] = [];
  const list = node.namedChildren.find(({ type }) => type === 'delegation_specifiers');
  for (const specifier of list?.namedChildren ?? []) {
    const inner = specifier.type === 'delegation_specifier' ? specifier.firstNamedChild : specifier;
    if (!inner) continue;
    const type = isType(inner) ? inner : inner.namedChildren.find(isType);
    if (!type) continue;
    const read = typeOf(type, source, true);
    if (inner.type === 'constructor_invocation' || (firstIsClass && base === null && interfaces.length === 0))
      base = read;
    else interfaces.push(read);
  }
  return { extends: base, implements: interfaces };
}

function methodOf(node: TreeNode, source: KotlinSource, isStatic: boolean): JavaMethod[] {
  const nameNode = nameOfFunction(node);
  if (!nameNode) return [];
  const children = node.namedChildren;
  const body = children.find(({ type }) => type === 'function_body');
  return [
    {
      name: plainName(textOf(nameNode, source)),
      type: returnTypeOf(children, body, source),
      annotations: annotationsOf(node, source).map(({ annotation }) => annotation),
      parameters: parametersOf(node, source),
      static: isStatic,
      hasBody: body !== undefined,
      at: source.lines.range(nameNode.startIndex, nameNode.endIndex),
    },
  ];
}

/** Of `fun Order.total()` the parser takes the name for a part of the type before it. */
export function nameOfFunction(node: TreeNode): TreeNode | null {
  const name = node.childForFieldName('name');
  if (name && name.startIndex < name.endIndex) return name;
  const receiver = node.namedChildren.find(({ type }) => type === 'user_type');
  return receiver?.namedChildren.findLast(({ type }) => type === 'identifier') ?? null;
}

function returnTypeOf(children: readonly TreeNode[], body: TreeNode | undefined, source: KotlinSource): JavaType {
  const list = children.findIndex(({ type }) => type === 'function_value_parameters');
  const stated = children.slice(list + 1).find(isType);
  if (stated) return typeOf(stated, source);
  const value = body?.firstNamedChild;
  if (!value || value.type === 'block') return { name: 'void', arguments: [], array: false };
  const inferred = inferredType(value, source);
  return inferred.name === '?' ? unknownType : inferred;
}

/** Annotations and `vararg` stand before the parameter that they belong to. */
function parametersOf(node: TreeNode, source: KotlinSource): readonly JavaParameter[] {
  const list = node.namedChildren.find(({ type }) => type === 'function_value_parameters');
  const found: JavaParameter[] = [];
  let before: TreeNode | undefined;
  for (const child of list?.namedChildren ?? []) {
    if (child.type === 'parameter_modifiers') before = child;
    if (child.type !== 'parameter') continue;
    const name = child.namedChildren.find(({ type }) => type === 'identifier');
    const stated = child.namedChildren.find(isType);
    const type = stated ? typeOf(stated, source) : unknownType;
    const spread = before !== undefined && /\bvararg\b/u.test(textOf(before, source));
    const annotations: readonly JavaAnnotation[] = annotationsOf(before, source).map(({ annotation }) => annotation);
    if (name)
      found.push({
        name: plainName(textOf(name, source)),
        type: spread ? { ...type, array: true } : type,
        annotations,
      });
    before = undefined;
  }
  return found;
}

function constantOf(node: TreeNode, source: KotlinSource): JavaEnumConstant[] {
  const name = node.namedChildren.find(({ type }) => type === 'identifier');
  const list = node.namedChildren.find(({ type }) => type === 'value_arguments');
  if (!name) return [];
  return [
    {
      name: plainName(textOf(name, source)),
      annotations: annotationsOf(node, source).map(({ annotation }) => annotation),
      arguments: (list?.namedChildren ?? []).flatMap((argument) => {
        const found = argument.type === 'value_argument' ? namedArgument(argument, source) : null;
        return found ? [valueOf(found.value, source)] : [];
      }),
    },
  ];
}
