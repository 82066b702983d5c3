/** From entities to tables. */
import type { Table } from '../../schema/model.ts';
import type { JavaAnnotation } from '../shared/java/model.ts';
import { argument, nested } from '../shared/java/world.ts';
import { hibernateOwn, jpa, repeated } from './annotations.ts';
import { buildDeferred } from './collections.ts';
import type { Context, Place } from './context.ts';
import { physical } from './context.ts';
import { addDiscriminator } from './discriminators.ts';
import { addColumn, addForeignKey, newTable } from './drafts.ts';
import type { BuiltSchema, DraftColumn, DraftTable } from './drafts.ts';
import type { Attribute, Entity } from './hierarchy.ts';
import { foreignKeyOf } from './joins.ts';
import type { Join } from './joins.ts';
import { addConstraints, addNaturalKey, addSoftDelete } from './constraints.ts';
import { orderKeys } from './keyOrder.ts';
import { namespaceOf } from './namespaces.ts';
import { associationsOf, cascadeOf, fetchOf, merged, overridesOf, placeAttribute, relationKind } from './place.ts';
import type { Placed } from './place.ts';

export type Parts = Omit<Context, 'keyOf' | 'columnNamed' | 'tableOf'>;

export function buildSchema(parts: Parts): BuiltSchema {
  const tables = new Map<Entity, DraftTable>();
  const keys = new Map<Entity, readonly DraftColumn[]>();
  const placedOf = new Map<Entity, Placed>();
  const open = new Set<Entity>();

  const context: Context = {
    ...parts,
    keyOf(entity) {
      const { root } = entity;
      const known = keys.get(root);
      if (known) return known;
      // Two keys that refer to each other: neither can be known.
      if (open.has(root)) return [];
      open.add(root);
      const key = merged(
        idAttributes(root).map((attribute) => placeAttribute(attribute, placeFor(root, true), context)),
      );
      open.delete(root);
      const columns = withoutDoubles(key.columns);
      keys.set(root, columns);
      return columns;
    },
    columnNamed(entity, name) {
      const wanted = physical(context, name).toLowerCase();
      for (let each: Entity | null = entity; each !== null; each = each.parent) {
        const plain = each.attributes.filter(({ annotations }) => relationKind(annotations) === null);
        const columns = plain.flatMap(
          (attribute) => placeAttribute(attribute, placeFor(entity, false), context).columns,
        );
        const found = columns.find((column) => column.name.toLowerCase() === wanted || column.logical === name);
        if (found) return found;
      }
      return undefined;
    },
    tableOf: (entity) =>
      tables.get(entity) ??
      tables.get(entity.root) ??
      newTable(entity.name, null, 'table', entity.known.declaration.at, entity),
  };

  /** The key of a hierarchy may stand in its root or in mapped superclasses of it. */
  function idAttributes(root: Entity): readonly Attribute[] {
    const ids = root.attributes.filter(({ annotations }) => jpa(annotations, 'Id') ?? jpa(annotations, 'EmbeddedId'));
    if (ids.length > 0) return ids;
    // `@MapsId` on a relation that is the whole key, in half-typed code.
    return root.attributes.filter(({ annotations }) => jpa(annotations, 'MapsId'));
  }

  function placeFor(entity: Entity, isKey: boolean): Place {
    const annotations = [...entity.annotations, ...entity.inheritedAnnotations];
    const from = { owner: entity.known };
    return {
      entity,
      prefix: '',
      columns: overridesOf(annotations, from, context),
      associations: associationsOf(annotations, from, context),
      access: context.hierarchy.accessOf(entity),
      forcedNull: entity.parent !== null && entity.strategy === 'single-table',
      mayMiss: false,
      isKey: false,
      mapsId: isKey ? mapsIdOf(entity) : new Map(),
    };
  }

  /** Attributes of the key that take their column from a relation. */
  function mapsIdOf(entity: Entity): Place['mapsId'] {
    const found = new Map<string, readonly DraftColumn[]>();
    for (const attribute of entity.root.attributes) {
      const mapsId = jpa(attribute.annotations, 'MapsId');
      if (!mapsId) continue;
      const place = { ...placeFor(entity.root, false), mapsId: new Map() };
      const [relation] = placeAttribute(attribute, place, context).relations;
      const columns = relation ? relation.join.columns : [];
      if (columns.length === 0) continue;
      const path = context.world.text(argument(mapsId, 'value'), attribute.owner);
      if (path !== null && path !== '') found.set(path, columns);
      else {
        const ids = entity.root.attributes.filter(
          (each) => jpa(each.annotations, 'Id') ?? jpa(each.annotations, 'EmbeddedId'),
        );
        if (ids[0]) found.set(ids[0].name, columns);
      }
    }
    return found;
  }

  const all = parts.hierarchy.entities;
  for (const entity of all) if (hasTable(entity)) tables.set(entity, tableFor(entity, context));
  for (const entity of all) {
    const table = tables.get(entity) ?? tables.get(entity.root);
    if (!table) continue;
    const attributes = entity.strategy === 'table-per-class' ? withInherited(entity) : entity.attributes;
    placedOf.set(
      entity,
      merged(attributes.map((attribute) => placeAttribute(attribute, placeFor(entity, true), context))),
    );
  }
  const extra: DraftTable[] = [];
  for (const [entity, placed] of placedOf) {
    const table = context.tableOf(entity);
    if (table.primaryKey.length === 0 && entity.parent === null) {
      for (const column of context.keyOf(entity)) addColumn(table, column);
      table.primaryKey = context.keyOf(entity).map(({ name }) => name);
    }
    if (entity.parent !== null && entity.strategy !== 'single-table') addInheritedKey(entity, table, context);
    const secondary = secondaryTables(entity, table, context);
    extra.push(...secondary.values());
    addDiscriminator(entity, table, all, context);
    for (const column of placed.columns) addColumn(tableNamed(column, table, secondary, context), column);
    for (const relation of placed.relations) {
      const { attribute, target, join, property, kind, nullable } = relation;
      const home = join.columns[0] ? tableNamed(join.columns[0], table, secondary, context) : table;
      const targetTable = context.tableOf(target);
      if (!isUnion(target))
        addForeignKey(
          home,
          foreignKeyOf(join, targetTable, attribute.annotations, attribute.owner, attribute.at, context),
        );
      if (join.columns.length > 1 && kind === 'one-to-one' && join.columns.every((column) => !column.unique))
        table.uniques.push(uniqueOf(join, attribute));
      table.relations.push({
        property,
        kind,
        target: targetTable.name,
        targetNamespace: targetTable.namespace,
        owner: true,
        columns: join.columns.map(({ name }) => name),
        inverse: null,
        joinTable: null,
        nullable,
        fetch: fetchOf(attribute.annotations),
        // Hibernate takes no proxy for a class of Kotlin, which is final unless a plugin opens it.
        ...(attribute.at.file.endsWith('.kt') ? {} : { proxied: true as const }),
        cascade: cascadeOf(attribute.annotations, attribute, context),
        at: attribute.at,
      });
    }
    addSoftDelete(entity, table, context);
  }
  for (const [entity, { deferred }] of placedOf)
    for (const each of deferred)
      extra.push(...buildDeferred(each, { entity, table: context.tableOf(entity) }, context));
  for (const entity of placedOf.keys()) {
    addNaturalKey(entity, context.tableOf(entity));
    addConstraints(entity, context.tableOf(entity), context);
  }
  const unique = mergedTables([...tables.values(), ...extra]);
  for (const table of unique) orderKeys(table, context);
  linkInverses(unique);
  return {
    tables: unique,
    enums: [...context.enums.values()],
    ofEntity: new Map(all.map((each) => [each, context.tableOf(each)])),
  };
}

