/** XML change logs. */
import type { LineIndex } from '../../syntax/lineIndex.ts';
import { parseXml } from '../../syntax/xml.ts';
import type { XmlElement } from '../../syntax/xml.ts';
import type { ChangeLog, ChangeNode } from './model.ts';
import { changeLogOf } from './readItems.ts';

export function readXmlLog(text: string, lines: LineIndex): ChangeLog {
  const roots = parseXml(text).filter(({ name }) => plainName(name) === 'databaseChangeLog');
  return changeLogOf(
    roots.flatMap(({ children }) => children.flatMap((child) => (child.name === null ? [] : [nodeOf(child, lines)]))),
  );
}

function plainName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function nodeOf(element: XmlElement, lines: LineIndex): ChangeNode {
  const { line, column, endLine, endColumn } = lines.range(element.start, element.tagEnd);
  return {
    name: plainName(element.name),
    attributes: element.attributes,
    children: element.children.flatMap((child) => (child.name === null ? [] : [nodeOf(child, lines)])),
    text: element.children.map((child) => (child.name === null ? child.text : '')).join(''),
    at: [line, column, endLine, endColumn],
  };
}
