/** Join tables, collection tables, and keys that a one-to-many relation puts into the other table. */
import type { Relation } from '../../schema/model.ts';
import type { JavaAnnotation, JavaType } from '../shared/java/model.ts';
import { argument, nested } from '../shared/java/world.ts';
import { jpa, named } from './annotations.ts';
import { valueColumn } from './columns.ts';
import { addIndex } from './constraints.ts';
import type { Context, Place } from './context.ts';
import { physical, targetOf } from './context.ts';
import { addColumn, addForeignKey, addUnique, newTable } from './drafts.ts';
import type { DraftColumn, DraftTable } from './drafts.ts';
import type { Attribute, Entity } from './hierarchy.ts';
import { foreignKeyOf, joinColumnsOf, joinTo, keyNamesOf } from './joins.ts';
import { namespaceOf } from './namespaces.ts';
import { addMapKey, addOrderColumn, emptyPlace, isBag, isSet } from './collectionKinds.ts';
import { cascadeOf, fetchOf, overridesOf, placeAttribute, relationKind } from './place.ts';
import type { Deferred } from './place.ts';

interface Owner {
  readonly entity: Entity;
  readonly table: DraftTable;
}

/** @returns tables that the relation or collection has to itself */
export function buildDeferred(deferred: Deferred, owner: Owner, context: Context): readonly DraftTable[] {
  if (deferred.kind === 'elements') return elementTable(deferred, owner, context);
  const { attribute, property, kind } = deferred;
  const found = relationKind(attribute.annotations);
  const stated = argument(found?.annotation, 'targetEntity');
  const target = targetOf(attribute, stated?.kind === 'class' ? stated.type : null, context);
  if (!target) return [];
  const targetTable = context.tableOf(target);
  const mappedBy = context.world.text(argument(found?.annotation, 'mappedBy'), attribute.owner);
  const relation: Relation = {
    property,
    kind,
    target: targetTable.name,
    targetNamespace: targetTable.namespace,
    owner: false,
    columns: [],
    inverse: mappedBy,
    joinTable: null,
    nullable: kind === 'one-to-one',
    fetch: fetchOf(attribute.annotations),
    cascade: cascadeOf(attribute.annotations, attribute, context),
    ...((mappedBy === null || mappedBy === '') && isBag(attribute) ? { collection: 'bag' as const } : {}),
    // Behind a proxy there must be something: of a row that may be missing the provider has to look.
    ...(kind === 'one-to-one' &&
    mappedBy !== null &&
    mappedBy !== '' &&
    context.world.flag(argument(found?.annotation, 'optional'), attribute.owner) !== false
      ? { neverLazy: true as const }
      : {}),
    at: attribute.at,
  };
  const add = (extra: Partial<Relation>): void => void owner.table.relations.push({ ...relation, ...extra });
  if (mappedBy !== null && mappedBy !== '') {
    add({});
    addOrderColumn(attribute, targetTable, context, true);
    return [];
  }
  if (kind === 'one-to-one' && !jpa(attribute.annotations, 'JoinTable')) {
    const columns = owner.table.primaryKey;
    const join = joinTo(
      target,
      [],
      { base: attribute.name, nullable: false, unique: false, at: attribute.at, owner: attribute.owner },
      context,
    );
    const key = foreignKeyOf(join, targetTable, attribute.annotations, attribute.owner, attribute.at, context);
    addForeignKey(owner.table, { ...key, columns });
    add({ owner: true, columns, nullable: false, inverse: null });
    return [];
  }
  const joinColumns = joinColumnsOf(attribute.annotations);
  if (kind === 'one-to-many' && joinColumns.length > 0 && !jpa(attribute.annotations, 'JoinTable')) {
    oneToManyByKey(attribute, joinColumns, owner, targetTable, context);
    add({ inverse: null });
    return [];
  }
  const table = joinTable(deferred, owner, target, context);
  add({ owner: true, joinTable: table.name, inverse: null });
  return [table];
}

/** `@OneToMany @JoinColumn`: the key stands in the table of the elements. */
function oneToManyByKey(
  attribute: Attribute,
  stated: readonly JavaAnnotation[],
  owner: Owner,
  target: DraftTable,
  context: Context,
): void {
  const join = joinTo(
    owner.entity,
    stated,
    { base: attribute.name, nullable: true, unique: false, at: attribute.at, owner: attribute.owner },
    context,
  );
  for (const column of join.columns) addColumn(target, column);
  addForeignKey(target, foreignKeyOf(join, owner.table, attribute.annotations, attribute.owner, attribute.at, context));
  addOrderColumn(attribute, target, context, true);
}

