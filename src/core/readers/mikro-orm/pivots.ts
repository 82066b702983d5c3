/** Tables in between, of many-to-many relations that state no entity for them. */
import type { Column, ForeignKey, Index, Table } from '../../schema/model.ts';
import { plainColumn } from '../../schema/emptyTable.ts';
import { plainIndex } from '../../schema/plainIndex.ts';
import type { Entity, Property } from './model.ts';
import { constraintName } from './naming.ts';
import { actionOf } from './keys.ts';
import { text } from './world.ts';
import type { World } from './world.ts';
import { isList } from '../shared/typescript/results.ts';
import type { PropertyType } from './columnTypes.ts';

export interface Pivot {
  readonly name: string;
  readonly namespace: string | null;
  readonly owner: Entity;
  readonly target: Entity;
  readonly ownColumns: readonly string[];
  readonly inverseColumns: readonly string[];
}

/** Null = there is no table in between, or an entity stands for it. */
export function pivotOf(entity: Entity, property: Property, world: World): Pivot | null {
  const target = property.kind === 'm:n' && world.owns(property) ? world.target(property) : null;
  if (!target || world.settings.dialect === 'mongodb') return null;
  const { naming } = world.settings;
  const { options } = property;
  const stated = text(options.get('pivotTable')) ?? naming.joinTable(world.tableName(entity), property.name);
  const pivotEntity = options.has('pivotEntity') ? world.entities.of(options.get('pivotEntity')) : null;
  const columns = (keys: readonly string[], base: string, option: string): readonly string[] => {
    const given = options.get(`${option}s`) ?? options.get(option);
    if (typeof given === 'string') return [given];
    if (isList(given)) return given.filter((each) => typeof each === 'string');
    return keys.map((key) => naming.joinKey(base, key, keys.length > 1));
  };
  const ownKeys = world.keyColumns(world.root(entity)).map(({ name }) => name);
  const otherKeys = world.keyColumns(world.root(target)).map(({ name }) => name);
  let ownColumns = columns(ownKeys, world.root(entity).name, 'joinColumn');
  let inverseColumns = columns(otherKeys, world.root(target).name, 'inverseJoinColumn');
  if (target === entity && ownColumns.join() === inverseColumns.join()) {
    // A table name that is stated counts, the default one does not.
    const isDefault = world.tableName(entity) === naming.table(entity.name);
    const base = isDefault ? entity.name : world.tableName(entity);
    ownColumns = ownKeys.map((key) => naming.joinKey(`${base}_1`, key, ownKeys.length > 1));
    inverseColumns = ownKeys.map((key) => naming.joinKey(`${base}_2`, key, ownKeys.length > 1));
  }
  const [, namespace = null, name = stated] = /^([^.]+)\.(.+)$/.exec(stated) ?? [];
  return {
    name: pivotEntity ? world.tableName(pivotEntity) : name,
    namespace: pivotEntity ? world.namespace(pivotEntity) : (namespace ?? world.namespace(entity)),
    owner: entity,
    target,
    ownColumns,
    inverseColumns,
  };
}

export function pivotTables(
  entities: readonly Entity[],
  world: World,
  moduleOf: (file: string) => string,
): readonly Table[] {
  const tables = new Map<string, Table>();
  for (const entity of entities)
    for (const property of world.properties(entity).values()) {
      if (property.kind !== 'm:n' || property.options.get('persist') === false || property.options.has('pivotEntity'))
        continue;
      const pivot = pivotOf(entity, property, world);
      const key = `${pivot?.namespace ?? ''}.${pivot?.name ?? ''}`;
      if (pivot && !tables.has(key)) tables.set(key, pivotTable(pivot, property, world, moduleOf(entity.file)));
    }
  return [...tables.values()];
}

const noSizes = { length: null, precision: null, scale: null, array: false };

function pivotTable(pivot: Pivot, property: Property, world: World, module: string): Table {
  const { dialect } = world.settings;
  const { at, options } = property;
  const order = text(options.get('fixedOrderColumn')) ?? (options.get('fixedOrder') === true ? 'id' : null);
  const column = (name: string, type: PropertyType | undefined): Column => ({
    ...plainColumn(name, type ?? { ...noSizes, type: 'unknown', rawType: 'unknown' }, at),
    property: null,
  });
  const side = (names: readonly string[], entity: Entity): readonly Column[] => {
    const keys = world.keyColumns(world.root(entity));
    return names.map((name, index) => column(name, keys[index]?.type));
  };
  const foreignKey = (columns: readonly string[], entity: Entity): ForeignKey => ({
    name: constraintName(pivot.name, columns, 'foreign', dialect),
    columns,
    references: {
      table: world.tableName(entity),
      namespace: world.namespace(entity),
      columns: world.keyColumns(world.root(entity)).map(({ name }) => name),
    },
    onDelete: actionOf(options.get('deleteRule')) ?? 'CASCADE',
    onUpdate: actionOf(options.get('updateRule')) ?? 'CASCADE',
    deferrable: null,
    enforced: options.get('createForeignKeyConstraint') !== false,
    origin: 'orm',
    at,
  });
  const index = (columns: readonly string[]): Index =>
    plainIndex(columns, at, { name: constraintName(pivot.name, columns, 'index', dialect), origin: 'orm' });
  const increments: Column | null =
    order === null
      ? null
      : {
          ...column(order, { ...noSizes, type: 'int32', rawType: dialect === 'sqlite' ? 'integer' : 'int' }),
          generated: { kind: 'increment', expression: null },
        };
  return {
    name: pivot.name,
    namespace: pivot.namespace,
    entity: null,
    reader: 'mikro-orm',
    kind: 'join-table',
    columns: [
      ...(increments ? [increments] : []),
      ...side(pivot.ownColumns, pivot.owner),
      ...side(pivot.inverseColumns, pivot.target),
    ],
    primaryKey: order === null ? [...pivot.ownColumns, ...pivot.inverseColumns] : [order],
    primaryKeyName: dialect === 'postgresql' ? constraintName(pivot.name, [], 'primary', dialect) : null,
    uniques: [],
    indexes:
      dialect === 'postgresql' || dialect === 'cockroachdb'
        ? []
        : [index(pivot.ownColumns), index(pivot.inverseColumns)],
    foreignKeys: [foreignKey(pivot.ownColumns, pivot.owner), foreignKey(pivot.inverseColumns, pivot.target)],
    relations: [],
    checks: [],
    exclusions: [],
    inheritance: null,
    viewExpression: null,
    comment: null,
    managed: true,
    module,
    at,
  };
}
