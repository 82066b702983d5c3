/** Methods of Mongoose's models, documents and queries that reach the database, and what their arguments mean. */
import type { Query } from '../../schema/code.ts';

/** `filter` a query object; `key` an `_id`; `update` an update document; `documents` what is inserted; `pipeline` stages. */
export type Argument = 'filter' | 'key' | 'update' | 'documents' | 'pipeline' | 'path' | 'other';

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
  ['find', method('select', 'many', false, 'filter')],
  ['findOne', method('select', 'one', false, 'filter')],
  ['findById', method('select', 'one', false, 'key')],
  ['findByIdAndUpdate', method('update', 'one', true, 'key', 'update')],
  ['findByIdAndDelete', method('delete', 'one', true, 'key')],
  ['findByIdAndRemove', method('delete', 'one', true, 'key')],
  ['findOneAndUpdate', method('update', 'one', true, 'filter', 'update')],
  ['findOneAndReplace', method('update', 'one', true, 'filter', 'update')],
  ['findOneAndDelete', method('delete', 'one', true, 'filter')],
  ['findOneAndRemove', method('delete', 'one', true, 'filter')],
  ['updateOne', method('update', 'none', true, 'filter', 'update')],
  ['updateMany', method('update', 'none', true, 'filter', 'update')],
  ['update', method('update', 'none', false, 'filter', 'update')],
  ['replaceOne', method('update', 'none', true, 'filter', 'update')],
  ['deleteOne', method('delete', 'none', true, 'filter')],
  ['deleteMany', method('delete', 'none', true, 'filter')],
  ['remove', method('delete', 'none', false, 'filter')],
  ['countDocuments', method('count', 'one', true, 'filter')],
  ['estimatedDocumentCount', method('count', 'one', true)],
  ['count', method('count', 'one', false, 'filter')],
  ['exists', method('exists', 'one', false, 'filter')],
  ['distinct', method('select', 'many', false, 'path', 'filter')],
  ['create', method('insert', 'none', false, 'documents')],
  ['insertMany', method('insert', 'none', true, 'documents')],
  ['bulkWrite', method('update', 'none', true)],
  ['bulkSave', method('upsert', 'none', true)],
  ['aggregate', method('aggregate', 'many', false, 'pipeline')],
  ['save', method('upsert', 'none', false)],
]);

/** Of documents: they find themselves by their `_id`. */
export const documentMethods: ReadonlySet<string> = new Set(['save', 'remove', 'deleteOne', 'updateOne']);

/** What gives a document of a model: the variable it goes to is an instance. */
export const queried =
  /^(?:await\s+)?\(?(?:await\s+)?([\w$.]+?)\s*\.\s*(?:findOne|findById|findOneAndUpdate|findByIdAndUpdate|create|hydrate)\s*[<(]/;

/** Receiver of queries that only linking can tell from other methods of these names. */
export const uncertain = 'mongoose?';
/** The query object that a chain goes on with. */
export const executing: ReadonlySet<string> = new Set(['exec', 'then', 'catch', 'finally', 'cursor', 'lean', 'orFail']);
