import { queriesReached } from '../code/calls.ts';
import { isSave } from '../code/perElement.ts';
import type { PerElement } from '../code/perElement.ts';
import { isInLoop } from '../code/within.ts';
import { isWrite } from '../../schema/operations.ts';
import type { FileFacts, Loop, Query } from '../../schema/code.ts';
import type { CodeContext, Fix } from '../rule.ts';

/** Calls that save many rows do not what saving one does: hooks and signals of the rows are left out. */
const skipsHooks: ReadonlySet<string> = new Set(['sequelize', 'mongoose', 'django']);

/** Saves once behind the loop; none where something in the loop asks the database, which would not see what waits. */
export function saveAtOnce({ query, loop, chain }: PerElement, file: FileFacts, context: CodeContext): readonly Fix[] {
  if (
    !isSave(query) ||
    !query.api.startsWith('SaveChanges') ||
    chain.length > 0 ||
    loop.parent !== null ||
    query.result !== null
  )
    return [];
  if (asksWithin(file, loop, query, context)) return [];
  return [
    {
      title: 'Save once after the loop',
      preferred: true,
      change: null,
      edits: [],
      code: {
        kind: 'writeAtOnce',
        orm: 'efcore',
        at: query.at,
        api: query.api,
        entity: '',
        loop: loop.at,
        isList: false,
      },
    },
  ];
}

/** Another query runs in the loop, which is more than to prepare a change in memory. */
function asksWithin(file: FileFacts, loop: Loop, query: Query, context: CodeContext): boolean {
  return (
    file.queries.some(
      (other) => other !== query && isInLoop(file, other.loop, loop) && !(other.batched === true && isWrite(other)),
    ) || file.calls.some((call) => isInLoop(file, call.loop, loop) && queriesReached(file, call, context).length > 0)
  );
}

/** Writes the rows behind the loop; none where something else in the loop asks the database, which would see them too late. */
export function writeAtOnce(found: PerElement, file: FileFacts, context: CodeContext): readonly Fix[] {
  const { query, loop, rows, chain } = found;
  const table = query.table === null ? undefined : context.table(query.table, query.namespace);
  if (chain.length > 0 || loop.parent !== null || query.result !== null || query.sql !== null || table?.entity == null)
    return [];
  if (asksWithin(file, loop, query, context)) return [];
  const isHooked = skipsHooks.has(table.reader);
  return [
    {
      title: `Write the rows at once${isHooked ? ', without hooks of each' : ''}`,
      preferred: !isHooked,
      change: null,
      edits: [],
      code: {
        kind: 'writeAtOnce',
        orm: table.reader,
        at: query.at,
        api: query.api,
        entity: table.entity,
        loop: loop.at,
        isList: rows?.query?.rows === 'many',
      },
    },
  ];
}
