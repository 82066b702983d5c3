/** Conventions, first part: which classes are entity types, what their members are (learn.microsoft.com/ef/core/modeling/entity-types). */
import type { PropertyDeclaration } from '../shared/csharp/declarations.ts';
import { attributesOfClass, fieldsOf, propertiesOf } from '../shared/csharp/project.ts';
import type { ClassInfo, ClassOfChain } from '../shared/csharp/project.ts';
import { plainType, typeText } from '../shared/csharp/types.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import { textValue } from '../shared/csharp/values.ts';
import { annotated, attributesOf } from './annotations.ts';
import type { Attributes } from './annotations.ts';
import type { Building } from './building.ts';
import { classify, scalarNamed } from '../shared/csharp/clr.ts';
import type { MemberType, ScalarType } from '../shared/csharp/clr.ts';
import { settingsOf } from './model.ts';
import type { EntityType, PropertySettings } from './model.ts';
import type { Member, Node } from './nodes.ts';

/** Whether nullable reference types are on in a file that does not say so itself. */
export type Nullability = (file: string) => boolean;

export interface Discovery {
  readonly building: Building;
  readonly nullability: Nullability;
  readonly members: Map<ClassInfo, readonly PropertyDeclaration[]>;
}

function inheritedMember(
  link: ClassOfChain,
  property: PropertyDeclaration,
  { building, nullability }: Discovery,
): Member {
  const { project, runner } = building;
  const file = property.at.file;
  return {
    name: property.name,
    type: project.canonical(property.type, link.info, link.args),
    property,
    attributes: attributesOf(property.attributes, runner, {
      variables: new Map(),
      parent: null,
      owner: link.info,
      args: link.args,
      self: undefined,
    }),
    annotated: property.nullable ?? (file === '' ? false : nullability(file)),
    at: property.at,
  };
}

/** Members of the classes of an entity, the most derived of each name, those of base classes first. */
export function membersOf(entity: EntityType, stop: EntityType | null, discovery: Discovery): readonly Member[] {
  if (!entity.info) return [];
  const chain = discovery.building.project.chain(entity.info, entity.args);
  const end = stop?.info ? chain.findIndex(({ info }) => info === stop.info) : -1;
  const found = new Map<string, Member>();
  for (const link of (end === -1 ? chain : chain.slice(0, end)).toReversed())
    for (const property of propertiesOf(link.info)) {
      if (property.static || property.hidden) continue;
      const before = found.get(property.name);
      const member = inheritedMember(link, property, discovery);
      // Attributes on the property that it overrides still hold.
      const attributes = before
        ? attributesOf([...property.attributes, ...before.property.attributes], discovery.building.runner, {
            variables: new Map(),
            parent: null,
            owner: link.info,
            args: link.args,
            self: undefined,
          })
        : member.attributes;
      found.set(property.name, { ...member, attributes });
    }
  return [...found.values()];
}

export function attributesOfType(info: ClassInfo, { building }: Discovery): Attributes {
  return attributesOf(attributesOfClass(info), building.runner, {
    variables: new Map(),
    parent: null,
    owner: info,
    args: new Map(),
    self: undefined,
  });
}

export type Kind =
  | { readonly kind: 'scalar'; readonly type: ScalarType }
  | {
      readonly kind: 'navigation';
      readonly type: TypeRef;
      readonly info: ClassInfo;
      readonly many: boolean;
      readonly nullable: boolean;
    }
  | { readonly kind: 'complex'; readonly type: TypeRef; readonly info: ClassInfo }
  | { readonly kind: 'none' };

const none: Kind = { kind: 'none' };

/** What a member is to the model. */
export function kindOf(member: Member, path: string, entity: EntityType, discovery: Discovery): Kind {
  const { building } = discovery;
  const { property } = member;
  const settings = entity.settings.get(path);
  if (entity.ignored.has(path) || (member.attributes.has('NotMapped') && settings?.explicit !== true)) return none;
  const type = classify(member.type, entity.info ?? building.context, building.project);
  if (settings?.explicit === true || settings?.conversion) return { kind: 'scalar', type: forced(type, settings) };
  if (!property.public && !entity.complex.has(path)) return none;
  const byType = building.model.byType.get(simple(member.type));
  if (type.kind === 'scalar' && !byType?.conversion)
    return property.writable || isSequence(type, member, entity) ? { kind: 'scalar', type } : none;
  if (byType) return { kind: 'scalar', type: forced(type, byType) };
  if (type.kind !== 'reference' && type.kind !== 'collection') return none;
  const target = typeText({ ...type.type, nullable: false });
  if (building.model.ignoredTypes.has(target)) return none;
  const attributes = attributesOfType(type.info, discovery);
  if (attributes.has('NotMapped')) return none;
  const isComplex = entity.complex.has(path) || (type.kind === 'reference' && attributes.has('ComplexType'));
  if (isComplex) return { kind: 'complex', type: type.type, info: type.info };
  if (type.kind === 'reference' && !property.writable) return none;
  if (type.kind === 'collection' && property.computed && !hasField(member, entity, discovery)) return none;
  return {
    kind: 'navigation',
    type: type.type,
    info: type.info,
    many: type.kind === 'collection',
    nullable: isNullable(type.nullable, member),
  };
}

