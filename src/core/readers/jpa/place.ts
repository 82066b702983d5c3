/** Puts the attributes of an entity or embeddable into its table; those that need other tables are kept for later. */
import type { RelationKind } from '../../schema/model.ts';
import type { JavaAnnotation } from '../shared/java/model.ts';
import { argument, constantName, items, nested } from '../shared/java/world.ts';
import { hibernateOwn, jpa, repeated } from './annotations.ts';
import { basicColumn } from './columns.ts';
import type { Context, Place } from './context.ts';
import { targetOf } from './context.ts';
import type { DraftColumn } from './drafts.ts';
import type { Attribute, Entity } from './hierarchy.ts';
import { joinColumnsOf, joinTo } from './joins.ts';
import type { Join } from './joins.ts';

/** Embeddables in embeddables; a cycle in half-typed code must end. */
const deepest = 6;

/** A relation whose columns stand in the table of the entity itself. */
export interface PlacedRelation {
  readonly attribute: Attribute;
  readonly property: string;
  readonly kind: RelationKind;
  readonly target: Entity;
  readonly join: Join;
  readonly nullable: boolean;
}

/** A relation or collection that has no columns in the table of its entity. */
export interface Deferred {
  readonly attribute: Attribute;
  readonly place: Place;
  readonly kind: RelationKind | 'elements';
  readonly property: string;
}

export interface Placed {
  readonly columns: readonly DraftColumn[];
  readonly relations: readonly PlacedRelation[];
  readonly deferred: readonly Deferred[];
}

const relationKinds: Readonly<Record<string, RelationKind>> = {
  ManyToOne: 'many-to-one',
  OneToOne: 'one-to-one',
  OneToMany: 'one-to-many',
  ManyToMany: 'many-to-many',
};

export function relationKind(
  annotations: readonly JavaAnnotation[],
): { kind: RelationKind; annotation: JavaAnnotation } | null {
  for (const [name, kind] of Object.entries(relationKinds)) {
    const annotation = jpa(annotations, name);
    if (annotation) return { kind, annotation };
  }
  return null;
}

const nothing: Placed = { columns: [], relations: [], deferred: [] };

export function placeAttribute(attribute: Attribute, place: Place, context: Context, depth = 0): Placed {
  const { annotations } = attribute;
  if (
    hibernateOwn(annotations, 'Formula') ??
    hibernateOwn(annotations, 'Any') ??
    hibernateOwn(annotations, 'ManyToAny') ??
    hibernateOwn(annotations, 'JoinFormula')
  )
    return hibernateOwn(annotations, 'Any') ? anyColumns(attribute, place, context) : nothing;
  const relation = relationKind(annotations);
  if (relation) return placeRelation(attribute, relation, place, context);
  if (jpa(annotations, 'ElementCollection') ?? hibernateOwn(annotations, 'CollectionOfElements'))
    return { ...nothing, deferred: [{ attribute, place, kind: 'elements', property: place.prefix + attribute.name }] };
  const known = context.world.resolve(attribute.type.name, attribute.owner);
  const isEmbedded =
    (jpa(annotations, 'Embedded') ?? jpa(annotations, 'EmbeddedId')) !== undefined ||
    (known !== undefined && context.hierarchy.isEmbeddable(known));
  const converted =
    (jpa(annotations, 'Convert') ?? hibernateOwn(annotations, 'Type') ?? hibernateOwn(annotations, 'JdbcTypeCode')) !==
    undefined;
  if (isEmbedded && !converted) return depth >= deepest ? nothing : placeEmbedded(attribute, place, context, depth);
  const isKey = place.isKey || jpa(annotations, 'Id') !== undefined;
  const mapped = place.mapsId.get(attribute.name);
  if (mapped && isKey) {
    const property = place.prefix + attribute.name;
    return { ...nothing, columns: mapped.map((column) => ({ ...column, property, nullable: false })) };
  }
  return { ...nothing, columns: [basicColumn(attribute, isKey ? { ...place, isKey } : place, context)] };
}

