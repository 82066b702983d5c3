/** Queries of EF Core in a C# file: LINQ on sets, raw SQL, changes and when they are saved. */
import type { FileFacts, Query, Transaction } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { csChainOf } from '../shared/csharp/chain.ts';
import type { Chain } from '../shared/csharp/chain.ts';
import { draftOf, operators, plainName, terminals } from '../shared/csharp/linq.ts';
import { csFunctionAt, csLoopAt, csOutlineOf } from '../shared/csharp/outline.ts';
import type { CsCall, CsOutline } from '../shared/csharp/outline.ts';
import { readPredicate } from '../shared/csharp/predicates.ts';
import type { Condition } from '../shared/csharp/predicates.ts';
import { constantsIn, csSqlOf } from '../shared/csharp/sqlText.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { fieldsOfDraft } from '../shared/csharp/draftFields.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { assignmentBefore } from '../shared/typescript/scan.ts';
import { identityDraft } from './identityQueries.ts';
import { sourceOf, typesIn } from './sources.ts';
import type { QuerySource, Types } from './sources.ts';

const writeMethods: Readonly<Record<string, Query['operation']>> = {
  Add: 'insert',
  AddRange: 'insert',
  Update: 'update',
  UpdateRange: 'update',
  Remove: 'delete',
  RemoveRange: 'delete',
  Attach: 'update',
  AttachRange: 'update',
  BulkInsert: 'insert',
  BulkUpdate: 'update',
  BulkDelete: 'delete',
};
const sqlMethods =
  /^(?:ExecuteSql(?:Raw|Interpolated|Command)?|SqlQuery(?:Raw)?|FromSql(?:Raw|Interpolated)?)(?:Async)?$/u;

interface Reading {
  readonly file: SourceFile;
  readonly outline: CsOutline;
  readonly types: Types;
  readonly constantOf: (name: string) => string | null;
  /** Queries that variables hold, not yet run: by function and name. */
  readonly pending: Map<string, Chain>;
}

export function readEfQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = csOutlineOf(file.parsed());
  const reading: Reading = {
    file,
    outline,
    types: typesIn(file.text, facts),
    constantOf: constantsIn(file.text),
    pending: new Map(),
  };
  const transactions = transactionsOf(reading);
  const queries: Query[] = [];
  for (const call of outline.calls) {
    if (call.chained) continue;
    const query = queryOf(call, reading);
    if (query) queries.push(query);
  }
  queries.push(...iterated(reading));
  const placed = queries.map((query) => {
    const id = transactions.findLastIndex(
      ({ body, at }) =>
        isWithin(query.function, body, outline) &&
        (at.line < query.at.line || (at.line === query.at.line && at.column <= query.at.column)),
    );
    return id === -1 ? query : { ...query, transaction: id, inTransactionClient: true };
  });
  return { ...facts, queries: placed.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column), transactions };
}

function isWithin(inner: number | null, outer: number | null, { functions }: CsOutline): boolean {
  for (let at = inner; at !== null; at = functions[at]?.parent ?? null) if (at === outer) return true;
  return false;
}

function transactionsOf({ outline, file }: Reading): Transaction[] {
  return outline.calls.flatMap((call): Transaction[] => {
    const named =
      /^(?:BeginTransaction|BeginTransactionAsync|UseTransaction|UseTransactionAsync|ExecuteInTransaction|ExecuteInTransactionAsync)$/u.test(
        call.method,
      );
    if (!named) return [];
    const isolation = /IsolationLevel\.(\w+)/u.exec(file.text.slice(call.argsStart, call.end))?.[1] ?? null;
    return [
      {
        api: call.method,
        isolation,
        client: null,
        function: call.function,
        body: call.function,
        at: file.lines.range(call.start, call.end),
      },
    ];
  });
}

