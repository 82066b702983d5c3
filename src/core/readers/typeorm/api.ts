/** The methods of TypeORM's Repository, EntityManager and BaseEntity that reach the database, and what their arguments mean. */
import type { Query } from '../../schema/code.ts';

/**
 * `options` find options (or an id, as before 0.3); `where` a where object or list; `criteria` an id, ids or a where
 * object; `entities` instances; `ids` keys; `set` values to write; `column` a property name; `sql` a statement.
 */
export type Argument = 'options' | 'where' | 'criteria' | 'entities' | 'ids' | 'set' | 'column' | 'sql' | 'other';

export interface ApiMethod {
  readonly operation: Query['operation'];
  readonly rows: Query['rows'];
  readonly args: readonly Argument[];
}

const method = (operation: Query['operation'], rows: Query['rows'], ...args: Argument[]): ApiMethod => ({
  operation,
  rows,
  args,
});

export const repositoryMethods: ReadonlyMap<string, ApiMethod> = new Map([
  ['find', method('select', 'many', 'options')],
  ['findBy', method('select', 'many', 'where')],
  ['findOne', method('select', 'one', 'options', 'options')],
  ['findOneBy', method('select', 'one', 'where')],
  ['findOneOrFail', method('select', 'one', 'options', 'options')],
  ['findOneByOrFail', method('select', 'one', 'where')],
  ['findOneById', method('select', 'one', 'ids')],
  ['findAndCount', method('select', 'many', 'options')],
  ['findAndCountBy', method('select', 'many', 'where')],
  ['findByIds', method('select', 'many', 'ids', 'options')],
  ['exist', method('exists', 'one', 'options')],
  ['exists', method('exists', 'one', 'options')],
  ['existsBy', method('exists', 'one', 'where')],
  ['count', method('count', 'one', 'options')],
  ['countBy', method('count', 'one', 'where')],
  ['sum', method('aggregate', 'one', 'column', 'where')],
  ['average', method('aggregate', 'one', 'column', 'where')],
  ['minimum', method('aggregate', 'one', 'column', 'where')],
  ['maximum', method('aggregate', 'one', 'column', 'where')],
  ['preload', method('select', 'one', 'set')],
  ['save', method('upsert', 'none', 'entities')],
  ['insert', method('insert', 'none', 'set')],
  ['update', method('update', 'none', 'criteria', 'set')],
  ['updateAll', method('update', 'none', 'set')],
  ['upsert', method('upsert', 'none', 'set', 'other')],
  ['delete', method('delete', 'none', 'criteria')],
  ['deleteAll', method('delete', 'none')],
  ['remove', method('delete', 'none', 'entities')],
  ['softDelete', method('update', 'none', 'criteria')],
  ['softRemove', method('update', 'none', 'entities')],
  ['restore', method('update', 'none', 'criteria')],
  ['recover', method('update', 'none', 'entities')],
  ['increment', method('update', 'none', 'where', 'column', 'other')],
  ['decrement', method('update', 'none', 'where', 'column', 'other')],
  ['clear', method('delete', 'none')],
  ['query', method('raw', 'unknown', 'sql')],
  ['stream', method('raw', 'many', 'sql')],
  ['findTrees', method('select', 'many')],
  ['findRoots', method('select', 'many')],
  ['findDescendants', method('select', 'many', 'entities')],
  ['findDescendantsTree', method('select', 'many', 'entities')],
  ['findAncestors', method('select', 'many', 'entities')],
  ['findAncestorsTree', method('select', 'many', 'entities')],
  ['countDescendants', method('count', 'one', 'entities')],
  ['countAncestors', method('count', 'one', 'entities')],
]);

/** Methods that take instances, so that a manager needs no entity before them. */
export const instanceMethods: ReadonlySet<string> = new Set(['save', 'remove', 'softRemove', 'recover']);

/** Methods that no other library's objects share: their name alone tells a query. */
export const tellingMethods: ReadonlySet<string> = new Set([
  'findOneBy',
  'findOneByOrFail',
  'findOneOrFail',
  'findAndCount',
  'findAndCountBy',
  'existsBy',
  'countBy',
  'softDelete',
  'softRemove',
]);

/** What a query builder executes, and how many rows come of it; null = as the statement says. */
export const executions: ReadonlyMap<
  string,
  { readonly operation: Query['operation'] | null; readonly rows: Query['rows'] }
> = new Map([
  ['getMany', { operation: null, rows: 'many' }],
  ['getManyAndCount', { operation: null, rows: 'many' }],
  ['getRawMany', { operation: null, rows: 'many' }],
  ['getRawAndEntities', { operation: null, rows: 'many' }],
  ['stream', { operation: null, rows: 'many' }],
  ['getOne', { operation: null, rows: 'one' }],
  ['getOneOrFail', { operation: null, rows: 'one' }],
  ['getRawOne', { operation: null, rows: 'one' }],
  ['getCount', { operation: 'count', rows: 'one' }],
  ['getExists', { operation: 'exists', rows: 'one' }],
  ['execute', { operation: null, rows: 'none' }],
  ['loadMany', { operation: 'load', rows: 'many' }],
  ['loadOne', { operation: 'load', rows: 'one' }],
]);

export const findOperators: ReadonlySet<string> = new Set(
  'In Not Equal LessThan LessThanOrEqual MoreThan MoreThanOrEqual Between Like ILike IsNull Raw Any ArrayContains ArrayContainedBy ArrayOverlap JsonContains And Or'.split(
    ' ',
  ),
);
