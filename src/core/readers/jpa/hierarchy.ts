/** Entities of a project with their attributes: who extends whom, where mapped superclasses come in, fields or getters. */
import type { SourceRange } from '../../schema/source.ts';
import type { JavaAnnotation, JavaClass, JavaType } from '../shared/java/model.ts';
import { argument, constantName, substituted } from '../shared/java/world.ts';
import type { JavaWorld, KnownClass } from '../shared/java/world.ts';
import { idAnnotations, jpa } from './annotations.ts';
import { libraryBase } from './libraryBases.ts';
import type { OrmAttribute, OrmClass } from './mappings.ts';

export type Strategy = 'single-table' | 'joined' | 'table-per-class';

/** A persistent property as declared, its type with the type parameters put in. */
export interface Attribute {
  readonly name: string;
  readonly type: JavaType;
  readonly annotations: readonly JavaAnnotation[];
  /** Class whose source it stands in: names in it are resolved from there. */
  readonly owner: KnownClass;
  readonly at: SourceRange;
  /** Of a component in `*.hbm.xml`: how its class is mapped here. */
  readonly inline?: readonly OrmAttribute[];
}

export interface Entity {
  readonly known: KnownClass;
  /** Name in queries: that of the class unless stated. */
  readonly name: string;
  readonly className: string;
  readonly annotations: readonly JavaAnnotation[];
  readonly abstract: boolean;
  readonly parent: Entity | null;
  readonly root: Entity;
  readonly strategy: Strategy;
  /** Own ones and those of mapped superclasses between it and its parent entity. */
  readonly attributes: readonly Attribute[];
  /** A superclass whose source is not in the workspace, as written; null = all are known. */
  readonly missingBase: string | null;
  /** Annotations of the mapped superclasses that stand between. */
  readonly inheritedAnnotations: readonly JavaAnnotation[];
  readonly children: Entity[];
}

export interface Hierarchy {
  readonly entities: readonly Entity[];
  entity(known: KnownClass): Entity | undefined;
  /** Attributes of an embeddable (or of a class that is used like one), as its user accesses it. */
  embedded(type: JavaType, from: KnownClass, access: Access): readonly Attribute[];
  /** The attributes of a component that a mapping file states. */
  inlined(attribute: Attribute): readonly Attribute[];
  accessOf(entity: Entity): Access;
  isEmbeddable(known: KnownClass): boolean;
}

export type Access = 'FIELD' | 'PROPERTY';

/** Superclasses followed; a cycle in half-typed code must end. */
const deepest = 24;

