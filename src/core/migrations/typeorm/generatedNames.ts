/** TypeORM's runner renames what it has named itself when a table or column gets another name (`renameTable` of its query runners). */
import type { Comparable } from '../../diff/diff.ts';
import { defaultNaming } from '../../readers/typeorm/naming.ts';
import type { Dialect } from '../../schema/model.ts';
import type { DdlOperation, SqlName } from '../../syntax/sql/operation.ts';
import { findTable } from '../shared/replayState.ts';

const naming = defaultNaming(false);

/** Operations that follow the rename itself; `now` gives the new name of a column. */
export function generatedNames(
  schema: Comparable,
  from: SqlName,
  to: SqlName,
  now: (column: string) => string,
  dialect: Dialect,
): readonly DdlOperation[] {
  const table = findTable(schema, from);
  if (!table) return [];
  const operations: DdlOperation[] = [];
  const constraint = (name: string | null, old: string, next: string): void => {
    if (name === old && old !== next) operations.push({ kind: 'renameConstraint', table: to, from: old, to: next });
  };
  const key = table.primaryKey;
  constraint(table.primaryKeyName, naming.primaryKeyName(from.name, key), naming.primaryKeyName(to.name, key.map(now)));
  for (const { name, columns } of table.uniques)
    constraint(
      name,
      naming.uniqueConstraintName(from.name, columns),
      naming.uniqueConstraintName(to.name, columns.map(now)),
    );
  for (const { name, columns, references } of table.foreignKeys)
    constraint(
      name,
      naming.foreignKeyName(from.name, columns, references.table, references.columns),
      naming.foreignKeyName(to.name, columns.map(now), references.table, references.columns),
    );
  // PostgreSQL tells a predicate in words of its own, by which TypeORM does not know the name that it gave.
  const tellsAnew = dialect === 'postgresql' || dialect === 'cockroachdb';
  for (const { name, columns, where } of table.indexes) {
    if (where !== null && tellsAnew) continue;
    const next = naming.indexName(to.name, columns.map(now), where);
    if (name !== null && name !== next && name === naming.indexName(from.name, columns, where))
      operations.push({ kind: 'renameIndex', index: { name, namespace: null }, table: to, to: next });
  }
  return operations;
}
