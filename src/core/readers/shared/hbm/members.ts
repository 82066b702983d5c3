/** Properties, components, relations and collections of `*.hbm.xml`. */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import { childrenNamed } from '../../../syntax/xml.ts';
import type { XmlElement } from '../../../syntax/xml.ts';
import { attribute, attributeOrChild, columnsOf, flag, keyOf, parametersOf, tagRange } from './attributes.ts';
import type { HbmAny, HbmCollection, HbmElement, HbmId, HbmIndex, HbmMember, HbmProperty } from './model.ts';

const collections = ['set', 'list', 'map', 'bag', 'idbag', 'array', 'primitive-array'] as const;
type CollectionKind = (typeof collections)[number];

function isCollection(name: string): name is CollectionKind {
  return (collections as readonly string[]).includes(name);
}

/** Of a class, component, key or element, in the order of the source; those without a name are not there yet. */
export function membersOf(element: XmlElement, lines: LineIndex, naturalId = false): readonly HbmMember[] {
  return element.children.flatMap((child): readonly HbmMember[] => {
    if (child.name === null) return [];
    if (child.name === 'natural-id') return membersOf(child, lines, true);
    // `<properties>` only groups: a name for what belongs together.
    if (child.name === 'properties') return membersOf(child, lines, naturalId);
    const name = attribute(child, 'name');
    if (name === null) return [];
    const member = memberOf(child, name, lines, naturalId);
    return member ? [member] : [];
  });
}

function memberOf(element: XmlElement, name: string, lines: LineIndex, naturalId: boolean): HbmMember | null {
  const at = tagRange(element, lines);
  switch (element.name) {
    case 'property':
    case 'key-property':
      return { ...propertyOf(element, name, 'property', lines), naturalId };
    case 'component':
    case 'dynamic-component':
    case 'nested-composite-element':
      return {
        kind: 'component',
        dynamic: element.name === 'dynamic-component',
        name,
        class: attribute(element, 'class'),
        unique: flag(element, 'unique') === true,
        insert: flag(element, 'insert'),
        update: flag(element, 'update'),
        naturalId,
        members: membersOf(element, lines, naturalId),
        at,
      };
    case 'many-to-one':
    case 'key-many-to-one':
      return {
        kind: 'many-to-one',
        name,
        class: attribute(element, 'class'),
        entityName: attribute(element, 'entity-name'),
        columns: columnsOf(element, lines),
        formula: attributeOrChild(element, 'formula'),
        propertyRef: attribute(element, 'property-ref'),
        foreignKey: attribute(element, 'foreign-key'),
        cascade: attribute(element, 'cascade'),
        fetch: fetchOf(element),
        lazy: attribute(element, 'lazy'),
        insert: flag(element, 'insert'),
        update: flag(element, 'update'),
        notFound: attribute(element, 'not-found'),
        naturalId,
        at,
      };
    case 'one-to-one':
      return {
        kind: 'one-to-one',
        name,
        class: attribute(element, 'class'),
        entityName: attribute(element, 'entity-name'),
        constrained: flag(element, 'constrained') === true,
        foreignKey: attribute(element, 'foreign-key'),
        propertyRef: attribute(element, 'property-ref'),
        cascade: attribute(element, 'cascade'),
        fetch: fetchOf(element),
        lazy: attribute(element, 'lazy'),
        at,
      };
    case 'any':
      return { ...anyOf(element, lines), kind: 'any', name };
    default:
      return isCollection(element.name) ? collectionOf(element, element.name, name, lines) : null;
  }
}

export function propertyOf(
  element: XmlElement,
  name: string,
  role: HbmProperty['role'],
  lines: LineIndex,
): HbmProperty {
  const typeElement = childrenNamed(element, 'type')[0];
  return {
    kind: 'property',
    role,
    name,
    type: attribute(element, 'type') ?? (typeElement ? attribute(typeElement, 'name') : null),
    typeParameters: parametersOf(typeElement),
    columns: columnsOf(element, lines),
    formula: attributeOrChild(element, 'formula'),
    insert: flag(element, 'insert'),
    update: flag(element, 'update'),
    lazy: flag(element, 'lazy'),
    generated: attribute(element, 'generated'),
    naturalId: false,
    at: tagRange(element, lines),
  };
}

/** Before `fetch` there was `outer-join`. */
function fetchOf(element: XmlElement): string | null {
  return attribute(element, 'fetch') ?? (attribute(element, 'outer-join') === 'true' ? 'join' : null);
}