function joinTable(deferred: Deferred, owner: Owner, target: Entity, context: Context): DraftTable {
  const { attribute, kind, place } = deferred;
  const { annotations } = attribute;
  const override = place.associations.get(attribute.name);
  const stated = nested(override, 'joinTable')[0] ?? jpa(annotations, 'JoinTable');
  const targetTable = context.tableOf(target);
  const written = context.world.text(argument(stated, 'name'), attribute.owner);
  const implicit = context.naming.joinTablesByProperty
    ? `${owner.table.name}_${attribute.name}`
    : `${owner.table.name}_${targetTable.name}`;
  const name = physical(context, written === null || written === '' ? implicit : written);
  const table = newTable(name, namespaceOf(stated, attribute.owner, context), 'join-table', attribute.at);
  const inverse = inverseProperty(attribute, owner.entity, target, context);
  const toOne = kind === 'many-to-one' || kind === 'one-to-one';
  const ownStated = nested(stated, 'joinColumns');
  const ownJoin = joinTo(
    owner.entity,
    ownStated,
    // The key to the owner is called by the property on the other side, where there is one.
    { base: inverse ?? owner.entity.name, nullable: false, unique: false, at: attribute.at, owner: attribute.owner },
    context,
  );
  // A to-one relation has a row per owner at most: the table is one with the owner's own key.
  const own =
    toOne && ownStated.length === 0
      ? {
          ...ownJoin,
          columns: ownJoin.columns.map((column, at) => ({ ...column, name: ownJoin.references[at] ?? column.name })),
        }
      : ownJoin;
  const other = joinTo(
    target,
    nested(stated, 'inverseJoinColumns'),
    {
      base: attribute.name,
      nullable: false,
      unique: kind === 'one-to-many' || kind === 'one-to-one',
      at: attribute.at,
      owner: attribute.owner,
    },
    context,
  );
  for (const column of own.columns) addColumn(table, { ...column, nullable: false });
  for (const column of other.columns)
    addColumn(table, toOne ? { ...column, nullable: true } : { ...column, nullable: false });
  const ownNames = own.columns.map((column) => column.name);
  const otherNames = other.columns.map((column) => column.name);
  if (other.columns.length > 1 && kind !== 'many-to-many' && kind !== 'many-to-one')
    addUnique(table, otherNames, null, attribute.at);
  const position = addOrderColumn(attribute, table, context);
  const mapKey = addMapKey(attribute, table, context).map((column) => column.name);
  if (position) table.primaryKey = [...ownNames, position.name];
  else if (mapKey.length > 0) table.primaryKey = [...ownNames, ...mapKey];
  else if (kind === 'many-to-one' || kind === 'one-to-one') table.primaryKey = ownNames;
  else if (isSet(attribute)) table.primaryKey = [...ownNames, ...otherNames];
  addForeignKey(
    table,
    foreignKeyOf(own, owner.table, withConstraint(stated, 'foreignKey'), attribute.owner, attribute.at, context),
  );
  // Hibernate refers to keys alone from such a table.
  const refersToKey = other.references.every((name) => keyNamesOf(target, context).includes(name));
  addForeignKey(
    table,
    foreignKeyOf(
      refersToKey ? other : { ...other, enforced: false },
      targetTable,
      withConstraint(stated, 'inverseForeignKey'),
      attribute.owner,
      attribute.at,
      context,
    ),
  );
  addUniqueConstraints(stated, table, attribute, context);
  for (const index of nested(stated, 'indexes')) addIndex(index, table, context, attribute.owner);
  return table;
}

/** `@JoinTable(foreignKey = @ForeignKey(name = …))`, as if it stood beside the relation. */
function withConstraint(joinTableAnnotation: JavaAnnotation | undefined, name: string): readonly JavaAnnotation[] {
  return nested(joinTableAnnotation, name).map((each) => ({ ...each, package: null }));
}

function addUniqueConstraints(
  stated: JavaAnnotation | undefined,
  table: DraftTable,
  attribute: Attribute,
  context: Context,
): void {
  for (const constraint of nested(stated, 'uniqueConstraints')) {
    const names = argument(constraint, 'columnNames');
    const values = names === undefined ? [] : names.kind === 'list' ? names.items : [names];
    const columns = values.flatMap((value) => {
      const text = context.world.text(value, attribute.owner);
      return text === null ? [] : [physical(context, text)];
    });
    addUnique(table, columns, context.world.text(argument(constraint, 'name'), attribute.owner), constraint.at);
  }
}

