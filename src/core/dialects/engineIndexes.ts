import type { Dialect, ForeignKey, Index, Table } from '../schema/model.ts';
import { engines } from './registry.ts';
import { plainIndex } from '../schema/plainIndex.ts';

/**
 * The tables with the indexes that the engine creates by itself on foreign keys (`origin: 'engine'`): InnoDB (MySQL, MariaDB) and
 * Spanner do so for every enforced foreign key whose columns no key or index leads with, in the same order.
 *
 * The indexes behind primary keys and unique constraints are not listed: `primaryKey` and `uniques` state them already, and whoever
 * counts indexes would count them twice. `accessPaths` brings all three together.
 * Tables that get none are returned as they are; so are all of them where the dialect is null.
 */
export function withEngineIndexes(tables: readonly Table[], dialect: Dialect | null): readonly Table[] {
  if (dialect === null || engines[dialect].foreignKeyIndex.value !== 'always') return tables;
  return tables.map((table) => {
    const added: Index[] = [];
    for (const key of table.foreignKeys)
      if (key.enforced && !isLed(table, added, key.columns)) added.push(implicitIndex(key));
    return added.length === 0 ? table : { ...table, indexes: [...table.indexes, ...added] };
  });
}

/** A full index, key or unique constraint starts with the columns, in their order: InnoDB then creates none of its own. */
function isLed(table: Table, added: readonly Index[], columns: readonly string[]): boolean {
  const plain = [...table.indexes, ...added].filter(
    ({ where, expression, method }) =>
      where === null && expression === null && (method === null || /^(btree|hash)$/iu.test(method)),
  );
  return [
    table.primaryKey,
    ...table.uniques.map((unique) => unique.columns),
    ...plain.map((index) => index.columns),
  ].some((candidate) => columns.length > 0 && columns.every((column, at) => candidate[at] === column));
}

/** InnoDB names it after the constraint. */
function implicitIndex(key: ForeignKey): Index {
  return plainIndex(key.columns, key.at, { name: key.name, origin: 'engine' });
}
