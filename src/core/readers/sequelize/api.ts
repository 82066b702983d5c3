/** Methods of Sequelize's models and instances that reach the database, and what their arguments mean. */
import type { Query } from '../../schema/code.ts';

/** `options` where, include, order…; `values` what is written; `key` a primary key; `column` an attribute; `fields` attributes to count up. */
export type Argument = 'options' | 'values' | 'key' | 'column' | 'fields' | 'other';

export interface ApiMethod {
  readonly operation: Query['operation'];
  readonly rows: Query['rows'];
  readonly args: readonly Argument[];
  /** No other library's objects have a method of this name. */
  readonly telling: boolean;
}

const method = (
  operation: Query['operation'],
  rows: Query['rows'],
  telling: boolean,
  ...args: Argument[]
): ApiMethod => ({
  operation,
  rows,
  args,
  telling,
});

export const modelMethods: ReadonlyMap<string, ApiMethod> = new Map([
  ['findAll', method('select', 'many', true, 'options')],
  ['findAndCountAll', method('select', 'many', true, 'options')],
  ['findAndCount', method('select', 'many', false, 'options')],
  ['findOne', method('select', 'one', false, 'options')],
  ['findByPk', method('select', 'one', true, 'key', 'options')],
  ['findById', method('select', 'one', false, 'key', 'options')],
  ['findByPrimary', method('select', 'one', true, 'key', 'options')],
  ['findOrCreate', method('upsert', 'one', false, 'options')],
  ['findCreateFind', method('upsert', 'one', true, 'options')],
  ['findOrBuild', method('select', 'one', true, 'options')],
  ['count', method('count', 'one', false, 'options')],
  ['max', method('aggregate', 'one', false, 'column', 'options')],
  ['min', method('aggregate', 'one', false, 'column', 'options')],
  ['sum', method('aggregate', 'one', false, 'column', 'options')],
  ['aggregate', method('aggregate', 'one', false, 'column', 'other', 'options')],
  ['create', method('insert', 'none', false, 'values', 'options')],
  ['bulkCreate', method('insert', 'none', true, 'values', 'options')],
  ['upsert', method('upsert', 'none', false, 'values', 'options')],
  ['update', method('update', 'none', false, 'values', 'options')],
  ['destroy', method('delete', 'none', false, 'options')],
  ['restore', method('update', 'none', false, 'options')],
  ['truncate', method('delete', 'none', false, 'options')],
  ['increment', method('update', 'none', false, 'fields', 'options')],
  ['decrement', method('update', 'none', false, 'fields', 'options')],
  ['save', method('upsert', 'none', false, 'options')],
  ['reload', method('select', 'one', false, 'options')],
]);

/** Of rows: they find themselves by their primary key. */
export const instanceMethods: ReadonlySet<string> = new Set([
  'update',
  'destroy',
  'save',
  'reload',
  'restore',
  'increment',
  'decrement',
]);

/** What gives rows of a model: the variable it goes to is an instance. */
export const queried =
  /^(?:await\s+)?\(?(?:await\s+)?([\w$.]+?)(?:\.(?:scope|unscoped)\([^()]*\))?\s*\.\s*(?:findOne|findByPk|findById|findOrCreate|create|build|findOrBuild)\s*[<(]/;

/** Receiver of queries that only linking can tell from other methods of these names. */
export const uncertain = 'sequelize?';
/** Receiver of `user.getPosts()`: linking asks whose association that is. */
export const accessor = 'sequelize:association';
