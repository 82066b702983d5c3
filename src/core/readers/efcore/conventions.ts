/** From what is stated to the whole model: conventions of EF Core applied in the order in which they build on each other. */
import type { SourceRange } from '../../schema/source.ts';
import { textValue } from '../shared/csharp/values.ts';
import { textsOf } from './annotations.ts';
import type { Building } from './building.ts';
import { addMembers, attributesOfType, discoverEntities, setBases } from './discover.ts';
import type { Discovery, Nullability } from './discover.ts';
import { addForeignKeys, addShadow } from './foreignKeys.ts';
import type { EntityType, IndexSettings } from './model.ts';
import { isOrDerives, keyOf, propertyOf, rootOf } from './nodes.ts';
import type { ForeignKey, ManyToMany, Node } from './nodes.ts';
import { pairsOf } from './pairs.ts';

export interface Conventional {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly many: readonly ManyToMany[];
}

export function applyConventions(building: Building, nullability: Nullability): Conventional {
  const { model } = building;
  const discovery: Discovery = { building, nullability, members: new Map() };
  discoverEntities(discovery);
  for (const entity of model.entities.values()) readAttributes(entity, discovery);
  const nodes = new Map<string, Node>();
  for (const entity of model.entities.values())
    nodes.set(entity.id, {
      type: entity,
      base: null,
      derived: [],
      properties: new Map(),
      navigations: new Map(),
      key: null,
      alternates: entity.alternates.map(({ properties, name, at }) => ({ properties, name: name ?? null, at })),
      indexes: [...entity.indexes],
      foreignKeys: [],
    });
  setBases(nodes, discovery);
  for (const node of byDepth(nodes)) addMembers(node, nodes, discovery);
  for (const node of nodes.values()) setKey(node);
  for (const node of nodes.values()) own(node, nodes, building);
  const many: ManyToMany[] = [];
  addForeignKeys(pairsOf(nodes, model), building, many);
  for (const each of many) addJoin(each, nodes, building);
  for (const node of nodes.values()) requireKeys(node);
  if (!model.explicit && !model.withoutKeyIndexes) for (const node of nodes.values()) indexForeignKeys(node);
  return { nodes, many };
}

/** Bases before what derives from them. */
function byDepth(nodes: ReadonlyMap<string, Node>): readonly Node[] {
  const depth = (node: Node): number => {
    let count = 0;
    for (let at = node.base; at && count < 40; at = at.base) count++;
    return count;
  };
  return [...nodes.values()].sort((a, b) => depth(a) - depth(b));
}

/** Attributes on the class: table, indexes, keys, comment. */
function readAttributes(entity: EntityType, discovery: Discovery): void {
  if (!entity.info) return;
  const chain = discovery.building.project.chain(entity.info, entity.args);
  const attributes = attributesOfType(entity.info, discovery);
  const table = textValue(attributes.value('Table', 0));
  if (table !== null && !entity.table)
    entity.table = {
      name: table,
      schema: textValue(attributes.value('Table', 'Schema')) ?? undefined,
      kind: 'table',
      excluded: false,
    };
  else if (entity.table?.name === null && table !== null && entity.table.kind === 'table')
    entity.table = { ...entity.table, name: table };
  entity.comment ??= textValue(attributes.value('Comment', 0));
  // Indexes and keys on base classes that are no entities hold for those that derive from them.
  for (const { info } of chain) {
    const own = attributesOfType(info, discovery);
    if (info !== entity.info && discovery.building.model.entities.has(info.key)) break;
    if (own.has('PrimaryKey') && entity.key === null)
      entity.key = {
        properties: own.texts('PrimaryKey'),
        at: own.all.find(({ name }) => name === 'PrimaryKey')?.at ?? entity.at,
      };
    for (const attribute of own.all.filter(({ name }) => name === 'Index')) {
      const properties = attribute.args.flatMap((arg) => textsOf([own.evaluate(arg)]));
      if (properties.length === 0 || entity.indexes.some((each) => each.properties.join() === properties.join()))
        continue;
      const named = (name: string): unknown => {
        const value = attribute.named[name];
        return value ? own.evaluate(value) : undefined;
      };
      const index: IndexSettings = { properties, by: 'declared', at: attribute.at };
      if (named('IsUnique') === true) index.unique = true;
      const name = named('Name');
      if (typeof name === 'string') index.name = name;
      if (named('AllDescending') === true) index.descending = properties.map(() => true);
      const descending = named('IsDescending');
      if (Array.isArray(descending)) index.descending = descending.map((each) => each === true);
      entity.indexes.push(index);
    }
  }
}

