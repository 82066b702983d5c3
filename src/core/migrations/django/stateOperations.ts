/** What each operation does to the project state (`state_forwards`). */
import type { App } from '../../readers/django/apps.ts';
import { fieldOf, isColumn } from '../../readers/django/fields.ts';
import type { Field } from '../../readers/django/fields.ts';
import type { Project } from '../../readers/django/models.ts';
import type { PyValue } from '../../readers/shared/python/values.ts';
import { isCall, isDict, isSequence } from '../../readers/shared/python/values.ts';
import type { Operation } from './operations.ts';
import { textArgument } from './operations.ts';
import {
  listed,
  nameOfEntry,
  newModel,
  renamed,
  withFieldRenamed,
  withFields,
  withName,
  withOption,
  withOptions,
  withReferences,
} from './state.ts';
import type { ProjectState, StateModel } from './state.ts';

/** Options that `AlterModelOptions` takes away where it does not name them. */
const alterable = [
  'base_manager_name',
  'default_manager_name',
  'default_related_name',
  'get_latest_by',
  'managed',
  'ordering',
  'permissions',
  'default_permissions',
  'select_on_save',
  'verbose_name',
  'verbose_name_plural',
];

/** Told as it is: the operation changes nothing. */
export class Unfollowed extends Error {}

/** What it does is done, as far as it can be told. */
export class PartlyFollowed extends Error {}

/** Name of the model that an operation is about. */
export function modelNameOf(operation: Operation): string | null {
  const parameter =
    operation.kind === 'RenameModel'
      ? 'old_name'
      : operation.argument('model_name') === undefined
        ? 'name'
        : 'model_name';
  return textArgument(operation, parameter);
}

/** Throws `Unfollowed`. */
export function modelOf(operation: Operation, app: App, state: ProjectState): StateModel {
  const name = modelNameOf(operation);
  if (name === null) throw new Unfollowed('the name of its model cannot be told from the text');
  const model = state.get(app.label, name);
  if (!model) throw new Unfollowed(`there is no model ${app.label}.${name} at this point`);
  return model;
}

/** Null = it has no column: a manager that is called a field. */
function fieldOfOperation(operation: Operation, project: Project): Field | null {
  const name = textArgument(operation, 'name');
  const value = operation.argument('field');
  if (name === null || !isCall(value)) throw new Unfollowed('its field cannot be told from the text');
  const field = fieldOf(name, value, value.at, project.fieldContext);
  return isColumn(field) ? field : null;
}

/** Throws `Unfollowed` where it cannot be applied. */
export function applyToState(operation: Operation, app: App, state: ProjectState, project: Project): void {
  if (operation.kind === 'CreateModel') {
    const made = newModel(operation, app, project);
    if (!made) throw new Unfollowed('its fields cannot be told from the text');
    const { model, unread } = made;
    const before = state.get(app.label, model.name);
    // What stood for something else, without a table of its own, may be made a model later.
    const stoodFor = before?.meta.get('managed') === false || before?.meta.get('proxy') === true;
    if (before && !stoodFor) throw new Unfollowed(`the model ${model.name} is created a second time`);
    state.set(model);
    if (unread > 0)
      throw new PartlyFollowed(
        `of ${unread} of the fields of ${model.name} neither name nor type can be told from the text`,
      );
    return;
  }
  const model = modelOf(operation, app, state);
  if (operation.kind === 'DeleteModel') state.delete(model);
  else if (operation.kind === 'RenameModel') renameModel(model, operation, state, project);
  else state.set(changed(model, operation, project));
}

function renameModel(model: StateModel, operation: Operation, state: ProjectState, project: Project): void {
  const to = textArgument(operation, 'new_name');
  if (to === null) throw new Unfollowed('the new name cannot be told from the text');
  const app = model.app.label;
  state.delete(model);
  state.set(renamed(model, to, project));
  for (const each of state.all()) {
    const next = withReferences(each, `${app}.${model.name}`, `${app}.${to}`, project);
    if (next !== each) state.set(next);
  }
}

