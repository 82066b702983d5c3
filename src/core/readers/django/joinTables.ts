/** Tables that Django keeps for many-to-many fields (django/db/models/fields/related.py `create_many_to_many_intermediary_model`). */
import type { Column, ForeignKey, Index, Table } from '../../schema/model.ts';
import { columnOf } from './columns.ts';
import { plainField, textOption } from './fields.ts';
import type { Field } from './fields.ts';
import type { Model } from './models.ts';
import { indexName, splitTable, truncated } from './names.ts';
import { foreignKey } from './relations.ts';
import { moduleOf } from './place.ts';
import { autoField, ofModel, referencedField, columnName, shapeOf, targetOf, targetOfValue } from './world.ts';
import type { Target, World } from './world.ts';

export interface JoinTable {
  readonly name: string;
  readonly namespace: string | null;
  /** Null = Django keeps it by itself. */
  readonly through: Model | null;
}

/** Null where the model in between is not known. */
export function joinTableOf(field: Field, model: Model, world: World): JoinTable | null {
  const through = field.options.get('through');
  if (through !== undefined && through !== null) {
    const target = targetOfValue(through, model, world);
    return target ? { name: target.table, namespace: target.namespace, through: target.model } : null;
  }
  const stated = textOption(field, 'db_table');
  const { namespace, table } = splitTable(stated ?? `${model.table}_${field.name}`);
  return {
    name: truncated(table, world.dialect),
    namespace: namespace ?? (stated === null ? model.namespace : null),
    through: null,
  };
}

export function joinTablesOf(model: Model, world: World): readonly Table[] {
  return [...joinTablesByField(model, world).values()];
}

/** By the name of the field that each is kept for. */
export function joinTablesByField(model: Model, world: World): ReadonlyMap<string, Table> {
  const tables = model.fields.flatMap((field): readonly (readonly [string, Table])[] => {
    if (field.relation !== 'ManyToManyField') return [];
    const through = field.options.get('through');
    const target = targetOf(field, model, world);
    const join = through === undefined || through === null ? joinTableOf(field, model, world) : null;
    return join && target ? [[field.name, tableOf(join, field, model, target, world)]] : [];
  });
  return new Map(tables);
}

function tableOf(join: JoinTable, field: Field, model: Model, target: Target, world: World): Table {
  const { dialect } = world;
  const at = field.at;
  const own = model.name.toLowerCase();
  const other = target.name.toLowerCase();
  const [from, to] = own === other ? [`from_${own}`, `to_${other}`] : [own, other];
  const constraint = field.options.get('db_constraint');
  const side = (name: string, to_: Target): { column: Column; key: ForeignKey; index: Index } => {
    const end = plainField(
      name,
      'ForeignKey',
      { to: to_.model?.cls ?? '', ...(constraint === undefined ? {} : { db_constraint: constraint }) },
      at,
    );
    const column = { ...columnOf(end, model, false, world), ...shapeAcross(end, to_, model, world), property: null };
    const referenced = referencedField(end, to_, world);
    return {
      column,
      key: foreignKey(
        column.name,
        referenced ? columnName(referenced) : (to_.keyColumns[0] ?? 'id'),
        { table: join.name },
        to_,
        end,
        world,
      ),
      index: {
        name: indexName(join.name, [column.name], '', dialect),
        columns: [column.name],
        orders: [],
        include: [],
        unique: false,
        method: null,
        where: null,
        expression: null,
        origin: 'orm',
        at,
      },
    };
  };
  const sides = [side(from, ofModel(model, world)), side(to, target)];
  const columns = sides.map(({ column }) => column.name);
  const id = {
    ...columnOf(plainField('id', autoField(model, world), { primary_key: true }, at), model, true, world),
    property: null,
  };
  return {
    name: join.name,
    namespace: join.namespace,
    entity: null,
    reader: 'django',
    kind: 'join-table',
    columns: [id, ...sides.map(({ column }) => column)],
    primaryKey: [id.name],
    primaryKeyName: dialect === 'postgresql' && join.name.length <= 58 ? `${join.name}_pkey` : null,
    uniques: [
      {
        name: indexName(join.name, columns, '_uniq', dialect),
        columns,
        nullsNotDistinct: false,
        deferrable: null,
        origin: 'orm',
        at,
      },
    ],
    indexes: [...sides.map(({ index }) => index), ...patternIndexes(sides, join.name, world)],
    foreignKeys: sides.map(({ key }) => key),
    relations: [],
    checks: [],
    exclusions: [],
    inheritance: null,
    viewExpression: null,
    comment: null,
    managed: model.meta.get('managed') !== false,
    module: moduleOf(at.file),
    at,
  };
}

/** Type of the key that a side holds. */
function shapeAcross(end: Field, target: Target, model: Model, world: World): ReturnType<typeof shapeOf> {
  if (target.model) return shapeOf(end, model, world);
  const named = plainField(end.name, 'ForeignKey', { to: labelOf(target) }, end.at);
  return shapeOf(named, model, world);
}

/** `auth.Group` of a table outside of the workspace. */
function labelOf({ table, name }: Target): string {
  const prefix = table.slice(0, Math.max(0, table.lastIndexOf('_')));
  return table === 'django_content_type' ? `contenttypes.${name}` : `${prefix}.${name}`;
}

function patternIndexes(
  sides: readonly { readonly column: Column; readonly index: Index }[],
  table: string,
  { dialect }: World,
): readonly Index[] {
  if (dialect !== 'postgresql') return [];
  return sides
    .filter(({ column }) => column.rawType === 'varchar' || column.rawType === 'text')
    .map(({ column, index }) => ({ ...index, name: indexName(table, [column.name], '_like', dialect) }));
}