/** Stated, by `[Key]`, or by the names `Id` and `BlogId`. */
function setKey(node: Node): void {
  const { type } = node;
  if (node.base) return;
  if (type.key === 'none') return;
  if (type.key) {
    node.key = { properties: type.key.properties, name: type.key.name ?? null, conventional: false };
    for (const name of type.key.properties) {
      const property = node.properties.get(name);
      if (property) property.nullable = false;
    }
    return;
  }
  if (type.owner || type.join) return;
  const marked = type.keyAttributes;
  if (marked.length > 0) {
    const ordered = [...marked].sort(
      (a, b) => (node.properties.get(a)?.settings.order ?? 0) - (node.properties.get(b)?.settings.order ?? 0),
    );
    node.key = { properties: ordered, name: null, conventional: false };
  } else {
    const names = ['id', `${type.name.toLowerCase()}id`];
    for (const name of names) {
      const found = [...node.properties.values()].find((property) => property.name.toLowerCase() === name);
      if (!found) continue;
      node.key = { properties: [found.name], name: null, conventional: true };
      break;
    }
  }
  for (const name of node.key?.properties ?? []) {
    const property = node.properties.get(name);
    if (property) property.nullable = false;
  }
}

/** Owned types: the key to the owner, which of a single one is its own key as well. */
function own(node: Node, nodes: ReadonlyMap<string, Node>, building: Building): void {
  const { owner } = node.type;
  const above = owner ? nodes.get(owner.entity.id) : undefined;
  if (!owner || !above || node.foreignKeys.some(({ ownership }) => ownership)) return;
  if (above.type.owner) own(above, nodes, building);
  const ownerKey = keyOf(above);
  const stated = building.ownerKeys.get(node.type);
  const properties =
    stated ??
    ownerKey.map((name) =>
      name.toLowerCase().startsWith(above.type.name.toLowerCase()) ? name : above.type.name + name,
    );
  properties.forEach((name, at) => {
    if (!node.properties.has(name))
      addShadow(node, name, propertyOf(above, ownerKey[at] ?? ''), true, { at: node.type.at });
  });
  if (!node.key) {
    if (owner.many) {
      const given = [...node.properties.values()].find(({ name, shadow }) => !shadow && name.toLowerCase() === 'id');
      if (!given && !node.properties.has('Id')) addShadow(node, 'Id', undefined, true, { at: node.type.at });
      node.key = { properties: [...properties, given?.name ?? 'Id'], name: null, conventional: true };
    } else node.key = { properties, name: null, conventional: true };
  }
  for (const name of node.key.properties) {
    const property = node.properties.get(name);
    if (property) property.nullable = false;
  }
  node.foreignKeys.push({
    dependent: node,
    principal: above,
    properties,
    principalProperties: ownerKey,
    unique: !owner.many,
    required: true,
    behavior: 'Cascade',
    name: node.type.ownerKeyName,
    ownership: true,
    origin: 'declared',
    toPrincipal: null,
    toDependent: owner.navigation,
    id: `${node.type.id} owner`,
    at: node.type.at,
  });
}

/** The join table of a many-to-many relationship: `PostTag` with `PostsId` and `TagsId`. */
function addJoin(many: ManyToMany, nodes: ReadonlyMap<string, Node>, building: Building): void {
  const { settings, at } = many;
  let join: Node | undefined = settings?.entity ? nodes.get(settings.entity.id) : undefined;
  const ordered = many.left.type.name <= many.right.type.name;
  if (!join) {
    const name = ordered ? many.left.type.name + many.right.type.name : many.right.type.name + many.left.type.name;
    const entity = building.joinEntity(
      { from: many.left.type, to: many.right.type, at } as Parameters<Building['joinEntity']>[0],
      uniqueName(name, nodes),
    );
    join = nodes.get(entity.id) ?? {
      type: entity,
      base: null,
      derived: [],
      properties: new Map(),
      navigations: new Map(),
      key: null,
      alternates: [],
      indexes: [...entity.indexes],
      foreignKeys: [],
    };
    (nodes as Map<string, Node>).set(entity.id, join);
  }
  many.join = join;
  if (settings?.table && !join.type.table) join.type.table = settings.table;
  const [first, second] = ordered ? (['left', 'right'] as const) : (['right', 'left'] as const);
  const keys = [first, second].flatMap((side) => joinKey(join, many, side, building, at));
  if (!join.key && join.type.key !== 'none') {
    const properties = keys.flatMap((key) => key.properties);
    join.key = { properties, name: null, conventional: true };
  }
}