/** Property of the other entity that is `mappedBy` this one. */
function inverseProperty(attribute: Attribute, owner: Entity, target: Entity, context: Context): string | null {
  for (let entity: Entity | null = target; entity !== null; entity = entity.parent) {
    for (const each of entity.attributes) {
      const found = relationKind(each.annotations);
      if (!found || context.world.text(argument(found.annotation, 'mappedBy'), each.owner) !== attribute.name) continue;
      const stated = argument(found.annotation, 'targetEntity');
      const back = targetOf(each, stated?.kind === 'class' ? stated.type : null, context);
      for (let current: Entity | null = owner; current !== null; current = current.parent)
        if (back === current) return each.name;
    }
  }
  return null;
}

function elementTable(deferred: Deferred, owner: Owner, context: Context): readonly DraftTable[] {
  const { attribute, place } = deferred;
  const { annotations } = attribute;
  const stated = jpa(annotations, 'CollectionTable') ?? jpa(annotations, 'JoinTable');
  const written = context.world.text(argument(stated, 'name'), attribute.owner);
  const implicit = `${owner.entity.name}_${attribute.name}`;
  const name = physical(context, written === null || written === '' ? implicit : written);
  const table = newTable(name, namespaceOf(stated, attribute.owner, context), 'table', attribute.at);
  const own = joinTo(
    owner.entity,
    nested(stated, 'joinColumns'),
    { base: owner.entity.name, nullable: false, unique: false, at: attribute.at, owner: attribute.owner },
    context,
  );
  for (const column of own.columns) addColumn(table, { ...column, nullable: false });
  const mapKey = addMapKey(attribute, table, context).map((column) => column.name);
  const position = addOrderColumn(attribute, table, context);
  const elements = addElements(attribute, place, table, context);
  const ownNames = own.columns.map((column) => column.name);
  if (position) table.primaryKey = [...ownNames, position.name];
  else if (mapKey.length > 0) table.primaryKey = [...ownNames, ...mapKey];
  else if (isSet(attribute) && elements.length > 0 && elements.every(({ nullable }) => !nullable))
    table.primaryKey = [...ownNames, ...elements.map((column) => column.name)];
  addForeignKey(
    table,
    foreignKeyOf(
      own,
      owner.table,
      [...withConstraint(stated, 'foreignKey'), ...annotations],
      attribute.owner,
      attribute.at,
      context,
    ),
  );
  addUniqueConstraints(stated, table, attribute, context);
  for (const index of nested(stated, 'indexes')) addIndex(index, table, context, attribute.owner);
  return [table];
}

function addElements(attribute: Attribute, place: Place, table: DraftTable, context: Context): readonly DraftColumn[] {
  const { annotations } = attribute;
  const stated = argument(jpa(annotations, 'ElementCollection'), 'targetClass');
  const element: JavaType =
    stated?.kind === 'class' ? stated.type : (attribute.type.arguments.at(-1) ?? { ...attribute.type, array: false });
  const overrides = new Map(
    [...overridesOf(annotations, attribute, context)].map(
      ([path, column]) => [path.replace(/^(?:value|element|collection&&element)\./u, ''), column] as const,
    ),
  );
  const known = context.world.resolve(element.name, attribute.owner);
  if (known && context.hierarchy.isEmbeddable(known)) {
    const inner: Place = {
      ...emptyPlace,
      columns: overrides,
      access: place.access,
      mayMiss: context.hibernate === 6,
    };
    const placed = context.hierarchy
      .embedded(element, attribute.owner, place.access)
      .map((each) => placeAttribute(each, inner, context));
    const columns = placed.flatMap((each) => each.columns);
    for (const column of columns) addColumn(table, column);
    for (const relation of placed.flatMap((each) => each.relations))
      addForeignKey(
        table,
        foreignKeyOf(
          relation.join,
          context.tableOf(relation.target),
          relation.attribute.annotations,
          relation.attribute.owner,
          relation.attribute.at,
          context,
        ),
      );
    return columns;
  }
  const column = valueColumn(
    {
      name: attribute.name,
      type: element,
      annotations: annotations.filter(({ name }) => name !== 'NotNull' && name !== 'NotEmpty' && name !== 'Size'),
      owner: attribute.owner,
      at: attribute.at,
    },
    context,
    {
      property: null,
      column: overrides.get('value') ?? jpa(annotations, 'Column') ?? named(annotations, 'Element'),
      isKey: false,
      forcedNull: false,
    },
  );
  addColumn(table, column);
  return [column];
}
