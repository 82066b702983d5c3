/** Relations as the entities declare them, each with its other side. */
import type { Relation, RelationKind } from '../../schema/model.ts';
import { isList, isMember } from '../shared/typescript/results.ts';
import type { Entity, Property } from './model.ts';
import { pivotOf } from './pivots.ts';
import type { World } from './world.ts';

const relationKinds: Readonly<Record<string, RelationKind>> = {
  'm:1': 'many-to-one',
  '1:1': 'one-to-one',
  '1:m': 'one-to-many',
  'm:n': 'many-to-many',
};

export function relationsOf(entity: Entity, world: World): readonly Relation[] {
  const relations: Relation[] = [];
  for (const property of world.properties(entity).values()) {
    const kind = relationKinds[property.kind];
    const target = kind === undefined ? null : world.target(property);
    if (kind === undefined || !target) continue;
    const { options } = property;
    const field = world.fields(entity).find(({ path }) => path === property.name);
    const owner = world.owns(property);
    const cascade = options.get('cascade');
    relations.push({
      property: property.name,
      kind,
      target: world.tableName(target),
      targetNamespace: world.namespace(target),
      owner,
      columns: field?.columns.map(({ name }) => name) ?? [],
      inverse: inverseOf(entity, property, target, world),
      joinTable: property.kind === 'm:n' ? joinTableOf(entity, property, target, world) : null,
      nullable: (property.kind === 'm:1' || property.kind === '1:1') && (field?.nullable ?? true),
      fetch: options.get('eager') === true ? 'eager' : 'explicit',
      cascade: isList(cascade)
        ? cascade.flatMap((each) =>
            isMember(each) ? [each.name.toLowerCase()] : typeof each === 'string' ? [each] : [],
          )
        : [],
      at: property.at,
    });
  }
  return relations;
}

function inverseOf(entity: Entity, property: Property, target: Entity, world: World): string | null {
  const stated = world.named(property, 'mappedBy') ?? world.named(property, 'inversedBy');
  if (stated !== null) return stated;
  const others = [...world.properties(world.root(target)).values(), ...world.properties(target).values()];
  return (
    others.find(
      (other) => world.named(other, 'mappedBy') === property.name && isSame(world.target(other), entity, world),
    )?.name ?? null
  );
}

function isSame(found: Entity | null, entity: Entity, world: World): boolean {
  return found !== null && (found === entity || world.root(found) === world.root(entity));
}

function joinTableOf(entity: Entity, property: Property, target: Entity, world: World): string | null {
  if (world.owns(property)) return pivotOf(entity, property, world)?.name ?? null;
  const mappedBy = world.named(property, 'mappedBy');
  const other = mappedBy === null ? undefined : world.properties(target).get(mappedBy);
  return other ? (pivotOf(target, other, world)?.name ?? null) : null;
}
