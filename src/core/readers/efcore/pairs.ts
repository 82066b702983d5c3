/** Conventions, second part: which navigations are the two ends of one relationship (learn.microsoft.com/ef/core/modeling/relationships/conventions). */
import { textValue } from '../shared/csharp/values.ts';
import type { ContextModel, RelationSettings } from './model.ts';
import { isOrDerives, navigationOf } from './nodes.ts';
import type { Navigation, Node } from './nodes.ts';
import type { SourceRange } from '../../schema/source.ts';

/** A relationship with both its ends, before it is known who holds the key. */
export interface Pair {
  a: Node;
  aNavigation: string | null;
  aMany: boolean;
  b: Node;
  bNavigation: string | null;
  /** Null = nothing says it: no navigation there and none stated. */
  bMany: boolean | null;
  settings: RelationSettings | null;
  readonly at: SourceRange;
}

/** Entity type that declares a navigation, which may be one above. */
function declaring(node: Node, navigation: string): Node {
  for (let at: Node | null = node; at; at = at.base) if (at.navigations.has(navigation)) return at;
  return node;
}

function keyOf(node: Node, navigation: string): string {
  return `${declaring(node, navigation).type.id}\0${navigation}`;
}

export function pairsOf(nodes: ReadonlyMap<string, Node>, model: ContextModel): readonly Pair[] {
  const pairs: Pair[] = [];
  const taken = new Map<string, Pair>();
  const take = (pair: Pair): void => {
    pairs.push(pair);
    if (pair.aNavigation !== null) taken.set(keyOf(pair.a, pair.aNavigation), pair);
    if (pair.bNavigation !== null) taken.set(keyOf(pair.b, pair.bNavigation), pair);
  };
  for (const settings of model.relations) {
    const from = nodes.get(settings.from.id);
    const to = nodes.get(settings.to.id);
    if (!from || !to) continue;
    const known = settings.navigation === null ? undefined : taken.get(keyOf(from, settings.navigation));
    const other = settings.inverse === null ? undefined : taken.get(keyOf(to, settings.inverse));
    const before = known ?? other;
    if (before) merge(before, settings, from, (pair, navigation, node) => taken.set(keyOf(node, navigation), pair));
    else
      take({
        a: settings.navigation === null ? from : declaring(from, settings.navigation),
        aNavigation: settings.navigation,
        aMany: settings.many,
        b: to,
        bNavigation: settings.inverse,
        bMany: settings.inverseMany,
        settings: { ...settings },
        at: settings.at,
      });
  }
  // What is configured without `With…` finds its other end as navigations by convention do.
  for (const pair of pairs) {
    if (pair.bMany !== null || pair.aNavigation === null) continue;
    const navigation = pair.a.navigations.get(pair.aNavigation);
    const inverse = navigation ? inverseOf(pair.a, navigation, taken) : null;
    if (!inverse) continue;
    pair.bNavigation = inverse.name;
    pair.bMany = inverse.many;
    taken.set(keyOf(pair.b, inverse.name), pair);
  }
  for (const node of nodes.values()) {
    for (const navigation of node.navigations.values()) {
      if (navigation.target.type.owner?.entity === node.type || taken.has(keyOf(node, navigation.name))) continue;
      if (navigation.target.type.owner && node.type.owner) continue;
      const stated = explicitInverse(node, navigation);
      const inverse =
        stated && !taken.has(keyOf(navigation.target, stated.name)) ? stated : inverseOf(node, navigation, taken);
      // The owner of an owned type is reached by the key that refers to it.
      if (node.type.owner?.entity === navigation.target.type) continue;
      take({
        a: node,
        aNavigation: navigation.name,
        aMany: navigation.many,
        b: navigation.target,
        bNavigation: inverse?.name ?? null,
        bMany: inverse ? inverse.many : null,
        settings: null,
        at: navigation.at,
      });
    }
  }
  return pairs;
}

/** The same relationship, configured once more from this or the other end. */
function merge(
  pair: Pair,
  settings: RelationSettings,
  from: Node,
  took: (pair: Pair, navigation: string, node: Node) => void,
): void {
  const reversed =
    settings.navigation === null
      ? settings.inverse === pair.aNavigation
      : pair.aNavigation !== settings.navigation || !isOrDerives(from, pair.a);
  const [navigation, many, inverse, inverseMany] = reversed
    ? [settings.inverse, settings.inverseMany, settings.navigation, settings.many]
    : [settings.navigation, settings.many, settings.inverse, settings.inverseMany];
  if (pair.aNavigation === null && navigation !== null) {
    pair.aNavigation = navigation;
    if (many !== null) pair.aMany = many;
    took(pair, navigation, pair.a);
  }
  if (pair.bNavigation === null && inverse !== null) {
    pair.bNavigation = inverse;
    took(pair, inverse, pair.b);
  }
  if (inverseMany !== null) pair.bMany = inverseMany;
  const before = pair.settings;
  if (!before) {
    pair.settings = { ...settings };
    return;
  }
  pair.settings = {
    ...before,
    foreignKey: settings.foreignKey ?? before.foreignKey,
    dependent: settings.dependent ?? before.dependent,
    principalKey: settings.principalKey ?? before.principalKey,
    required: settings.required ?? before.required,
    onDelete: settings.onDelete ?? before.onDelete,
    onDeleteStep: Math.max(settings.onDeleteStep, before.onDeleteStep),
    name: settings.name ?? before.name,
    join: settings.join
      ? reversed
        ? { ...settings.join, left: settings.join.right, right: settings.join.left }
        : settings.join
      : before.join,
  };
}

/** `[InverseProperty("Posts")]` on either end. */
function explicitInverse(node: Node, navigation: Navigation): Navigation | null {
  const stated = textValue(navigation.attributes?.value('InverseProperty', 0));
  if (stated !== null) return navigationOf(navigation.target, stated) ?? null;
  for (const other of navigation.target.navigations.values())
    if (
      other.attributes?.has('InverseProperty') &&
      textValue(other.attributes.value('InverseProperty', 0)) === navigation.name &&
      isOrDerives(node, other.target)
    )
      return other;
  return null;
}

function allNavigations(node: Node): readonly Navigation[] {
  const found: Navigation[] = [];
  for (let at: Node | null = node; at; at = at.base) found.push(...at.navigations.values());
  return found;
}

/** By convention two navigations belong together where each is the only one that leads to the other's type. */
function inverseOf(node: Node, navigation: Navigation, taken: ReadonlyMap<string, Pair>): Navigation | null {
  const { target } = navigation;
  const isFree = (owner: Node, each: Navigation): boolean =>
    !taken.has(keyOf(owner, each.name)) && !each.attributes?.has('InverseProperty');
  if (navigation.attributes?.has('InverseProperty')) return null;
  if (isOrDerives(node, target) || isOrDerives(target, node)) {
    const own = allNavigations(node).filter(
      (each) => (isOrDerives(each.target, node) || isOrDerives(node, each.target)) && isFree(node, each),
    );
    const others = own.filter(({ name }) => name !== navigation.name);
    const [only] = others;
    return others.length === 1 && own.length === 2 && only ? only : null;
  }
  const there = allNavigations(target).filter((each) => isOrDerives(node, each.target) && isFree(target, each));
  const here = allNavigations(node).filter((each) => isOrDerives(target, each.target) && isFree(node, each));
  const [only] = there;
  return there.length === 1 && here.length === 1 && only ? only : null;
}