function isNullable(stated: boolean, member: Member): boolean {
  return stated || !member.annotated;
}

function isSequence(type: ScalarType, member: Member, entity: EntityType): boolean {
  return type.list && !member.property.computed && entity.settings.has(member.name);
}

function simple(type: TypeRef): string {
  return type.name.slice(type.name.lastIndexOf('.') + 1);
}

/** A property that is said to be a column whatever its type is. */
function forced(type: MemberType, settings: PropertySettings): ScalarType {
  if (type.kind === 'scalar') return type;
  const stated = settings.clr ? scalarNamed(settings.clr) : null;
  const given = type.type;
  return (
    stated ?? {
      kind: 'scalar',
      scalar: 'other',
      enum: null,
      list: type.kind === 'collection',
      nullable: given.nullable,
      value: false,
      name: simple(given),
    }
  );
}

/** A read-only collection is a navigation where a field stands behind it: `_items`, `items`, `m_items`. */
function hasField(member: Member, entity: EntityType, { building }: Discovery): boolean {
  if (!entity.info) return false;
  const camel = member.name.charAt(0).toLowerCase() + member.name.slice(1);
  const names = new Set([`_${camel}`, `_${member.name}`, camel, `m_${camel}`, `m_${member.name}`]);
  return building.project
    .chain(entity.info, entity.args)
    .some(({ info }) => fieldsOf(info).some(({ name }) => names.has(name)));
}

/** Follows navigations until no new type turns up. */
export function discoverEntities(discovery: Discovery): void {
  const { building } = discovery;
  const { model } = building;
  const done = new Set<EntityType>();
  for (let found = true, rounds = 0; found && rounds < 60; rounds++) {
    found = false;
    for (const entity of [...model.entities.values()]) {
      if (done.has(entity)) continue;
      done.add(entity);
      found = true;
      follow(entity, discovery);
    }
  }
}

function follow(entity: EntityType, discovery: Discovery): void {
  const { building } = discovery;
  const { model } = building;
  if (!entity.info || model.explicit) return;
  const attributes = attributesOfType(entity.info, discovery);
  if (attributes.has('NotMapped')) {
    model.entities.delete(entity.id);
    return;
  }
  if (attributes.has('Keyless')) entity.key ??= 'none';
  // A relation with a class as value (`IEntityTypeConfiguration` aside) ends at a class that nothing can identify.
  for (const member of membersOf(entity, null, discovery)) {
    const kind = kindOf(member, member.name, entity, discovery);
    if (kind.kind !== 'navigation') continue;
    const id = typeText({ ...kind.type, nullable: false });
    const owned = model.ownedTypes.has(id) || attributesOfType(kind.info, discovery).has('Owned');
    const already = model.entities.get(`${entity.id}.${member.name}#${simple(kind.type)}`);
    if (already) continue;
    if (owned) building.ownedEntity(entity, member.name, kind.type, kind.many, member.at);
    else building.entity(kind.type, member.at, false);
  }
}