export function createHierarchy(world: JavaWorld, overlays: ReadonlyMap<string, OrmClass>): Hierarchy {
  const overlayOf = (known: KnownClass): OrmClass | undefined =>
    overlays.get(known.qualified) ?? overlays.get(known.declaration.name);
  const annotationsOf = (known: KnownClass): readonly JavaAnnotation[] => {
    const overlay = overlayOf(known);
    if (!overlay) return known.declaration.annotations;
    return overlay.complete ? overlay.annotations : [...overlay.annotations, ...known.declaration.annotations];
  };
  const has = (known: KnownClass, name: string): boolean => jpa(annotationsOf(known), name) !== undefined;

  const chains = new Map<KnownClass, readonly Step[]>();
  const entities = new Map<KnownClass, Entity>();
  const accesses = new Map<KnownClass, Access>();

  interface Step {
    readonly known: KnownClass;
    readonly environment: ReadonlyMap<string, JavaType>;
  }

  /** The class and its superclasses, each with what its type parameters stand for. */
  function chainOf(known: KnownClass, given: readonly JavaType[] = []): readonly Step[] {
    const stored = given.length === 0 ? chains.get(known) : undefined;
    if (stored) return stored;
    const steps: Step[] = [];
    const seen = new Set<KnownClass>();
    let current: KnownClass | undefined = known;
    let args = given;
    while (current && !seen.has(current) && steps.length < deepest) {
      seen.add(current);
      const environment = environmentOf(current.declaration, args);
      steps.push({ known: current, environment });
      const base: JavaType | null = current.declaration.extends;
      args = (base?.arguments ?? []).map((each) => substituted(each, environment));
      current = base ? world.resolve(base.name, current) : undefined;
    }
    if (given.length === 0) chains.set(known, steps);
    return steps;
  }

  function ownAttributes({ known, environment }: Step, access: Access): readonly Attribute[] {
    const { declaration } = known;
    const overlay = overlayOf(known);
    const stated = accessStated(annotationsOf(known)) ?? overlay?.access ?? null;
    const used = declaration.kind === 'record' ? 'FIELD' : (stated ?? access);
    if (overlay?.strict) return overlay.attributes.map((each) => strictAttribute(each, known, environment));
    const found = membersOf(declaration, used).map((member): Attribute => ({
      ...member,
      type: substituted(member.type, environment),
      owner: known,
      annotations: overlaid(member, overlay),
    }));
    const transient = new Set(
      overlay?.attributes.filter(({ annotations }) => jpa(annotations, 'Transient')).map(({ name }) => name),
    );
    return found.filter(({ name, annotations }) => !transient.has(name) && !jpa(annotations, 'Transient'));
  }

  function accessOfChain(known: KnownClass): Access {
    let access = accesses.get(known);
    if (!access) accesses.set(known, (access = findAccess(known)));
    return access;
  }

  function findAccess(known: KnownClass): Access {
    const chain = chainOf(known);
    for (const { known: each } of chain) {
      const overlay = overlayOf(each);
      if (overlay?.access) return overlay.access;
      const { fields, methods } = each.declaration;
      const isId = ({ annotations }: { readonly annotations: readonly JavaAnnotation[] }): boolean =>
        annotations.some(({ name }) => idAnnotations.has(name)) &&
        (jpa(annotations, 'Id') ?? jpa(annotations, 'EmbeddedId')) !== undefined;
      if (fields.some(isId)) return 'FIELD';
      if (methods.some(isId)) return 'PROPERTY';
    }
    // The key is inherited from a library, or comes from a mapping file: look where the other annotations stand.
    const marked = (members: readonly { readonly annotations: readonly JavaAnnotation[] }[]): boolean =>
      members.some(({ annotations }) =>
        ['Column', 'JoinColumn', 'ManyToOne', 'OneToMany', 'OneToOne', 'ManyToMany', 'Enumerated'].some((name) =>
          jpa(annotations, name),
        ),
      );
    const [first] = chain;
    if (first && !marked(first.known.declaration.fields) && marked(first.known.declaration.methods)) return 'PROPERTY';
    return 'FIELD';
  }

  function entityOf(known: KnownClass): Entity | undefined {
    if (entities.has(known)) return entities.get(known);
    if (!has(known, 'Entity')) return undefined;
    const chain = chainOf(known);
    const access = accessOfChain(known);
    const between: Attribute[] = [];
    const inherited: JavaAnnotation[] = [];
    let parent: Entity | null = null;
    let missingBase: string | null = null;
    for (const [at, step] of chain.entries()) {
      if (at > 0 && has(step.known, 'Entity')) {
        parent = entityOf(step.known) ?? null;
        break;
      }
      if (at === 0 || has(step.known, 'MappedSuperclass')) {
        between.unshift(...ownAttributes(step, access));
        if (at > 0) inherited.push(...annotationsOf(step.known));
      }
      const base = step.known.declaration.extends;
      if (base && !world.resolve(base.name, step.known)) {
        const known = libraryBase(base, step.known, world, step.environment);
        if (known.length === 0) missingBase = base.name;
        between.unshift(...known);
      }
    }
    const annotations = annotationsOf(known);
    const entity: Entity = {
      known,
      name: world.text(argument(jpa(annotations, 'Entity'), 'name'), known) ?? simple(known.declaration.name),
      className: simple(known.declaration.name),
      annotations,
      abstract: known.declaration.abstract,
      parent,
      // Filled below: a root is its own root.
      root: null as unknown as Entity,
      strategy: parent?.strategy ?? strategyOf([...annotations, ...inherited]),
      attributes: withoutOverridden(between),
      inheritedAnnotations: inherited,
      missingBase,
      children: [],
    };
    (entity as { root: Entity }).root = parent?.root ?? entity;
    entities.set(known, entity);
    parent?.children.push(entity);
    return entity;
  }

  for (const known of world.classes) if (known.declaration.kind === 'class') entityOf(known);

  const embeddedKnown = new Map<string, readonly Attribute[]>();
  return {
    entities: [...entities.values()],
    entity: (known) => entities.get(known),
    embedded(type, from, access) {
      const known = world.resolve(type.name, from);
      if (!known) return [];
      const key = `${known.qualified}\0${access}\0${JSON.stringify(type.arguments)}`;
      let attributes = embeddedKnown.get(key);
      if (!attributes) {
        const steps = chainOf(known, type.arguments).filter(
          ({ known: each }, at) => at === 0 || has(each, 'MappedSuperclass') || has(each, 'Embeddable'),
        );
        const used = embeddableAccess(known, access);
        attributes = withoutOverridden(steps.toReversed().flatMap((step) => ownAttributes(step, used)));
        embeddedKnown.set(key, attributes);
      }
      return attributes;
    },
    inlined({ inline = [], type, owner }) {
      const known = world.resolve(type.name, owner) ?? world.byName(type.name) ?? owner;
      return inline.map((each) => strictAttribute(each, known, new Map()));
    },
    accessOf: (entity) => accessOfChain(entity.known),
    isEmbeddable: (known) => has(known, 'Embeddable'),
  };

  /** An embeddable is accessed as its owner is, unless its annotations all stand elsewhere. */
  function embeddableAccess({ declaration }: KnownClass, access: Access): Access {
    const marked = (members: readonly { readonly annotations: readonly JavaAnnotation[] }[]): boolean =>
      members.some(({ annotations }) =>
        annotations.some((each) => jpa([each], each.name) && (each.package ?? 'persistence').includes('persistence')),
      );
    if (access === 'PROPERTY' && !declaration.methods.some(({ name }) => propertyName(name) !== null)) return 'FIELD';
    if (access === 'PROPERTY' && marked(declaration.fields) && !marked(declaration.methods)) return 'FIELD';
    return access;
  }
}

