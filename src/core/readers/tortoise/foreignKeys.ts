import type { ForeignKey, ReferentialAction } from '../../schema/model.ts';
import { externalPath } from '../shared/python/values.ts';
import { textOption } from './fields.ts';
import type { Field } from './fields.ts';
import { columnName, keyColumn } from './models.ts';
import type { Model, World } from './models.ts';

const actions: Readonly<Record<string, ReferentialAction>> = {
  CASCADE: 'CASCADE',
  RESTRICT: 'RESTRICT',
  SET_NULL: 'SET NULL',
  SET_DEFAULT: 'SET DEFAULT',
  NO_ACTION: 'NO ACTION',
};

/** `fields.SET_NULL`, `OnDelete.SET_NULL`, or its text; what is not stated cascades. */
export function actionOf(field: Field): ReferentialAction {
  const value = field.options.get('on_delete');
  if (value === undefined) return 'CASCADE';
  const text = typeof value === 'string' ? value.replace(' ', '_') : (externalPath(value) ?? '');
  const name = text.slice(text.lastIndexOf('.') + 1);
  return Object.hasOwn(actions, name) ? (actions[name] ?? 'CASCADE') : 'CASCADE';
}

export function foreignKeyTo(field: Field, table: string, column: string, target: Model, world: World): ForeignKey {
  const named = textOption(field, 'to_field');
  const referenced = named === null ? undefined : target.fields.find(({ name }) => name === named);
  const name = `${table}_${column}_fkey`;
  return {
    name: world.dialect === 'postgresql' && name.length <= 63 ? name : null,
    columns: [column],
    references: {
      table: target.table,
      namespace: target.namespace,
      columns: [referenced ? columnName(referenced) : keyColumn(target)],
    },
    onDelete: actionOf(field),
    onUpdate: null,
    deferrable: null,
    enforced: field.options.get('db_constraint') !== false,
    origin: 'declared',
    at: field.at,
  };
}
