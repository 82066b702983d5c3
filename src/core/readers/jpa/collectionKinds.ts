/** What kind of collection an attribute is, and the columns that its kind brings: positions of lists, keys of maps. */
import { hibernateOwn, jpa, repeated } from './annotations.ts';
import { valueColumn } from './columns.ts';
import type { Context, Place } from './context.ts';
import { addColumn, addForeignKey } from './drafts.ts';
import type { DraftColumn, DraftTable } from './drafts.ts';
import type { Attribute } from './hierarchy.ts';
import { foreignKeyOf, joinTo } from './joins.ts';
import { overridesOf, placeAttribute } from './place.ts';

/** A list without a column for the positions: Hibernate writes all its rows anew when one is taken out. */
export function isBag({ type, annotations }: Attribute): boolean {
  const positions =
    jpa(annotations, 'OrderColumn') ??
    hibernateOwn(annotations, 'IndexColumn') ??
    hibernateOwn(annotations, 'ListIndexBase');
  return /(?:^|\.)(?:List|ArrayList|Collection|Iterable)$/u.test(type.name) && positions === undefined;
}

export function isMap({ type }: Attribute): boolean {
  return /(?:^|\.)(?:\w*Map)$/u.test(type.name) && type.arguments.length === 2;
}

export function isSet({ type }: Attribute): boolean {
  return /(?:^|\.)(?:\w*Set)$/u.test(type.name);
}

/** Position of an ordered list; null where it has none. */
export function addOrderColumn(
  attribute: Attribute,
  table: DraftTable,
  context: Context,
  nullable = false,
): DraftColumn | null {
  const stated = jpa(attribute.annotations, 'OrderColumn') ?? hibernateOwn(attribute.annotations, 'IndexColumn');
  if (!stated) return null;
  const column: DraftColumn = {
    ...valueColumn(
      {
        name: `${attribute.name}_ORDER`,
        type: { name: 'Integer', arguments: [], array: false },
        annotations: [],
        owner: attribute.owner,
        at: attribute.at,
      },
      context,
      { property: null, column: stated, isKey: !nullable, forcedNull: false },
    ),
    role: 'position',
  };
  addColumn(table, column);
  return column;
}

/** Key of a map that is no property of its values; null where it is one of them. */
export function addMapKey(attribute: Attribute, table: DraftTable, context: Context): readonly DraftColumn[] {
  const { annotations } = attribute;
  const [keyType] = attribute.type.arguments;
  if (!isMap(attribute) || !keyType || jpa(annotations, 'MapKey')) return [];
  const known = context.world.resolve(keyType.name, attribute.owner);
  const entity = known && context.hierarchy.entity(known);
  if (entity) {
    const stated = repeated(annotations, 'MapKeyJoinColumn', 'MapKeyJoinColumns');
    const options = {
      base: `${attribute.name}_KEY`,
      nullable: false,
      unique: false,
      at: attribute.at,
      owner: attribute.owner,
    };
    const join = joinTo(entity, stated, options, context);
    for (const column of join.columns) addColumn(table, column);
    addForeignKey(table, foreignKeyOf(join, context.tableOf(entity), [], attribute.owner, attribute.at, context));
    return join.columns;
  }
  const overrides = new Map(
    [...overridesOf(annotations, attribute, context)].flatMap(([path, column]) =>
      path === 'key' || path.startsWith('key.') ? [[path.slice(4), column] as const] : [],
    ),
  );
  if (known && context.hierarchy.isEmbeddable(known)) {
    const place: Place = { ...emptyPlace, columns: overrides, isKey: true };
    const placed = context.hierarchy
      .embedded(keyType, attribute.owner, 'FIELD')
      .map((each) => placeAttribute(each, place, context));
    const columns = placed.flatMap((each) => each.columns);
    for (const column of columns) addColumn(table, { ...column, property: null });
    return columns;
  }
  const column = valueColumn(
    { name: `${attribute.name}_KEY`, type: keyType, annotations, owner: attribute.owner, at: attribute.at },
    context,
    {
      property: null,
      column: overrides.get('') ?? jpa(annotations, 'MapKeyColumn'),
      isKey: true,
      forcedNull: false,
      mapKey: true,
    },
  );
  addColumn(table, column);
  return [column];
}

export const emptyPlace: Place = {
  entity: null,
  prefix: '',
  columns: new Map(),
  associations: new Map(),
  access: 'FIELD',
  forcedNull: false,
  mayMiss: false,
  isKey: false,
  mapsId: new Map(),
};
