import { isWrite } from '../../schema/operations.ts';
import { queriesReached } from '../code/calls.ts';
import type { PerElement } from '../code/perElement.ts';
import { isInLoop } from '../code/within.ts';
import type { FileFacts } from '../../schema/code.ts';
import { columnNamed, columnsMeant } from '../findColumn.ts';
import type { CodeContext, Fix } from '../rule.ts';

/**
 * Reads the rows before the loop by all keys at once; only where each round reads one row by its key, and nothing in the loop changes
 * the table.
 */
export function readAtOnce(found: PerElement, file: FileFacts, context: CodeContext): readonly Fix[] {
  const { query, loop, rows, chain } = found;
  const table = query.table === null ? undefined : context.table(query.table, query.namespace);
  const [filter, ...others] = query.filters;
  if (chain.length > 0 || loop.parent !== null || query.operation !== 'select' || query.rows !== 'one' || !table)
    return [];
  if (query.sql !== null || query.lock !== null || query.selects !== null || query.sorts.length > 0 || !query.complete)
    return [];
  if (table.entity === null || !filter || others.length > 0 || filter.comparison !== 'eq' || filter.wrapped) return [];
  // Only rows of a query are known to be a list that can be gone through twice.
  if (rows?.query?.rows !== 'many') return [];
  const meant = columnsMeant(filter, table);
  const [name, ...more] = meant ?? [];
  const [key] = table.primaryKey;
  const property = name === undefined ? null : (columnNamed(table, name)?.property ?? null);
  if (more.length > 0 || name !== key || table.primaryKey.length !== 1 || property === null) return [];
  const changes =
    file.queries.some((other) => isInLoop(file, other.loop, loop) && (isWrite(other) || other.sql !== null)) ||
    file.calls.some(
      (call) =>
        isInLoop(file, call.loop, loop) &&
        queriesReached(file, call, context).some(({ query: other }) => isWrite(other)),
    );
  if (changes) return [];
  return [
    {
      title: `Read ${table.name} by all keys at once`,
      preferred: true,
      change: null,
      edits: [],
      code: {
        kind: 'readAtOnce',
        orm: table.reader,
        at: query.at,
        api: query.api,
        entity: table.entity,
        loop: loop.at,
        property,
      },
    },
  ];
}