function placeEmbedded(attribute: Attribute, place: Place, context: Context, depth: number): Placed {
  const { annotations, name } = attribute;
  const isKey = place.isKey || (jpa(annotations, 'EmbeddedId') ?? jpa(annotations, 'Id')) !== undefined;
  const inner: Place = {
    entity: place.entity,
    prefix: `${place.prefix}${name}.`,
    columns: new Map([...overridesOf(annotations, attribute, context), ...within(place.columns, name)]),
    associations: new Map([...associationsOf(annotations, attribute, context), ...within(place.associations, name)]),
    access: place.access,
    forcedNull: place.forcedNull,
    mayMiss:
      context.hibernate === 6 &&
      !isKey &&
      (place.mayMiss ||
        !annotations.some(({ name }) => name === 'Valid') ||
        !annotations.some(({ name }) => name === 'NotNull')),
    isKey,
    mapsId: mappedWithin(attribute, place, context),
  };
  const attributes = attribute.inline
    ? context.hierarchy.inlined(attribute)
    : context.hierarchy.embedded(attribute.type, attribute.owner, place.access);
  return merged(attributes.map((each) => placeAttribute(each, inner, context, depth + 1)));
}

export function merged(parts: readonly Placed[]): Placed {
  return {
    columns: parts.flatMap(({ columns }) => columns),
    relations: parts.flatMap(({ relations }) => relations),
    deferred: parts.flatMap(({ deferred }) => deferred),
  };
}

/** `@MapsId` may stand for an embeddable as a whole: its columns take the names in order. */
function mappedWithin(attribute: Attribute, { mapsId }: Place, context: Context): Place['mapsId'] {
  const own = mapsId.get(attribute.name);
  if (!own)
    return new Map(
      [...mapsId].flatMap(([path, columns]) =>
        path.startsWith(`${attribute.name}.`)
          ? [[path.slice(attribute.name.length + 1), columns] as const]
          : isRoot(path, attribute)
            ? [[path, columns] as const]
            : [],
      ),
    );
  const attributes = context.hierarchy.embedded(attribute.type, attribute.owner, 'FIELD');
  return new Map(attributes.flatMap(({ name }, at) => (own[at] ? [[name, [own[at]]] as const] : [])));
}

/** Paths of `@MapsId` begin inside the embedded key. */
function isRoot(path: string, { annotations }: Attribute): boolean {
  return jpa(annotations, 'EmbeddedId') !== undefined && path !== '';
}

function within(
  overrides: ReadonlyMap<string, JavaAnnotation>,
  name: string,
): readonly (readonly [string, JavaAnnotation])[] {
  return [...overrides].flatMap(([path, annotation]) =>
    path.startsWith(`${name}.`) ? [[path.slice(name.length + 1), annotation] as const] : [],
  );
}

/** `@AttributeOverride(name = "street", column = @Column(…))` */
export function overridesOf(
  annotations: readonly JavaAnnotation[],
  { owner }: Pick<Attribute, 'owner'>,
  { world }: Context,
): ReadonlyMap<string, JavaAnnotation> {
  return new Map(
    repeated(annotations, 'AttributeOverride', 'AttributeOverrides').flatMap((override) => {
      const name = world.text(argument(override, 'name'), owner);
      const [column] = nested(override, 'column');
      return name === null || !column ? [] : [[name, column] as const];
    }),
  );
}

export function associationsOf(
  annotations: readonly JavaAnnotation[],
  { owner }: Pick<Attribute, 'owner'>,
  { world }: Context,
): ReadonlyMap<string, JavaAnnotation> {
  return new Map(
    repeated(annotations, 'AssociationOverride', 'AssociationOverrides').flatMap((override) => {
      const name = world.text(argument(override, 'name'), owner);
      return name === null ? [] : [[name, override] as const];
    }),
  );
}

