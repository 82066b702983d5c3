/** What the members of a mapped class add to tables: properties, references, components, collections. */
import type { HbmCollection, HbmKey, HbmManyToOne, HbmMember, HbmProperty } from '../shared/hbm/model.ts';
import { classNamed, elementType } from './collect.ts';
import type { Mapped } from './collect.ts';
import { columnFrom, propertyType, scalarOf, shapeFor } from './columnTypes.ts';
import { plain } from './tableDrafts.ts';
import type { Building, Draft } from './tableDrafts.ts';

export function addProperty(
  building: Building,
  draft: Draft,
  property: HbmProperty,
  owner: Mapped,
  prefix: string,
  optional: boolean,
  info = owner.info,
): void {
  if (property.formula !== null) return;
  const type =
    property.type === null
      ? propertyType(info, property.name, building.project)
      : (scalarOf(property.type) ?? propertyType(info, property.name, building.project));
  property.columns.forEach((column) => {
    const made = columnFrom(
      plain(column.name ?? property.name),
      prefix + property.name,
      shapeFor(type, column, property.type, building.dialect),
      optional || column.notNull !== true,
      column.at,
    );
    const role = property.role === 'property' ? null : ('version' as const);
    building.add(
      draft,
      {
        ...made,
        nullable: role === null ? made.nullable : false,
        role,
        default: column.default,
        comment: column.comment,
        insertable: property.insert !== false,
        updatable: property.update !== false,
      },
      column,
    );
  });
}

export function addReference(
  building: Building,
  draft: Draft,
  member: HbmManyToOne,
  owner: Mapped,
  prefix: string,
  optional: boolean,
): void {
  const to = building.target(member.class ?? member.entityName, owner, member.name);
  if (!to || member.formula !== null) return;
  const names = member.columns.map((column) => plain(column.name ?? member.name));
  const nullable = optional || member.columns.every((column) => column.notNull !== true);
  building.refer(draft, member.columns, names, to, prefix + member.name, optional || true);
  if (member.notFound !== 'ignore' && member.propertyRef === null)
    building.foreignKey(draft, names, to, member.foreignKey, null, member.at);
  const referenced = building.draftOf(to);
  building.relation(
    draft,
    {
      property: prefix + member.name,
      kind: member.columns.some(({ unique }) => unique) ? 'one-to-one' : 'many-to-one',
      target: referenced.name,
      targetNamespace: referenced.namespace,
      owner: true,
      columns: names,
      inverse: null,
      joinTable: null,
      nullable,
      fetch: member.fetch === 'join' || member.lazy === 'false' ? 'eager' : 'lazy',
      proxied: true,
      at: member.at,
    },
    member.cascade,
  );
}

