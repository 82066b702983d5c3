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
import { annotationsIn, annotationsOf, namedArgument, textOf, valueOf } from './values.ts';
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
  let before: readonly JavaAnnotation[] = [];
  for (const node of children) {
    if (node.type === 'property_declaration') readProperty(node, source, own, 'static');
    else readClass(node, '', source, classes, 0, before);
    before = node.type === 'annotated_expression' ? looseAnnotations(node, source) : [];
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

/** What a class is made of, be it in a node of its own or in pieces. */
interface Parts {
  readonly name: TreeNode;
  readonly modifiers: TreeNode | undefined;
  /** `class`, `fun interface`, `object`, … */
  readonly keyword: string;
  /** Type parameters, constructor, supertypes, among others. */
  readonly head: readonly TreeNode[];
  readonly members: readonly TreeNode[];
}

/** @param before annotations that stand in front of the node */
function readClass(
  node: TreeNode,
  outer: string,
  source: KotlinSource,
  found: JavaClass[],
  depth: number,
  before: readonly JavaAnnotation[] = [],
): void {
  if (depth > deepest) return;
  if (node.type === 'ERROR') {
    for (const child of node.namedChildren) readClass(child, outer, source, found, depth + 1);
    for (const parts of looseClasses(node, source)) readParts(parts, outer, source, found, depth, []);
  }
  const name = isKotlinClass(node.type) ? node.childForFieldName('name') : null;
  if (!name || name.startIndex === name.endIndex) return;
  const head = node.namedChildren;
  const modifiers = head.find(({ type }) => type === 'modifiers');
  const keyword = source.text.slice(modifiers?.endIndex ?? node.startIndex, name.startIndex);
  readParts({ name, modifiers, keyword, head, members: bodyOf(node) }, outer, source, found, depth, before);
}

/** A class whose closing brace is missing lies in pieces in an `ERROR` node. */
function looseClasses(node: TreeNode, { text }: KotlinSource): readonly Parts[] {
  const children = node.namedChildren;
  const starts = children.flatMap((child, at) => {
    const previous = children[at - 1];
    const keyword = text.slice(previous?.endIndex ?? node.startIndex, child.startIndex);
    if (child.type !== 'identifier' || !/\b(?:class|interface|object)\s+$/u.test(keyword)) return [];
    return [{ at, name: child, keyword, modifiers: previous?.type === 'modifiers' ? previous : undefined }];
  });
  return starts.map(({ at, ...each }, index) => {
    const next = starts[index + 1];
    const rest = children.slice(at + 1, next ? next.at - (next.modifiers ? 1 : 0) : undefined);
    return { ...each, head: rest, members: rest };
  });
}

/** `@Controller @RequestMapping("/orders")` before a class may be taken for an expression in parentheses with annotations. */
function looseAnnotations(node: TreeNode, source: KotlinSource): readonly JavaAnnotation[] {
  const [annotation, expression] = node.namedChildren;
  if (annotation?.type !== 'annotation') return [];
  const own = annotationsIn([annotation], source).map((each) => each.annotation);
  if (expression?.type === 'annotated_expression') return [...own, ...looseAnnotations(expression, source)];
  if (expression?.type !== 'parenthesized_expression') return own;
  const value = valueOf(expression, source);
  return own.map((each) => ({ ...each, arguments: [{ name: 'value', value }] }));
}

function readParts(
  { name: nameNode, modifiers: modifiersNode, keyword, head, members: body }: Parts,
  outer: string,
  source: KotlinSource,
  found: JavaClass[],
  depth: number,
  before: readonly JavaAnnotation[],
): void {
  const name = (outer === '' ? '' : `${outer}.`) + plainName(textOf(nameNode, source));
  const modifiers = modifiersIn(modifiersNode, source);
  const kind = /\binterface\b/u.test(keyword)
    ? 'interface'
    : modifiers.has('enum')
      ? 'enum'
      : modifiers.has('annotation')
        ? 'annotation'
        : 'class';
  const members: Members = { fields: [], methods: [] };
  const constants: JavaEnumConstant[] = [];
  const nested: TreeNode[] = [];
  const primary = head.find(({ type }) => type === 'primary_constructor');
  const parameters = primary?.namedChildren.find(({ type }) => type === 'class_parameters');
  for (const parameter of parameters?.namedChildren ?? [])
    if (parameter.type === 'class_parameter') readProperty(parameter, source, members, 'constructor');
  const place = /\bobject\b/u.test(keyword) ? 'static' : kind === 'interface' ? 'interface' : 'member';
  for (const member of body) {
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
  const hasOnlySecondary = !primary && body.some(({ type }) => type === 'secondary_constructor');
  const wrapped = modifiers.has('value') ? members.fields[0]?.type : undefined;
  found.push({
    kind,
    name,
    abstract: modifiers.has('abstract') || modifiers.has('sealed'),
    typeParameters: typeParametersOf(head, source),
    ...supertypesOf(head, source, kind === 'class' && hasOnlySecondary),
    annotations: [...before, ...annotationsOf(modifiersNode, source).map(({ annotation }) => annotation)],
    ...members,
    constants,
    ...(wrapped ? { wraps: wrapped } : {}),
    at: source.lines.range(nameNode.startIndex, nameNode.endIndex),
  });
  for (const inner of nested) readClass(inner, name, source, found, depth + 1);
}

/** Members of a class; what is broken stands in an `ERROR` node. */
function bodyOf(node: TreeNode): readonly TreeNode[] {
  const body = node.namedChildren.find(({ type }) => type === 'class_body' || type === 'enum_class_body');
  return (body?.namedChildren ?? []).flatMap((member) => (member.type === 'ERROR' ? member.namedChildren : [member]));
}

function modifiersIn(modifiers: TreeNode | undefined, source: KotlinSource): ReadonlySet<string> {
  return new Set(
    (modifiers?.namedChildren ?? []).flatMap((each) => (each.type === 'annotation' ? [] : [textOf(each, source)])),
  );
}

function typeParametersOf(head: readonly TreeNode[], source: KotlinSource): JavaClass['typeParameters'] {
  const list = head.find(({ type }) => type === 'type_parameters');
  return (list?.namedChildren ?? []).flatMap((parameter) => {
    const name = parameter.namedChildren.find(({ type }) => type === 'identifier');
    const bound = parameter.namedChildren.findLast(isType);
    return name ? [{ name: textOf(name, source), bound: bound ? typeOf(bound, source, true) : null }] : [];
  });
}

/** What is constructed is the superclass. Where constructors of the body do that, nothing shows which one it is: the first, by custom. */
function supertypesOf(
  head: readonly TreeNode[],
  source: KotlinSource,
  firstIsClass: boolean,
): Pick<JavaClass, 'extends' | 'implements'> {
  let base: JavaType | null = null;
  const interfaces: JavaType[] = [];
  const list = head.find(({ type }) => type === 'delegation_specifiers');
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
