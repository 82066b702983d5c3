/** Queries that run once for each element of a loop: what N+1 rules judge. */
import type { Call, FileFacts, Loop, Query } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { CodeContext } from '../rule.ts';
import { isWrite } from '../../schema/operations.ts';
import { isRemote } from './remoteCalls.ts';
import { isSeldom, isMissingOnly, isStart } from './invariant.ts';
import { isAtMostOne, isByHand, isFew, isOfNoLoad, isOfPast, isUnnamed } from './fewElements.ts';
import { withCallbackLoops } from './callbacks.ts';
import { callMessage, methodOfModel, queriesReached, writesRows } from './calls.ts';
import type { FunctionRef } from './calls.ts';
import { isDescription, isReadOfRow, isUnasked } from './described.ts';
import { isLoaded } from './loaded.ts';
import { isInsertOfMissing, isNeeded, isTakenIn } from './inserted.ts';
import { isPutOff, queueing } from './putOff.ts';
import { isKeptOnce, isRemembered } from './remembered.ts';
import { rowsOf } from './rows.ts';
import { isSoleWork } from './soleWork.ts';
import type { Rows } from './rows.ts';
import { covers, isInLoop, isWithin } from './within.ts';

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
export function queriesPerElement(source: FileFacts, context: CodeContext): readonly PerElement[] {
  if (isByHand(source) || isOfPast(source, context)) return [];
  const file = withCallbackLoops(source, context);
  if (file.loops.length === 0) return [];
  const found: PerElement[] = [];
  const writing = new Set<Loop>();
  for (const query of file.queries) {
    const loop = loopOf(file, query.loop);
    if (!loop || isExempt(file, loop, query, context) || isPutOff(file, query) || isDescription(file, query)) continue;
    const rows = rowsOf(file, loop, context);
    if (isLoadedWith(file, rows, loop, query, context)) continue;
    // What is loaded with rows whose query is not known, nobody can tell.
    if (rows === null && (isOfNoLoad(loop, file) || isReadOfRow(query, file) || isUnnamed(query, loop))) continue;
    found.push({ loop, rows, query, file, at: query.at, chain: [] });
  }
  for (const call of file.calls) {
    const loop = loopOf(file, call.loop);
    if (!loop || isQuery(file, call) || isExemptLoop(file, loop, context) || isPutOff(file, call)) continue;
    const rows = rowsOf(file, loop, context);
    const own = writeOfElement(call, loop, rows);
    if (own) {
      if (!isOnesOwn(file, loop, own) && !hasMethodOfItsOwn(file, call, rows, context))
        found.push({ loop, rows, query: own, file, at: call.at, chain: [] });
      continue;
    }
    if ((rows === null && isOfNoLoad(loop, file)) || isMissingOnly(file, call) || isSeldom(file, call)) continue;
    // A tree is walked by a function that calls itself: how deep it is, each step tells.
    const isAround = ({ file: place, id }: FunctionRef): boolean =>
      (file.file.endsWith('.py') || rows === null) && place === file && isWithin(file, loop.function, id);
    const reached = queriesReached(file, call, context, methodOfRow(file, call, loop, rows, context)).filter(
      ({ query, file: place, chain }) =>
        !isLocking(query) &&
        !isBulk(query) &&
        !isPending(query) &&
        !isNothing(query) &&
        !isUntold(query) &&
        !isKeptOnce(query, place) &&
        !isUnasked(query, place) &&
        !isReadOfRow(query, place) &&
        !isOwnRow(query, rows) &&
        !chain.some(({ to }) => isAround(to)) &&
        query.rows !== 'unknown' &&
        (rows !== null ||
          (!isUnnamed(query, loop) && chain.length === 1 && isAbout(query, place, call, loop, chain[0]?.to))),
    );
    const first = reached.find(({ query }) => !isWriting(query)) ?? reached[0];
    if (reached.some(({ query }) => isWriting(query))) writing.add(loop);
    // What looks something up and changes rows, or changes several tables, is work of its own on each element.
    const isWork =
      first !== undefined &&
      (isWriting(first.query) ? reached.length > 1 : first.chain.some(({ to }) => writesRows(to)));
    if (
      !first ||
      isWork ||
      (isWriting(first.query) && (isSendingEach(file, loop) || first.chain.some(({ to }) => isSending(to))))
    )
      continue;
    // A worker does it some time, one job after the other; what was asked once is taken from memory.
    if (first.chain.some(({ call: { callee }, to }) => queueing.test(callee) || isRemembered(callee, to))) continue;
    const chain = [
      ...first.chain.map((step) => ({
        message: callMessage(step.call.callee, step.to),
        at: step.call.at,
      })),
      { message: `${first.query.api} runs there.`, at: first.query.at },
    ];
    found.push({ loop, rows, query: first.query, file: first.file, at: call.at, chain });
  }
  return found.filter(
    (each) => !isToldBefore(each, found) && (each.rows !== null || isSoleWork(file, each, found, writing, context)),
  );
}