function uniqueName(name: string, nodes: ReadonlyMap<string, Node>): string {
  let unique = name;
  for (let at = 1; nodes.has(unique) && nodes.get(unique)?.foreignKeys.length !== 0 && at < 50; at++)
    unique = name + String(at);
  return unique;
}

/** What a loop over the model has set. */
function looped(building: Building, id: string): string | null {
  const value = building.model.overrides.get(id)?.value;
  return typeof value === 'string' ? value : null;
}

/** The key of a join table that refers to one side; the column is named after the other side's navigation. */
function joinKey(
  join: Node,
  many: ManyToMany,
  side: 'left' | 'right',
  building: Building,
  at: SourceRange,
): readonly ForeignKey[] {
  const principal = many[side];
  const known = join.foreignKeys.find(
    (key) =>
      isOrDerives(principal, key.principal) &&
      (many.left !== many.right || key.properties.join() === (many.settings?.[side] ?? []).join()),
  );
  if (known) return [known];
  // `PostsId` refers to posts by the navigation of the tag, `Tag.Posts`.
  const toward = side === 'left' ? many.rightNavigation : many.leftNavigation;
  const key = keyOf(principal);
  const stated = many.settings?.[side];
  const base = toward ?? principal.type.name;
  const properties = stated ?? key.map((name) => base + name);
  properties.forEach((name, index) => {
    if (!join.properties.has(name)) addShadow(join, name, propertyOf(principal, key[index] ?? ''), true, { at });
  });
  const found: ForeignKey = {
    dependent: join,
    principal,
    properties,
    principalProperties: key,
    unique: false,
    required: true,
    behavior: looped(building, `delete ${join.type.id} ${side}`) ?? 'Cascade',
    name: null,
    ownership: false,
    origin: 'orm',
    toPrincipal: null,
    toDependent: null,
    id: `${join.type.id} ${side}`,
    at,
  };
  join.foreignKeys.push(found);
  return [found];
}

/** Columns of keys hold no null, whatever their properties say. */
function requireKeys(node: Node): void {
  for (const name of rootOf(node).key?.properties ?? []) {
    const property = node.properties.get(name);
    if (property) property.nullable = false;
  }
  for (const { properties } of node.alternates)
    for (const name of properties) {
      const property = propertyOf(node, name);
      if (property) property.nullable = false;
    }
}

/** An index for each foreign key, unless the key's columns lead a key or another index (`ForeignKeyIndexConvention`). */
function indexForeignKeys(node: Node): void {
  const leads = (properties: readonly string[], key: ForeignKey): boolean =>
    key.properties.every((name, at) => properties[at] === name);
  for (const key of node.foreignKeys) {
    if (key.ownership && key.unique) continue;
    const primary = keyOf(node);
    const keys = [primary, ...node.alternates.map(({ properties }) => properties)];
    const covered = key.unique
      ? keys.some((properties) => leads(properties, key) && properties.length === key.properties.length) ||
        node.indexes.some(
          ({ properties, unique }) =>
            unique === true && leads(properties, key) && properties.length === key.properties.length,
        )
      : keys.some((properties) => leads(properties, key)) ||
        node.indexes.some(({ properties }) => leads(properties, key)) ||
        laterKeyLeads(node, key, leads);
    if (covered) {
      const same = key.unique
        ? node.indexes.find(({ properties }) => properties.join() === key.properties.join())
        : undefined;
      if (same) same.unique ??= true;
      continue;
    }
    const same = node.indexes.find(({ properties }) => properties.join() === key.properties.join());
    if (same) {
      if (key.unique) same.unique ??= true;
      continue;
    }
    node.indexes.push({ properties: key.properties, unique: key.unique, by: 'orm', at: key.at });
  }
}

/** Of two foreign keys where one leads the other, the longer one's index serves both. */
function laterKeyLeads(
  node: Node,
  key: ForeignKey,
  leads: (properties: readonly string[], key: ForeignKey) => boolean,
): boolean {
  return node.foreignKeys.some(
    (other) => other !== key && other.properties.length > key.properties.length && leads(other.properties, key),
  );
}
