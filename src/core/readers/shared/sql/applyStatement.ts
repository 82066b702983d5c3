/** Fills a query with what its raw SQL says. */
import type { SourceRange } from '../../../schema/source.ts';
import type { Draft } from '../typescript/queryDraft.ts';
import { readStatement } from './statement.ts';

/** @param at where the SQL stands: paths of raw SQL have no better place */
export function applyStatement(sql: string, at: SourceRange, draft: Draft): void {
  const statement = readStatement(sql);
  if (!statement) {
    draft.complete = false;
    return;
  }
  const known = (path: string): boolean => !path.includes('⟦');
  const aliases = [statement.alias, statement.table].filter((name) => name !== null);
  const pathOf = (column: string): string => {
    const [alias = '', ...rest] = column.split('.');
    if (rest.length === 0 || aliases.includes(alias)) return rest.length === 0 ? column : rest.join('.');
    const joined = statement.joins.find((join) => join.alias === alias || join.table === alias);
    return joined ? `${joined.table}.${rest.join('.')}` : column;
  };
  draft.operation = statement.operation;
  draft.rows =
    statement.operation === 'select'
      ? 'many'
      : statement.scalar
        ? 'one'
        : statement.operation === 'count'
          ? 'one'
          : 'none';
  if (statement.table !== null && known(statement.table)) draft.table = statement.table;
  draft.namespace = statement.namespace !== null && known(statement.namespace) ? statement.namespace : null;
  draft.complete = statement.complete;
  for (const { column, ...filter } of statement.predicates) {
    const { comparison, wrapped, constant, group } = filter;
    draft.filters.push({ path: pathOf(column), at, comparison, wrapped, constant, orGroup: group });
  }
  for (const { column, direction } of statement.sorts) draft.sorts.push({ path: pathOf(column), at, direction });
  for (const { table, alias, kind } of statement.joins)
    draft.joins.push({ path: table, alias, kind, selected: false, at });
  for (const path of statement.groups) draft.groups.push({ path: pathOf(path), at });
  for (const path of statement.writes) draft.writes.push({ path, at });
  draft.selects = statement.selects ? [...statement.selects] : null;
  draft.limit = statement.limit ? { ...statement.limit, at } : null;
  draft.offset = statement.offset ? { ...statement.offset, at } : null;
  draft.lock = statement.lock;
}
