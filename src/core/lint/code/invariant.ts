/** Queries of which it is certain that they ask the same again. */
import type { Call, Comparison, FileFacts, Loop, Query, RawSql } from '../../schema/code.ts';
import { isWrite } from '../../schema/operations.ts';
import type { CodeContext } from '../rule.ts';
import { namedFunction, queriesReached } from './calls.ts';
import { areAlternatives, covers, isBefore, isInLoop } from './within.ts';

/** Loops that wait, retry or page ask the same on purpose. */
const goesThrough: ReadonlySet<string> = new Set([
  'for-of',
  'for-in',
  'forEach',
  'map',
  'flatMap',
  'filter',
  'comprehension',
  'stream',
]);

/** The loop in which the query asks the same in every round; null = it may ask for something else each time. */
export function repeatingLoop(file: FileFacts, query: Query, context: CodeContext): Loop | null {
  const loop = query.loop === null ? undefined : file.loops[query.loop];
  if (
    !loop ||
    loop.bounded ||
    (loop.concurrent && query.batched === true) ||
    !goesThrough.has(loop.kind) ||
    !isPlainRead(query)
  )
    return null;
  const around = namedFunction(file, loop.function);
  if (!around) return null;
  // Only what comes from outside for certain: parameters, fields and constants. A local name may be set anew in each round.
  const parameters = new Set(around.fact.parameters.flatMap((names) => names.split(',').map((name) => name.trim())));
  const outside = (use: string): boolean => {
    const [first = ''] = use.split('.');
    return parameters.has(first) || first === 'this' || first === 'self' || /^[A-Z]/u.test(first);
  };
  if (
    isFilledLater(query) ||
    isStart(query, file) ||
    isMissingOnly(file, query) ||
    (file.oneRound ?? []).some((at) => covers(at, query.at) && covers(loop.at, at)) ||
    !usesOf(query, file).every(outside) ||
    loopsAround(file, loop).some(({ variables }) => namesAny(query, variables))
  )
    return null;
  return changesWithin(file, loop, query, context) ? null : loop;
}

/** The first of two reads of one function that ask the same with nothing in between that could change the answer. */
export function askedBefore(file: FileFacts, query: Query): Query | null {
  if (!isRepeatable(query)) return null;
  const found = file.queries.find(
    (other) =>
      other !== query &&
      other.function === query.function &&
      isBefore(other.at, query.at) &&
      isRepeatable(other) &&
      isSame(other, query) &&
      !areAlternatives(file, other.at, query.at),
  );
  if (!found) return null;
  const between = (each: Placed): boolean => isBefore(found.at, each.at) && isBefore(each.at, query.at);
  const isQuery = (at: Query['at']): boolean =>
    file.queries.some((each) => each.at.line <= at.line && at.endLine <= each.at.endLine && overlaps(each.at, at));
  const changed =
    file.queries.some((each) => between(each) && (isWrite(each) || isOpaque(each) || each.operation === 'unknown')) ||
    // What a call does is not followed here: it may write.
    file.calls.some(
      (call) =>
        between(call) && !isQuery(call.at) && (setsNames(call.callee) || (call.awaited && !isGetter(call.callee))),
    );
  return changed ? null : found;
}

/** Without the parameters of its own callbacks: `row` of `row => row.id == id`. */
function usesOf({ uses, at }: Query, file: FileFacts): readonly string[] {
  const own = new Set(
    file.functions.filter((fact) => fact.name === null && covers(at, fact.at)).flatMap(({ parameters }) => parameters),
  );
  return uses.filter((use) => !own.has(use.split('.')[0] ?? ''));
}

/** It runs only while its answer is missing: `if (fallback == null) fallback = await …` asks once, if at all. */
export function isMissingOnly({ branches }: FileFacts, { at, function: own }: Pick<Call, 'at' | 'function'>): boolean {
  return (branches ?? []).some(
    (branch) => branch.function === own && branch.parameter === null && !branch.present && covers(branch.at, at),
  );
}

/** Few elements come to it: it runs where something has failed, or once for each key. */
export function isSeldom({ branches }: FileFacts, { at, function: own }: Pick<Call, 'at' | 'function'>): boolean {
  return (branches ?? []).some((branch) => branch.seldom === true && branch.function === own && covers(branch.at, at));
}

/** It compares with values that are given to it by statements of their own: `query.setParameter("id", id)`. */
function isFilledLater({ api, filters, uses }: Query): boolean {
  return (
    /^(?:create|prepare)/u.test(api) &&
    uses.length === 0 &&
    filters.some(({ constant, comparison }) => !constant && comparison !== 'is-null')
  );
}

