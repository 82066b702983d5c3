/** Whether a loop goes through the rows of a query, and what is known of them. */
import type { Call, FileFacts, Loop, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { CodeContext } from '../rule.ts';
import { namedFunction, resolveCall } from './calls.ts';
import { covers, isBefore, isWithin } from './within.ts';
import type { FunctionRef } from './calls.ts';

/** What a loop goes through, where it is rows of a table. */
export interface Rows {
  /** Table whose rows they are; null = the query's is not known. */
  readonly table: Table | null;
  /** The query that read them, where they are its own rows; its `loads` tell which relations are there already. */
  readonly query: Query | null;
  /** The rows whose collection they are, and its path from there. Absent = a query's own, or not known. */
  readonly of?: { readonly rows: Rows; readonly path: string };
  /** A sentence that says how it is known. */
  readonly evidence: { readonly message: string; readonly at: SourceRange };
}

/** Rows of loops that no statement of their file makes such: callbacks that another function calls for each row. */
const kept = new WeakMap<Loop, Rows>();

/** Says what such a loop goes through, which its file does not tell. */
export function keepRows(loop: Loop, rows: Rows): void {
  kept.set(loop, rows);
}

/** Null = not traced to a query that can yield several rows. */
export function rowsOf(file: FileFacts, loop: Loop, context: CodeContext): Rows | null {
  const known = kept.get(loop);
  if (known) return known;
  const rows = tracedRows(file, loop, context);
  // An empty set of rows that the ORM makes without a query stands for another one that is chosen later.
  if (rows?.query?.api === 'none') return null;
  return rows?.table && rows.query && isOfOneRow(rows.query, rows.table) ? null : rows;
}

/** A key or a unique column says which row it is: `Profile.objects.filter(user=user)` of a one-to-one relation. */
function isOfOneRow({ filters }: Query, table: Table): boolean {
  const keys = [
    table.primaryKey,
    ...table.uniques.map(({ columns }) => columns),
    ...table.indexes.flatMap(({ unique, where, expression, columns }) =>
      unique && where === null && expression === null ? [columns] : [],
    ),
  ];
  return filters.some(({ comparison, orGroup, path, target }) => {
    if (comparison !== 'eq' || orGroup !== 0 || (target && target.table !== table.name)) return false;
    const [name, ...more] = target ? target.columns : [path];
    return (
      more.length === 0 &&
      keys.some(([column, ...others]) => others.length === 0 && column !== undefined && column === name)
    );
  });
}

function tracedRows(file: FileFacts, loop: Loop, context: CodeContext): Rows | null {
  const inline = file.queries.find(
    (query) => query.rows === 'many' && query.loop === loop.parent && startsWithin(loop.at, query.at) && query.awaited,
  );
  if (inline && (inline.api === loopQuery || mentions(loop.iterable, inline.api)))
    return ofQuery(inline, file.file, context);
  const called = calledInHead(file, loop);
  const returned = called && returnedBy(file, called, context);
  if (returned) return returned.query?.rows === 'many' ? returned : null;
  const path = pathIterated(loop);
  if (path === null) return null;
  const [name = '', ...members] = path;
  const source =
    rowsHeld(file, name, loop, context) ?? (members.length > 0 ? elementOf(file, name, loop, context) : null);
  if (!source) return null;
  if (members.length === 0) return source.query?.rows === 'many' ? source : null;
  return collectionOf(source, members, context);
}

function ofQuery(asked: Query, file: string, context: CodeContext): Rows {
  const root = asked.table === null ? undefined : context.table(asked.table, asked.namespace);
  const { table, query } = ofSelected(asked, root, context);
  return {
    table: table ?? null,
    query,
    evidence: {
      message: `${query.api} in ${file} line ${query.at.line} reads ${query.rows === 'many' ? 'any number of rows' : 'the row'}${table ? ` of ${table.name}` : ''}.`,
      at: query.at,
    },
  };
}

/** Rows of what a relation leads to, where that alone is selected: `select l.member from Loan l`. */
function ofSelected(
  query: Query,
  root: Table | undefined,
  context: CodeContext,
): { readonly table: Table | undefined; readonly query: Query } {
  const [path = '', ...others] = query.selects ?? [];
  if (others.length > 0 || path === '') return { table: root, query };
  let table = root;
  for (const name of path.split('.')) {
    const relation = table?.relations.find(({ property }) => property === name);
    table = relation && context.table(relation.target, relation.targetNamespace);
  }
  if (!table) return { table: root, query };
  const loads = query.loads.flatMap((load) =>
    load.path.startsWith(`${path}.`) ? [{ ...load, path: load.path.slice(path.length + 1) }] : [],
  );
  return { table, query: { ...query, loads } };
}

/** What the variable holds where the loop, or a call, stands: the result of a query, of a function that returns one, or a row that a parameter brings. */
export function rowsHeld(
  file: FileFacts,
  name: string,
  loop: Pick<Loop, 'function' | 'at'>,
  context: CodeContext,
): Rows | null {
  const visible = (id: number | null) => id === null || (loop.function !== null && isWithin(file, loop.function, id));
  const query = file.queries
    .filter((each) => each.result === name && visible(each.function) && each.at.line <= loop.at.line)
    .at(-1);
  if (query) return ofQuery(query, file.file, context);
  const call = file.calls
    .filter((each) => each.result === name && visible(each.function) && each.at.line <= loop.at.line)
    .at(-1);
  return call ? returnedBy(file, call, context) : null;
}

/** What a call yields: it is a query itself, or a function that returns the result of one. */
export function rowsAsked(file: FileFacts, call: Call, context: CodeContext): Rows | null {
  const query = file.queries.find(({ at }) => covers(at, call.at));
  return query ? ofQuery(query, file.file, context) : returnedBy(file, call, context);
}

/** The row that a loop around this one is at: `for (const line of order.lines)` within `for (const order of orders)`. */
function elementOf(file: FileFacts, name: string, loop: Loop, context: CodeContext): Rows | null {
  for (let id = loop.parent; id !== null; id = file.loops[id]?.parent ?? null) {
    const outer = file.loops[id];
    if (outer?.variables.includes(name)) return rowsOf(file, outer, context);
  }
  return null;
}

/** What a call of a function of the project yields, where that is the result of a query. */
function returnedBy(file: FileFacts, call: Call, context: CodeContext): Rows | null {
  const called = resolveCall(file, call, context);
  const returned = called && returnedQuery(called, context);
  return returned ? ofQuery(returned.query, returned.file.file, context) : null;
}

/** The call whose result is gone through as it is: `for (const order of await this.openOrders())`, `openOrders().forEach(…)`. */
function calledInHead(file: FileFacts, loop: Loop): Call | undefined {
  const text = bare(loop.iterable ?? '');
  if (!text.includes('(')) return undefined;
  return file.calls.find(({ callee, loop: within, at }) => {
    if (within !== loop.parent || !startsWithin(loop.at, at)) return false;
    const name = [callee, callee.replace(/^this\./u, ''), callee.replace(/^this\./u, 'self.')].find((each) =>
      text.startsWith(`${each}(`),
    );
    return name !== undefined && isWhole(text.slice(name.length));
  });
}

/** `(…)` and nothing behind it. What is cut off at the end of a long text is taken to be arguments. */
function isWhole(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at === text.length - 1;
  }
  return true;
}

