/** Finds the queries of Prisma's client in a file. Linking decides about calls that only a model's name makes Prisma's. */
import type { FileFacts, Query, Transaction } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { inTransaction, lastOwn, queryOf } from '../shared/typescript/foundQuery.ts';
import type { Found } from '../shared/typescript/foundQuery.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import type { CallSpan } from '../shared/typescript/outline.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { assignmentBefore, splitTopLevel } from '../shared/typescript/scan.ts';
import { scopeOf } from '../shared/typescript/scope.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { chainOf, objectParts, stringValue, Syn, unwrap, usesOf } from '../shared/typescript/syn.ts';
import type { Chain, Link } from '../shared/typescript/syn.ts';
import { operations, rawOperations } from './api.ts';
import { readClientArguments } from './clientArguments.ts';
import { delegateAt, isClient, isTransactionClient } from './client.ts';
import { readRawQuery } from './rawQueries.ts';

const interesting = new RegExp(
  `(?:\\b(?:${[...operations.keys()].join('|')})|\\$(?:transaction|queryRaw\\w*|executeRaw\\w*|runCommandRaw))\\b`,
);

/** Queries that only the name of a model makes Prisma's carry this receiver until they are linked. */
export const uncertain = 'prisma?';

/** The array form of `$transaction`: its queries are executed when it is. */
interface Batch {
  readonly id: number;
  /** Of the argument list. */
  readonly start: number;
  readonly end: number;
  /** Names that the results go to. */
  readonly results: readonly string[];
}

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = outlineOf(file.parsed());
  const scope = scopeOf(outline, facts, file.lines);
  const transactions = [...facts.transactions];
  const batches: Batch[] = [];
  const found: Found[] = [];
  for (const span of outline.calls) {
    if (span.chained || span.constructs || !interesting.test(span.callee)) continue;
    const chain = chainOf(new Syn(span.node), file.text);
    const at = chain.links.findIndex(({ kind, name }) => kind === 'call' && name === '$transaction');
    if (at === -1) {
      const query = readChain(chain, span, scope);
      if (query) found.push(query);
      continue;
    }
    const link = chain.links[at];
    const transaction = link && isClient(chain, at, scope) ? transactionOf(link, span, scope) : null;
    if (!transaction) continue;
    transactions.push(transaction);
    if (transaction.body === null) {
      const results = assignmentBefore(file.text, span.start).names;
      batches.push({ id: transactions.length - 1, start: span.argsStart, end: span.end, results });
    }
  }
  const queries = found
    .map((query) => settle(query, transactions, batches, scope))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { ...facts, queries, transactions };
}

function settle(found: Found, transactions: readonly Transaction[], batches: readonly Batch[], scope: Scope): Query {
  const { start, client } = found;
  // A batch holds nothing but its own list, whatever follows it in the function.
  const open = transactions.map((each, id) =>
    batches.some((batch) => batch.id === id) ? { ...each, function: -1 } : each,
  );
  const query = inTransaction(found, open, scope);
  const batch = batches.findLast((each) => each.start < start && start < each.end);
  if (batch) {
    const result = query.result ?? resultIn(batch, start, scope);
    return { ...query, transaction: batch.id, inTransactionClient: true, awaited: true, result };
  }
  if (query.inTransactionClient || client === null) return query;
  return { ...query, inTransactionClient: isTransactionClient(client, start, scope) };
}

/** `const [rows, total] = await prisma.$transaction([a, b])`: the name at the same place. */
function resultIn({ start, results }: Batch, offset: number, scope: Scope): string | null {
  const before = scope.text.slice(start + 1, offset).trimStart();
  if (!before.startsWith('[')) return null;
  return results[splitTopLevel(`${before.slice(1)}x`).length - 1] ?? null;
}