function anyOf(element: XmlElement, lines: LineIndex): Pick<HbmAny, 'idType' | 'metaType' | 'columns' | 'at'> {
  return {
    idType: attribute(element, 'id-type'),
    metaType: attribute(element, 'meta-type'),
    columns: columnsOf(element, lines),
    at: tagRange(element, lines),
  };
}

function collectionOf(element: XmlElement, collection: CollectionKind, name: string, lines: LineIndex): HbmCollection {
  const collectionId = childrenNamed(element, 'collection-id')[0];
  return {
    kind: 'collection',
    collection,
    name,
    table: attribute(element, 'table'),
    schema: attribute(element, 'schema'),
    catalog: attribute(element, 'catalog'),
    inverse: flag(element, 'inverse') === true,
    lazy: attribute(element, 'lazy'),
    fetch: fetchOf(element),
    cascade: attribute(element, 'cascade'),
    where: attribute(element, 'where'),
    orderBy: attribute(element, 'order-by'),
    key: keyOf(element, lines),
    index: indexOf(element, lines),
    collectionId: collectionId ? idOf(collectionId, lines) : null,
    element: elementOf(element, lines),
    at: tagRange(element, lines),
  };
}

const indexElements: Readonly<Record<string, HbmIndex['kind']>> = {
  index: 'key',
  'list-index': 'position',
  'map-key': 'key',
  'map-key-many-to-many': 'key-many-to-many',
  'index-many-to-many': 'key-many-to-many',
  'composite-index': 'composite-key',
  'composite-map-key': 'composite-key',
};

function indexOf(collection: XmlElement, lines: LineIndex): HbmIndex | null {
  const element = childrenNamed(collection, ...Object.keys(indexElements))[0];
  if (!element) return null;
  // Of lists and arrays `<index>` is the position.
  const kind =
    element.name === 'index' && collection.name !== 'map' ? 'position' : (indexElements[element.name] ?? 'key');
  return {
    kind,
    type: attribute(element, 'type'),
    class: attribute(element, 'class'),
    columns: kind === 'composite-key' ? [] : columnsOf(element, lines),
    members: kind === 'composite-key' ? membersOf(element, lines) : [],
    at: tagRange(element, lines),
  };
}

function elementOf(collection: XmlElement, lines: LineIndex): HbmElement | null {
  const element = childrenNamed(
    collection,
    'element',
    'one-to-many',
    'many-to-many',
    'composite-element',
    'many-to-any',
  )[0];
  if (!element) return null;
  const at = tagRange(element, lines);
  const target = { class: attribute(element, 'class'), entityName: attribute(element, 'entity-name') };
  const notFound = attribute(element, 'not-found');
  switch (element.name) {
    case 'one-to-many':
      return { kind: 'one-to-many', ...target, notFound, at };
    case 'many-to-many':
      return {
        kind: 'many-to-many',
        ...target,
        columns: columnsOf(element, lines),
        foreignKey: attribute(element, 'foreign-key'),
        propertyRef: attribute(element, 'property-ref'),
        unique: flag(element, 'unique') === true,
        notFound,
        at,
      };
    case 'composite-element':
      return { kind: 'composite-element', class: target.class, members: membersOf(element, lines), at };
    case 'many-to-any':
      return { kind: 'many-to-any', ...anyOf(element, lines) };
    default: {
      const { type, typeParameters, columns } = propertyOf(element, '', 'property', lines);
      return { kind: 'element', type, typeParameters, columns, at };
    }
  }
}

export function idOf(element: XmlElement, lines: LineIndex): HbmId {
  const generator = childrenNamed(element, 'generator')[0];
  const composite = element.name === 'composite-id';
  const typeElement = childrenNamed(element, 'type')[0];
  return {
    kind: composite ? 'composite' : 'id',
    name: attribute(element, 'name'),
    class: attribute(element, 'class'),
    type: attribute(element, 'type') ?? (typeElement ? attribute(typeElement, 'name') : null),
    columns: composite ? [] : columnsOf(element, lines),
    generator: (generator ? attribute(generator, 'class') : null) ?? attribute(element, 'generator'),
    generatorParameters: parametersOf(generator),
    unsavedValue: attribute(element, 'unsaved-value'),
    members: composite ? membersOf(element, lines) : [],
    at: tagRange(element, lines),
  };
}
