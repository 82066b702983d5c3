/** Physical names: by convention, as stated, and as a naming convention plug-in rewrites them. */
import { snakeCase } from '../shared/csharp/strings.ts';
import type { ContextModel, IndexSettings } from './model.ts';
import { keyOf, propertyOf, rootOf } from './nodes.ts';
import type { ForeignKey, Node, Property } from './nodes.ts';

export interface TableName {
  /** Null where the entity is kept in no table. */
  readonly name: string | null;
  readonly schema: string | null;
  readonly kind: 'table' | 'view' | 'none';
}

function rewritten(name: string, model: ContextModel): string {
  return model.snakeCase ? snakeCase(name) : name;
}

/** How types of one hierarchy are kept: in one table, one per type, one per concrete type. */
export function strategyOf(node: Node): 'tph' | 'tpt' | 'tpc' {
  const root = rootOf(node);
  if (root.type.strategy) return root.type.strategy;
  // A derived type with a table of its own makes it one per type.
  const own = (each: Node): boolean =>
    (each !== root &&
      each.type.table?.name !== null &&
      each.type.table?.name !== undefined &&
      each.type.table.name !== root.type.table?.name) ||
    each.derived.some(own);
  return own(root) ? 'tpt' : 'tph';
}

export function tableOf(node: Node, model: ContextModel): TableName {
  const stated = statedTable(node, model);
  return stated.schema !== null && stated.schema === model.standardSchema ? { ...stated, schema: null } : stated;
}

function statedTable(node: Node, model: ContextModel): TableName {
  const strategy = strategyOf(node);
  const holder = strategy === 'tph' ? rootOf(node) : node;
  const { type } = holder;
  const { owner } = type;
  if (strategy === 'tpc' && (type.info?.abstract ?? false)) return { name: null, schema: null, kind: 'none' };
  const overridden = model.overrides.get(`table ${type.id}`);
  const stated = type.table;
  const schemaSet = model.overrides.get(`schema ${type.id}`);
  const schema = schemaSet
    ? (schemaSet.value as string | null)
    : stated?.schema === undefined
      ? model.schema
      : stated.schema;
  if (stated?.kind === 'none') return { name: null, schema: null, kind: 'none' };
  if (stated?.kind === 'view') return { name: stated.name, schema: stated.schema ?? model.schema, kind: 'view' };
  if (overridden) return { name: overridden.value as string | null, schema, kind: 'table' };
  if (stated?.name) return { name: stated.name, schema, kind: 'table' };
  if (owner && (!owner.many || type.json)) {
    const above = nodeOf(holder);
    if (above) return tableOf(above, model);
  }
  const set = owner ? null : model.sets.get(type.id);
  if (set) return { name: rewritten(set, model), schema, kind: 'table' };
  const name = type.name.replace(/`\d+$/u, '');
  const generic =
    type.args.size > 0 && !set
      ? `${name}<${[...type.args.values()].map((each) => each.name.slice(each.name.lastIndexOf('.') + 1)).join(',')}>`
      : name;
  const shared = owner && sharesClass(holder, model) ? nodeOf(holder) : null;
  const prefix = shared && owner ? `${tableOf(shared, model).name ?? ''}_${owner.navigation}` : null;
  return { name: rewritten(prefix ?? generic, model), schema, kind: 'table' };
}

/** Owner of an owned type, found by the foreign key to it. */
export function nodeOf(owned: Node): Node | null {
  return owned.foreignKeys.find(({ ownership }) => ownership)?.principal ?? null;
}

function sharesClass({ type }: Node, model: ContextModel): boolean {
  let count = 0;
  for (const each of model.entities.values()) if (each.info !== null && each.info === type.info && each.owner) count++;
  return count > 1;
}

/** `Address_Street` for what is kept in the table of its owner; parts of complex properties likewise. */
export function columnName(property: Property, node: Node, model: ContextModel): string {
  const stated = property.settings.column;
  if (stated !== undefined) return stated;
  const path = property.name
    .split('.')
    .map((part) => rewritten(part, model))
    .join('_');
  const { owner } = node.type;
  if (!owner || owner.many || !sharesTable(node, model)) return path;
  const above = nodeOf(node);
  // The key that it shares with its owner is the owner's column.
  if (above && node.foreignKeys.some(({ ownership, properties }) => ownership && properties.includes(property.name))) {
    const at = node.foreignKeys.find(({ ownership }) => ownership)?.properties.indexOf(property.name) ?? 0;
    const key = propertyOf(above, keyOf(above)[at] ?? '');
    if (key) return columnName(key, above, model);
  }
  return `${prefixOf(node, model)}${path}`;
}

/** Kept in the table of its owner, said so or not. */
function sharesTable(node: Node, model: ContextModel): boolean {
  const stated = node.type.table?.name;
  if (stated === undefined || stated === null) return true;
  const above = nodeOf(node);
  return above !== null && tableOf(above, model).name === stated;
}

function prefixOf(node: Node, model: ContextModel): string {
  const { owner } = node.type;
  if (!owner || owner.many) return '';
  const above = nodeOf(node);
  return !sharesTable(node, model)
    ? ''
    : `${above ? prefixOf(above, model) : ''}${rewritten(owner.navigation, model)}_`;
}

export function columnsOf(properties: readonly string[], node: Node, model: ContextModel): readonly string[] {
  return properties.map((name) => {
    const property = propertyOf(node, name);
    return property ? columnName(property, node, model) : rewritten(name, model);
  });
}

function constraint(prefix: string, parts: readonly string[], model: ContextModel): string {
  return [model.snakeCase ? prefix.toLowerCase() : prefix, ...parts].join('_');
}

export function keyName(node: Node, model: ContextModel): string {
  const root = rootOf(node);
  const set = model.overrides.get(`key ${root.type.id}`);
  if (set) return String(set.value);
  const table = tableOf(node, model).name ?? '';
  return root.key?.name ?? constraint('PK', [table], model);
}

export function alternateName(
  alternate: { readonly properties: readonly string[]; readonly name: string | null },
  node: Node,
  model: ContextModel,
): string {
  return (
    alternate.name ??
    constraint('AK', [tableOf(node, model).name ?? '', ...columnsOf(alternate.properties, node, model)], model)
  );
}

export function indexName(index: IndexSettings, node: Node, model: ContextModel): string {
  const set = model.overrides.get(`index ${node.type.id} ${index.properties.join()}`);
  if (set) return String(set.value);
  return (
    index.name ??
    constraint('IX', [tableOf(node, model).name ?? '', ...columnsOf(index.properties, node, model)], model)
  );
}

export function foreignKeyName(key: ForeignKey, model: ContextModel): string {
  const set = model.overrides.get(`foreign key ${key.id}`);
  if (set) return String(set.value);
  if (key.name !== null) return key.name;
  const table = tableOf(key.dependent, model).name ?? '';
  const principal = tableOf(key.principal, model).name ?? '';
  return constraint('FK', [table, principal, ...columnsOf(key.properties, key.dependent, model)], model);
}
