/** Tables between models: two columns, no primary key, one unique index. */
import type { Column, Table } from '../../schema/model.ts';
import { plainIndex } from '../../schema/plainIndex.ts';
import { plainColumn, plainTable } from '../../schema/emptyTable.ts';
import { directoryOf } from '../shared/paths.ts';
import { sha256 } from '../shared/sha256.ts';
import { shapeOf, textOption } from './fields.ts';
import type { Field } from './fields.ts';
import { foreignKeyTo } from './foreignKeys.ts';
import { joinTableName, keyField, targetOf } from './models.ts';
import type { Model, World } from './models.ts';

/** @param taken names of tables that models stand for: Tortoise makes none of its own there */
export function joinTablesOf(model: Model, taken: ReadonlySet<string>, world: World): readonly Table[] {
  return model.fields.flatMap((field) => {
    const target = field.relation === 'ManyToManyField' ? targetOf(field, model, world) : null;
    if (!target || taken.has(joinTableName(field, model, target))) return [];
    return [joinTable(field, model, target, world)];
  });
}

function joinTable(field: Field, model: Model, target: Model, world: World): Table {
  const name = joinTableName(field, model, target);
  const forward = textOption(field, 'forward_key') ?? `${target.name.toLowerCase()}_id`;
  const plain = `${model.table}_id`;
  const backward = textOption(field, 'backward_key') ?? (plain === forward ? `${model.table}_rel_id` : plain);
  const columns = [keyTo(backward, model, field, world, 0), keyTo(forward, target, field, world, 0)];
  const names = [backward, forward];
  const unique = field.options.get('unique') !== false;
  const hash = sha256([name, ...names].join(';')).slice(0, 6);
  return {
    ...plainTable(name, 'tortoise', directoryOf(model.at.file), field.at),
    namespace: model.namespace,
    kind: 'join-table',
    columns,
    indexes: unique
      ? [
          {
            ...plainIndex(names, field.at, { name: `uidx_${name.slice(0, 11)}_${backward.slice(0, 7)}_${hash}` }),
            unique: true,
            origin: 'orm',
          },
        ]
      : [],
    foreignKeys: [foreignKeyTo(field, name, backward, model, world), foreignKeyTo(field, name, forward, target, world)],
  };
}

function keyTo(name: string, model: Model, field: Field, world: World, depth: number): Column {
  const key = keyField(model);
  const next = key && key.relation !== null && depth < 8 ? targetOf(key, model, world) : null;
  if (next) return keyTo(name, next, field, world, depth + 1);
  const shape = key
    ? shapeOf(key, world.dialect, world.evaluator)
    : { type: 'int32' as const, rawType: 'int', length: null, precision: null, scale: null, array: false };
  return { ...plainColumn(name, shape, field.at), property: null };
}
