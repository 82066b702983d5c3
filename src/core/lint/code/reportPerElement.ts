/** How the N+1 rules word what they found. */
import type { Loop, Query } from '../../schema/code.ts';
import { isWrite } from '../../schema/operations.ts';
import type { Fix, Report } from '../rule.ts';
import type { PerElement } from './perElement.ts';

/** What the loop goes through, short enough for a message. */
export function loopLabel({ iterable, kind }: Loop): string {
  return iterable === null || iterable.length > 40 || iterable.includes('\n') ? `the ${kind} loop` : iterable;
}

/** `consequence` continues the sentence that begins with the table or the call. */
export function reportPerElement(found: PerElement, consequence: string, fixes: readonly Fix[] = []): Report {
  const { loop, rows, query, at, chain } = found;
  const what =
    query.table ?? query.entity ?? (isWrite(query) ? `What ${query.api}(…) changes` : `The answer of ${query.api}(…)`);
  return {
    message: `${what} ${consequence}${chain.length > 0 ? ` (through ${chain.length - 1 === 1 ? 'a call' : `${chain.length - 1} calls`})` : ''}`,
    at,
    table: query.table,
    severity: rows ? 'warning' : 'info',
    evidence: [
      { message: `The ${loop.kind} loop begins here.`, at: loop.at },
      ...(rows ? [rows.evidence] : [{ message: `What is iterated could not be traced to a query.`, at: null }]),
      ...(chain.length > 0 ? chain : [{ message: `${query.api} runs in each round.`, at: query.at }]),
      ...(loop.concurrent ? [{ message: `The rounds run at the same time${connections(query)}.`, at: null }] : []),
    ],
    fixes,
  };
}

/** A transaction has one connection, on which its statements wait for one another. */
function connections({ transaction, inTransactionClient }: Query): string {
  return transaction === null && !inTransactionClient ? ', each on a connection of its own' : '';
}