function uniqueOf(join: Join, { at }: Attribute): Table['uniques'][number] {
  const columns = join.columns.map(({ name }) => name);
  return { name: null, columns, nullsNotDistinct: false, deferrable: null, origin: 'declared', at };
}

/** Rows of subclasses lie in tables of their own, so that no constraint can refer to them all. */
function isUnion(entity: Entity): boolean {
  return entity.strategy === 'table-per-class' && entity.children.length > 0;
}

function withoutDoubles(columns: readonly DraftColumn[]): readonly DraftColumn[] {
  return columns.filter((column, at) => columns.findIndex(({ name }) => name === column.name) === at);
}

function hasTable(entity: Entity): boolean {
  if (entity.strategy === 'single-table') return entity.parent === null;
  return entity.strategy === 'joined' || !entity.abstract;
}

function withInherited(entity: Entity): readonly Attribute[] {
  return entity.parent === null ? entity.attributes : [...withInherited(entity.parent), ...entity.attributes];
}

function tableFor(entity: Entity, context: Context): DraftTable {
  const { annotations, known } = entity;
  const stated = jpa(annotations, 'Table') ?? jpa(entity.inheritedAnnotations, 'Table');
  const written = context.world.text(argument(stated, 'name'), known);
  const name = physical(context, written === null || written === '' ? entity.name : written);
  const subselect = hibernateOwn(annotations, 'Subselect');
  const view = hibernateOwn(annotations, 'View');
  const table = newTable(
    name,
    namespaceOf(stated, known, context),
    subselect || view ? 'view' : 'table',
    known.declaration.at,
    entity,
  );
  table.viewExpression =
    context.world.text(argument(subselect, 'value'), known) ?? context.world.text(argument(view, 'query'), known);
  table.managed = subselect === undefined;
  table.comment =
    context.world.text(argument(hibernateOwn(annotations, 'Comment'), 'value'), known) ??
    context.world.text(argument(stated, 'comment'), known);
  return table;
}