function placeRelation(
  attribute: Attribute,
  { kind, annotation }: NonNullable<ReturnType<typeof relationKind>>,
  place: Place,
  context: Context,
): Placed {
  const property = place.prefix + attribute.name;
  const deferred: Placed = { ...nothing, deferred: [{ attribute, place, kind, property }] };
  if (kind === 'one-to-many' || kind === 'many-to-many') return deferred;
  const { world } = context;
  const { owner, annotations } = attribute;
  if (world.text(argument(annotation, 'mappedBy'), owner) || jpa(annotations, 'JoinTable')) return deferred;
  // Shares the key of the other: no column of its own.
  if (kind === 'one-to-one' && repeated(annotations, 'PrimaryKeyJoinColumn', 'PrimaryKeyJoinColumns').length > 0)
    return deferred;
  const stated = argument(annotation, 'targetEntity');
  const target = targetOf(attribute, stated?.kind === 'class' ? stated.type : null, context);
  if (!target) return nothing;
  const isKey = place.isKey || jpa(annotations, 'Id') !== undefined || jpa(annotations, 'MapsId') !== undefined;
  const optional = world.flag(argument(annotation, 'optional'), owner) !== false;
  const required =
    isKey || !optional || (!place.forcedNull && !place.mayMiss && annotations.some(({ name }) => name === 'NotNull'));
  const override = place.associations.get(attribute.name);
  const overridden = nested(override, 'joinColumns');
  const columns = overridden.length > 0 ? overridden : joinColumnsOf(annotations);
  const join = joinTo(
    target,
    columns,
    {
      base: attribute.name,
      nullable: !required,
      // Hibernate 5 made those unique alone that must be there.
      unique: kind === 'one-to-one' && !isKey && (context.hibernate === 6 || required),
      at: attribute.at,
      owner,
    },
    context,
  );
  const placed = join.columns.map((column) => (isKey ? { ...column, nullable: false } : column));
  const nullable = placed.every((column) => column.nullable);
  return {
    columns: placed,
    relations: [{ attribute, property, kind, target, join: { ...join, columns: placed }, nullable }],
    deferred: [],
  };
}

/** `@Any`: a column that says which table, and one with the key; there is no foreign key. */
function anyColumns(attribute: Attribute, place: Place, context: Context): Placed {
  const { annotations } = attribute;
  const [key] = joinColumnsOf(annotations);
  const meta = nested(hibernateOwn(annotations, 'Any'), 'metaColumn')[0] ?? jpa(annotations, 'Column');
  const plain = { ...attribute, annotations: [] };
  const column = (stated: JavaAnnotation | undefined, type: string, suffix: string): DraftColumn => ({
    ...basicColumn(
      { ...plain, name: attribute.name + suffix, type: { name: type, arguments: [], array: false } },
      { ...place, columns: stated ? new Map([[attribute.name + suffix, stated]]) : new Map() },
      context,
    ),
    property: null,
  });
  const idType = argument(hibernateOwn(annotations, 'AnyKeyJavaClass'), 'value');
  return {
    ...nothing,
    columns: [
      column(meta, 'String', '_type'),
      column(key, idType?.kind === 'class' ? idType.type.name : 'Long', '_id'),
    ],
  };
}

/** How the relation is loaded: to-one at once, to-many on access, unless stated (JPA 3.1 §11.1). */
export function fetchOf(annotations: readonly JavaAnnotation[]): 'eager' | 'lazy' {
  const found = relationKind(annotations);
  const stated = constantName(argument(found?.annotation, 'fetch'));
  if (stated !== null) return stated === 'LAZY' ? 'lazy' : 'eager';
  const lazy = constantName(
    argument(hibernateOwn(annotations, 'LazyCollection') ?? hibernateOwn(annotations, 'LazyToOne'), 'value'),
  );
  if (lazy === 'FALSE') return 'eager';
  return found?.kind === 'many-to-one' || found?.kind === 'one-to-one' ? 'eager' : 'lazy';
}

/** `PERSIST`, `MERGE`, … in small letters; `orphanRemoval` is one of them. */
export function cascadeOf(
  annotations: readonly JavaAnnotation[],
  attribute: Attribute,
  context: Context,
): readonly string[] {
  const found = relationKind(annotations);
  const stated = items(argument(found?.annotation, 'cascade')).flatMap(
    (value) => constantName(value)?.toLowerCase() ?? [],
  );
  const orphans = context.world.flag(argument(found?.annotation, 'orphanRemoval'), attribute.owner) === true;
  return orphans ? [...stated, 'orphan-removal'] : stated;
}