export function addCollection(building: Building, draft: Draft, member: HbmCollection, owner: Mapped): void {
  const { element, key } = member;
  if (!element || !key || element.kind === 'many-to-any') return;
  const fetch = member.lazy === 'false' ? ('eager' as const) : ('lazy' as const);
  const names = (hbm: HbmKey): readonly string[] => hbm.columns.map((column) => plain(column.name ?? keyName(owner)));
  const own = {
    property: member.name,
    owner: !member.inverse,
    columns: [],
    inverse: null,
    nullable: false,
    fetch,
    at: member.at,
  };
  if (element.kind === 'one-to-many') {
    const to = building.target(element.class ?? element.entityName, owner, member.name);
    if (!to) return;
    const child = building.draftOf(to);
    const held = building.refer(child, key.columns, names(key), owner, null, key.notNull !== true);
    building.foreignKey(child, held, owner, key.foreignKey, key.onDelete === 'cascade' ? 'CASCADE' : null, member.at);
    building.relation(
      draft,
      {
        ...own,
        kind: 'one-to-many',
        owner: false,
        target: child.name,
        targetNamespace: child.namespace,
        joinTable: null,
        inverse:
          child.relations.find(({ columns, kind }) => kind === 'many-to-one' && columns.join() === held.join())
            ?.property ?? null,
      },
      member.cascade,
    );
    return;
  }
  const to =
    element.kind === 'many-to-many' ? building.target(element.class ?? element.entityName, owner, member.name) : null;
  if (element.kind === 'many-to-many' && !to) return;
  const tableName = plain(
    member.table ?? (owner.style === 'fluent' && to ? [owner.name, to.name].sort().join('To') : member.name),
  );
  const join = building.draftFor(tableName, member.schema ?? owner.schema, null, member.at);
  const held = building.refer(join, key.columns, names(key), owner, null, false);
  building.foreignKey(join, held, owner, key.foreignKey, key.onDelete === 'cascade' ? 'CASCADE' : null, member.at);
  let elements: readonly string[] = [];
  if (element.kind === 'many-to-many' && to) {
    elements = building.refer(
      join,
      element.columns,
      element.columns.map((column) => plain(column.name ?? (owner.style === 'fluent' ? `${to.name}_id` : 'elt'))),
      to,
      null,
      false,
    );
    if (element.notFound !== 'ignore') building.foreignKey(join, elements, to, element.foreignKey, null, member.at);
    const referenced = building.draftOf(to);
    building.relation(
      draft,
      {
        ...own,
        kind: 'many-to-many',
        target: referenced.name,
        targetNamespace: referenced.namespace,
        joinTable: join.name,
        ...(!member.inverse && member.collection === 'bag' ? { collection: 'bag' as const } : {}),
      },
      member.cascade,
    );
  } else if (element.kind === 'element') {
    const declared = propertyType(owner.info, member.name, building.project);
    const type = element.type === null ? declared && { ...declared, list: false } : scalarOf(element.type);
    elements = element.columns.map((column) => {
      const name = plain(column.name ?? (owner.style === 'fluent' ? 'Value' : 'elt'));
      building.add(
        join,
        columnFrom(
          name,
          null,
          shapeFor(type, column, element.type, building.dialect),
          member.collection !== 'set' && column.notNull !== true,
          column.at,
        ),
        column,
      );
      return name;
    });
  } else if (element.kind === 'composite-element') {
    const info =
      element.class === null
        ? owner.info
          ? elementType(owner.info, member.name, building.project)
          : null
        : classNamed(element.class, owner.namespace, building.project);
    addMembers(building, join, element.members, { ...owner, info }, '', false);
  }
  const index = member.index?.columns.map((column) => {
    const name = plain(column.name ?? 'idx');
    const type = member.index?.kind === 'position' ? scalarOf('int') : scalarOf(member.index?.type ?? 'string');
    building.add(
      join,
      columnFrom(name, null, shapeFor(type, column, member.index?.type ?? null, building.dialect), false, column.at),
      column,
    );
    return name;
  });
  if (member.collection === 'set') join.primaryKey = [...held, ...elements];
  else if (/^(?:list|map|array)$/u.test(member.collection)) join.primaryKey = [...held, ...(index ?? [])];
}

export function addMembers(
  building: Building,
  draft: Draft,
  members: readonly HbmMember[],
  owner: Mapped,
  prefix: string,
  optional: boolean,
  depth = 0,
): void {
  for (const member of members) {
    if (member.kind === 'property') addProperty(building, draft, member, owner, prefix, optional);
    else if (member.kind === 'many-to-one') addReference(building, draft, member, owner, prefix, optional);
    else if (member.kind === 'component' && depth < 8) {
      const info =
        member.class === null
          ? owner.info
            ? elementType(owner.info, member.name, building.project)
            : null
          : classNamed(member.class, owner.namespace, building.project);
      addMembers(building, draft, member.members, { ...owner, info }, `${prefix}${member.name}.`, optional, depth + 1);
    } else if (member.kind === 'any')
      member.columns.forEach((column, at) =>
        building.add(
          draft,
          columnFrom(
            plain(column.name ?? member.name),
            prefix + member.name,
            shapeFor(
              scalarOf(at === 0 ? (member.metaType ?? 'string') : (member.idType ?? 'int')),
              column,
              null,
              building.dialect,
            ),
            column.notNull !== true,
            column.at,
          ),
          column,
        ),
      );
  }
}

/** Of the column that refers to the owner of a collection, where nothing is stated. */
export function keyName(owner: Mapped): string {
  if (owner.style === 'fluent') return `${owner.name}_id`;
  return owner.style === 'code' ? `${owner.name.toLowerCase()}_key` : 'id';
}
