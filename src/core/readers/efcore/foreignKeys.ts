/** Conventions, third part: who holds the key of a relationship and in which properties (learn.microsoft.com/ef/core/modeling/relationships/conventions). */
import { textValue } from '../shared/csharp/values.ts';
import type { Building } from './building.ts';
import type { RelationSettings } from './model.ts';
import { isOrDerives, keyOf, navigationOf, propertyOf, rootOf } from './nodes.ts';
import type { ForeignKey, ManyToMany, Navigation, Node, Property } from './nodes.ts';
import type { Pair } from './pairs.ts';

/** A relationship whose ends are known as dependent and principal. */
interface Ends {
  readonly pair: Pair;
  readonly dependent: Node;
  readonly principal: Node;
  readonly toPrincipal: string | null;
  readonly toDependent: string | null;
  readonly unique: boolean;
  readonly stated: readonly string[] | null;
}

export function addForeignKeys(pairs: readonly Pair[], building: Building, many: ManyToMany[]): void {
  const ends: Ends[] = [];
  for (const pair of pairs) {
    if (pair.aMany && pair.bMany === true) {
      many.push({
        left: pair.a,
        right: pair.b,
        leftNavigation: pair.aNavigation,
        rightNavigation: pair.bNavigation,
        settings: pair.settings?.join ?? null,
        join: null,
        at: pair.at,
      });
    } else ends.push(endsOf(pair));
  }
  // Properties named after navigations are found before those named after types, so that no key is given to two relationships.
  const found = new Map<Ends, readonly string[]>();
  const used = new Set<string>();
  const assign = (each: Ends, properties: readonly string[]): void => {
    found.set(each, properties);
    used.add(`${rootOf(each.dependent).type.id}\0${properties.join()}`);
  };
  for (const each of ends) if (each.stated) assign(each, each.stated);
  for (const each of ends) {
    if (found.has(each)) continue;
    const properties = each.toPrincipal === null ? null : discovered(each.toPrincipal, each);
    if (properties) assign(each, properties);
  }
  for (const each of ends) {
    if (found.has(each)) continue;
    const isSelf = isOrDerives(each.dependent, each.principal) || isOrDerives(each.principal, each.dependent);
    if (isSelf && each.toPrincipal !== null) continue;
    const properties = discovered(each.principal.type.name, each) ?? discovered('', each);
    if (properties && !used.has(`${rootOf(each.dependent).type.id}\0${properties.join()}`)) assign(each, properties);
  }
  for (const each of ends) add(each, found.get(each) ?? null, building);
}

function endsOf(pair: Pair): Ends {
  const { a, b, aNavigation, bNavigation, settings } = pair;
  const forward = (unique: boolean): Ends => ends(pair, a, b, aNavigation, bNavigation, unique);
  const backward = (unique: boolean): Ends => ends(pair, b, a, bNavigation, aNavigation, unique);
  if (pair.aMany) return backward(false);
  if (pair.bMany === true) return forward(false);
  // A reference alone is the many side, unless it is said to be with one.
  if (pair.bMany === null) {
    if (settings?.dependent && settings.dependent === b.type && a !== b) return backward(true);
    return settings?.foreignKey &&
      !propertyOf(a, settings.foreignKey[0] ?? '') &&
      propertyOf(b, settings.foreignKey[0] ?? '')
      ? backward(true)
      : forward(false);
  }
  if (settings?.dependent) return isOrDerives(a, nodeLike(settings, a, b)) ? forward(true) : backward(true);
  const [first] = [forward(true), backward(true)];
  const second = backward(true);
  const stated = settings?.foreignKey?.[0];
  if (stated !== undefined) {
    const inA = propertyOf(a, stated) !== undefined;
    const inB = propertyOf(b, stated) !== undefined;
    return inB && !inA ? second : first;
  }
  if (first.stated) return first;
  if (second.stated) return second;
  const byA = (aNavigation === null ? null : discovered(aNavigation, first)) ?? discovered(b.type.name, first);
  const byB = (bNavigation === null ? null : discovered(bNavigation, second)) ?? discovered(a.type.name, second);
  if (byA && !byB) return first;
  if (byB && !byA) return second;
  // Neither says it: the one whose reference may not be null depends on the other.
  const isRequired = (node: Node, navigation: string | null): boolean =>
    navigation !== null && navigationOf(node, navigation)?.nullable === false;
  return isRequired(a, aNavigation) && !isRequired(b, bNavigation) ? first : second;
}

