/** Entity classes of Java with their fields, accessors and annotations. */
import type { Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { WriteContext } from '../entityChange.ts';
import { removeBlock } from '../shared/removeBlock.ts';
import { indentAt, lineEnd, lineStart, partsOf } from '../shared/style.ts';

export interface JavaField {
  readonly node: SyntaxNode;
  readonly name: SyntaxNode;
  readonly type: SyntaxNode;
  readonly annotations: readonly SyntaxNode[];
  /** `getName`, `isName`, `setName` of the class. */
  readonly accessors: readonly SyntaxNode[];
}

export interface JavaSource {
  readonly path: string;
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  readonly indent: string;
  readonly root: SyntaxNode;
  readonly table: Table;
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
  readonly annotations: readonly SyntaxNode[];
  readonly fields: readonly JavaField[];
  /** `jakarta.persistence` or `javax.persistence`. */
  readonly library: string;
}

export function javaClassOf(table: Table, { open }: WriteContext): JavaSource | string {
  if (table.entity === null) return `No entity stands for ${table.name}: the mapper makes the table for a relation.`;
  const file = open(table.at.file);
  if (!file?.path.endsWith('.java')) return `${table.entity} is not declared in a Java class that could be read.`;
  const { root } = file.parsed();
  const name = table.entity.replace(/^.*[.$]/u, '');
  const node = descendants(root, ['class_declaration']).find((each) => each.childForFieldName('name')?.text === name);
  const body = node?.childForFieldName('body');
  if (!node || !body) return `The class ${name} was not found in ${file.path}.`;
  if (node.hasError) return `${file.path} has a syntax error in ${name}; correct it first.`;
  const { text, path } = file;
  const first = partsOf(body)[0];
  return {
    ...{ path, text, root, table, node, body },
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    indent: first ? indentAt(text, first.startIndex) : `${indentAt(text, node.startIndex)}    `,
    annotations: annotationsOf(node),
    fields: fieldsOf(body),
    library: /\bjavax\.persistence\b/u.test(text) ? 'javax.persistence' : 'jakarta.persistence',
  };
}

export function descendants(root: SyntaxNode, types: readonly string[]): readonly SyntaxNode[] {
  return root.descendantsOfType([...types]) as readonly SyntaxNode[];
}

function annotationsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const modifiers = partsOf(node).find(({ type }) => type === 'modifiers');
  return modifiers ? partsOf(modifiers).filter(({ type }) => type.endsWith('annotation')) : [];
}

function fieldsOf(body: SyntaxNode): readonly JavaField[] {
  const methods = partsOf(body).filter(({ type }) => type === 'method_declaration');
  return partsOf(body).flatMap((node) => {
    if (node.type !== 'field_declaration') return [];
    const modifiers = partsOf(node).find(({ type }) => type === 'modifiers')?.text ?? '';
    const declarators = partsOf(node).filter(({ type }) => type === 'variable_declarator');
    const name = declarators[0]?.childForFieldName('name');
    const type = node.childForFieldName('type');
    if (!name || !type || declarators.length > 1 || /\bstatic\b/u.test(modifiers)) return [];
    const accessors = methods.filter((method) =>
      accessorNames(name.text).includes(method.childForFieldName('name')?.text ?? ''),
    );
    return [{ node, name, type, annotations: annotationsOf(node), accessors }];
  });
}

export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function accessorNames(name: string): readonly string[] {
  return ['get', 'is', 'set'].map((verb) => verb + capital(name));
}

export function annotation(of: Pick<JavaField, 'annotations'>, name: string): SyntaxNode | undefined {
  return of.annotations.find((each) => each.childForFieldName('name')?.text.replace(/^.*\./u, '') === name);
}

export function pairValue(given: SyntaxNode | undefined, key: string): SyntaxNode | null {
  const list = given?.childForFieldName('arguments');
  const pair = list && partsOf(list).find((each) => each.childForFieldName('key')?.text === key);
  return pair?.childForFieldName('value') ?? null;
}

export function replace({ path }: { readonly path: string }, node: SyntaxNode, newText: string): TextEdit {
  return { file: path, start: node.startIndex, end: node.endIndex, newText };
}

/** Elements of an annotation set, replaced and (null) removed. */
export function setElements(
  { path }: { readonly path: string },
  given: SyntaxNode,
  options: Readonly<Record<string, string | null>>,
): readonly TextEdit[] {
  const list = given.childForFieldName('arguments');
  const parts = list ? partsOf(list) : [];
  const pairs = new Map(parts.map((part) => [part.childForFieldName('key')?.text ?? 'value', part]));
  const changed = [...new Set([...pairs.keys(), ...Object.keys(options)])].flatMap((key) => {
    const value = key in options ? options[key] : undefined;
    if (value === null) return [];
    if (value !== undefined) return [`${key} = ${value}`];
    return pairs.get(key)?.text ?? [];
  });
  const newText = changed.length === 0 ? '' : `(${changed.join(', ')})`;
  const old = list?.text ?? '';
  if (old === newText || (changed.length === 0 && /^\(\s*\)$/u.test(old))) return [];
  const start = list?.startIndex ?? given.endIndex;
  return [{ file: path, start, end: list?.endIndex ?? given.endIndex, newText }];
}