/** Of the statements of one loop that ask or change one table the first tells all, and of calls that come to one statement the first. */
function isToldBefore(each: PerElement, found: readonly PerElement[]): boolean {
  const { loop, query, file } = each;
  const first = found.find((other) => other.loop === loop && other.file === file && other.query.at === query.at);
  if (first !== each) return true;
  const same = found.find(
    (other) =>
      other.loop === loop &&
      other.query.table === query.table &&
      query.table !== null &&
      (isWriting(query) ? other.query.operation === query.operation : !isWriting(other.query)) &&
      other.chain.length === 0,
  );
  return same !== undefined && same.query !== query;
}

/** `order.total()`: a method that the model of the rows states. */
function methodOfRow(
  file: FileFacts,
  { callee }: Call,
  { variables }: Loop,
  rows: Rows | null,
  context: CodeContext,
): FunctionRef | null {
  const [name = '', method, ...more] = callee.split('.');
  if (method === undefined || more.length > 0 || !variables.includes(name)) return null;
  const found = methodOfModel(rows?.table ?? null, method, file, context);
  return found && !writesRows(found) ? found : null;
}

/** The model of the rows states what saving or deleting one does besides, which no statement for all of them would. */
function hasMethodOfItsOwn(file: FileFacts, { callee }: Call, rows: Rows | null, context: CodeContext): boolean {
  return methodOfModel(rows?.table ?? null, callee.slice(callee.lastIndexOf('.') + 1), file, context) !== null;
}

/** `row.save()` on a row that a query has brought: one statement for each, whatever class it is of. */
function writeOfElement({ callee, at, loop: id, function: own }: Call, loop: Loop, rows: Rows | null): Query | null {
  const [, name = '', method = ''] = /^(\w+)\.(a?save|a?delete|delete_instance|destroy|remove)$/u.exec(callee) ?? [];
  const { query } = rows ?? {};
  if (!query || !loop.variables.includes(name) || query.table === null) return null;
  return {
    ...query,
    operation: method.endsWith('save') ? 'update' : 'delete',
    api: method,
    rows: 'none',
    filters: [],
    sorts: [],
    loads: [],
    sql: null,
    transaction: null,
    uses: [name],
    result: null,
    loop: id,
    function: own,
    at,
  };
}

/** Kinds of loops that page, poll or retry rather than go through rows. */
const notRows: ReadonlySet<string> = new Set(['while', 'do-while', 'do', 'for']);

function loopOf(file: FileFacts, id: number | null): Loop | null {
  return id === null ? null : (file.loops[id] ?? null);
}

function isExempt(file: FileFacts, loop: Loop, query: Query, context: CodeContext): boolean {
  // Calls made at the same time that the library itself sends as one.
  if (loop.concurrent && query.batched === true) return true;
  return (
    isExemptLoop(file, loop, context) ||
    isLocking(query) ||
    isSeldom(file, query) ||
    isOfChangedRow(file, loop, query) ||
    isBatch(loop, query) ||
    isBulk(query) ||
    isPending(query) ||
    isNothing(query) ||
    isUntold(query) ||
    isKeptOnce(query, file) ||
    isOnesOwn(file, loop, query) ||
    isNeeded(file, loop, query) ||
    isInsertOfMissing(file, query) ||
    (rowsOf(file, loop, context) === null && isTakenIn(file, loop, query)) ||
    isKept(file, loop, query) ||
    ((isMissingOnly(file, query) || isStart(query, file)) &&
      !query.uses.some((use) => loop.variables.includes(use.split('.')[0] ?? ''))) ||
    query.rows === 'unknown'
  );
}