function nodeLike(settings: RelationSettings, a: Node, b: Node): Node {
  return settings.dependent === b.type ? b : a;
}

function ends(
  pair: Pair,
  dependent: Node,
  principal: Node,
  toPrincipal: string | null,
  toDependent: string | null,
  unique: boolean,
): Ends {
  const stated = pair.settings?.foreignKey ?? annotatedKey(dependent, principal, toPrincipal, toDependent);
  return { pair, dependent, principal, toPrincipal, toDependent, unique, stated };
}

/** `[ForeignKey]` on the navigation, on the key, or on the navigation of the other end. */
function annotatedKey(
  dependent: Node,
  principal: Node,
  toPrincipal: string | null,
  toDependent: string | null,
): readonly string[] | null {
  const own = toPrincipal === null ? undefined : navigationOf(dependent, toPrincipal);
  const other = toDependent === null ? undefined : navigationOf(principal, toDependent);
  for (const navigation of [own, other]) {
    const names = keyNames(navigation);
    if (
      names.length > 0 &&
      (navigation === own
        ? names.some((name) => propertyOf(dependent, name)) || !names.some((name) => propertyOf(principal, name))
        : names.some((name) => propertyOf(dependent, name)))
    )
      return names;
  }
  if (toPrincipal === null) return null;
  const marked: string[] = [];
  for (let at: Node | null = dependent; at; at = at.base)
    for (const [name, target] of at.type.foreignKeyAttributes) if (target === toPrincipal) marked.push(name);
  return marked.length > 0 ? marked : null;
}

function keyNames(navigation: Navigation | undefined): readonly string[] {
  const stated = textValue(navigation?.attributes?.value('ForeignKey', 0));
  return stated === null ? [] : stated.split(',').map((name) => name.trim());
}

function principalKeyOf({ pair, principal }: Ends): readonly string[] {
  return pair.settings?.principalKey ?? keyOf(principal);
}

/** Properties of the dependent named after a base and the principal's key: `BlogId`, `BlogBlogId`. */
function discovered(base: string, each: Ends): readonly string[] | null {
  const { dependent, principal } = each;
  const key = principalKeyOf(each);
  if (key.length === 0) return null;
  const found = key.map((name) => {
    const keyProperty = propertyOf(principal, name);
    const candidates = [base + name, ...(key.length === 1 && base !== '' ? [`${base}Id`] : [])];
    if (base === '' && name.toLowerCase() === 'id') return undefined;
    return candidates
      .map((candidate) => propertyLike(dependent, candidate))
      .find((property) => property && keyProperty && sameType(property, keyProperty));
  });
  const names = found.flatMap((property) => property?.name ?? []);
  if (names.length !== key.length) return null;
  // The dependent's own key refers to the principal only where it is one to one.
  const own = keyOf(dependent);
  const isOwnKey = own.length === names.length && own.every((name) => names.includes(name));
  if (isOwnKey && (!each.unique || dependent === principal)) return null;
  if (isOwnKey && base === '') return null;
  return names;
}

function propertyLike(node: Node, name: string): Property | undefined {
  const exact = propertyOf(node, name);
  if (exact) return exact;
  const lower = name.toLowerCase();
  for (let at: Node | null = node; at; at = at.base)
    for (const property of at.properties.values()) if (property.name.toLowerCase() === lower) return property;
  return undefined;
}

