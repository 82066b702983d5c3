/** Tables that Peewee keeps for many-to-many fields. */
import type { Table } from '../../schema/model.ts';
import { plainIndex } from '../../schema/plainIndex.ts';
import { plainColumn, plainTable } from '../../schema/emptyTable.ts';
import { directoryOf } from '../shared/paths.ts';
import { isCall, isClass } from '../shared/python/values.ts';
import type { Field } from './fields.ts';
import { shapeOf } from './fields.ts';
import { nameOf } from './indexes.ts';
import type { Model, World } from './models.ts';
import { foreignKeyTo, targetShape } from './tables.ts';

/** Null where the model in between is not known. */
export function throughName(field: Field, model: Model, target: Model, world: World): string | null {
  const through = field.options.get('through_model');
  if (through === undefined) return `${model.table}_${target.table}_through`;
  if (isClass(through)) return world.byClass.get(through)?.table ?? null;
  // `DeferredThroughModel()`: the model that has keys to both.
  if (!isCall(through)) return null;
  return null;
}

export function throughTable(field: Field, model: Model, target: Model, world: World): Table {
  const name = `${model.table}_${target.table}_through`;
  const prefix = { prefix: `${model.name}${target.name}Through`.toLowerCase() };
  const at = field.at;
  const plain = (to: Model): Field => ({
    ...field,
    name: to.name.toLowerCase(),
    kind: 'ForeignKeyField',
    options: new Map([...field.options].filter(([option]) => option.startsWith('on_'))),
  });
  const sides = [model, target].map((to) => {
    const column = `${to.name.toLowerCase()}_id`;
    const key = plain(to);
    return {
      column: { ...plainColumn(column, targetShape(key, to, world, 0), at), property: null },
      key: foreignKeyTo(key, name, column, to, world),
      index: { ...plainIndex([column], at, { name: nameOf(prefix, [column]) }), origin: 'orm' as const },
    };
  });
  const columns = sides.map(({ column }) => column.name);
  const id = shapeOf({ ...field, kind: 'AutoField' }, world.dialect, world.evaluator);
  return {
    ...plainTable(name, 'peewee', directoryOf(at.file), at),
    namespace: model.namespace,
    kind: 'join-table',
    columns: [
      { ...plainColumn('id', id, at), property: null, generated: { kind: 'increment', expression: null } },
      ...sides.map(({ column }) => column),
    ],
    primaryKey: ['id'],
    primaryKeyName: world.dialect === 'postgresql' && name.length <= 58 ? `${name}_pkey` : null,
    indexes: [
      ...sides.map(({ index }) => index),
      { ...plainIndex(columns, at, { name: nameOf(prefix, columns) }), unique: true, origin: 'orm' },
    ],
    foreignKeys: sides.map(({ key }) => key),
  };
}