function isExemptLoop(file: FileFacts, loop: Loop, context: CodeContext): boolean {
  return (
    loop.bounded ||
    isFew(loop) ||
    isAtMostOne(loop) ||
    notRows.has(loop.kind) ||
    isChunk(file, loop, context) ||
    isCached(file, loop)
  );
}

/** The rows of the relation were loaded with those that are gone through; what asks for other ones is a query after all. */
function isLoadedWith(
  file: FileFacts,
  rows: Rows | null,
  loop: Loop,
  { through, api, filters }: Query,
  context: CodeContext,
): boolean {
  const [element = '', relation, ...more] = through?.split('.') ?? [];
  return (
    rows !== null &&
    relation !== undefined &&
    more.length === 0 &&
    loop.variables.includes(element) &&
    filters.length === 0 &&
    /^(?:all|count|exists)$/u.test(api) &&
    isLoaded(file, loop, rows, relation, context) === true
  );
}

/** What is given the key of the row reads that row again: one statement for all would read what is there already. */
function isOwnRow({ table, rows, filters }: Query, of: Rows | null): boolean {
  const own = of?.table ?? null;
  if (own === null || rows !== 'one' || table !== own.name || filters.length !== 1) return false;
  const { target, path } = filters[0] ?? {};
  const key = target?.columns ?? [path];
  return key.length === own.primaryKey.length && own.primaryKey.every((name) => key.includes(name));
}

/** What is read of a row that is saved or deleted in the same round is work on that row, as when rows are copied. */
function isOfChangedRow(file: FileFacts, loop: Loop, { through }: Query): boolean {
  const [element = ''] = through?.split('.') ?? [];
  return (
    file.file.endsWith('.py') &&
    loop.variables.includes(element) &&
    file.calls.some(
      ({ callee, loop: id }) => isInLoop(file, id, loop) && callee.replace(/\.a?(?:save|delete)$/u, '') === element,
    )
  );
}

/** A row lock per element is asked for on purpose: rows are locked one by one in a fixed order. */
function isLocking({ lock }: Query): boolean {
  return lock !== null && lock !== 'optimistic';
}

/** It changes rows, or sends the changes that waited in memory. */
export function isWriting(query: Query): boolean {
  return isWrite(query) || isSave(query);
}

/** Changes that waited in memory are sent. */
export function isSave({ api, operation }: Query): boolean {
  return operation === 'unknown' && /^(?:SaveChanges|Flush)(?:Async)?$/u.test(api);
}

/** A change that waits in memory until all of them are saved: nothing is sent. */
function isPending(query: Query): boolean {
  return query.batched === true && isWrite(query);
}

/** One call that writes many rows. */
function isBulk({ operation, api }: Query): boolean {
  return isWrite({ operation }) && bulk.test(api);
}

const bulk =
  /^a?bulk_?\w+$|^(?:insert|create|update|replace)Many\w*$|^insert_many$|^(?:saveAll|saveAllAndFlush|AddRange\w*|executemany|bulk_save_objects|BulkInsert\w*|batchInsert|saveBatch)$/iu;

/** An empty result set that the ORM makes without a query. */
function isNothing({ api }: Query): boolean {
  return api === 'none';
}

/** A statement of which only is known that it answers with no rows: whether one could do the work of all cannot be said. */
function isUntold({ operation, rows, sql }: Query): boolean {
  return operation === 'raw' && rows === 'none' && sql === null;
}

/** Loops that begin all rounds before one has ended; libraries have others, which take a few at a time. */
const atOnce: ReadonlySet<string> = new Set(['map', 'flatMap', 'forEach']);

/** Each element is worked on in a transaction of its own, or waits for another machine anyway: that its writes are its own is the point. */
function isOnesOwn(file: FileFacts, loop: Loop, query: Query): boolean {
  const transaction = query.transaction === null ? undefined : file.transactions[query.transaction];
  // All of them at once take a connection each, and leave none to anyone else.
  if (transaction && covers(loop.at, transaction.at)) return !(loop.concurrent && atOnce.has(loop.kind));
  return isWriting(query) && isSendingEach(file, loop);
}