/** Functions that only hand on what another returns, followed at most. */
const mostHandedOn = 3;

/**
 * The query whose result a function returns: the variable it returns, or its one query whose result nothing else takes, its own or
 * that of a function it calls.
 */
function returnedQuery({ file, id }: FunctionRef, context: CodeContext, depth = 0): ReturnedQuery | undefined {
  const fact = file.functions[id];
  const own = file.queries.filter((query) => namedFunction(file, query.function)?.id === id);
  const found = (query: Query | undefined): ReturnedQuery | undefined => query && { query, file };
  if (fact?.returns != null) return found(own.find(({ result }) => result === fact.returns));
  // What it goes through itself it does not return as it is, unless it is what a view lists.
  const isHandedOn = ({ result, loop, at }: Query | Call): boolean =>
    result === null &&
    !file.loops.some((each) => each.parent === loop && each.kind !== 'serializer' && startsWithin(each.at, at));
  const [only, ...others] = own;
  if (only) return others.length === 0 && isHandedOn(only) ? found(only) : undefined;
  if (depth >= mostHandedOn) return undefined;
  const called = file.calls.flatMap((call) => {
    if (call.loop !== null || namedFunction(file, call.function)?.id !== id || !isHandedOn(call)) return [];
    const to = resolveCall(file, call, context);
    return (to && returnedQuery(to, context, depth + 1)) ?? [];
  });
  return called.length === 1 ? called[0] : undefined;
}

interface ReturnedQuery {
  readonly query: Query;
  readonly file: FileFacts;
}

/** `cart.items`: the rows of a relation to many. */
function collectionOf(source: Rows, members: readonly string[], context: CodeContext): Rows | null {
  let table = source.table;
  for (const [at, member] of members.entries()) {
    const relation = table?.relations.find(({ property }) => property === member);
    const target = relation && context.table(relation.target, relation.targetNamespace);
    if (!relation || !target) return null;
    const toMany = relation.kind === 'one-to-many' || relation.kind === 'many-to-many';
    if (at === members.length - 1)
      return toMany
        ? {
            table: target,
            query: null,
            of: { rows: source, path: members.join('.') },
            evidence: { message: `${members.join('.')} holds any number of rows of ${target.name}.`, at: relation.at },
          }
        : null;
    table = target;
  }
  return null;
}

/** `orders` of `await orders`, `orders!`, `orders.entries()`, `(orders ?? [])`; null for anything that is not a path of names. */
export function pathIterated({ iterable }: Loop): readonly string[] | null {
  if (iterable === null) return null;
  // Getters of Java are the members that they read.
  const text = bare(iterable).replace(
    /(?<=\w)\.get([A-Z])(\w*)\(\)/gu,
    (_, first: string, rest: string) => `.${first.toLowerCase()}${rest}`,
  );
  return /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/u.test(text) ? text.split('.') : null;
}

/** What is gone through, without what changes nothing of it. */
function bare(iterable: string): string {
  let text = iterable.trim();
  for (let before = ''; before !== text;) {
    before = text;
    if (text.startsWith('(') && isWhole(text)) text = text.slice(1, text.endsWith(')') ? -1 : undefined).trim();
    text = text
      .replace(/^await\s+/u, '')
      .replace(/\s*(?:\?\?|\|\|)\s*\[\]$/u, '')
      .replace(/\.(?:entries|values)\(\)$/u, '')
      .replace(/[!?](?=\.|$)/gu, '');
  }
  return text;
}

/** How readers name a query that a loop itself runs: `foreach (var order in db.Orders)`. */
const loopQuery = 'foreach';

function mentions(iterable: string | null, api: string): boolean {
  return iterable?.includes(api) ?? false;
}

function startsWithin(outer: SourceRange, inner: SourceRange): boolean {
  return (
    !isBefore(inner, outer) &&
    (inner.line < outer.endLine || (inner.line === outer.endLine && inner.column <= outer.endColumn))
  );
}
