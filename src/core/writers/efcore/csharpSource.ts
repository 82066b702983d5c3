/** Entity classes of C# with their properties and attributes. */
import type { Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { WriteContext } from '../entityChange.ts';
import { removeBlock } from '../shared/removeBlock.ts';
import { indentAt, lineEnd, lineStart, partsOf } from '../shared/style.ts';

export interface CsharpProperty {
  readonly node: SyntaxNode;
  readonly name: SyntaxNode;
  readonly type: SyntaxNode;
  /** Single attributes, whatever brackets they share. */
  readonly attributes: readonly SyntaxNode[];
}

export interface CsharpSource {
  readonly path: string;
  readonly text: string;
  readonly eol: '\n' | '\r\n';
  readonly indent: string;
  readonly root: SyntaxNode;
  readonly table: Table;
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
  readonly attributes: readonly SyntaxNode[];
  readonly properties: readonly CsharpProperty[];
  /** `string?` means something here: nullable reference types are on, as far as the columns read tell. */
  readonly nullableTypes: boolean;
}

export function csharpClassOf(table: Table, { open }: WriteContext): CsharpSource | string {
  if (table.entity === null) return `No entity stands for ${table.name}: EF Core makes the table for a relation.`;
  const file = open(table.at.file);
  if (!file?.path.endsWith('.cs')) return `${table.entity} is not declared in a C# class that could be read.`;
  const { root } = file.parsed();
  const name = table.entity.replace(/^.*[.+]/u, '');
  const node = descendants(root, ['class_declaration']).find((each) => each.childForFieldName('name')?.text === name);
  const body = node?.childForFieldName('body');
  if (!node || !body) return `The class ${name} was not found in ${file.path}.`;
  if (node.hasError) return `${file.path} has a syntax error in ${name}; correct it first.`;
  const { text, path } = file;
  const properties = partsOf(body).flatMap((each): readonly CsharpProperty[] => {
    const own = each.type === 'property_declaration' ? each.childForFieldName('name') : null;
    const type = each.childForFieldName('type');
    return own && type ? [{ node: each, name: own, type, attributes: attributesOf(each) }] : [];
  });
  const first = partsOf(body)[0];
  return {
    ...{ path, text, root, table, node, body, properties },
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    indent: first ? indentAt(text, first.startIndex) : `${indentAt(text, node.startIndex)}    `,
    attributes: attributesOf(node),
    nullableTypes: table.columns.some((column) => {
      const found = properties.find((each) => each.name.text === column.property);
      if (found?.type.text === 'string?') return true;
      const isPlain = found?.type.text === 'string' && !found.attributes.some((each) => nameOf(each) === 'Required');
      return isPlain && !column.nullable && !table.primaryKey.includes(column.name);
    }),
  };
}

export function descendants(root: SyntaxNode, types: readonly string[]): readonly SyntaxNode[] {
  return root.descendantsOfType([...types]) as readonly SyntaxNode[];
}

function attributesOf(node: SyntaxNode): readonly SyntaxNode[] {
  return partsOf(node)
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((list) => partsOf(list).filter(({ type }) => type === 'attribute'));
}

export function nameOf(attribute: SyntaxNode): string {
  return (attribute.childForFieldName('name')?.text ?? '').replace(/^.*\./u, '').replace(/Attribute$/u, '');
}

export function attribute(of: Pick<CsharpProperty, 'attributes'>, name: string): SyntaxNode | undefined {
  return of.attributes.find((each) => nameOf(each) === name);
}

export function replace({ path }: { readonly path: string }, node: SyntaxNode, newText: string): TextEdit {
  return { file: path, start: node.startIndex, end: node.endIndex, newText };
}

export function removeProperty({ path, text }: CsharpSource, { node }: CsharpProperty): TextEdit {
  return removeBlock(path, text, node.startIndex, node.endIndex, documentation);
}

const documentation = /(?:^|(?<=\n))(?:[ \t]*\/\/[^\n]*\n)+$/u;

/** With its brackets and their line, where nothing else stands in them. */
export function removeAttribute({ path, text }: CsharpSource, given: SyntaxNode): TextEdit {
  const list = given.parent;
  const parts = list ? partsOf(list) : [];
  if (list && parts.length === 1) {
    const end = lineEnd(text, list.endIndex);
    if (
      text.slice(list.endIndex, end).trim() === '' &&
      text.slice(lineStart(text, list.startIndex), list.startIndex).trim() === ''
    ) {
      const lineBreak = /^(?:\r\n|\n)/u.exec(text.slice(end))?.[0].length ?? 0;
      return { file: path, start: lineStart(text, list.startIndex), end: end + lineBreak, newText: '' };
    }
    const space = /^[ \t]*/u.exec(text.slice(list.endIndex))?.[0].length ?? 0;
    return { file: path, start: list.startIndex, end: list.endIndex + space, newText: '' };
  }
  const at = parts.findIndex(({ startIndex }) => startIndex === given.startIndex);
  const next = parts[at + 1];
  const previous = parts[at - 1];
  if (next) return { file: path, start: given.startIndex, end: next.startIndex, newText: '' };
  return { file: path, start: previous?.endIndex ?? given.startIndex, end: given.endIndex, newText: '' };
}

/** On a line of its own before a declaration, behind attributes that it has. */
export function addAttribute({ path, text, eol }: CsharpSource, node: SyntaxNode, written: string): TextEdit {
  const last = partsOf(node).findLast(({ type }) => type === 'attribute_list');
  const start = last ? lineStart(text, lineEnd(text, last.endIndex)) : lineStart(text, node.startIndex);
  const isInline = last && text.slice(last.endIndex, lineEnd(text, last.endIndex)).trim() !== '';
  if (isInline) return { file: path, start: last.endIndex, end: last.endIndex, newText: ` [${written}]` };
  const at = last ? lineEnd(text, last.endIndex) : start;
  const line = `${indentAt(text, node.startIndex)}[${written}]`;
  return { file: path, start: at, end: at, newText: last ? eol + line : line + eol };
}

export function insertProperty(source: CsharpSource, lines: readonly string[], after?: CsharpProperty): TextEdit {
  const { path, text, eol, indent, properties, body } = source;
  const last = after ?? properties.at(-1);
  const [first, second] = properties;
  const isSetApart =
    first !== undefined &&
    second !== undefined &&
    /\n[ \t]*\r?\n/u.test(text.slice(first.node.endIndex, second.node.startIndex));
  const at = last ? lineEnd(text, last.node.endIndex) : lineEnd(text, body.startIndex + 1);
  const newText =
    (last && isSetApart ? eol : '') + lines.map((line) => (line === '' ? eol : eol + indent + line)).join('');
  return { file: path, start: at, end: at, newText };
}

/** Above the others, in the order of the alphabet where they are in it. */
export function using(
  { path, text, eol, root }: Pick<CsharpSource, 'path' | 'text' | 'eol' | 'root'>,
  namespace: string,
): readonly TextEdit[] {
  const all = partsOf(root).filter(({ type }) => type === 'using_directive');
  if (all.some((each) => new RegExp(`using\\s+${namespace.replaceAll('.', '\\.')}\\s*;`, 'u').test(each.text)))
    return [];
  const own = /namespace\s+([\w.]+)/u.exec(text)?.[1] ?? '';
  if (own === namespace || own.startsWith(`${namespace}.`)) return [];
  const after = all.at(-1);
  if (after) {
    const at = lineEnd(text, after.endIndex);
    return [{ file: path, start: at, end: at, newText: `${eol}using ${namespace};` }];
  }
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return [{ file: path, start, end: start, newText: `using ${namespace};${eol}${eol}` }];
}