function queryOf(call: CsCall, reading: Reading): Query | null {
  const { file, outline } = reading;
  const written = csChainOf(call.node, file.text);
  const chain = resumed(written, call.function, reading);
  const source = sourceOf(chain, call.start, outline, reading.types);
  if (!source) {
    const asked = identityDraft(written, file.text);
    return asked && placed(asked, call.start, call.end, written, reading);
  }
  const links = chain.links.slice(source.skip);
  const [first] = links;
  if (!first) return null;
  const raw = chain.links.find(({ name }) => sqlMethods.test(name));
  const query =
    raw && source.kind === 'database'
      ? rawQuery(raw, reading)
      : (change(links, source) ?? draftOf(links, file.text, file.lines));
  if (!query) {
    remember(
      call,
      chain,
      links.every(({ name }) => operators.has(name)),
      reading,
    );
    return null;
  }
  if (raw && source.kind !== 'database') addSql(query, raw, reading);
  if (chain.rootNode?.type === 'query_expression') addClauses(query, chain, reading);
  if (source.entity !== null && query.table !== null && query.entity === null && query.sql) query.table = null;
  if (source.begun === true || isHandedOn(written.root, call.start, file.text)) query.complete = false;
  query.entity = source.entity;
  query.receiver = source.receiver;
  if (chain.links.some(({ name }) => name.startsWith('FromSql'))) query.asEntities = true;
  return placed(query, call.start, call.end, written, reading);
}

/** `query = Sorted(query);`: something else has gone on with it, which may filter and sort. */
function isHandedOn(root: string, before: number, text: string): boolean {
  if (!/^\w+$/u.test(root)) return false;
  return new RegExp(`\\b${root}\\s*=\\s*(?:await\\s+)?[\\w.]+\\((?:[^;]*\\W)?${root}\\b`, 'u').test(
    text.slice(Math.max(0, before - 6000), before),
  );
}

/** `query.ToListAsync()` runs what `query` was given before. */
function resumed(chain: Chain, owner: number | null, { pending }: Reading): Chain {
  const before = /^\w+$/u.test(chain.root) ? pending.get(`${String(owner)} ${chain.root}`) : undefined;
  return before ? { ...before, links: [...before.links, ...chain.links] } : chain;
}

function remember(call: CsCall, chain: Chain, isQuery: boolean, { file, pending }: Reading): void {
  if (!isQuery || chain.links.length > 60) return;
  const target = assignmentBefore(file.text, call.start).target;
  if (target !== null) pending.set(`${String(call.function)} ${target}`, chain);
}

function change(links: Chain['links'], source: QuerySource): Draft | null {
  const [first] = links;
  const name = first ? plainName(first.name) : '';
  if (source.kind === 'context' && name === 'SaveChanges') return newDraft(first?.name ?? name, 'unknown', 'none');
  const operation = links.length <= 2 && Object.hasOwn(writeMethods, name) ? writeMethods[name] : undefined;
  return operation && (source.kind === 'set' || source.kind === 'context')
    ? newDraft(first?.name ?? name, operation, 'none')
    : null;
}

function rawQuery(link: Chain['links'][number], reading: Reading): Draft {
  const draft = newDraft(link.name, 'raw', 'none');
  addSql(draft, link, reading);
  return draft;
}

function addSql(draft: Draft, link: Chain['links'][number], { file, constantOf }: Reading): void {
  const [argument] = link.args;
  // Interpolated values are parameters where the method takes them apart: EF 6 takes plain text, and so do those that say raw.
  const bound =
    argument !== undefined &&
    /^(?:interpolated_string|invocation)_expression$/u.test(argument.type) &&
    !/^[sS]tring\s*\./u.test(file.text.slice(argument.startIndex, argument.endIndex)) &&
    !/Raw|Command/u.test(link.name) &&
    !/^\s*using\s+System\.Data\.Entity\b/mu.test(file.text);
  const sql = argument ? csSqlOf(argument, file.text, file.lines, bound, constantOf) : null;
  if (!sql) {
    draft.complete = false;
    return;
  }
  const { operation, rows } = draft;
  draft.sql = sql.raw;
  applyStatement(sql.sql, sql.raw.at, draft);
  if (operation !== 'raw' && link.name.startsWith('From')) {
    draft.operation = operation;
    draft.rows = rows;
  }
}