/** Of joined tables: the key refers to the parent's. Of tables per class: it is the same key. */
function addInheritedKey(entity: Entity, table: DraftTable, context: Context): void {
  const { parent } = entity;
  if (parent === null) return;
  if (entity.strategy === 'table-per-class') {
    for (const column of context.keyOf(entity)) addColumn(table, column);
    table.primaryKey = context.keyOf(entity).map(({ name }) => name);
    return;
  }
  const { at } = entity.known.declaration;
  const stated = repeated(entity.annotations, 'PrimaryKeyJoinColumn', 'PrimaryKeyJoinColumns');
  const columns = context.keyOf(entity).map((column, index): DraftColumn => {
    const written = context.world.text(argument(stated[index], 'name'), entity.known);
    const name = written === null ? column.name : physical(context, written);
    return { ...column, name, logical: written ?? column.logical, generated: null, at };
  });
  for (const column of columns) addColumn(table, column);
  table.primaryKey = columns.map(({ name }) => name);
  const join: Join = {
    columns,
    references: context.tableOf(parent).primaryKey,
    foreignKeyName: context.world.text(argument(nested(stated[0], 'foreignKey')[0], 'name'), entity.known),
    enforced: true,
  };
  addForeignKey(table, foreignKeyOf(join, context.tableOf(parent), entity.annotations, entity.known, at, context));
}

/** `@SecondaryTable`: by name in lower case. */
function secondaryTables(entity: Entity, table: DraftTable, context: Context): ReadonlyMap<string, DraftTable> {
  const found = new Map<string, DraftTable>();
  const stated = repeated(entity.annotations, 'SecondaryTable', 'SecondaryTables');
  for (const each of stated) {
    const written = context.world.text(argument(each, 'name'), entity.known);
    if (written === null || written === '') continue;
    const name = physical(context, written);
    const secondary = newTable(name, namespaceOf(each, entity.known, context), 'table', each.at, null);
    const keyColumns: readonly JavaAnnotation[] = nested(each, 'pkJoinColumns');
    const columns = context.keyOf(entity).map((column, index): DraftColumn => {
      const keyName = context.world.text(argument(keyColumns[index], 'name'), entity.known);
      return {
        ...column,
        name: keyName === null ? column.name : physical(context, keyName),
        generated: null,
        at: each.at,
      };
    });
    for (const column of columns) addColumn(secondary, column);
    secondary.primaryKey = columns.map(({ name: column }) => column);
    const join: Join = { columns, references: table.primaryKey, foreignKeyName: null, enforced: true };
    addForeignKey(secondary, foreignKeyOf(join, table, nested(each, 'foreignKey'), entity.known, each.at, context));
    found.set(name.toLowerCase(), secondary);
  }
  return found;
}

function tableNamed(
  column: DraftColumn,
  table: DraftTable,
  secondary: ReadonlyMap<string, DraftTable>,
  context: Context,
): DraftTable {
  return column.table === null ? table : (secondary.get(physical(context, column.table).toLowerCase()) ?? table);
}

/** Two entities, or two collections, that name one table share it. */
function mergedTables(tables: readonly DraftTable[]): readonly DraftTable[] {
  const byName = new Map<string, DraftTable>();
  for (const table of tables) {
    const key = `${table.namespace ?? ''}\0${table.name.toLowerCase()}`;
    const known = byName.get(key);
    if (!known) {
      byName.set(key, table);
      continue;
    }
    for (const column of table.columns.values()) addColumn(known, column);
    for (const each of table.foreignKeys) addForeignKey(known, each);
    if (known.primaryKey.length === 0) known.primaryKey = table.primaryKey;
    known.relations.push(...table.relations);
    known.indexes.push(...table.indexes);
  }
  return [...byName.values()];
}

/** A relation that is `mappedBy` another tells that one its inverse. */
function linkInverses(tables: readonly DraftTable[]): void {
  const byName = new Map(tables.map((table) => [`${table.namespace ?? ''}\0${table.name}`, table]));
  for (const table of tables)
    for (const relation of table.relations) {
      if (relation.owner || relation.inverse === null) continue;
      const target = byName.get(`${relation.targetNamespace ?? ''}\0${relation.target}`);
      const at = target?.relations.findIndex((each) => each.property === relation.inverse && each.owner) ?? -1;
      const other = target?.relations[at];
      if (!target || !other) continue;
      if (other.inverse === null) target.relations[at] = { ...other, inverse: relation.property };
      if (other.joinTable !== null) {
        const own = table.relations.indexOf(relation);
        table.relations[own] = { ...relation, joinTable: other.joinTable };
      }
    }
}
