/** A Prisma schema file with the model in it that is to be changed. */
import type { Column, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { PrismaAttribute, PrismaBlock, PrismaDocument } from '../../syntax/prisma/ast.ts';
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { indentAt, lineEnd, lineStart } from '../shared/style.ts';

export interface ModelSource {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly eol: '\n' | '\r\n';
  readonly document: PrismaDocument;
  readonly block: PrismaBlock;
  readonly table: Table;
}

/** Field that a column stands under; null where none does. */
export function fieldOf(table: Table, column: string): string | null {
  return table.columns.find(({ name }) => name === column)?.property ?? null;
}

export function fieldsOf(table: Table, columns: readonly string[]): readonly string[] | null {
  const fields = columns.map((column) => fieldOf(table, column));
  return fields.every((field): field is Column['name'] => field !== null) ? fields : null;
}

export function noField(table: Table, columns: readonly string[]): string {
  return `No field of ${table.entity ?? table.name} stands for ${columns.join(', ')}, so an attribute cannot name it.`;
}

const keys: ReadonlySet<string> = new Set(['id', 'unique', 'index', 'fulltext']);

/** `@@index([…])` behind the keys and indexes that the model has, before what else it says of itself. */
export function insertBlockAttribute(source: ModelSource, attribute: string): TextEdit {
  const { text, eol, block, path } = source;
  const indent = indentOf(source);
  const lastKey = block.attributes.findLast(({ name }) => keys.has(name));
  if (lastKey) return insertLine(source, lastKey.end, `${eol}${indent}${attribute}`);
  const [first] = block.attributes;
  if (first) {
    const at = lineStart(text, first.start);
    return { file: path, start: at, end: at, newText: `${indent}${attribute}${eol}` };
  }
  const lastField = block.fields.at(-1);
  return insertLine(source, lastField?.end ?? block.body.start, `${lastField ? eol : ''}${eol}${indent}${attribute}`);
}

/** Behind everything on the line of `offset`, comments included; a block on one line is broken up. */
export function insertLine({ path, text, eol, block }: ModelSource, offset: number, newText: string): TextEdit {
  const end = lineEnd(text, offset);
  if (end < block.body.end || block.body.end < offset) return { file: path, start: end, end, newText };
  const spaces = /[ \t]*$/.exec(text.slice(offset, block.body.end))?.[0].length ?? 0;
  return { file: path, start: block.body.end - spaces, end: block.body.end, newText: newText + eol };
}

export function indentOf({ text, block }: ModelSource): string {
  const member = block.fields.find(({ start }) => lineStart(text, start) > block.start) ?? block.fields[0];
  const indent = member && lineStart(text, member.start) > block.start ? indentAt(text, member.start) : '';
  return indent === '' ? '  ' : indent;
}

/** The attribute that was read at a place; null where the file says something else by now. */
export function attributeAt(
  source: ModelSource,
  offset: number,
): { readonly attribute: PrismaAttribute; readonly onBlock: boolean } | null {
  const ofBlock = source.block.attributes.find(({ start }) => start === offset);
  if (ofBlock) return { attribute: ofBlock, onBlock: true };
  const ofField = source.block.fields.flatMap(({ attributes }) => attributes).find(({ start }) => start === offset);
  return ofField ? { attribute: ofField, onBlock: false } : null;
}

/** Takes the line out where it holds nothing else; of a field, the attribute and the space before it. */
export function removeAttribute(
  { path, text, block }: ModelSource,
  attribute: PrismaAttribute,
  onBlock: boolean,
): TextEdit {
  if (!onBlock) {
    const spaces = /[ \t]*$/.exec(text.slice(0, attribute.start))?.[0].length ?? 0;
    return { file: path, start: attribute.start - spaces, end: attribute.end, newText: '' };
  }
  const end = lineEnd(text, attribute.end);
  let start = lineStart(text, attribute.start);
  // A blank line that set the attributes off is of no use where none are left.
  const rest = text.slice(end, block.body.end);
  const blank = /(?:\r\n|\n|\r)[ \t]*(?=(?:\r\n|\n|\r)$)/.exec(text.slice(block.body.start, start));
  if (rest.trim() === '' && blank) start = block.body.start + blank.index + (blank[0].startsWith('\r\n') ? 2 : 1);
  const broken = /^(?:\r\n|\n|\r)/.exec(text.slice(end))?.[0].length ?? 0;
  return { file: path, start, end: end + broken, newText: '' };
}
