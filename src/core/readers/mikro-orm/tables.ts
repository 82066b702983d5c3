/** From entities to tables: columns, keys, indexes, and the tables in between. */
import type { Check, Column, EnumType, Table } from '../../schema/model.ts';
import { directoryOf } from '../shared/paths.ts';
import { itemsOf } from './columnTypes.ts';
import { columnsOf, discriminatorColumn } from './columns.ts';
import { declaredIndexes, discriminatorIndex, foreignKeyOf, ownIndexes, parentKey } from './keys.ts';
import type { Named } from './keys.ts';
import type { Entity } from './model.ts';
import { constraintName } from './naming.ts';
import type { NameKind } from './naming.ts';
import { pivotTables } from './pivots.ts';
import { relationsOf } from './relations.ts';
import { discriminatorOf, text } from './world.ts';
import type { Field, World } from './world.ts';

export interface Built {
  readonly tables: readonly { readonly entity: Entity; readonly table: Table }[];
  readonly pivots: readonly Table[];
  readonly enums: readonly EnumType[];
}

export function buildTables(world: World, root: string): Built {
  const stored = world.entities.all.filter((entity) => isStored(entity, world));
  const tables = stored.map((entity) => ({ entity, table: tableOf(entity, world, root) }));
  const taken = new Set(tables.map(({ table }) => `${table.namespace ?? ''}.${table.name}`));
  const pivots = pivotTables(stored, world, (file) => moduleOf(file, root)).filter(
    ({ name, namespace }) => !taken.has(`${namespace ?? ''}.${name}`),
  );
  return { tables, pivots, enums: tables.flatMap(({ entity, table }) => enumsOf(entity, table, world)) };
}

/** It has a table of its own. Entities that only stand for a query have none. */
function isStored(entity: Entity, world: World): boolean {
  if (entity.role !== 'entity' && !(entity.role === 'base' && discriminatorOf(entity) !== null)) return false;
  if (entity.options.has('expression') && entity.options.get('view') !== true) return false;
  if (entity.name === '') return false;
  return world.root(entity) === entity;
}

function moduleOf(file: string, root: string): string {
  const folder = directoryOf(file);
  if (root === '') return folder;
  return folder === root ? '' : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder;
}

function tableOf(entity: Entity, world: World, root: string): Table {
  const { settings } = world;
  const name = world.tableName(entity);
  const isView = entity.options.get('view') === true;
  const inheritance = world.inheritance(entity);
  const parent = inheritance === 'tpt' ? tptParent(entity) : null;
  const above = parent ? world.properties(parent) : null;
  const fields = world.fields(entity).filter((field) => field.primary || !above?.has(field.path.split('.')[0] ?? ''));
  const discriminator = inheritance === 'sti' ? discriminatorOf(entity) : null;
  const columns = fields.flatMap((field) => columnsOf(field, entity, world, parent !== null));
  if (discriminator !== null && !world.properties(entity).has(discriminator))
    columns.push(discriminatorColumn(discriminator, entity, world));
  const keys = fields.filter(({ primary }) => primary).flatMap((field) => field.columns.map((column) => column.name));
  const named = (names: readonly string[], kind: NameKind): string =>
    constraintName(name, names, kind, settings.dialect);
  const declared = declaredIndexes(entity, world, named, parent);
  const foreignKeys = fields.flatMap((field) => foreignKeyOf(field, fields, named, world));
  if (parent) foreignKeys.push(parentKey(entity, parent, keys, named, world));
  const own = fields.map((field) => ownIndexes(field, entity, declared.indexes, named, world));
  const discriminated = discriminatorIndex(entity, discriminator, named, world);
  const isMongo = settings.dialect === 'mongodb';
  return {
    name,
    namespace: world.namespace(entity),
    entity: entity.name,
    reader: 'mikro-orm',
    kind: isView
      ? entity.options.get('materialized') === true
        ? 'materialized-view'
        : 'view'
      : isMongo
        ? 'collection'
        : 'table',
    columns: distinct(columns),
    primaryKey: isView ? [] : keys,
    primaryKeyName: isView || settings.dialect !== 'postgresql' ? null : named([], 'primary'),
    uniques: [...own.flatMap(({ uniques }) => uniques), ...declared.uniques],
    indexes: [...own.flatMap(({ indexes }) => indexes), ...declared.indexes, ...discriminated],
    foreignKeys: isView ? [] : foreignKeys.map((key) => (isMongo ? { ...key, enforced: false } : key)),
    relations: relationsOf(entity, world),
    checks: checksOf(entity, fields, named, world),
    exclusions: [],
    inheritance: inheritance === null ? null : inheritanceOf(entity, inheritance, parent, world),
    viewExpression: isView ? text(entity.options.get('expression')) : null,
    comment: text(entity.options.get('comment')),
    managed: entity.options.get('managed') !== false,
    module: moduleOf(entity.file, root),
    at: entity.at,
  };
}

