/** Queries that run once for each element of a loop: what N+1 rules judge. */
import type { Call, FileFacts, Loop, Query } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { CodeContext } from '../rule.ts';
import { isWrite } from '../../schema/operations.ts';
import { labelOf, queriesReached } from './calls.ts';
import { rowsOf } from './rows.ts';
import type { Rows } from './rows.ts';

export interface PerElement {
  readonly loop: Loop;
  /** Null = what is iterated is not known to be rows. */
  readonly rows: Rows | null;
  readonly query: Query;
  /** File of the query, which differs from that of the loop where calls lead to it. */
  readonly file: FileFacts;
  /** The query, or the call in the loop that leads to it. */
  readonly at: SourceRange;
  /** Calls from the loop to the query, as sentences; empty = it stands in the loop itself. */
  readonly chain: readonly { readonly message: string; readonly at: SourceRange }[];
}

/**
 * Everything in the file that costs a query per element. A call is listed with the first query that it leads to, reads before
 * writes; where nothing says that rows are iterated, calls are followed one step only.
 */
export function queriesPerElement(file: FileFacts, context: CodeContext): readonly PerElement[] {
  if (file.loops.length === 0) return [];
  const found: PerElement[] = [];
  for (const query of file.queries) {
    const loop = loopOf(file, query.loop);
    if (loop && !isExempt(file, loop, query))
      found.push({ loop, rows: rowsOf(file, loop, context), query, file, at: query.at, chain: [] });
  }
  for (const call of file.calls) {
    const loop = loopOf(file, call.loop);
    if (!loop || isQuery(file, call) || isExemptLoop(file, loop)) continue;
    const rows = rowsOf(file, loop, context);
    const reached = queriesReached(file, call, context).filter(
      ({ query, chain }) => !isLocking(query) && query.rows !== 'unknown' && (rows !== null || chain.length === 1),
    );
    const first = reached.find(({ query }) => !isWrite(query)) ?? reached[0];
    if (!first) continue;
    const chain = [
      ...first.chain.map((step) => ({
        message: `${step.call.callee} calls ${labelOf(step.to.file, step.to.id) ?? step.call.callee}.`,
        at: step.call.at,
      })),
      { message: `${first.query.api} runs there.`, at: first.query.at },
    ];
    found.push({ loop, rows, query: first.query, file: first.file, at: call.at, chain });
  }
  return found;
}

/** Kinds of loops that page, poll or retry rather than go through rows. */
const notRows: ReadonlySet<string> = new Set(['while', 'do-while', 'do', 'for']);

function loopOf(file: FileFacts, id: number | null): Loop | null {
  return id === null ? null : (file.loops[id] ?? null);
}

function isExempt(file: FileFacts, loop: Loop, query: Query): boolean {
  // Calls made at the same time that the library itself sends as one.
  if (loop.concurrent && query.batched === true) return true;
  return isExemptLoop(file, loop) || isLocking(query) || isBatch(loop, query) || query.rows === 'unknown';
}

function isExemptLoop(file: FileFacts, loop: Loop): boolean {
  return loop.bounded || notRows.has(loop.kind) || isChunk(loop) || isCached(file, loop);
}

/** A row lock per element is asked for on purpose: rows are locked one by one in a fixed order. */
function isLocking({ lock }: Query): boolean {
  return lock !== null && lock !== 'optimistic';
}

/** Going through batches is the remedy, not the fault. */
function isChunk({ variables, iterable }: Loop): boolean {
  return [...variables, iterable ?? ''].some((text) => /chunk|batch|\bpages?\b|slices?\b|partition/iu.test(text));
}

/** `IN` over the element: each round asks for many rows. */
function isBatch({ variables }: Loop, query: Query): boolean {
  return (
    query.filters.some(({ comparison }) => comparison === 'in') && query.uses.some((use) => variables.includes(use))
  );
}

/** The body looks into a map before it asks, and fills it: each value is read once. */
function isCached(file: FileFacts, loop: Loop): boolean {
  const inside = file.calls.filter((call) => isInside(file, call.loop, loop));
  const receivers = (method: RegExp) =>
    inside.flatMap(({ callee }) => (method.test(callee) ? [callee.replace(/[?!]?\.\w+$/u, '')] : []));
  const filled = new Set(receivers(/\.(?:set|add)$/u));
  return receivers(/\.(?:has|get)$/u).some((receiver) => filled.has(receiver));
}

function isInside(file: FileFacts, id: number | null, loop: Loop): boolean {
  for (let at = loopOf(file, id); at !== null; at = loopOf(file, at.parent)) if (at === loop) return true;
  return false;
}

/** The call is the query itself, or a part of its builder chain. */
function isQuery(file: FileFacts, call: Call): boolean {
  return file.queries.some(
    ({ at }) =>
      (call.at.line > at.line || (call.at.line === at.line && call.at.column >= at.column)) &&
      (call.at.endLine < at.endLine || (call.at.endLine === at.endLine && call.at.endColumn <= at.endColumn)),
  );
}