function changed(model: StateModel, operation: Operation, project: Project): StateModel {
  const text = (name: string): string => {
    const value = textArgument(operation, name);
    if (value === null) throw new Unfollowed(`its ${name} cannot be told from the text`);
    return value;
  };
  const option = (name: string, value: PyValue | undefined): StateModel => withOption(model, name, value, project);
  const entries = (name: 'indexes' | 'constraints', items: readonly PyValue[]): StateModel =>
    option(name, { is: 'list', items });
  switch (operation.kind) {
    case 'AddField': {
      const field = fieldOfOperation(operation, project);
      if (!field) return model;
      return withFields(model, [...model.fields.filter(({ name }) => name !== field.name), field], project);
    }
    case 'RemoveField': {
      const gone = text('name').toLowerCase();
      // One that is not there had no column.
      const kept = model.fields.filter(({ name }) => name.toLowerCase() !== gone);
      return kept.length === model.fields.length ? model : withFields(model, kept, project);
    }
    case 'AlterField': {
      const field = fieldOfOperation(operation, project);
      if (!field) return model;
      const old = requireField(model, field.name);
      return withFields(
        model,
        model.fields.map((each) => (each === old ? { ...field, name: old.name } : each)),
        project,
      );
    }
    case 'RenameField':
      requireField(model, text('old_name'));
      return withFieldRenamed(model, text('old_name'), text('new_name'), project);
    case 'AlterModelTable':
      return option('db_table', operation.argument('table'));
    case 'AlterModelTableComment':
      return option('db_table_comment', operation.argument('table_comment'));
    case 'AlterUniqueTogether':
      return option('unique_together', operation.argument('unique_together'));
    case 'AlterIndexTogether':
      return option('index_together', operation.argument('index_together'));
    case 'AlterOrderWithRespectTo':
      return option('order_with_respect_to', operation.argument('order_with_respect_to'));
    case 'AlterModelOptions': {
      const stated = operation.argument('options');
      const options = new Map([...model.options].filter(([name]) => !alterable.includes(name)));
      for (const [name, value] of isDict(stated) ? stated.entries : [])
        if (typeof name === 'string') options.set(name, value);
      return withOptions(model, options, project);
    }
    case 'AddIndex':
      return entries('indexes', [...listed(model, 'indexes'), entryOf(operation, 'index')]);
    case 'AddConstraint':
      return entries('constraints', [...listed(model, 'constraints'), entryOf(operation, 'constraint')]);
    case 'RemoveIndex':
    case 'RemoveConstraint': {
      const list = operation.kind === 'RemoveIndex' ? 'indexes' : 'constraints';
      const name = text('name');
      const kept = listed(model, list).filter((each) => nameOfEntry(each) !== name);
      if (kept.length === listed(model, list).length)
        throw new Unfollowed(`the model ${model.name} has nothing called ${name} at this point`);
      return entries(list, kept);
    }
    case 'AlterConstraint': {
      const name = text('name');
      return entries(
        'constraints',
        listed(model, 'constraints').map((each) =>
          nameOfEntry(each) === name ? entryOf(operation, 'constraint') : each,
        ),
      );
    }
    case 'RenameIndex':
      return renamedIndex(model, operation, text('new_name'), project);
    default:
      return model;
  }
}

function requireField(model: StateModel, name: string): Field {
  const field = model.fields.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!field) throw new Unfollowed(`the model ${model.name} has no field ${name} at this point`);
  return field;
}

function entryOf(operation: Operation, parameter: string): PyValue {
  const value = operation.argument(parameter);
  if (!isCall(value)) throw new Unfollowed(`its ${parameter} cannot be told from the text`);
  return value;
}

/** By its old name, or by the fields of an `index_together` that becomes an index with a name. */
function renamedIndex(model: StateModel, operation: Operation, name: string, project: Project): StateModel {
  const old = textArgument(operation, 'old_name');
  if (old !== null) {
    const items = listed(model, 'indexes').map((each) =>
      isCall(each) && nameOfEntry(each) === old ? withName(each, name) : each,
    );
    return withOption(model, 'indexes', { is: 'list', items }, project);
  }
  const stated = operation.argument('old_fields');
  if (!isSequence(stated)) throw new Unfollowed('neither its old name nor its fields can be told from the text');
  const key = JSON.stringify(stated.items);
  const groups = model.options.get('index_together');
  const kept = (isSequence(groups) ? groups.items : []).filter(
    (each) => !isSequence(each) || JSON.stringify(each.items) !== key,
  );
  const index: PyValue = {
    is: 'call',
    callee: { is: 'external', path: 'django.db.models.Index' },
    arguments: [],
    keywords: new Map<string, PyValue>([
      ['fields', { is: 'list', items: stated.items }],
      ['name', name],
    ]),
    open: false,
    at: operation.at,
  };
  const without = withOption(model, 'index_together', { is: 'list', items: kept }, project);
  return withOption(without, 'indexes', { is: 'list', items: [...listed(model, 'indexes'), index] }, project);
}
