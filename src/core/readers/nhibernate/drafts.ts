/** Mappings of C# as the same shape as those of `*.hbm.xml`, while they are put together. */
import type { SourceRange } from '../../schema/source.ts';
import type {
  HbmClass,
  HbmCollection,
  HbmColumn,
  HbmElement,
  HbmId,
  HbmKey,
  HbmManyToOne,
  HbmMember,
  HbmOneToOne,
  HbmProperty,
} from '../shared/hbm/model.ts';

export type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
export type ColumnDraft = Mutable<HbmColumn>;
export type ClassDraft = Omit<Mutable<HbmClass>, 'members' | 'joins' | 'subclasses'> & {
  readonly members: HbmMember[];
  readonly joins: (Omit<Mutable<HbmClass['joins'][number]>, 'members'> & { members: HbmMember[] })[];
  readonly subclasses: HbmClass[];
};

export function newColumn(name: string | null, at: SourceRange): ColumnDraft {
  return {
    name,
    length: null,
    precision: null,
    scale: null,
    notNull: null,
    unique: false,
    uniqueKeys: [],
    indexes: [],
    sqlType: null,
    default: null,
    check: null,
    comment: null,
    at,
  };
}

export function newClass(kind: HbmClass['kind'], name: string, parent: string | null, at: SourceRange): ClassDraft {
  return {
    kind,
    name,
    entityName: null,
    extends: parent,
    table: null,
    schema: null,
    catalog: null,
    discriminatorValue: null,
    abstract: null,
    mutable: null,
    lazy: null,
    where: null,
    check: null,
    comment: null,
    subselect: null,
    id: null,
    discriminator: null,
    version: null,
    key: null,
    members: [],
    joins: [],
    subclasses: [],
    at,
  };
}

export function newProperty(name: string, columns: readonly HbmColumn[], at: SourceRange): Mutable<HbmProperty> {
  return {
    kind: 'property',
    role: 'property',
    name,
    type: null,
    typeParameters: {},
    columns,
    formula: null,
    insert: null,
    update: null,
    lazy: null,
    generated: null,
    naturalId: false,
    at,
  };
}

export function newId(name: string | null, columns: readonly HbmColumn[], at: SourceRange): Mutable<HbmId> {
  return {
    kind: 'id',
    name,
    class: null,
    type: null,
    columns,
    generator: null,
    generatorParameters: {},
    unsavedValue: null,
    members: [],
    at,
  };
}

export function newKey(columns: readonly HbmColumn[], at: SourceRange): Mutable<HbmKey> {
  return { columns, propertyRef: null, foreignKey: null, onDelete: null, notNull: null, unique: null, at };
}

export function newManyToOne(name: string, columns: readonly HbmColumn[], at: SourceRange): Mutable<HbmManyToOne> {
  return {
    kind: 'many-to-one',
    name,
    class: null,
    entityName: null,
    columns,
    formula: null,
    propertyRef: null,
    foreignKey: null,
    cascade: null,
    fetch: null,
    lazy: null,
    insert: null,
    update: null,
    notFound: null,
    naturalId: false,
    at,
  };
}

export function newOneToOne(name: string, at: SourceRange): Mutable<HbmOneToOne> {
  return {
    kind: 'one-to-one',
    name,
    class: null,
    entityName: null,
    constrained: false,
    foreignKey: null,
    propertyRef: null,
    cascade: null,
    fetch: null,
    lazy: null,
    at,
  };
}

export function newCollection(
  collection: HbmCollection['collection'],
  name: string,
  at: SourceRange,
): Mutable<HbmCollection> {
  return {
    kind: 'collection',
    collection,
    name,
    table: null,
    schema: null,
    catalog: null,
    inverse: false,
    lazy: null,
    fetch: null,
    cascade: null,
    where: null,
    orderBy: null,
    key: newKey([newColumn(null, at)], at),
    index: null,
    collectionId: null,
    element: null,
    at,
  };
}

export function manyToMany(
  columns: readonly HbmColumn[],
  at: SourceRange,
): Extract<HbmElement, { kind: 'many-to-many' }> {
  return {
    kind: 'many-to-many',
    class: null,
    entityName: null,
    columns,
    foreignKey: null,
    propertyRef: null,
    unique: false,
    notFound: null,
    at,
  };
}

export function oneToMany(at: SourceRange): HbmElement {
  return { kind: 'one-to-many', class: null, entityName: null, notFound: null, at };
}
