/** What a table takes over from others: `LIKE`, `INHERITS`, `PARTITION OF`. Source: postgresql.org/docs/current/sql-createtable.html. */
import type { Table } from '../../schema/model.ts';
import type { DdlOperation, SqlCopy } from '../../syntax/sql/operation.ts';
import { addConstraint, withIndex } from './replayConstraints.ts';
import { columnOf, withColumn } from './replayColumns.ts';
import { NotThere, findTable, shown } from './replayState.ts';
import type { ReplayContext, ReplaySchema } from './replayState.ts';

type CreateTable = Extract<DdlOperation, { kind: 'createTable' }>;

/** The table with its own columns and those of others, in their order. A table it copies that nobody created costs the copy, not the table. */
export function withCopies(empty: Table, operation: CreateTable, schema: ReplaySchema, context: ReplayContext): Table {
  const copies = operation.copies ?? [];
  let table = empty;
  const take = (before: number): void => {
    for (const copy of copies) if (copy.before === before) table = withCopy(table, copy, schema, context);
  };
  operation.columns.forEach((column, place) => {
    take(place);
    table = withColumn(table, columnOf(column, table, schema, context));
  });
  take(operation.columns.length);
  for (const copy of copies) table = withKeys(table, copy, schema, context);
  return table;
}

function sourceOf(copy: SqlCopy, schema: ReplaySchema): Table | undefined {
  return findTable(schema, copy.from);
}

function withCopy(table: Table, copy: SqlCopy, schema: ReplaySchema, context: ReplayContext): Table {
  const source = sourceOf(copy, schema);
  if (!source) throw new NotThere(`There is no table ${shown(copy.from)} whose columns could be taken over here.`);
  const isLike = copy.how === 'like';
  const keeps = (what: string): boolean => !isLike || copy.including.includes('ALL') || copy.including.includes(what);
  return source.columns.reduce((current, column) => {
    const known = current.columns.find(({ name }) => name === column.name);
    // Of a column that both have, the child's own definition counts; what must not be null stays so.
    if (known) return withColumn(current, { ...known, nullable: known.nullable && column.nullable });
    const numbered = column.generated?.kind === 'increment';
    const generated =
      column.generated === null ||
      (numbered ? keeps('DEFAULTS') : keeps(column.generated.kind === 'identity' ? 'IDENTITY' : 'GENERATED'))
        ? column.generated
        : null;
    return withColumn(current, {
      ...column,
      default: keeps('DEFAULTS') ? column.default : null,
      // An identity is the parent's own.
      generated: copy.how === 'inherits' && generated?.kind === 'identity' ? null : generated,
      comment: keeps('COMMENTS') ? column.comment : null,
      at: context.at,
    });
  }, table);
}

/** Keys and indexes, named anew. A partition has those of the whole, a child that inherits has none. */
function withKeys(table: Table, copy: SqlCopy, schema: ReplaySchema, context: ReplayContext): Table {
  const source = sourceOf(copy, schema);
  if (!source) return table;
  const isPartition = copy.how === 'partition';
  const has = (what: string): boolean => isPartition || copy.including.includes('ALL') || copy.including.includes(what);
  let next = table;
  if (has('CONSTRAINTS') || copy.how === 'inherits')
    for (const check of source.checks) next = { ...next, checks: [...next.checks, { ...check, at: context.at }] };
  if (has('INDEXES')) {
    if (source.primaryKey.length > 0 && next.primaryKey.length === 0)
      next = addConstraint(next, { kind: 'primaryKey', name: null, columns: source.primaryKey }, schema, context);
    for (const { columns, nullsNotDistinct, deferrable } of source.uniques)
      next = addConstraint(
        next,
        { kind: 'unique', name: null, columns, nullsNotDistinct, deferrable },
        schema,
        context,
      );
    const isMysql = context.dialect === 'mysql' || context.dialect === 'mariadb';
    for (const index of source.indexes)
      next = withIndex(next, { ...index, name: isMysql ? index.name : null }, context);
  }
  if (isPartition)
    next = {
      ...next,
      foreignKeys: [...next.foreignKeys, ...source.foreignKeys.map((key) => ({ ...key, at: context.at }))],
    };
  return copy.how === 'like'
    ? next
    : {
        ...next,
        inheritance: { strategy: 'table-per-class', parent: source.name, discriminatorColumn: null, children: [] },
      };
}
