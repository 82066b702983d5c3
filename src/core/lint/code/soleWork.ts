/** Loops of which nothing says how much they go through, and what has to be certain of them instead. */
import type { FileFacts, Loop, Query } from '../../schema/code.ts';
import { isWrite } from '../../schema/operations.ts';
import type { CodeContext } from '../rule.ts';
import { queriesCalled } from './calls.ts';
import { isFirstFew } from './fewElements.ts';
import { isInsertOfMissing, isNeeded } from './inserted.ts';
import type { PerElement } from './perElement.ts';
import { pathIterated } from './rows.ts';
import { covers, isInLoop } from './within.ts';

/**
 * Where no rows are traced, only what one statement could do as it stands is told: a round that writes does nothing else with the
 * database, one that reads writes nothing. What looks up, decides and changes piece by piece is work on each element, which callers
 * give a few of, and what a function does with one is for that function to say. `writing` are loops with calls that lead to writes.
 */
export function isSoleWork(
  file: FileFacts,
  { loop, query, at, chain }: PerElement,
  found: readonly PerElement[],
  writing: ReadonlySet<Loop>,
  context: CodeContext,
): boolean {
  const others = file.queries.filter(
    (each) =>
      each !== query &&
      !isWaiting(each) &&
      !covers(at, each.at) &&
      !covers(each.at, at) &&
      isInLoop(file, each.loop, loop),
  );
  const isOfOther =
    chain.length > 0 &&
    queriesCalled(
      file,
      context,
      file.calls.filter((call) => call.at === at),
    ).length === 0;
  if ((isWrite(query) && (isOfOther || isPartOfOne(loop))) || isFirstFew(query)) return false;
  return isWrite(query)
    ? !others.some((each) => !isNeeded(file, loop, each)) &&
        found.every((each) => each.at === at || each.loop !== loop || isWaiting(each.query))
    : !others.some((each) => isWrite(each) && !isInsertOfMissing(file, each)) &&
        ![...writing].some((each) => isInLoop(file, file.loops.indexOf(each), loop));
}

/** A change that waits in memory until all of them are saved. */
function isWaiting(query: Query): boolean {
  return query.batched === true && isWrite(query);
}

/** `dto.attachments`: parts of one thing that somebody has put together and sent. */
function isPartOfOne(loop: Loop): boolean {
  const [first, ...members] = pathIterated(loop) ?? [];
  return first !== 'this' && members.length > 0;
}