/** `from p in db.Posts where p.Published orderby p.Title select p` */
function addClauses(draft: Draft, { rootNode }: Chain, { file }: Reading): void {
  const { text, lines } = file;
  const from = rootNode?.namedChildren.find(({ type }) => type === 'from_clause');
  const name = from?.childForFieldName('name');
  const parameter = name ? text.slice(name.startIndex, name.endIndex) : '';
  if (!/^\w+$/u.test(parameter)) return;
  for (const clause of rootNode?.namedChildren ?? []) {
    const inner = clause.firstNamedChild;
    if (!inner) continue;
    if (clause.type === 'where_clause') {
      const condition: Condition = { filters: draft.filters, complete: draft.complete, nextGroup: draft.nextGroup };
      readPredicate(inner, parameter, { text, lines }, condition);
      draft.complete = condition.complete;
    } else if (clause.type === 'order_by_clause')
      for (const match of text
        .slice(clause.startIndex, clause.endIndex)
        .matchAll(new RegExp(`\\b${parameter}\\.([\\w.]+)(\\s+descending)?`, 'gu')))
        draft.sorts.push({
          path: match[1] ?? '',
          at: lines.range(clause.startIndex + match.index, clause.startIndex + match.index + match[0].length),
          direction: match[2] === undefined ? 'asc' : 'desc',
        });
    else if (clause.type === 'join_clause') draft.complete = false;
    else if (clause.type === 'select_clause' && text.slice(inner.startIndex, inner.endIndex) !== parameter)
      draft.selects ??= [];
  }
}

function placed(draft: Draft, start: number, end: number, written: Chain, { file, outline }: Reading): Query {
  const read = fieldsOfDraft(draft);
  const assignment = assignmentBefore(file.text, start);
  const change = /^(?:insert|update|delete)$/u.test(draft.operation) && !draft.api.startsWith('Execute');
  return {
    ...read,
    uses: [...localIn(start, file.text), ...usesOf(written, file.text)],
    result: assignment.target,
    awaited: assignment.awaited || !draft.api.endsWith('Async'),
    function: csFunctionAt(outline, start),
    loop: csLoopAt(outline, start),
    transaction: null,
    inTransactionClient: false,
    // Changes wait in memory; what is sent is sent when they are saved.
    ...(change ? { batched: true } : {}),
    at: file.lines.range(start, end),
  };
}

/** The variable of the function that the query goes on with: `votes` of `votes.CountAsync()`, where `var votes = …` stands before. */
function localIn(start: number, text: string): readonly string[] {
  const [, name] = /^(?:await\s+)?([a-z]\w*)\s*\./u.exec(text.slice(start, start + 80)) ?? [];
  if (name === undefined) return [];
  const before = text.slice(Math.max(0, start - 4000), start);
  return new RegExp(`\\b(?:var|IQueryable<[^;=(){}]*>)\\s+${name}\\s*=`, 'u').test(before) ? [name] : [];
}

function usesOf({ links }: Chain, text: string): string[] {
  const found = new Set<string>();
  for (const { args } of links)
    for (const argument of args)
      for (const match of text
        .slice(argument.startIndex, Math.min(argument.endIndex, argument.startIndex + 2000))
        .matchAll(/(?<![\w.])[a-z_]\w*(?:\.[A-Za-z_]\w*)*/gu))
        if (found.size < 60) found.add(match[0]);
  return [...found];
}

/** `foreach (var post in db.Posts.Where(…))` runs the query that it iterates. */
function iterated(reading: Reading): Query[] {
  const { file, outline } = reading;
  return outline.loops.flatMap((loop): Query[] => {
    const right = loop.node.type === 'foreach_statement' ? loop.node.childForFieldName('right') : null;
    if (!right) return [];
    const chain = resumed(csChainOf(right, file.text), loop.function, reading);
    if (chain.links.some(({ name }) => Object.hasOwn(terminals, plainName(name)))) return [];
    const source = sourceOf(chain, right.startIndex, outline, reading.types);
    if (!source || source.kind === 'context' || source.kind === 'database') return [];
    const end = {
      name: 'AsEnumerable',
      types: '',
      args: [],
      node: right,
      start: right.startIndex,
      end: right.endIndex,
    };
    const draft = draftOf([...chain.links.slice(source.skip), end], file.text, file.lines);
    if (!draft) return [];
    draft.entity = source.entity;
    draft.receiver = source.receiver;
    if (chain.rootNode?.type === 'query_expression') addClauses(draft, chain, reading);
    return [placed({ ...draft, api: 'foreach' }, right.startIndex, right.endIndex, chain, reading)];
  });
}
