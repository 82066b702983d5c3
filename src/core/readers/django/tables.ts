/** From models to tables. */
import type { Inheritance, PolymorphicKey, Table } from '../../schema/model.ts';
import { columnsOf } from './columns.ts';
import { joinTablesOf } from './joinTables.ts';
import { keysOf } from './keys.ts';
import { isKnown } from './models.ts';
import type { Model } from './models.ts';
import { moduleOf } from './place.ts';
import { foreignKeysOf, relationsOf, reversesOf } from './relations.ts';
import { columnName, keyFields } from './world.ts';
import type { World } from './world.ts';

export interface Built {
  readonly tables: readonly Table[];
  /** Table of each model that has one of its own. */
  readonly byModel: ReadonlyMap<Model, Table>;
}

export function buildTables(world: World): Built {
  const concrete = world.models.all.filter((model) => hasTable(model, world));
  const reverses = new Map<Model, Table['relations'][number][]>();
  for (const model of concrete) {
    for (const { on, relation } of reversesOf(model, world)) {
      const known = reverses.get(on);
      if (known) known.push(relation);
      else reverses.set(on, [relation]);
    }
  }
  const byModel = new Map<Model, Table>();
  const tables: Table[] = [];
  for (const model of concrete) {
    const table = tableOf(model, reverses.get(model) ?? [], world);
    byModel.set(model, table);
    tables.push(table, ...joinTablesOf(model, world));
  }
  return { tables, byModel };
}

/** Of its own, whether Django makes it or not. */
export function hasTable(model: Model, world: World): boolean {
  if (model.abstract || model.proxyOf) return false;
  // `swappable = "AUTH_USER_MODEL"`: another model has taken its place.
  const swappable = model.meta.get('swappable');
  const taken = typeof swappable === 'string' ? world.settings.text(swappable) : null;
  return taken === null || taken.toLowerCase() === `${model.app.label}.${model.name}`.toLowerCase();
}

function tableOf(model: Model, reverses: Table['relations'], world: World): Table {
  const polymorphicKeys = polymorphicKeysOf(model);
  return {
    ...bareTable(model, world),
    relations: distinct([...relationsOf(model, world), ...reverses]),
    ...(polymorphicKeys.length > 0 ? { polymorphicKeys } : {}),
  };
}

/** `GenericForeignKey(ct_field="content_type", fk_field="object_id")`, where both are fields of the model itself. */
function polymorphicKeysOf({ genericKeys, fields }: Model): readonly PolymorphicKey[] {
  return genericKeys.flatMap(({ name, call }): readonly PolymorphicKey[] => {
    const nameOf = (keyword: string, at: number, otherwise: string): string => {
      const stated = call.keywords.get(keyword) ?? call.arguments[at];
      return typeof stated === 'string' ? stated : otherwise;
    };
    const kind = fields.find((field) => field.name === nameOf('ct_field', 0, 'content_type'));
    const key = fields.find((field) => field.name === nameOf('fk_field', 1, 'object_id'));
    return kind && key ? [{ property: name, columns: [columnName(kind), columnName(key)], at: key.at }] : [];
  });
}

/** The part of a table that the database holds. */
export function bareTable(model: Model, world: World): Table {
  const keys = keysOf(model, world);
  const columns = columnsOf(model, world);
  const primaryKey = keyFields(model, world).map(columnName);
  const comment = model.meta.get('db_table_comment');
  return {
    name: model.table,
    namespace: model.namespace,
    entity: model.name,
    reader: 'django',
    kind: 'table',
    columns,
    primaryKey,
    primaryKeyName: world.dialect === 'postgresql' && model.table.length <= 58 ? `${model.table}_pkey` : null,
    ...keys,
    foreignKeys: foreignKeysOf(model, world),
    relations: [],
    exclusions: [],
    inheritance: inheritanceOf(model),
    viewExpression: null,
    comment: typeof comment === 'string' ? comment : null,
    managed: model.meta.get('managed') !== false,
    module: moduleOf(model.at.file),
    at: model.at,
  };
}

function distinct(relations: Table['relations']): Table['relations'] {
  const seen = new Set<string>();
  return relations.filter(({ property }) => !seen.has(property) && seen.add(property));
}

function inheritanceOf(model: Model): Inheritance | null {
  const [parent] = model.parents;
  if (!parent) return null;
  return {
    strategy: 'joined',
    parent: isKnown(parent.model) ? parent.model.table : parent.model.table,
    discriminatorColumn: null,
    children: [],
  };
}
