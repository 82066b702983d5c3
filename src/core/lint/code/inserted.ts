/** Rows that a loop inserts one by one because each is needed at once. */
import type { FileFacts, Loop, Query } from '../../schema/code.ts';
import { isWrite } from '../../schema/operations.ts';
import { isMissingOnly } from './invariant.ts';
import { covers, isBefore, isInLoop } from './within.ts';

/** What a row is given when it is inserted (its key) goes into the next statement, or the row itself to whatever is called next. */
export function isNeeded(file: FileFacts, loop: Loop, { operation, result, at, loop: id }: Query): boolean {
  if (operation !== 'insert' && operation !== 'upsert') return false;
  // `order.lines.add(Line.objects.create(…))`. Elsewhere `add` and `push` only collect what is made.
  const isPython = file.file.endsWith('.py');
  if (isPython && file.calls.some((call) => call.loop === id && isBefore(call.at, at) && covers(call.at, at)))
    return true;
  if (result === null) return false;
  const uses = (text: string | null): boolean => text !== null && (text === result || text.startsWith(`${result}.`));
  return (
    file.queries.some(
      (other) =>
        other.at !== at && isWrite(other) && isInLoop(file, other.loop, loop) && other.uses.some((use) => uses(use)),
    ) ||
    (isPython &&
      file.calls.some(
        (call) =>
          isBefore(at, call.at) &&
          isInLoop(file, call.loop, loop) &&
          (uses(call.callee) || call.arguments.some((argument) => uses(argument))),
      ))
  );
}

/** What was looked up and is not there is inserted: the look-up is what each round costs. */
export function isInsertOfMissing(file: FileFacts, query: Query): boolean {
  return query.operation === 'insert' && isMissingOnly(file, query);
}

/**
 * What comes from outside is taken in piece by piece: looked up and made or changed, or answered with the row that it has become. Of rows
 * of the database that are gone through, more is known.
 */
export function isTakenIn(file: FileFacts, loop: Loop, query: Query): boolean {
  if (!file.file.endsWith('.py')) return false;
  // `order.tags.add(tag)` with the row that was looked up: what comes from elsewhere is linked to what is there.
  if (!isWrite(query))
    return (
      query.result !== null &&
      file.calls.some(
        (call) =>
          /\.\w+\.add$/u.test(call.callee) && call.arguments.includes(query.result) && isInLoop(file, call.loop, loop),
      )
    );
  return (
    /^a?(?:get|update)_or_create$/u.test(query.api) ||
    file.queries.some((other) => other !== query && !covers(other.at, query.at) && isInLoop(file, other.loop, loop))
  );
}
