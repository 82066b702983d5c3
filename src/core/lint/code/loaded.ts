/** Which relations the rows of a loop have with them. */
import type { FileFacts, Loop, Query } from '../../schema/code.ts';
import type { CodeContext } from '../rule.ts';
import { rowsHeld, rowsOf } from './rows.ts';
import type { Rows } from './rows.ts';

/** How readers write paths that only running the program would tell. */
const anything = '*';

/** Rows of one owner, `findByRolloutId(id)`, have one `rollout` between them: the session of JPA reads it once for all. */
function isOfOne({ filters }: Query, property: string, { file }: FileFacts): boolean {
  return (
    /\.(?:java|kt)$/u.test(file) &&
    filters.some(
      ({ path, comparison, orGroup }) =>
        comparison === 'eq' && orGroup === 0 && (path === property || path.startsWith(`${property}.`)),
    )
  );
}

/** A set that came from elsewhere may have got its loads where it is gone through: `lines.prefetch_related("allocations__stock")`. */
function states({ iterable }: Loop, path: string): boolean {
  const stated = path.split('.').join('(?:__|\\.)');
  return iterable !== null && new RegExp(`["']${stated}(?:__|["'.])`, 'u').test(iterable);
}

/** Whether the rows have the relation already; null = whoever read the row that they belong to may have loaded it too. */
export function isLoaded(
  file: FileFacts,
  loop: Loop,
  { query, table, of: owning }: Rows,
  property: string,
  context: CodeContext,
): boolean | null {
  // Rows just made are made of what they refer to.
  if (query?.operation === 'insert') return true;
  if (query && isOfOne(query, property, file)) return true;
  const loads = (of: Query | null | undefined, path: string): boolean =>
    of?.loads.some((load) => load.path === path || load.path === anything || load.path.startsWith(`${path}.`)) ?? false;
  if (loads(query, property)) return true;
  // The elements of a collection come with what the query of its owners loads for them.
  let path = property;
  for (let at = owning; at !== undefined; at = at.rows.of) {
    path = `${at.path}.${path}`;
    if (loads(at.rows.query, path)) return true;
  }
  const [owner, relation, ...more] = query?.through?.split('.') ?? [];
  if (owner === undefined || relation === undefined) return false;
  // Rows that were reached from the one they belong to know it; of several such relations nobody can tell which is meant.
  const backs = table?.relations.filter(({ inverse }) => inverse === (more.at(-1) ?? relation)) ?? [];
  const whole = `${[relation, ...more].join('.')}.${property}`;
  if (backs.some((each) => each.property === property))
    return backs.length === 1 || context.isLoadedSomewhere(whole) ? true : null;
  // What asks for some of the rows, or in an order, takes none of those that were loaded before.
  if (query !== null && (query.filters.length > 0 || query.sorts.length > 0)) return false;
  // What it was reached from may have been loaded with it: as the element of a loop around, or as the row that a query brought.
  for (let id = loop.parent; id !== null; id = file.loops[id]?.parent ?? null) {
    const outer = file.loops[id];
    if (!outer?.variables.includes(owner)) continue;
    if (states(outer, whole)) return true;
    const rows = rowsOf(file, outer, context);
    if (rows?.query) return isLoaded(file, outer, rows, whole, context);
    // A set that says what it loads says so with all that it is read with.
    return !(outer.iterable ?? '').includes('_related(') && context.isLoadedSomewhere(whole) ? true : null;
  }
  const held = rowsHeld(file, owner, loop, context);
  // Who gives the row has read it by a query that is not known here: the one that loads what is read of it, where there is one.
  if (!held?.query || held.query === query) return context.isLoadedSomewhere(whole) ? true : null;
  return loads(held.query, whole) ? true : null;
}