/** Above the field, behind its other annotations. */
export function addAnnotation({ path, text, eol }: JavaSource, field: JavaField, written: string): TextEdit {
  const last = field.annotations.at(-1);
  if (last && lineStart(text, last.startIndex) === lineStart(text, field.name.startIndex))
    return { file: path, start: last.endIndex, end: last.endIndex, newText: ` ${written}` };
  const at = last ? lineEnd(text, last.endIndex) : lineStart(text, field.node.startIndex);
  const line = indentAt(text, field.node.startIndex) + written;
  return { file: path, start: at, end: at, newText: last ? eol + line : line + eol };
}

export function removeNode(
  { path, text }: { readonly path: string; readonly text: string },
  node: SyntaxNode,
): TextEdit {
  return removeBlock(path, text, node.startIndex, node.endIndex);
}

export function removeField(source: JavaSource, { node, accessors }: JavaField): readonly TextEdit[] {
  return [node, ...accessors].map((each) => removeNode(source, each));
}

export interface NewField {
  readonly name: string;
  readonly type: string;
  readonly annotations: readonly string[];
  readonly value?: string;
}

/** Behind the last field, with accessors where the class writes them out. */
export function insertField(source: JavaSource, { name, type, annotations, value }: NewField): readonly TextEdit[] {
  const { path, text, eol, indent, fields, body } = source;
  const last = fields.at(-1);
  const visible = last
    ? /^(?:@.*\s)*?\b(private|protected|public)\b/su.exec(text.slice(last.node.startIndex, last.type.startIndex))?.[1]
    : 'private';
  const lines = [
    ...annotations,
    `${visible === undefined ? '' : `${visible} `}${type} ${name}${value === undefined ? '' : ` = ${value}`};`,
  ];
  const gap = last && isSetApart(source) ? eol : '';
  const at = last ? lineEnd(text, last.node.endIndex) : lineEnd(text, body.startIndex + 1);
  const edits: TextEdit[] = [
    { file: path, start: at, end: at, newText: gap + lines.map((line) => eol + indent + line).join('') },
  ];
  const written = fields.filter(({ accessors }) => accessors.length > 0);
  if (written.length * 2 < fields.length || fields.length === 0) return edits;
  const step = indent.startsWith('\t') ? '\t' : indent;
  const parameter = name;
  const getter = [`public ${type} get${capital(name)}() {`, `${step}return ${name};`, '}'];
  const setter = [
    `public void set${capital(name)}(${type} ${parameter}) {`,
    `${step}this.${name} = ${parameter};`,
    '}',
  ];
  const after = partsOf(body).at(-1);
  const end = after ? lineEnd(text, after.endIndex) : at;
  const methods = [getter, setter].map((each) => eol + each.map((line) => eol + indent + line).join('')).join('');
  return [...edits, { file: path, start: end, end, newText: methods }];
}

function isSetApart({ text, fields }: JavaSource): boolean {
  const [first, second] = fields;
  return (
    first !== undefined &&
    second !== undefined &&
    /\n[ \t]*\r?\n/u.test(text.slice(first.node.endIndex, second.node.startIndex))
  );
}

/** Nothing for what `java.lang` or the own package has, and for what is imported. */
export function importJava({ path, text, eol, root }: JavaSource, name: string, pack: string): readonly TextEdit[] {
  const imports = partsOf(root).filter(({ type }) => type === 'import_declaration');
  const own = partsOf(root).find(({ type }) => type === 'package_declaration');
  const isKnown = imports.some(({ text: each }) => each.includes(`${pack}.${name};`) || each.includes(`${pack}.*`));
  if (isKnown || pack === '' || own?.text.replace(/^package\s+|\s*;$/gu, '') === pack) return [];
  const after = imports.findLast(({ text: each }) => each.includes(` ${pack}.`)) ?? imports.at(-1) ?? own;
  const at = after ? lineEnd(text, after.endIndex) : 0;
  const gap = after && after === own ? eol : '';
  return [
    { file: path, start: at, end: at, newText: `${after ? eol : ''}${gap}import ${pack}.${name};${after ? '' : eol}` },
  ];
}

export function packageOf({ root }: Pick<JavaSource, 'root'>): string {
  return (
    partsOf(root)
      .find(({ type }) => type === 'package_declaration')
      ?.text.replace(/^package\s+|\s*;$/gu, '') ?? ''
  );
}
