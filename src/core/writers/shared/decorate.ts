/** Puts decorators where the file's author would. */
import type { TextEdit } from '../../schema/source.ts';
import { indentAt, lineEnd, startsLine } from './style.ts';
import type { ClassDeclaration, PropertyNode } from './declaration.ts';
import type { EntitySource } from './entitySource.ts';

/** Before the property's first decorator: on a line of its own, or on the same line where the others stand there too. */
export function decorateProperty(
  { path, text, style }: EntitySource,
  property: PropertyNode,
  decorator: string,
): TextEdit {
  const first = property.decorators[0]?.node ?? property.node;
  const name = property.node.childForFieldName('name') ?? property.node;
  const inline = first.startPosition.row === name.startPosition.row || !startsLine(text, first.startIndex);
  const separator = inline ? ' ' : style.eol + indentAt(text, first.startIndex);
  return { file: path, start: first.startIndex, end: first.startIndex, newText: decorator + separator };
}

/** Behind the last decorator of its kind, else behind the one that makes the class an entity. */
export function decorateClass(
  { path, text, style }: EntitySource,
  declaration: ClassDeclaration,
  decorator: string,
): TextEdit {
  const name = /^@(?:.*\.)?(\w+)\(/u.exec(decorator)?.[1] ?? '';
  const after =
    declaration.decorators.findLast((other) => name.endsWith(other.name)) ??
    declaration.decorators.find((other) => /(?:Entity|Tree)$/u.test(other.name)) ??
    declaration.decorators.at(-1);
  if (!after) {
    const { startIndex } = declaration.head;
    return {
      file: path,
      start: startIndex,
      end: startIndex,
      newText: decorator + style.eol + indentAt(text, startIndex),
    };
  }
  const { endIndex } = after.node;
  const end = lineEnd(text, endIndex);
  // A comment behind a decorator stays with it; code behind it means that all stands on one line.
  if (/^[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/u.test(text.slice(endIndex, end)))
    return { file: path, start: end, end, newText: style.eol + indentAt(text, after.node.startIndex) + decorator };
  return { file: path, start: endIndex, end: endIndex, newText: ` ${decorator}` };
}
