/** Relations of a table, as the navigations of its entity types declare them. */
import type { Relation } from '../../schema/model.ts';
import type { Conventional } from './conventions.ts';
import type { ContextModel } from './model.ts';
import { columnsOf, tableOf } from './names.ts';
import { isOrDerives, navigationOf } from './nodes.ts';
import type { Navigation, Node } from './nodes.ts';

export function relationsOf(
  node: Node,
  main: Node,
  { nodes, many }: Conventional,
  model: ContextModel,
): readonly Relation[] {
  const found: Relation[] = [];
  const prefix = node !== main && node.type.owner ? `${node.type.owner.navigation}.` : '';
  const add = (
    property: string | null,
    target: Node,
    relation: Pick<Relation, 'kind' | 'owner' | 'columns' | 'inverse' | 'joinTable' | 'nullable'>,
    owned = false,
  ): void => {
    if (property === null) return;
    const navigation = navigationOf(node, property);
    const table = tableOf(target, model);
    if (table.name === null) return;
    found.push({
      property: prefix + property,
      target: table.name,
      targetNamespace: table.schema,
      ...relation,
      fetch:
        owned || node.type.autoIncluded.has(property)
          ? 'eager'
          : model.lazyLoading && navigation?.virtual === true
            ? 'lazy'
            : 'explicit',
      ...(owned ? { owned: true as const } : {}),
      cascade: [],
      at: navigation?.at ?? node.type.at,
    });
  };
  for (const key of node.foreignKeys) {
    if (key.ownership) continue;
    add(key.toPrincipal, key.principal, {
      kind: key.unique ? 'one-to-one' : 'many-to-one',
      owner: true,
      columns: columnsOf(key.properties, node, model),
      inverse: key.toDependent,
      joinTable: null,
      nullable: !key.required,
    });
  }
  for (const other of nodes.values())
    for (const key of other.foreignKeys) {
      if (key.toDependent === null || !isDeclaredOn(node, key.principal, key.toDependent)) continue;
      const sameTable = tableOf(other, model).name === tableOf(node, model).name && key.ownership;
      if (sameTable) continue;
      add(
        key.toDependent,
        other,
        {
          kind: key.unique ? 'one-to-one' : 'one-to-many',
          owner: false,
          columns: [],
          inverse: key.toPrincipal,
          joinTable: null,
          nullable: key.unique,
        },
        key.ownership,
      );
    }
  for (const each of many) {
    const join = each.join ? tableOf(each.join, model).name : null;
    const relation = (inverse: string | null, owner: boolean): Parameters<typeof add>[2] => ({
      kind: 'many-to-many',
      owner,
      columns: [],
      inverse,
      joinTable: join,
      nullable: false,
    });
    if (each.leftNavigation !== null && isDeclaredOn(node, each.left, each.leftNavigation))
      add(each.leftNavigation, each.right, relation(each.rightNavigation, true));
    if (each.rightNavigation !== null && isDeclaredOn(node, each.right, each.rightNavigation))
      add(each.rightNavigation, each.left, relation(each.leftNavigation, false));
  }
  return found;
}

/** The navigation stands on this entity type and not on one above, whose table has it already. */
function isDeclaredOn(node: Node, principal: Node, navigation: string): boolean {
  if (node.navigations.has(navigation)) return isOrDerives(principal, node) || isOrDerives(node, principal);
  return node === principal && !declaredAbove(node, navigation);
}

function declaredAbove(node: Node, navigation: string): Navigation | undefined {
  return node.base ? navigationOf(node.base, navigation) : undefined;
}
