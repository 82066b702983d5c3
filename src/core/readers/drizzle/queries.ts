/** Finds the queries of Drizzle's databases in a file. Linking decides by the tables they name: other builders have such methods too. */
import type { FileFacts, Transaction } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { inTransaction, lastOwn, queryOf } from '../shared/typescript/foundQuery.ts';
import type { Found } from '../shared/typescript/foundQuery.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import type { CallSpan } from '../shared/typescript/outline.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { scopeOf } from '../shared/typescript/scope.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { chainOf, objectParts, pathOf, stringValue, Syn, unwrap, usesOf } from '../shared/typescript/syn.ts';
import type { Chain, Link } from '../shared/typescript/syn.ts';
import { readStatementChain } from './builder.ts';
import { readRaw } from './rawQueries.ts';
import { readRelational } from './relational.ts';

const interesting =
  /(?<!\w)(?:select|selectDistinct|selectDistinctOn|findMany|findFirst|insert|update|delete|\$count|execute|transaction|run|all|get|values)$|\.(?:select\w*|query|insert|update|delete|with)\b/;

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = outlineOf(file.parsed());
  const scope = scopeOf(outline, facts, file.lines);
  const transactions = [...facts.transactions];
  const found: Found[] = [];
  for (const span of outline.calls) {
    if (span.chained || span.constructs || !interesting.test(span.callee)) continue;
    const chain = chainOf(new Syn(span.node), file.text);
    const transaction = transactionOf(chain, span, scope);
    if (transaction) {
      transactions.push(transaction);
      continue;
    }
    const query = readChain(chain, span, scope);
    if (query) found.push(query);
  }
  const queries = found
    .map((query) => {
      const settled = inTransaction(query, transactions, scope);
      const own = query.client !== null && isTransactionParameter(query.client, query.start, scope);
      return own ? { ...settled, inTransactionClient: true } : settled;
    })
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { ...facts, queries, transactions };
}

/** A helper is handed the transaction it runs in. */
function isTransactionParameter(client: string, offset: number, scope: Scope): boolean {
  const parameter = scope.parameter(client, offset);
  if (!parameter) return false;
  return /^(?:tx|trx|transaction)$/.test(client) || (parameter.type ?? '').includes('Transaction');
}

function readChain(chain: Chain, span: CallSpan, scope: Scope): Found | null {
  for (const [at, link] of chain.links.entries()) {
    const draft = draftAt(chain, at, link, scope);
    if (draft === undefined) continue;
    if (draft === null) return null;
    const { node } = chain.links.at(lastOwn(chain.links)) ?? link;
    const args = chain.links.slice(at).flatMap(({ args }) => args);
    const client = clientOf(chain, link.name.startsWith('find') ? at - 2 : at, scope);
    const query = queryOf(draft, node, usesOf(args, scope.text), client, scope, true, span);
    // A condition of another query asks nothing by itself, however often it is made.
    return isCondition(scope.text.slice(Math.max(0, query.start - 120), query.start))
      ? { ...query, loop: null }
      : query;
  }
  return null;
}

/** `exists(db.select()…)`, `inArray(hives.id, db.select()…)`, by what stands before the query. */
function isCondition(before: string): boolean {
  return /\b(?:(?:notE|e)xists\(|(?:i|notI)nArray\([\w$.]+,)\s*$/u.test(before);
}

/** Undefined = the link begins no query; null = neither does the chain. */
function draftAt(chain: Chain, at: number, link: Link, scope: Scope): Draft | null | undefined {
  const { links } = chain;
  switch (link.name) {
    case 'select':
    case 'selectDistinct':
    case 'selectDistinctOn':
    case 'insert':
    case 'update':
    case 'delete':
    case '$count':
      return link.kind === 'call' && (at > 0 || chain.rootName !== null)
        ? readStatementChain(links.slice(at), scope)
        : null;
    case 'findMany':
    case 'findFirst': {
      // `db.query.users.findMany(…)`
      const [model, query] = [links[at - 1], at >= 2 ? links[at - 2]?.name : chain.rootName];
      return link.kind === 'call' && model?.kind === 'property' && query === 'query'
        ? readRelational(link, model.name, scope)
        : null;
    }
    case 'execute':
    case 'run':
    case 'all':
    case 'get':
    case 'values':
      return link.kind === 'call' && link.args[0] ? (readRaw(link, scope) ?? undefined) : undefined;
    default:
      return undefined;
  }
}

/** `tx` in `tx.insert(…)`, `this.db` in `this.db.select()`. */
function clientOf(chain: Chain, until: number, scope: Scope): string | null {
  const before = chain.links.slice(0, until).filter(({ kind }) => kind === 'property');
  if (chain.rootName === null) return null;
  if (before.length === 0) return chain.rootName;
  return pathOf(before.at(-1)?.node ?? chain.root, scope.text) ?? chain.rootName;
}

function transactionOf(chain: Chain, span: CallSpan, scope: Scope): Transaction | null {
  const link = chain.links.find(({ kind, name }) => kind === 'call' && name === 'transaction');
  const [first, options] = link?.args ?? [];
  if (!link || !first) return null;
  const callback = unwrap(first);
  const body = scope.outline.functions.findIndex(
    (candidate) => candidate.start === callback.start && candidate.end === callback.end,
  );
  if (body === -1) return null;
  const { start, end } = link.node;
  return {
    api: 'transaction',
    isolation: options ? isolationOf(options, scope) : null,
    client: scope.outline.functions[body]?.parameters[0]?.name ?? null,
    function: span.function,
    body,
    at: scope.lines.range(start, end),
  };
}

/** `{ isolationLevel: 'read committed' }` */
function isolationOf(node: Syn, scope: Scope): string | null {
  const value = scope.literal(node);
  if (value.type !== 'object') return null;
  const level = objectParts(value, scope.text).properties.find(({ key }) => key === 'isolationLevel')?.value;
  return level ? (stringValue(level, scope.text)?.toUpperCase() ?? null) : null;
}