function readChain(chain: Chain, span: CallSpan, scope: Scope): Found | null {
  for (const [at, link] of chain.links.entries()) {
    const raw = rawOperations.get(link.name);
    if (raw && link.kind === 'call') {
      if (!isClient(chain, at, scope) && !link.name.startsWith('$')) return null;
      const client = at === 0 ? null : at === 1 ? (chain.links[0]?.name ?? null) : null;
      return made(readRawQuery(link, raw, scope), link, chain, at, chain.rootName ?? client, span, scope);
    }
    const operation = link.kind === 'call' ? operations.get(link.name) : undefined;
    if (!operation) continue;
    const delegate = delegateAt(chain, at, scope);
    // `prisma.user.findUnique(…)` has its model before it; a name with `$` is a method of the client.
    if (!delegate || delegate.name.startsWith('$') || (!delegate.certain && !operation.telling)) return null;
    const draft = newDraft(link.name, operation.operation, operation.rows);
    draft.entity = delegate.name;
    draft.receiver = delegate.certain ? null : uncertain;
    if (link.name === 'deleteMany' || link.name === 'updateMany') draft.bySet = true;
    const [options] = link.args;
    if (operation.operation === 'raw') draft.complete = false;
    else if (options) readClientArguments(options, draft, scope);
    readFluent(chain.links.slice(at + 1), draft, scope);
    // Unless it is told to join, the client asks once more for each relation; joined, they come as JSON and multiply no rows.
    if (draft.loads.length > 0) draft.loading ??= 'query';
    return made(draft, link, chain, at, delegate.client, span, scope);
  }
  return null;
}

/** `prisma.user.findUnique(…).posts()`: the relation is loaded instead of the row. */
function readFluent(links: readonly Link[], draft: Draft, scope: Scope): void {
  // Many rows have no relation to go on by: `(await findMany()).filter(…)` is the program's.
  if (draft.rows === 'many') return;
  let path = '';
  for (const { kind, name, nameStart } of links) {
    if (kind !== 'call' || /^(?:then|catch|finally)$/.test(name) || name.startsWith('$')) return;
    path = path === '' ? name : `${path}.${name}`;
    draft.loads.push({ path, at: scope.lines.range(nameStart, nameStart + name.length) });
    draft.rows = 'unknown';
  }
}

function made(
  draft: Draft,
  link: Link,
  chain: Chain,
  at: number,
  client: string | null,
  span: CallSpan,
  scope: Scope,
): Found {
  // Of a tagged template the values are the arguments.
  const args = link.args.length > 0 ? link.args : unwrap(link.node).kids.slice(1);
  const isLast = chain.links.slice(at + 1).every(({ kind }) => kind === 'call') && lastOwn(chain.links) >= at;
  return queryOf(draft, link.node, usesOf(args, scope.text), client, scope, isLast, span);
}

function transactionOf(link: Link, span: CallSpan, scope: Scope): Transaction | null {
  const [first, options] = link.args;
  if (!first) return null;
  const { start, end } = link.node;
  const base = {
    api: link.name,
    isolation: options ? isolationOf(options, scope) : null,
    function: span.function,
    at: scope.lines.range(start, end),
  };
  const body = scope.outline.functions.findIndex(
    (candidate) => candidate.start === unwrap(first).start && candidate.end === unwrap(first).end,
  );
  if (body === -1) return { ...base, client: null, body: null };
  return { ...base, client: scope.outline.functions[body]?.parameters[0]?.name ?? null, body };
}

/** `{ isolationLevel: 'Serializable' }` or `Prisma.TransactionIsolationLevel.Serializable`, in SQL's words. */
function isolationOf(node: Syn, scope: Scope): string | null {
  const value = scope.literal(node);
  if (value.type !== 'object') return null;
  const level = objectParts(value, scope.text).properties.find(({ key }) => key === 'isolationLevel')?.value;
  if (!level) return null;
  const word = stringValue(level, scope.text) ?? scope.text.slice(level.start, level.end).replace(/^.*\./, '');
  return word.replace(/([a-z])([A-Z])/g, '$1 $2').toUpperCase();
}
