/** `HasOne`, `HasMany`, `WithOne`, `WithMany`, `UsingEntity` and what follows them. */
import type { CallExpr } from '../shared/csharp/ast.ts';
import type { TypeRef } from '../shared/csharp/types.ts';
import { isKind, nameValue, textValue } from '../shared/csharp/values.ts';
import type { Host, Value } from '../shared/csharp/values.ts';
import type { Building } from './building.ts';
import { entityHost, propertiesIn } from './builders.ts';
import type { Invocation } from './builders.ts';
import type { EntityType, JoinSettings, RelationSettings } from './model.ts';

export function newRelation(
  from: EntityType,
  to: EntityType,
  navigation: string | null,
  many: boolean,
  building: Building,
  at: RelationSettings['at'],
): RelationSettings {
  const relation: RelationSettings = {
    from,
    navigation,
    many,
    to,
    inverse: null,
    inverseMany: null,
    foreignKey: null,
    dependent: null,
    principalKey: null,
    required: null,
    onDelete: null,
    name: null,
    ownership: false,
    join: null,
    step: ++building.model.step,
    onDeleteStep: 0,
    at,
  };
  building.model.relations.push(relation);
  return relation;
}

export function relationHost(
  entity: EntityType,
  building: Building,
  { name, args, call, types }: Invocation,
): Host | undefined {
  const many = name === 'HasMany';
  const target = targetOf(entity, building, { name, args, call, types });
  if (!target.entity) return undefined;
  const relation = newRelation(entity, target.entity, target.navigation, many, building, call.at);
  return builderOf(relation, building);
}

/** `HasOne(x => x.Blog)`, `HasOne<Blog>("Blog")`, `HasOne<Blog>()`, `HasOne("Ns.Blog", "Blog")`, `HasOne("Blog")`. */
export function targetOf(
  entity: EntityType,
  building: Building,
  { args, call, types }: Invocation,
): { readonly entity: EntityType | null; readonly navigation: string | null } {
  const [first, second] = args;
  const [stated] = types;
  if (isKind(first, 'type'))
    return { entity: building.entity(first.type, call.at, false), navigation: textValue(second) };
  if (typeof first === 'string' && !stated) {
    const type = args.length < 2 ? building.navigationType(entity, first) : null;
    if (type) return { entity: building.entity(type, call.at, false), navigation: first };
    return { entity: building.namedEntity(first, call.at), navigation: textValue(second) };
  }
  const [navigation = null] = propertiesIn(args.filter((each) => each !== null).slice(0, 1));
  const type = stated ?? (navigation === null ? null : building.navigationType(entity, navigation));
  return { entity: type ? building.entity(type, call.at, false) : null, navigation };
}

function builderOf(relation: RelationSettings, building: Building): Host {
  const host: Host = {
    is: 'host',
    get: (name) => (name === 'Metadata' ? metadataOf(relation, building) : undefined),
    call(name, args, call, types) {
      building.model.step++;
      switch (name) {
        case 'WithOne':
        case 'WithMany':
          relation.inverseMany = name === 'WithMany';
          relation.inverse = propertiesIn(args.filter((each) => each !== null).slice(0, 1))[0] ?? null;
          return host;
        case 'HasForeignKey':
          foreignKey(relation, building, args, call, types);
          return host;
        case 'HasPrincipalKey': {
          const properties = propertiesIn(args.slice(typeNameFirst(args) ? 1 : 0));
          if (properties.length > 0) relation.principalKey = properties;
          if (types[0] && relation.dependent === null) {
            const principal = building.entity(types[0], call.at, false);
            if (principal) relation.dependent = principal === relation.from ? relation.to : relation.from;
          }
          return host;
        }
        case 'IsRequired':
          relation.required = args[0] !== false;
          return host;
        case 'OnDelete':
          relation.onDelete = nameValue(args[0]);
          relation.onDeleteStep = building.model.step;
          return host;
        case 'HasConstraintName':
          relation.name = textValue(args[0]);
          return host;
        case 'UsingEntity':
          return usingEntity(relation, building, args, call, types);
        default:
          return host;
      }
    },
  };
  return host;
}