/** Each round tells another machine something: what has become of it is written down before the next one. */
function isSendingEach(file: FileFacts, loop: Loop): boolean {
  return file.calls.some(
    (call) =>
      (isRemote(call, file) || sending.test(call.callee) || isOfClient(call, file)) && isInLoop(file, call.loop, loop),
  );
}

/** The function waits for another machine: that it writes down what has become of it does not count. */
function isSending({ file, id }: FunctionRef): boolean {
  return file.calls.some(
    (call) => isWithin(file, call.function, id) && (isRemote(call, file) || sending.test(call.callee)),
  );
}

/** What Java and Kotlin call a client, `ledgerClient.open(…)`, asks another machine; those of databases are asked by what they are called. */
function isOfClient({ callee }: Call, { file }: FileFacts): boolean {
  return (
    /\.(?:java|kt)$/u.test(file) &&
    /(?:^|\.)(?!jdbc|sql|db|database)[a-z]\w*Client\.(?!query|update|sql|execute)\w+$/u.test(callee)
  );
}

const sending =
  /(?:handler|provider|client|gateway|sender|notifier|notification|sms|e?mail|transport\w*|publisher|producer|broker|queue|bus|mailer)\.(?:send|publish|notify|dispatch|push|deliver|emit)\w*$|(?:^|[._])send_?\w*(?:mail|sms|push|message|notification|webhook|invit)\w*$/iu;

/**
 * Where nothing says how many rows there are, the query has to ask for the element at least: the loop hands it to the function, and the
 * query there takes it.
 */
function isAbout(
  { uses }: Query,
  { functions, file }: FileFacts,
  { arguments: given, named }: Call,
  { variables }: Loop,
  to: FunctionRef | undefined,
): boolean {
  if (!to || !file.endsWith('.py')) return true;
  const names = given.flatMap((argument, index) =>
    argument !== null && variables.includes(argument.split('.')[0] ?? '')
      ? (named?.[index]?.name ?? functions[to.id]?.parameters[index] ?? [])
      : [],
  );
  return uses.some((use) => names.includes(use.split('.')[0] ?? ''));
}

/** `users = known.get(id)` before `users = …`: what was read once is looked up. */
function isKept(file: FileFacts, loop: Loop, { result, at }: Query): boolean {
  return (
    result !== null &&
    file.calls.some(
      (call) =>
        call.result === result &&
        call.callee.endsWith('.get') &&
        call.at.line < at.line &&
        isInLoop(file, call.loop, loop) &&
        !file.queries.some((query) => covers(query.at, call.at)),
    )
  );
}

/** Going through batches is the remedy, not the fault. Where rows are called pages (those of a wiki), a page is none. */
function isChunk(file: FileFacts, loop: Loop, context: CodeContext): boolean {
  const texts = [...loop.variables, loop.iterable ?? ''];
  if (texts.some((text) => /chunk|batch|bundle|slices?\b|partition|windows?\b/iu.test(text))) return true;
  return (
    texts.some((text) => /\bpages?\b/iu.test(text)) &&
    !['page', 'pages'].some((name) => context.table(name, null) !== undefined) &&
    rowsOf(file, loop, context) === null
  );
}

/** `IN` over the element: each round asks for many rows. */
function isBatch({ variables }: Loop, query: Query): boolean {
  return (
    query.filters.some(({ comparison }) => comparison === 'in') && query.uses.some((use) => variables.includes(use))
  );
}

/** The body looks into a map before it asks, and fills it: each value is read once. */
function isCached(file: FileFacts, loop: Loop): boolean {
  const inside = file.calls.filter((call) => isInLoop(file, call.loop, loop));
  const receivers = (method: RegExp) =>
    inside.flatMap(({ callee }) => (method.test(callee) ? [callee.replace(/[?!]?\.\w+$/u, '')] : []));
  const filled = new Set(receivers(/\.(?:set|add)$/u));
  return receivers(/\.(?:has|get)$/u).some((receiver) => filled.has(receiver));
}

/** The call is the query itself, or a part of its builder chain. */
function isQuery(file: FileFacts, call: Call): boolean {
  return file.queries.some(
    ({ at, loop }) =>
      // What stands in a callback that goes through its rows is none of its parts.
      loop === call.loop && covers(at, call.at),
  );
}