/** An attribute as the mapping has it, with the type of its member: mappings seldom state it. */
function strictAttribute(
  attribute: OrmAttribute,
  known: KnownClass,
  environment: ReadonlyMap<string, JavaType>,
): Attribute {
  const { name, annotations } = attribute;
  const { fields, methods, at } = known.declaration;
  const own =
    fields.find((field) => field.name === name)?.type ??
    methods.find((method) => propertyName(method.name) === name)?.type;
  const type = own ?? attribute.type ?? { name: '?', arguments: [], array: false };
  // A raw collection says nothing of its elements.
  const isRaw = own?.arguments.length === 0 && (attribute.type?.arguments.length ?? 0) > 0;
  // `<set>` for a member that its class calls a Collection: the mapping knows better what it is.
  const isSet = own?.name.endsWith('Collection') === true && attribute.type?.name.endsWith('Set') === true;
  const stated = (isRaw || isSet ? attribute.type : null) ?? type;
  return {
    name,
    type: substituted(stated, environment),
    annotations,
    owner: known,
    at: annotations[0]?.at ?? at,
    ...(attribute.inline ? { inline: attribute.inline } : {}),
  };
}

function simple(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function environmentOf(declaration: JavaClass, args: readonly JavaType[]): ReadonlyMap<string, JavaType> {
  return new Map(
    declaration.typeParameters.flatMap(({ name, bound }, at) => {
      const given = args[at] ?? bound;
      return given ? [[name, given] as const] : [];
    }),
  );
}

function accessStated(annotations: readonly JavaAnnotation[]): Access | null {
  const stated = constantName(argument(jpa(annotations, 'Access'), 'value'));
  return stated === 'FIELD' || stated === 'PROPERTY' ? stated : null;
}

const strategies: Readonly<Record<string, Strategy>> = {
  SINGLE_TABLE: 'single-table',
  JOINED: 'joined',
  TABLE_PER_CLASS: 'table-per-class',
};

function strategyOf(annotations: readonly JavaAnnotation[]): Strategy {
  const stated = constantName(argument(jpa(annotations, 'Inheritance'), 'strategy'));
  return (stated !== null && Object.hasOwn(strategies, stated) ? strategies[stated] : undefined) ?? 'single-table';
}

type Member = Pick<Attribute, 'name' | 'type' | 'annotations' | 'at'>;

/** Fields or getters, and members of the other kind that state their access themselves. */
function membersOf(declaration: JavaClass, access: Access): readonly Member[] {
  const fields = declaration.fields.filter((field) => !field.static && !field.transient);
  const getters = declaration.methods.flatMap((method): Member[] => {
    const name = propertyName(method.name);
    if (name === null || method.static || method.parameters.length > 0 || method.type.name === 'void') return [];
    return [{ name, type: method.type, annotations: method.annotations, at: method.at }];
  });
  if (access === 'FIELD') {
    const stated = getters.filter(({ annotations }) => accessStated(annotations) === 'PROPERTY');
    return [...fields.filter(({ name }) => !stated.some((each) => each.name === name)), ...stated];
  }
  // Lombok writes the getters, and copies no annotation to them.
  const generated = declaration.annotations.some(
    ({ name }) => name === 'Getter' || name === 'Data' || name === 'Value',
  );
  const names = new Set(getters.map(({ name }) => name));
  const stated = fields.filter(({ annotations }) => accessStated(annotations) === 'FIELD');
  return [
    ...getters.filter(({ name }) => !stated.some((each) => each.name === name)),
    ...fields.filter((field) => stated.includes(field) || (generated && !names.has(field.name))),
  ];
}

/** `getOrderDate` → `orderDate` (java.beans.Introspector.decapitalize). */
export function propertyName(method: string): string | null {
  const match = /^(?:get|is)(\p{Lu}[\p{L}\p{N}_$]*)$/u.exec(method);
  const rest = match?.[1];
  if (rest === undefined || method === 'getClass') return null;
  return /^\p{Lu}{2}/u.test(rest) ? rest : rest.charAt(0).toLowerCase() + rest.slice(1);
}

function overlaid(member: Member, overlay: OrmClass | undefined): readonly JavaAnnotation[] {
  const stated = overlay?.attributes.find(({ name }) => name === member.name)?.annotations;
  if (stated) return stated;
  return overlay?.complete ? [] : member.annotations;
}

/** A getter that a subclass overrides counts once, as the subclass has it. */
function withoutOverridden(attributes: readonly Attribute[]): readonly Attribute[] {
  const last = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  return [...last.values()];
}
