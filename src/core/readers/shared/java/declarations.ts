/** Reads the declarations of a Java file. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { SourceFile } from '../../reader.ts';
import type {
  JavaClass,
  JavaEnumConstant,
  JavaField,
  JavaFile,
  JavaImport,
  JavaMethod,
  JavaParameter,
  JavaType,
} from './model.ts';
import { parseType, simpleName, unknownType } from './typeText.ts';
import { annotationsIn, annotationsOf, valueOf } from './values.ts';
import type { JavaSource } from './values.ts';

const kinds: Readonly<Record<string, JavaClass['kind']>> = {
  class_declaration: 'class',
  interface_declaration: 'interface',
  enum_declaration: 'enum',
  record_declaration: 'record',
  annotation_type_declaration: 'annotation',
};

export function classKind(type: string): JavaClass['kind'] | null {
  return Object.hasOwn(kinds, type) ? (kinds[type] ?? null) : null;
}

/** Classes in classes; deeper ones are left out. */
const deepest = 12;

export function readJava(file: SourceFile): JavaFile {
  const root = file.parsed().tree;
  const imports: JavaImport[] = [];
  let packageName = '';
  const children = root.namedChildren;
  for (const node of children) {
    if (node.type === 'package_declaration')
      packageName = /package\s+([\w.$\s]+)/u.exec(textOf(node, file.text))?.[1]?.replace(/\s+/gu, '') ?? '';
    else if (node.type === 'import_declaration') imports.push(...importOf(textOf(node, file.text)));
  }
  const packages = new Map(
    imports
      .filter((each) => !each.wildcard && !each.static)
      .map(({ name }) => [simpleName(name), name.slice(0, Math.max(name.lastIndexOf('.'), 0))]),
  );
  const source: JavaSource = {
    text: file.text,
    lines: file.lines,
    importedFrom: (name) => packages.get(name) ?? null,
  };
  const classes: JavaClass[] = [];
  for (const node of children) readClass(node, '', source, classes, 0);
  return { package: packageName, imports, classes };
}

function textOf(node: TreeNode, text: string): string {
  return text.slice(node.startIndex, node.endIndex);
}

function importOf(text: string): JavaImport[] {
  const match = /import\s+(static\s+)?([\p{L}\p{N}_$.\s]+?)(\s*\.\s*\*)?\s*;?\s*$/u.exec(text);
  const name = match?.[2]?.replace(/\s+/gu, '') ?? '';
  return name === '' ? [] : [{ name, static: match?.[1] !== undefined, wildcard: match?.[3] !== undefined }];
}

/** A class whose closing brace is missing stands in an `ERROR` node, with what follows it beside it. */
function readClass(node: TreeNode, outer: string, source: JavaSource, found: JavaClass[], depth: number): void {
  if (depth > deepest) return;
  const kind = classKind(node.type);
  if (kind === null) {
    if (node.type === 'ERROR')
      for (const child of node.namedChildren) readClass(child, outer, source, found, depth + 1);
    return;
  }
  const nameNode = node.childForFieldName('name');
  if (!nameNode) return;
  const name = (outer === '' ? '' : `${outer}.`) + textOf(nameNode, source.text);
  const body = node.childForFieldName('body');
  const fields: JavaField[] = [];
  const methods: JavaMethod[] = [];
  const constants: JavaEnumConstant[] = [];
  const nested: TreeNode[] = [];
  if (kind === 'record') fields.push(...componentsOf(node, source));
  const members = body ? membersOf(body) : [];
  for (const member of members) {
    if (member.type === 'field_declaration' || member.type === 'constant_declaration')
      fields.push(...fieldsOf(member, source, kind === 'interface'));
    else if (member.type === 'method_declaration') methods.push(...methodOf(member, source));
    else if (member.type === 'enum_constant') constants.push(...constantOf(member, source));
    else if (classKind(member.type) !== null) nested.push(member);
  }
  const modifiers = modifiersOf(node, source.text);
  found.push({
    kind,
    name,
    abstract: modifiers.has('abstract'),
    typeParameters: typeParametersOf(node, source.text),
    extends: superclassOf(node, source.text),
    implements: interfacesOf(node, source.text),
    annotations: annotationsOf(node, source),
    fields,
    methods,
    constants,
    at: source.lines.range(nameNode.startIndex, nameNode.endIndex),
  });
  for (const inner of nested) readClass(inner, name, source, found, depth + 1);
}

/** Members of a body; those of an enumeration stand one level deeper, and what is broken in an `ERROR` node. */
function membersOf(body: TreeNode): readonly TreeNode[] {
  return body.namedChildren.flatMap((member) =>
    member.type === 'enum_body_declarations' || member.type === 'ERROR' ? member.namedChildren : [member],
  );
}

function modifiersOf(node: TreeNode, text: string): ReadonlySet<string> {
  const modifiers = node.namedChildren.find(({ type }) => type === 'modifiers');
  if (!modifiers) return new Set();
  let rest = '';
  let from = modifiers.startIndex;
  for (const annotation of modifiers.namedChildren) {
    rest += ` ${text.slice(from, annotation.startIndex)}`;
    from = annotation.endIndex;
  }
  return new Set(`${rest} ${text.slice(from, modifiers.endIndex)}`.split(/\s+/u));
}