/** The nearest class above that is an entity type as well. */
export function setBases(nodes: ReadonlyMap<string, Node>, { building }: Discovery): void {
  for (const node of nodes.values()) {
    const { type } = node;
    if (type.base !== undefined) node.base = type.base ? (nodes.get(type.base.id) ?? null) : null;
    else if (type.info && !type.owner) {
      for (const { info, args } of building.project.chain(type.info, type.args).slice(1)) {
        const id = typeText(
          plainType(
            info.key.replace(/`\d+$/u, ''),
            info.typeParameters.map((name) => args.get(name) ?? plainType(name)),
          ),
        );
        const base = nodes.get(id);
        if (!base || base.type.owner) continue;
        node.base = base;
        break;
      }
    }
  }
  for (const node of nodes.values()) node.base?.derived.push(node);
}

/** Columns, navigations and shadow properties of each entity type. */
export function addMembers(node: Node, nodes: ReadonlyMap<string, Node>, discovery: Discovery): void {
  const { type } = node;
  for (const member of membersOf(type, node.base?.type ?? null, discovery))
    addMember(node, nodes, member, member.name, true, discovery, 0);
  for (const [name, settings] of type.settings)
    if (
      !node.properties.has(name) &&
      !type.ignored.has(name) &&
      name !== '' &&
      !node.navigations.has(name) &&
      !isInherited(node, name)
    )
      addStated(node, name, settings, discovery);
}

/** Shadow properties, and fields that are mapped without a property: `Property<int>("OrderId")`, `Property("_name")`. */
function addStated(node: Node, name: string, stated: PropertySettings, { building, nullability }: Discovery): void {
  const { type } = node;
  const { project, runner, context, model } = building;
  const links = type.info ? project.chain(type.info, type.args) : [];
  const found = links
    .flatMap((link) => fieldsOf(link.info).map((field) => ({ field, link })))
    .find(({ field }) => field.name === name);
  const declared = found ? project.canonical(found.field.type, found.link.info, found.link.args) : stated.clr;
  if (!declared) return;
  const known = classify(declared, type.info ?? context, project);
  const scalar = known.kind === 'scalar' ? known : (scalarNamed(declared) ?? otherScalar(declared));
  const attributes = found
    ? annotated(
        found.field,
        attributesOf(found.field.attributes, runner, {
          variables: new Map(),
          parent: null,
          owner: found.link.info,
          args: found.link.args,
          self: undefined,
        }),
      )
    : {};
  const settings: PropertySettings = { ...attributes, ...stated };
  const isAnnotated = found ? (found.field.nullable ?? nullability(found.field.at.file)) : false;
  const byType = scalar.value ? scalar.nullable : model.explicit || !isAnnotated || scalar.nullable;
  const nullable =
    settings.required === undefined || scalar.value ? byType && settings.required !== true : !settings.required;
  node.properties.set(name, { name, settings, type: scalar, nullable, shadow: !found, at: settings.at ?? type.at });
}

function otherScalar(type: TypeRef): ScalarType {
  return {
    kind: 'scalar',
    scalar: 'other',
    enum: null,
    list: false,
    nullable: type.nullable,
    value: false,
    name: simple(type),
  };
}

function isInherited(node: Node, name: string): boolean {
  for (let at = node.base; at; at = at.base) if (at.properties.has(name)) return true;
  return false;
}

function addMember(
  node: Node,
  nodes: ReadonlyMap<string, Node>,
  member: Member,
  path: string,
  required: boolean,
  discovery: Discovery,
  depth: number,
): void {
  const { building } = discovery;
  const { type } = node;
  const kind = kindOf(member, path, type, discovery);
  if (kind.kind === 'scalar') {
    const stated = type.settings.get(path);
    const overridden = building.model.overrides.get(`property ${type.id} ${path}`)?.value as
      PropertySettings | undefined;
    const byType = building.model.byType.get(kind.type.enum?.name ?? kind.type.name);
    const settings: PropertySettings = {
      ...annotated(member.property, member.attributes),
      ...byType,
      ...overridden,
      ...stated,
      at: member.at,
    };
    const byClass = kind.type.value ? kind.type.nullable : kind.type.nullable || !member.annotated;
    const nullable = settings.required === true ? false : settings.required === false ? true : byClass || !required;
    node.properties.set(path, { name: path, settings, type: kind.type, nullable, shadow: false, at: member.at });
    const refers = textValue(member.attributes.value('ForeignKey', 0));
    if (refers !== null) type.foreignKeyAttributes.set(path, refers);
    if (member.attributes.has('Key')) type.keyAttributes.push(path);
  } else if (kind.kind === 'complex' && depth < 6) {
    const inner = settingsOf(type, path);
    const isRequired = required && (inner.required ?? true) && !member.type.nullable;
    const part = { ...type, info: kind.info, args: new Map() };
    for (const each of membersOf(part, null, discovery))
      addMember(node, nodes, each, `${path}.${each.name}`, isRequired, discovery, depth + 1);
  } else if (kind.kind === 'navigation') {
    const id = typeText({ ...kind.type, nullable: false });
    const target = nodes.get(`${type.id}.${path}#${simple(kind.type)}`) ?? nodes.get(id);
    if (!target) return;
    node.navigations.set(path, {
      name: path,
      target,
      many: kind.many,
      nullable: kind.many || kind.nullable,
      virtual: member.property.virtual,
      attributes: member.attributes,
      at: member.at,
    });
  }
}
