/** Methods of MikroORM's EntityManager and EntityRepository that reach the database, and what their arguments mean. */
import type { Query } from '../../schema/code.ts';

/** `where` a condition object or key; `options` find options; `data` values to write; `entities` instances; `sql` a statement. */
export type Argument = 'where' | 'options' | 'data' | 'entities' | 'sql' | 'populate';

export interface ApiMethod {
  readonly operation: Query['operation'];
  readonly rows: Query['rows'];
  /** Without the entity that a manager is given first. */
  readonly args: readonly Argument[];
}

const method = (operation: Query['operation'], rows: Query['rows'], ...args: Argument[]): ApiMethod => ({
  operation,
  rows,
  args,
});

export const methods: ReadonlyMap<string, ApiMethod> = new Map([
  ['find', method('select', 'many', 'where', 'options')],
  ['findAll', method('select', 'many', 'options')],
  ['findAndCount', method('select', 'many', 'where', 'options')],
  ['findByCursor', method('select', 'many', 'where', 'options')],
  ['findOne', method('select', 'one', 'where', 'options')],
  ['findOneOrFail', method('select', 'one', 'where', 'options')],
  ['stream', method('select', 'many', 'options')],
  ['count', method('count', 'one', 'where', 'options')],
  ['countBy', method('count', 'many', 'where', 'options')],
  ['insert', method('insert', 'none', 'data')],
  ['insertMany', method('insert', 'none', 'data')],
  ['nativeInsert', method('insert', 'none', 'data')],
  ['upsert', method('upsert', 'one', 'data')],
  ['upsertMany', method('upsert', 'many', 'data')],
  ['nativeUpdate', method('update', 'none', 'where', 'data')],
  ['nativeDelete', method('delete', 'none', 'where')],
  ['populate', method('load', 'none', 'entities', 'populate')],
  ['refresh', method('load', 'one', 'entities')],
]);

/** Methods that take instances: the entity is not told by the call. `persist` and `remove` alone wait for `flush`. */
export const instanceMethods: ReadonlyMap<string, Query['operation']> = new Map([
  ['flush', 'upsert'],
  ['persistAndFlush', 'upsert'],
  ['removeAndFlush', 'delete'],
]);

/** What a query builder executes, and how many rows come of it; null = as its statement says. */
export const executions: ReadonlyMap<string, Query['rows'] | null> = new Map([
  ['getResult', null],
  ['getResultList', null],
  ['getResultAndCount', null],
  ['getSingleResult', 'one'],
  ['execute', null],
  ['getCount', 'one'],
]);

export const transactionMethods: ReadonlySet<string> = new Set(['transactional']);

/** Of the collection of one row: they read what belongs to it, as far as that is not there yet. */
export const collectionMethods: ReadonlySet<string> = new Set(['init', 'loadItems', 'loadCount', 'matching']);
