/** Attributes and columns of `*.hbm.xml` elements. */
import type { SourceRange } from '../../../schema/source.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import { childrenNamed, textOf } from '../../../syntax/xml.ts';
import type { XmlElement } from '../../../syntax/xml.ts';
import type { HbmColumn, HbmKey } from './model.ts';

export function attribute(element: XmlElement, name: string): string | null {
  const value = Object.hasOwn(element.attributes, name) ? element.attributes[name]?.trim() : undefined;
  return value === undefined || value === '' ? null : value;
}

export function flag(element: XmlElement, name: string): boolean | null {
  const value = attribute(element, name)?.toLowerCase();
  return value === 'true' || value === '1' ? true : value === 'false' || value === '0' ? false : null;
}

export function integer(element: XmlElement, name: string): number | null {
  const value = attribute(element, name);
  return value !== null && /^\d{1,9}$/u.test(value) ? Number(value) : null;
}

export function tagRange(element: XmlElement, lines: LineIndex): SourceRange {
  return lines.range(element.start, element.tagEnd);
}

/** Text of the first child of that name, spaces folded; null = none. */
export function childText(element: XmlElement, name: string): string | null {
  const child = childrenNamed(element, name)[0];
  const text = child ? textOf(child).replace(/\s+/gu, ' ').trim() : '';
  return text === '' ? null : text;
}

/** `attribute`, or the text of a child of that name: `formula`, `subselect`, `comment`. */
export function attributeOrChild(element: XmlElement, name: string): string | null {
  return attribute(element, name) ?? childText(element, name);
}

function list(text: string | null): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * The columns of a mapping: its `<column>` children, or one that its own attributes describe. What the mapping says of all of them (`not-null`,
 * `unique`, `unique-key`, `index`) is put into each.
 * @param named attribute that holds the name; `column` unless the element calls it otherwise
 */
export function columnsOf(element: XmlElement, lines: LineIndex, named = 'column'): readonly HbmColumn[] {
  const children = childrenNamed(element, 'column');
  if (children.length === 0) return [columnOf(element, null, attribute(element, named), lines)];
  return children.map((child) => columnOf(child, element, attribute(child, 'name'), lines));
}

function columnOf(element: XmlElement, owner: XmlElement | null, name: string | null, lines: LineIndex): HbmColumn {
  const both = (attributeName: string): readonly string[] => [
    ...new Set([...list(attribute(element, attributeName)), ...(owner ? list(attribute(owner, attributeName)) : [])]),
  ];
  const number = (attributeName: string): number | null =>
    integer(element, attributeName) ?? (owner ? integer(owner, attributeName) : null);
  return {
    name,
    length: number('length'),
    precision: number('precision'),
    scale: number('scale'),
    notNull: flag(element, 'not-null') ?? (owner ? flag(owner, 'not-null') : null),
    unique: flag(element, 'unique') === true || (owner !== null && flag(owner, 'unique') === true),
    uniqueKeys: both('unique-key'),
    indexes: both('index'),
    sqlType: attribute(element, 'sql-type'),
    default: attribute(element, 'default'),
    check: attribute(element, 'check'),
    comment: childText(element, 'comment'),
    at: tagRange(element, lines),
  };
}

export function keyOf(element: XmlElement, lines: LineIndex): HbmKey | null {
  const key = childrenNamed(element, 'key')[0];
  if (!key) return null;
  const onDelete = attribute(key, 'on-delete');
  return {
    columns: columnsOf(key, lines),
    propertyRef: attribute(key, 'property-ref'),
    foreignKey: attribute(key, 'foreign-key'),
    onDelete: onDelete === 'cascade' || onDelete === 'noaction' ? onDelete : null,
    notNull: flag(key, 'not-null'),
    unique: flag(key, 'unique'),
    at: tagRange(key, lines),
  };
}

/** `<param name="sequence">order_seq</param>` */
export function parametersOf(element: XmlElement | undefined): Readonly<Record<string, string>> {
  const parameters = element ? childrenNamed(element, 'param') : [];
  return Object.fromEntries(
    parameters.map((child): [string, string] => [attribute(child, 'name') ?? '', textOf(child).trim()]),
  );
}
