/** Sets of rows that code describes, and what asks for them in the end. */
import type { FileFacts, Query } from '../../schema/code.ts';
import { covers, isBefore, isInLoop } from './within.ts';

/**
 * The set of rows is only a part of another query, or asked for where something goes on from it (`orders.exists()`): that is told
 * once, where it is asked first.
 */
export function isDescription(file: FileFacts, query: Query): boolean {
  const { queries, loops } = file;
  const { deferred, result, continues, at, loop, function: own } = query;
  const others = queries.filter((other) => other !== query && other.function === own && other.loop === loop);
  const around = loop === null ? undefined : loops[loop];
  const isGoneThrough = (name: string): boolean =>
    loops.some(
      (each) =>
        each.function === own &&
        around !== undefined &&
        isInLoop(file, each.parent, around) &&
        each.iterable?.split(/[^\w$]+/u).includes(name) === true,
    );
  const isToldBefore = (name: string): boolean =>
    others.some(
      (other) =>
        isBefore(other.at, at) &&
        (other.deferred === true && other.result !== null
          ? other.result === name && isGoneThrough(name)
          : other.continues === name),
    );
  if (deferred !== true) return continues !== undefined && isToldBefore(continues);
  if (others.some((other) => covers(other.at, at))) return true;
  if (result === null) return false;
  if (isGoneThrough(result)) return isToldBefore(result);
  if (continues === result) return true;
  const later = queries.filter((other) => other.function === own && isBefore(at, other.at));
  return later.some((other) => other.continues === result || other.uses.includes(result));
}

/** A set of rows that the function only describes, for the caller to go through or to put into another query. */
export function isUnasked({ deferred, result, at, through, function: own }: Query, file: FileFacts): boolean {
  if (deferred !== true || through !== undefined) return false;
  if (file.loops.some((loop) => loop.at.line <= at.line && at.endLine <= loop.at.endLine)) return false;
  if (result === null) return true;
  // What a variable holds is asked by whoever goes through it, or hands it on.
  const { returns = null } = own === null ? {} : (file.functions[own] ?? {});
  const isNamed = (text: string | null): boolean => text?.split(/[^\w$]+/u).includes(result) === true;
  return (
    file.file.endsWith('.py') &&
    own !== null &&
    returns !== result &&
    !file.loops.some((loop) => loop.function === own && isNamed(loop.iterable)) &&
    !file.calls.some((call) => call.function === own && call.arguments.includes(result))
  );
}

/** All rows of a relation of what a function of Python is given: that is read of the row, and told as such where it is not loaded. */
export function isReadOfRow({ through, api, filters }: Query, { file }: FileFacts): boolean {
  return file.endsWith('.py') && through !== undefined && filters.length === 0 && /^(?:all|count|exists)$/u.test(api);
}
