/** Operations of Prisma's client (prisma.io/docs/orm/reference/prisma-client-reference). */
import type { Query } from '../../schema/code.ts';

export interface ClientOperation {
  readonly operation: Query['operation'];
  readonly rows: Query['rows'];
  /** No other library's objects have a method of that name: with a model's name before it, it is Prisma's. */
  readonly telling: boolean;
}

const operation = (kind: Query['operation'], rows: Query['rows'], telling = true): ClientOperation => ({
  operation: kind,
  rows,
  telling,
});

export const operations: ReadonlyMap<string, ClientOperation> = new Map([
  ['findUnique', operation('select', 'one')],
  ['findUniqueOrThrow', operation('select', 'one')],
  ['findFirst', operation('select', 'one')],
  ['findFirstOrThrow', operation('select', 'one')],
  ['findMany', operation('select', 'many')],
  ['create', operation('insert', 'one', false)],
  ['createMany', operation('insert', 'none')],
  ['createManyAndReturn', operation('insert', 'many')],
  ['update', operation('update', 'one', false)],
  ['updateMany', operation('update', 'none', false)],
  ['updateManyAndReturn', operation('update', 'many')],
  ['upsert', operation('upsert', 'one', false)],
  ['delete', operation('delete', 'one', false)],
  ['deleteMany', operation('delete', 'none', false)],
  ['count', operation('count', 'one', false)],
  ['aggregate', operation('aggregate', 'one', false)],
  ['groupBy', operation('select', 'many', false)],
  ['findRaw', operation('raw', 'many')],
  ['aggregateRaw', operation('raw', 'many')],
]);

export interface RawOperation {
  /** SQL is given as text, so what is put into it is not bound. */
  readonly unsafe: boolean;
  readonly writes: boolean;
}

export const rawOperations: ReadonlyMap<string, RawOperation> = new Map([
  ['$queryRaw', { unsafe: false, writes: false }],
  ['$queryRawUnsafe', { unsafe: true, writes: false }],
  ['$queryRawTyped', { unsafe: false, writes: false }],
  ['$executeRaw', { unsafe: false, writes: true }],
  ['$executeRawUnsafe', { unsafe: true, writes: true }],
  ['$runCommandRaw', { unsafe: false, writes: true }],
]);

/** Conditions on one field; a nested object with any other key leads through a relation or composite type. */
export const fieldConditions: ReadonlySet<string> = new Set(
  'equals in notIn not lt lte gt gte contains startsWith endsWith search mode has hasEvery hasSome isEmpty isSet path string_contains string_starts_with string_ends_with array_contains array_starts_with array_ends_with'.split(
    ' ',
  ),
);

/** Steps of a where object that lead into a relation and are no part of its path. */
export const relationConditions: ReadonlySet<string> = new Set(['some', 'every', 'none', 'is', 'isNot']);
