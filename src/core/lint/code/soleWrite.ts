/** Functions that change the database by one statement at most, which is committed as a whole without a transaction around it. */
import type { Call, FileFacts, Query } from '../../schema/code.ts';
import { isWrite } from '../../schema/operations.ts';
import type { CodeContext } from '../rule.ts';
import { classAround, resolveCall } from './calls.ts';
import type { FunctionRef } from './calls.ts';
import { covers, isWithin } from './within.ts';

/**
 * All that the function asks of other objects is known to be looking up rows and one write, which the library or the class that makes it commits
 * by itself. What nobody can follow, writes in loops and rows that are changed without being saved keep it from being certain.
 */
export function isSoleWrite(ref: FunctionRef, context: CodeContext): boolean {
  return writesOf(ref, context, []) === 1;
}

/** Writes that the function makes, counted up to two; two where that is not known. */
function writesOf({ file, id }: FunctionRef, context: CodeContext, seen: readonly number[]): number {
  let writes = 0;
  const own = file.queries.filter((query) => isWithin(file, query.function, id));
  for (const query of own) writes += weightOf(query.loop, statementWeight(query, file));
  for (const call of file.calls) {
    if (!isWithin(file, call.function, id) || own.some(({ at }) => covers(at, call.at))) continue;
    writes += weightOf(call.loop, callWeight(call, file, context, [...seen, id]));
    if (writes > 1) return unknown;
  }
  return writes;
}

const unknown = 2;

function weightOf(loop: number | null, weight: number): number {
  return loop === null ? weight : weight * unknown;
}

/** A repository saves in a transaction of its own; a session or an entity manager asks for one that is there. */
function statementWeight(query: Query, file: FileFacts): number {
  if (query.lock !== null) return unknown;
  if (query.operation === 'select' || query.operation === 'count' || query.operation === 'exists') return 0;
  if (!isWrite(query)) return unknown;
  const call = file.calls.find(({ at, callee }) => covers(query.at, at) && callee.endsWith(`.${query.api}`));
  const field = call?.callee.split('.').at(-2);
  const type = file.fields.find(({ name }) => name === field)?.type ?? '';
  // What a repository's own methods ask for changes nothing outside of a transaction.
  if (/(?:Repository|Repo|Dao|DAO)(?:<.*)?$/u.test(type)) return savedByItself.test(query.api) ? 1 : unknown;
  return /(?:Mapper|JdbcTemplate|JdbcOperations|JdbcClient)$/u.test(type) ? 1 : unknown;
}

const savedByItself = /^(?:save|saveAndFlush|delete|deleteById)$/u;

function callWeight(call: Call, file: FileFacts, context: CodeContext, seen: readonly number[]): number {
  const [first = '', ...rest] = call.callee.split('.');
  // What is called on a value, a class or a function handed over asks nothing of the database that its own class would not tell; but
  // a row that was read and is changed is written when its transaction ends, which then does not.
  if (first !== 'this') return isRow(first, call, file) && !reading.test(rest.at(-1) ?? '') ? unknown : 0;
  if (/^log(?:ger)?$/iu.test(rest[0] ?? '')) return 0;
  const to = resolveCall(file, call, context);
  if (!to) return rest.length > 1 ? unknown : 0;
  const isOwn = to.file === file && classAround(file, to.id) === classAround(file, call.function);
  if (isOwn) return seen.includes(to.id) ? unknown : writesOf(to, context, seen);
  // A method of a repository that is nothing but a query, or a class that begins a transaction for itself.
  if (to.file.transactions.some(({ body, byProxy }) => body === to.id && byProxy === true)) return 1;
  const queries = to.file.queries.filter((query) => isWithin(to.file, query.function, to.id));
  return queries.length > 0 &&
    queries.every(({ operation, lock }) => operation === 'select' && lock === null) &&
    !to.file.calls.some((inner) => isWithin(to.file, inner.function, to.id))
    ? 0
    : unknown;
}

/** A variable of the function that holds what a query, or a call, has found. */
function isRow(name: string, { function: own }: Call, { queries, calls }: FileFacts): boolean {
  return [...queries, ...calls].some((each) => each.result === name && each.function === own);
}

const reading =
  /^(?:get|is|has|can|to|of|size|stream|equals|hashCode|contains|map|flatMap|filter|find|or|if|iterator|for|collect|name|id|value|length|format|compare|parse|add|put)/u;
