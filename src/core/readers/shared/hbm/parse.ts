/** Reads `*.hbm.xml`: the mappings of Hibernate and NHibernate. Never throws; what is not written yet is left out. */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import { childrenNamed, parseXml, textOf } from '../../../syntax/xml.ts';
import type { XmlElement } from '../../../syntax/xml.ts';
import { attribute, attributeOrChild, columnsOf, flag, keyOf, tagRange } from './attributes.ts';
import { idOf, membersOf, propertyOf } from './members.ts';
import type { HbmClass, HbmDiscriminator, HbmFile, HbmJoin, HbmProperty, HbmQuery } from './model.ts';

/** Files that hold such mappings name their root element; the file's name alone says nothing sure. */
export function isHbm(path: string, text: string): boolean {
  return /\.xml$/iu.test(path) && text.includes('<hibernate-mapping');
}

/** Mappings for .NET name their XML namespace, an assembly, or types of .NET; Java's name a package or nothing of the kind. */
export function isHbmOfDotNet(text: string): boolean {
  return /urn:nhibernate-mapping|<hibernate-mapping\b[^>]*\b(?:assembly|namespace)\s*=/u.test(text);
}

/** Null where the text has no `<hibernate-mapping>`. */
export function parseHbm(text: string, lines: LineIndex): HbmFile | null {
  const root = parseXml(text).find(({ name }) => name === 'hibernate-mapping');
  if (!root) return null;
  return {
    package: attribute(root, 'package'),
    namespace: attribute(root, 'namespace'),
    assembly: attribute(root, 'assembly'),
    schema: attribute(root, 'schema'),
    catalog: attribute(root, 'catalog'),
    defaultCascade: attribute(root, 'default-cascade'),
    defaultLazy: flag(root, 'default-lazy'),
    classes: classesOf(root, lines),
    queries: queriesOf(root, lines),
  };
}

const classElements = ['class', 'subclass', 'joined-subclass', 'union-subclass'] as const;

function classesOf(parent: XmlElement, lines: LineIndex): readonly HbmClass[] {
  return classElements
    .flatMap((kind) => childrenNamed(parent, kind).map((element) => ({ kind, element })))
    .sort((a, b) => a.element.start - b.element.start)
    .flatMap(({ kind, element }) => classOf(element, kind, lines) ?? []);
}

function classOf(element: XmlElement, kind: HbmClass['kind'], lines: LineIndex): HbmClass | null {
  const entityName = attribute(element, 'entity-name');
  const name = attribute(element, 'name') ?? entityName;
  if (name === null) return null;
  const id = childrenNamed(element, 'id', 'composite-id')[0];
  return {
    kind,
    name,
    entityName,
    extends: attribute(element, 'extends'),
    table: attribute(element, 'table'),
    schema: attribute(element, 'schema'),
    catalog: attribute(element, 'catalog'),
    discriminatorValue: attribute(element, 'discriminator-value'),
    abstract: flag(element, 'abstract'),
    mutable: flag(element, 'mutable'),
    lazy: attribute(element, 'lazy'),
    where: attribute(element, 'where'),
    check: attribute(element, 'check'),
    comment: attributeOrChild(element, 'comment'),
    subselect: attributeOrChild(element, 'subselect'),
    id: id ? idOf(id, lines) : null,
    discriminator: discriminatorOf(element, lines),
    version: versionOf(element, lines),
    key: keyOf(element, lines),
    members: membersOf(element, lines),
    joins: childrenNamed(element, 'join').flatMap((join) => joinOf(join, lines) ?? []),
    subclasses: classesOf(element, lines),
    at: tagRange(element, lines),
  };
}

function discriminatorOf(element: XmlElement, lines: LineIndex): HbmDiscriminator | null {
  const discriminator = childrenNamed(element, 'discriminator')[0];
  const column = discriminator ? columnsOf(discriminator, lines)[0] : undefined;
  if (!discriminator || !column) return null;
  return {
    type: attribute(discriminator, 'type'),
    column,
    formula: attributeOrChild(discriminator, 'formula'),
    notNull: flag(discriminator, 'not-null'),
    at: tagRange(discriminator, lines),
  };
}

function versionOf(element: XmlElement, lines: LineIndex): HbmProperty | null {
  const version = childrenNamed(element, 'version', 'timestamp')[0];
  const name = version ? attribute(version, 'name') : null;
  if (!version || name === null) return null;
  return propertyOf(version, name, version.name === 'timestamp' ? 'timestamp' : 'version', lines);
}

function joinOf(element: XmlElement, lines: LineIndex): HbmJoin | null {
  const table = attribute(element, 'table');
  if (table === null) return null;
  return {
    table,
    schema: attribute(element, 'schema'),
    catalog: attribute(element, 'catalog'),
    inverse: flag(element, 'inverse') === true,
    optional: flag(element, 'optional') === true,
    key: keyOf(element, lines),
    members: membersOf(element, lines),
    at: tagRange(element, lines),
  };
}

/** Queries may stand in the file or in a class. */
function queriesOf(root: XmlElement, lines: LineIndex): readonly HbmQuery[] {
  return [root, ...childrenNamed(root, ...classElements)].flatMap((parent) =>
    childrenNamed(parent, 'query', 'sql-query').flatMap((element): HbmQuery[] => {
      const name = attribute(element, 'name');
      if (name === null) return [];
      const kind = element.name === 'sql-query' ? 'sql-query' : 'query';
      return [{ kind, name, text: textOf(element).trim(), at: tagRange(element, lines) }];
    }),
  );
}