/** Properties of children may share a column. */
function distinct(columns: readonly Column[]): readonly Column[] {
  const byName = new Map<string, Column>();
  for (const column of columns) if (!byName.has(column.name)) byName.set(column.name, column);
  return [...byName.values()];
}

function tptParent(entity: Entity): Entity | null {
  for (let at = entity.base, depth = 0; at && depth < 20; at = at.base, depth++) if (at.role === 'entity') return at;
  return null;
}

function inheritanceOf(entity: Entity, kind: 'sti' | 'tpt', parent: Entity | null, world: World): Table['inheritance'] {
  const { settings } = world;
  const sharing = kind === 'sti' ? world.children(entity).filter(({ role }) => role === 'entity') : [];
  const discriminator = kind === 'sti' ? discriminatorOf(entity) : null;
  return {
    strategy: kind === 'sti' ? 'single-table' : 'joined',
    parent: parent ? world.tableName(parent) : null,
    discriminatorColumn: discriminator === null ? null : settings.naming.column(discriminator),
    children: sharing.map((child) => ({ entity: child.name, value: discriminatorValue(child, world) })),
  };
}

function discriminatorValue(entity: Entity, { settings }: World): string {
  const stated = entity.options.get('discriminatorValue');
  return typeof stated === 'string' || typeof stated === 'number' ? String(stated) : settings.naming.table(entity.name);
}

function checksOf(entity: Entity, fields: readonly Field[], named: Named, world: World): readonly Check[] {
  const checks: Check[] = entity.checks.map((check) => ({ ...check, name: check.name ?? named([], 'check') }));
  const { dialect } = world.settings;
  if (dialect === 'postgresql' || dialect === 'sqlite')
    for (const { property, columns } of fields) {
      const [column] = columns;
      if (
        property.options.get('enum') !== true ||
        !column ||
        property.options.has('nativeEnumName') ||
        property.options.get('array') === true
      )
        continue;
      const items = itemsOf(property, world.evaluator)?.filter((item) => typeof item === 'string') ?? [];
      if (items.length > 0)
        checks.push({
          name: named([column.name], 'check'),
          expression: `${column.name} in (${items.map((item) => `'${item}'`).join(', ')})`,
          at: property.at,
        });
    }
  return checks;
}

/** Types of the database, and the values of columns that list them. */
function enumsOf(entity: Entity, table: Table, world: World): readonly EnumType[] {
  return world.fields(entity).flatMap(({ property, columns }): EnumType[] => {
    const [column] = columns;
    const name = table.columns.find((each) => each.name === column?.name)?.enum;
    if (name === undefined || name === null) return [];
    const items = itemsOf(property, world.evaluator) ?? [];
    return [
      { name, namespace: table.namespace, values: items.filter((item) => typeof item === 'string'), at: property.at },
    ];
  });
}