function typeParametersOf(node: TreeNode, text: string): JavaClass['typeParameters'] {
  const list =
    node.childForFieldName('type_parameters') ?? node.namedChildren.find(({ type }) => type === 'type_parameters');
  return (list?.namedChildren ?? [])
    .filter(({ type }) => type === 'type_parameter')
    .map((parameter) => {
      const [, name = '', bound] = /^([\p{L}\p{N}_$]+)(?:\s+extends\s+([\s\S]+))?$/u.exec(
        textOf(parameter, text).replace(/^(?:@[\w.]+(?:\([^)]*\))?\s*)+/u, ''),
      ) ?? ['', textOf(parameter, text)];
      return { name, bound: bound === undefined ? null : parseType(bound) };
    });
}

function superclassOf(node: TreeNode, text: string): JavaType | null {
  const superclass = node.childForFieldName('superclass')?.lastNamedChild;
  return superclass ? parseType(textOf(superclass, text)) : null;
}

function interfacesOf(node: TreeNode, text: string): readonly JavaType[] {
  const clause =
    node.childForFieldName('interfaces') ??
    node.namedChildren.find(({ type }) => type === 'extends_interfaces' || type === 'super_interfaces');
  const list = clause?.namedChildren.find(({ type }) => type === 'type_list') ?? clause;
  return (list?.namedChildren ?? []).map((type) => parseType(textOf(type, text)));
}

function componentsOf(record: TreeNode, source: JavaSource): readonly JavaField[] {
  const list = record.childForFieldName('parameters')?.namedChildren ?? [];
  return list.flatMap((parameter): JavaField[] => {
    const read = parameterOf(parameter, source);
    if (!read) return [];
    const at = source.lines.range(parameter.startIndex, parameter.endIndex);
    return [{ ...read, static: false, transient: false, value: null, at }];
  });
}

function fieldsOf(node: TreeNode, source: JavaSource, inInterface: boolean): readonly JavaField[] {
  const typeNode = node.childForFieldName('type');
  if (!typeNode) return [];
  const type = parseType(textOf(typeNode, source.text));
  const annotations = annotationsOf(node, source);
  const modifiers = modifiersOf(node, source.text);
  const isStatic = inInterface || modifiers.has('static');
  const isFinal = inInterface || modifiers.has('final');
  return node.namedChildren
    .filter((child) => child.type === 'variable_declarator')
    .flatMap((declarator): JavaField[] => {
      const nameNode = declarator.childForFieldName('name');
      if (!nameNode) return [];
      const value = isStatic && isFinal ? declarator.childForFieldName('value') : null;
      return [
        {
          name: textOf(nameNode, source.text),
          type: declarator.childForFieldName('dimensions') ? { ...type, array: true } : type,
          annotations,
          static: isStatic,
          transient: modifiers.has('transient'),
          value: value ? valueOf(value, source) : null,
          at: source.lines.range(nameNode.startIndex, nameNode.endIndex),
        },
      ];
    });
}

function methodOf(node: TreeNode, source: JavaSource): JavaMethod[] {
  const nameNode = node.childForFieldName('name');
  const typeNode = node.childForFieldName('type');
  if (!nameNode) return [];
  const thrown = node.namedChildren.find(({ type }) => type === 'throws')?.namedChildren ?? [];
  return [
    {
      ...(thrown.length === 0 ? {} : { throws: thrown.map((each) => parseType(textOf(each, source.text)).name) }),
      name: textOf(nameNode, source.text),
      type: typeNode ? parseType(textOf(typeNode, source.text)) : unknownType,
      annotations: annotationsOf(node, source),
      parameters: (node.childForFieldName('parameters')?.namedChildren ?? []).flatMap(
        (parameter) => parameterOf(parameter, source) ?? [],
      ),
      static: modifiersOf(node, source.text).has('static'),
      hasBody: node.childForFieldName('body') !== null,
      at: source.lines.range(nameNode.startIndex, nameNode.endIndex),
    },
  ];
}

function parameterOf(node: TreeNode, source: JavaSource): JavaParameter | null {
  if (node.type !== 'formal_parameter' && node.type !== 'spread_parameter') return null;
  const spread = node.type === 'spread_parameter';
  const nameNode =
    node.childForFieldName('name') ??
    node.namedChildren.find(({ type }) => type === 'variable_declarator')?.childForFieldName('name');
  const typeNode =
    node.childForFieldName('type') ??
    node.namedChildren.find(({ type }) => type !== 'modifiers' && type !== 'variable_declarator');
  if (!nameNode || !typeNode) return null;
  const type = parseType(textOf(typeNode, source.text));
  const modifiers = node.namedChildren.find((child) => child.type === 'modifiers');
  return {
    name: textOf(nameNode, source.text),
    type: spread || node.childForFieldName('dimensions') ? { ...type, array: true } : type,
    annotations: modifiers ? annotationsIn(modifiers, source) : [],
  };
}

function constantOf(node: TreeNode, source: JavaSource): JavaEnumConstant[] {
  const nameNode = node.childForFieldName('name');
  if (!nameNode) return [];
  return [
    {
      name: textOf(nameNode, source.text),
      annotations: annotationsOf(node, source),
      arguments: (node.childForFieldName('arguments')?.namedChildren ?? []).map((each) => valueOf(each, source)),
    },
  ];
}