function metadataOf(relation: RelationSettings, building: Building): Host {
  return {
    is: 'host',
    set(name, value) {
      if (name === 'DeleteBehavior') {
        relation.onDelete = nameValue(value);
        relation.onDeleteStep = ++building.model.step;
      }
    },
    call: () => undefined,
  };
}

/** Snapshots of one-to-one relations name the type before the properties: `HasForeignKey("Ns.Post", "BlogId")`. */
function typeNameFirst(args: readonly Value[]): boolean {
  return args.length > 1 && typeof args[0] === 'string' && (args[0].includes('.') || isKind(args[1], 'named'));
}

function foreignKey(
  relation: RelationSettings,
  building: Building,
  args: readonly Value[],
  call: CallExpr,
  types: readonly TypeRef[],
): void {
  const [first] = args;
  const [type] = types;
  // Either end of a one-to-one relation may have the key, so the type comes first: `HasForeignKey(nameof(Rules), "_placeId")`.
  const namesType = typeNameFirst(args) || (args.length > 1 && !relation.many && relation.inverseMany === false);
  if (type) relation.dependent = building.entity(type, call.at, false);
  else if (isKind(first, 'type')) relation.dependent = building.entity(first.type, call.at, false);
  else if (namesType && typeof first === 'string')
    relation.dependent = building.findEntity(first) ?? relation.dependent;
  const rest = args.slice(
    isKind(first, 'type') || (!type && namesType && typeof first === 'string' && building.findEntity(first)) ? 1 : 0,
  );
  const properties = propertiesIn(rest);
  if (properties.length > 0) relation.foreignKey = properties;
}

function usingEntity(
  relation: RelationSettings,
  building: Building,
  args: readonly Value[],
  call: CallExpr,
  types: readonly TypeRef[],
): Host {
  const join: JoinSettings = { entity: null, table: null, left: null, right: null };
  relation.join = join;
  const [first] = args;
  const [type] = types;
  if (type && !/^(?:System\.Collections\.Generic\.)?Dictionary$/u.test(type.name))
    join.entity = building.entity(type, call.at, true);
  else if (isKind(first, 'type')) join.entity = building.entity(first.type, call.at, true);
  else if (typeof first === 'string') join.table = { name: first, schema: undefined, kind: 'table', excluded: false };
  const closures = args.filter((each) => isKind(each, 'closure'));
  const entity = join.entity ?? building.joinEntity(relation, textValue(first));
  join.entity = entity;
  // One lambda configures the entity; of two or three the first ones say how it refers to the right and to the left side.
  const host = entityHost(entity, building);
  const sides = closures.length >= 2 ? closures.slice(0, 2) : [];
  sides.forEach((side, at) => {
    const made = building.model.relations.length;
    side.run([host]);
    const [added] = building.model.relations.splice(made);
    if (added?.foreignKey) {
      if (at === 0) join.right = added.foreignKey;
      else join.left = added.foreignKey;
    }
    if (added && (added.navigation !== null || added.inverse !== null)) building.model.relations.push(added);
  });
  const last = closures.length === 1 ? closures[0] : closures[2];
  if (last) {
    const made = building.model.relations.length;
    last.run([host]);
    // Inside the single lambda the sides may be stated as well, as snapshots do.
    for (const added of building.model.relations.slice(made)) {
      if (!added.foreignKey || added.navigation !== null) continue;
      if (added.to === relation.to && join.right === null) join.right = added.foreignKey;
      else if (added.to === relation.from && join.left === null) join.left = added.foreignKey;
    }
    building.model.relations.splice(
      made,
      Infinity,
      ...building.model.relations.slice(made).filter((each) => each.navigation !== null || each.inverse !== null),
    );
  }
  return host;
}