/** Held in a variable and gone through nowhere as it is: what is asked in the end has more conditions. */
export function isStart({ deferred, result, function: own }: Query, { loops }: FileFacts): boolean {
  return (
    deferred === true &&
    result !== null &&
    !loops.some((loop) => loop.function === own && loop.iterable?.split(/[^\w$]+/u).includes(result) === true)
  );
}

function isPlainRead(query: Query): boolean {
  return (
    query.table !== null &&
    (query.operation === 'select' || query.operation === 'count' || query.operation === 'exists') &&
    query.complete &&
    !isFoundInMemory(query) &&
    (query.sql === null || isPlainSql(query.sql)) &&
    query.lock === null &&
    // Asked one after the other, look-ups that a library would send as one are statements of their own.
    (query.batched !== true || query.awaited)
  );
}

/** Found by its key, a row that was read before comes from the context's memory: the second time nothing is asked (`Find` of EF). */
function isFoundInMemory({ api }: Query): boolean {
  return /^Find(?:Async)?$/u.test(api);
}

/** SQL of which nothing tells that it only reads. */
function isOpaque({ operation, sql }: Query): boolean {
  return sql !== null && !['select', 'count', 'exists', 'aggregate'].includes(operation);
}

/** Written out, without anything that answers or does something else each time. */
function isPlainSql({ text, interpolations }: RawSql): boolean {
  return (
    interpolations.length === 0 &&
    !/\bfor\s+(?:no\s+key\s+)?(?:update|share)\b|\b(?:nextval|random|rand|newid|lastval|last_insert_id)\b|;\s*\S/iu.test(
      text,
    )
  );
}

/** Kept in a variable of its own, with nothing written into it that the facts do not tell. */
function isRepeatable(query: Query): boolean {
  return (
    isPlainRead(query) &&
    query.function !== null &&
    query.loop === null &&
    query.result !== null &&
    (query.limit === null || (query.rows === 'one' && query.limit.value === 1)) &&
    query.offset === null &&
    query.filters.length > 0 &&
    // Of others only the text tells which way they compare: `<` and `>` are both a range.
    query.filters.every(
      ({ constant, comparison }) => !constant && (equal.has(comparison) || query.literals !== undefined),
    )
  );
}

const equal: ReadonlySet<Comparison> = new Set(['eq', 'in', 'is-null']);

function isSame(one: Query, other: Query): boolean {
  const facts = ({
    table,
    namespace,
    api,
    operation,
    filters,
    sorts,
    joins,
    loads,
    selects,
    uses,
    literals,
    withDeleted,
    groups,
    sql,
  }: Query) => [
    table,
    namespace,
    api,
    operation,
    filters.map(({ path, comparison, orGroup }) => [path, comparison, orGroup]),
    sorts.map(({ path, direction }) => [path, direction]),
    joins.map(({ path }) => path),
    loads.map(({ path }) => path),
    groups.map(({ path }) => path),
    selects,
    uses,
    literals,
    withDeleted,
    sql?.text,
  ];
  // Two branches fill one name; two names are two answers.
  return (
    one.result !== other.result && one.uses.length > 0 && JSON.stringify(facts(one)) === JSON.stringify(facts(other))
  );
}

function namesAny(query: Query, names: readonly string[]): boolean {
  return query.uses.some((use) => names.includes(use.split('.')[0] ?? ''));
}

function loopsAround(file: FileFacts, loop: Loop): readonly Loop[] {
  const parent = loop.parent === null ? undefined : file.loops[loop.parent];
  return parent ? [loop, ...loopsAround(file, parent)] : [loop];
}

/** Something in the loop writes the table, or is called that may. */
function changesWithin(file: FileFacts, loop: Loop, { table }: Query, context: CodeContext): boolean {
  const inside = (id: number | null): boolean => isInLoop(file, id, loop);
  const writes = (query: Query): boolean =>
    (isWrite(query) || isOpaque(query)) && (query.table === null || query.table === table);
  return (
    file.queries.some((query) => inside(query.loop) && writes(query)) ||
    file.calls.some(
      (call) => inside(call.loop) && queriesReached(file, call, context).some(({ query }) => writes(query)),
    )
  );
}

function setsNames(callee: string): boolean {
  return /(?:^|[._])(?:save|set|update|insert|delete|remove|create|add|persist|flush|commit|refresh)\w*$/iu.test(
    callee,
  );
}

/** `order.getNumber()`: where every call is waited for, most only look. */
function isGetter(callee: string): boolean {
  return /^\w+\.(?:get|is|has)[A-Z]\w*$/u.test(callee);
}

interface Placed {
  readonly at: Query['at'];
}

function overlaps(a: Query['at'], b: Query['at']): boolean {
  return !(a.endLine < b.line || b.endLine < a.line);
}