function sameType(a: Property, b: Property): boolean {
  return a.type.scalar === b.type.scalar && !a.type.list;
}

function add(each: Ends, found: readonly string[] | null, building: Building): void {
  const { pair, dependent, principal, toPrincipal, toDependent } = each;
  const { settings } = pair;
  const principalProperties = principalKeyOf(each);
  const navigation = toPrincipal === null ? undefined : navigationOf(dependent, toPrincipal);
  const byNavigation = navigation ? !navigation.nullable || navigation.attributes?.has('Required') === true : false;
  const shadowRequired = settings?.required ?? byNavigation;
  const properties = found ?? shadowKey(each, principalProperties);
  properties.forEach((name, at) => {
    if (propertyOf(dependent, name)) return;
    addShadow(dependent, name, propertyOf(principal, principalProperties[at] ?? ''), shadowRequired, pair);
  });
  if (properties.length === 0 || principalProperties.length === 0) return;
  // A shadow key that was stated takes its nullability from the relationship.
  const known = properties.flatMap((name) => propertyOf(dependent, name) ?? []);
  const allRequired = known.every(({ nullable }) => !nullable);
  const required = settings?.required ?? (allRequired || byNavigation);
  if (
    settings?.principalKey &&
    keyOf(principal).join() !== settings.principalKey.join() &&
    !principal.alternates.some((key) => key.properties.join() === settings.principalKey?.join())
  )
    principal.alternates.push({ properties: settings.principalKey, name: null, at: pair.at });
  const id = `${dependent.type.id} ${toPrincipal ?? ''} ${principal.type.id} ${toDependent ?? ''}${toPrincipal === null && toDependent === null ? properties.join() : ''}`;
  const looped = building.model.overrides.get(`delete ${id}`);
  const stated = settings?.onDelete ?? null;
  const useLoop = looped && (stated === null || looped.step > (settings?.onDeleteStep ?? 0));
  const key: ForeignKey = {
    dependent,
    principal,
    properties,
    principalProperties,
    unique: each.unique,
    required,
    behavior: useLoop ? String(looped.value) : (stated ?? (required ? 'Cascade' : 'ClientSetNull')),
    name: settings?.name ?? null,
    ownership: false,
    origin: found || pair.aNavigation !== null ? 'declared' : 'orm',
    toPrincipal,
    toDependent,
    id,
    at: navigation?.at ?? pair.at,
  };
  dependent.foreignKeys.push(key);
}

export function addShadow(
  node: Node,
  name: string,
  like: Property | undefined,
  required: boolean,
  { at }: Pick<Pair, 'at'>,
): void {
  const settings = node.type.settings.get(name) ?? {};
  node.properties.set(name, {
    name,
    settings: {
      ...(like?.settings.maxLength === undefined ? {} : { maxLength: like.settings.maxLength }),
      ...(like?.settings.columnType === undefined ? {} : { columnType: like.settings.columnType }),
      ...(like?.settings.conversion === undefined ? {} : { conversion: like.settings.conversion }),
      ...(like?.settings.unicode === undefined ? {} : { unicode: like.settings.unicode }),
      ...settings,
    },
    type: like?.type ?? {
      kind: 'scalar',
      scalar: 'int',
      enum: null,
      list: false,
      nullable: false,
      value: true,
      name: 'int',
    },
    nullable: settings.required === undefined ? !required : !settings.required,
    shadow: true,
    at,
  });
}

/** `BlogId` of the navigation `Blog`; a number behind it where the name is taken by something else. */
function shadowKey({ dependent, principal, toPrincipal }: Ends, key: readonly string[]): readonly string[] {
  const base = toPrincipal ?? principal.type.name;
  return key.map((name) => {
    const plain = name.toLowerCase().startsWith(base.toLowerCase()) ? name : base + name;
    let unique = plain;
    for (let at = 1; propertyOf(dependent, unique) && at < 100; at++) unique = plain + String(at);
    return unique;
  });
}
