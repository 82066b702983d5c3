/** Whether a loop goes through the rows of a query, and what is known of them. */
import type { FileFacts, Loop, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { CodeContext } from '../rule.ts';
import { isWithin, namedFunction, resolveCall } from './calls.ts';

/** What a loop goes through, where it is rows of a table. */
export interface Rows {
  /** Table whose rows they are; null = the query's is not known. */
  readonly table: Table | null;
  /** The query that read them, where they are its own rows; its `loads` tell which relations are there already. */
  readonly query: Query | null;
  /** A sentence that says how it is known. */
  readonly evidence: { readonly message: string; readonly at: SourceRange };
}

/** Null = not traced to a query that can yield several rows. */
export function rowsOf(file: FileFacts, loop: Loop, context: CodeContext): Rows | null {
  const inline = file.queries.find(
    (query) => query.rows === 'many' && query.loop === loop.parent && startsWithin(loop.at, query.at) && query.awaited,
  );
  if (inline && mentions(loop.iterable, inline.api)) return ofQuery(inline, file.file, context);
  const path = plainPath(loop.iterable);
  if (path === null) return null;
  const [name = '', ...members] = path;
  const source = valueOf(file, name, loop, context);
  if (!source) return null;
  if (members.length === 0) return source.query?.rows === 'many' ? source : null;
  return collectionOf(source, members, context);
}

function ofQuery(query: Query, file: string, context: CodeContext): Rows {
  const table = query.table === null ? undefined : context.table(query.table, query.namespace);
  return {
    table: table ?? null,
    query,
    evidence: {
      message: `${query.api} in ${file} line ${query.at.line} reads ${query.rows === 'many' ? 'any number of rows' : 'the row'}${table ? ` of ${table.name}` : ''}.`,
      at: query.at,
    },
  };
}

/** What the variable holds: the result of a query, of a function that returns one, or a row that a parameter brings. */
function valueOf(file: FileFacts, name: string, loop: Loop, context: CodeContext): Rows | null {
  const visible = (id: number | null) => id === null || (loop.function !== null && isWithin(file, loop.function, id));
  const query = file.queries
    .filter((each) => each.result === name && visible(each.function) && each.at.line <= loop.at.line)
    .at(-1);
  if (query) return ofQuery(query, file.file, context);
  const call = file.calls
    .filter((each) => each.result === name && visible(each.function) && each.at.line <= loop.at.line)
    .at(-1);
  const called = call && resolveCall(file, call, context);
  const returned = called && returnedQuery(called.file, called.id);
  if (returned) return ofQuery(returned, called.file.file, context);
  return null;
}

/** The query whose result a function returns: the variable it returns, or its one query whose result nothing else takes. */
function returnedQuery(file: FileFacts, id: number): Query | undefined {
  const fact = file.functions[id];
  const own = file.queries.filter((query) => namedFunction(file, query.function)?.id === id);
  if (fact?.returns != null) return own.find(({ result }) => result === fact.returns);
  return own.length === 1 && own[0]?.result === null ? own[0] : undefined;
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
            evidence: { message: `${members.join('.')} holds any number of rows of ${target.name}.`, at: relation.at },
          }
        : null;
    table = target;
  }
  return null;
}

/** `orders` of `await orders`, `orders!`, `orders.entries()`, `(orders ?? [])`; null for anything that is not a path of names. */
function plainPath(iterable: string | null): readonly string[] | null {
  if (iterable === null) return null;
  const text = iterable
    .replace(/^\(+|\)+$/gu, '')
    .replace(/^await\s+/u, '')
    .replace(/\s*\?\?\s*\[\]$/u, '')
    .replace(/\.(?:entries|values)\(\)?$/u, '')
    .replace(/[!?](?=\.|$)/gu, '');
  return /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/u.test(text) ? text.split('.') : null;
}

function mentions(iterable: string | null, api: string): boolean {
  return iterable?.includes(api) ?? false;
}

function startsWithin(outer: SourceRange, inner: SourceRange): boolean {
  const after = inner.line > outer.line || (inner.line === outer.line && inner.column >= outer.column);
  return after && (inner.line < outer.endLine || (inner.line === outer.endLine && inner.column <= outer.endColumn));
}
