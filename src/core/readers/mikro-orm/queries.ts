/** Finds the queries of entity managers, repositories and query builders in a file. */
import type { FileFacts, Transaction } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { inTransaction, lastOwn, queryOf } from '../shared/typescript/foundQuery.ts';
import type { Found } from '../shared/typescript/foundQuery.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import type { CallSpan } from '../shared/typescript/outline.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { scopeOf } from '../shared/typescript/scope.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { rawSqlOf, sqlTextOf } from '../shared/typescript/sqlText.ts';
import { chainOf, objectParts, Syn, unwrap, usesOf } from '../shared/typescript/syn.ts';
import type { Chain, Link } from '../shared/typescript/syn.ts';
import { collectionMethods, executions, instanceMethods, methods, transactionMethods } from './api.ts';
import type { ApiMethod } from './api.ts';
import { readBuilder } from './builder.ts';
import { readOptions, readPopulate, readWrites } from './options.ts';
import { collectionAt, entityOf, receiverAt } from './receivers.ts';
import type { Receiver } from './receivers.ts';
import { readWhere } from './where.ts';

const names = [
  ...methods.keys(),
  ...collectionMethods,
  ...instanceMethods.keys(),
  ...executions.keys(),
  ...transactionMethods,
  'begin',
];
const interesting = new RegExp(
  `(?:\\.(?:${names.join('|')}|createQueryBuilder|qb|execute)|\\b(?:qb|createQueryBuilder))\\b`,
);

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = outlineOf(file.parsed());
  const scope = scopeOf(outline, facts, file.lines);
  const transactions = [...facts.transactions];
  const found: Found[] = [];
  for (const span of outline.calls) {
    if (span.chained || span.constructs || !interesting.test(span.callee)) continue;
    const chain = chainOf(new Syn(span.node), file.text);
    const transaction = transactionOf(chain, span, scope);
    if (transaction) transactions.push(transaction);
    else {
      const query = readChain(chain, span, scope);
      if (query) found.push(query);
    }
  }
  const queries = found
    .map((query) => inTransaction(query, transactions, scope))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { ...facts, queries, transactions };
}

function readChain(chain: Chain, span: CallSpan, scope: Scope): Found | null {
  for (const [at, link] of chain.links.entries()) {
    if (link.kind !== 'call') continue;
    const receiver = collectionMethods.has(link.name)
      ? collectionAt(chain, at)
      : isQueryMethod(link)
        ? receiverAt(chain, at, scope)
        : null;
    if (!receiver) continue;
    const draft = draftOf(link, chain, at, receiver, scope);
    if (!draft) continue;
    const last = chain.links.at(lastOwn(chain.links)) ?? link;
    const node = link.name === 'createQueryBuilder' || link.name === 'qb' ? last.node : link.node;
    const args =
      link.name === 'createQueryBuilder' || link.name === 'qb'
        ? chain.links.slice(at).flatMap((each) => each.args)
        : link.args;
    return queryOf(draft, node, usesOf(args, scope.text), receiver.client, scope, true, span);
  }
  return null;
}

function isQueryMethod({ name }: Link): boolean {
  return (
    methods.has(name) ||
    instanceMethods.has(name) ||
    name === 'createQueryBuilder' ||
    name === 'qb' ||
    name === 'execute'
  );
}

function draftOf(link: Link, chain: Chain, at: number, receiver: Receiver, scope: Scope): Draft | null {
  if (link.name === 'createQueryBuilder' || link.name === 'qb') {
    const entity = receiver.kind === 'manager' ? entityOf(link.args[0], scope) : receiver.entity;
    const draft = readBuilder(chain.links.slice(at), entity, scope);
    return draft && named(draft, receiver, entity);
  }
  const written = instanceMethods.get(link.name);
  if (written) {
    const draft = newDraft(link.name, written, 'none');
    draft.complete = false;
    return draft;
  }
  if (collectionMethods.has(link.name)) {
    const draft = newDraft(link.name, 'select', 'many');
    return receiver.kind === 'repository' ? named(draft, receiver, null) : null;
  }
  if (link.name === 'execute') return receiver.kind === 'manager' ? rawDraft(link, scope) : null;
  const method = methods.get(link.name);
  return method ? methodDraft(link, method, receiver, scope) : null;
}

function named(draft: Draft, receiver: Receiver, entity: string | null): Draft {
  draft.entity = entity;
  draft.receiver = entity === null && receiver.kind === 'repository' ? receiver.type : null;
  return draft;
}

function methodDraft(link: Link, method: ApiMethod, receiver: Receiver, scope: Scope): Draft | null {
  // `array.find(x => …)` has a callback where conditions would stand.
  if (link.args.some((argument) => /function|arrow/.test(argument.type)) && receiver.kind === 'repository') return null;
  const draft = newDraft(link.name, method.operation, method.rows);
  if (link.name === 'nativeUpdate' || link.name === 'nativeDelete') draft.bySet = true;
  let args = link.args;
  if (receiver.kind === 'manager' && method.args[0] !== 'entities') {
    const entity = entityOf(args[0], scope);
    // `em.insert(author)`, `em.upsert(author)` take an instance.
    if (entity === null && !/^(?:insert|upsert)/.test(link.name)) draft.complete = false;
    named(draft, receiver, entity);
    if (entity !== null || args.length > 1) args = args.slice(1);
  } else if (receiver.kind === 'repository') named(draft, receiver, receiver.entity);
  for (const [index, kind] of method.args.entries()) {
    const argument = args[index];
    if (!argument) continue;
    if (kind === 'where') readWhere(argument, draft, scope);
    else if (kind === 'options') readOptions(argument, draft, scope);
    else if (kind === 'data') readWrites(argument, draft, scope);
    else if (kind === 'populate') readPopulate(argument, '', draft, scope);
  }
  return draft;
}

/** `em.execute('select …')`, `em.getConnection().execute(…)` */
function rawDraft(link: Link, scope: Scope): Draft | null {
  const [argument] = link.args;
  const sql = argument
    ? (sqlTextOf(argument, scope.text, scope.constantOf) ??
      sqlTextOf(scope.literal(argument), scope.text, scope.constantOf))
    : null;
  if (!sql) return null;
  const draft = newDraft(link.name, 'raw', 'many');
  draft.sql = rawSqlOf(sql, scope.lines);
  applyStatement(sql.sql, draft.sql.at, draft);
  return draft;
}

/** `em.transactional(async (em) => …)`; `em.begin()` … `em.commit()`. */
function transactionOf(chain: Chain, span: CallSpan, scope: Scope): Transaction | null {
  const at = chain.links.findIndex(
    ({ kind, name }) => kind === 'call' && (transactionMethods.has(name) || name === 'begin'),
  );
  const link = chain.links[at];
  const receiver = link ? receiverAt(chain, at, scope) : null;
  if (!link || receiver?.kind !== 'manager') return null;
  const { start, end } = link.node;
  const options = link.name === 'begin' ? link.args[0] : link.args[1];
  const base = {
    api: link.name,
    isolation: options ? isolationOf(options, scope) : null,
    function: span.function,
    at: scope.lines.range(start, end),
  };
  if (link.name === 'begin') return { ...base, client: receiver.client, body: null };
  const [first] = link.args;
  const callback = first ? unwrap(first) : undefined;
  const body = scope.outline.functions.findIndex(
    (candidate) => candidate.start === callback?.start && candidate.end === callback.end,
  );
  // Without a parameter the manager itself is the transaction's, by the context that the callback runs in.
  const client = scope.outline.functions[body]?.parameters[0]?.name ?? receiver.client;
  return body === -1 ? null : { ...base, client, body };
}

function isolationOf(node: Syn, scope: Scope): string | null {
  const value = scope.literal(node);
  if (value.type !== 'object') return null;
  const level = objectParts(value, scope.text).properties.find(({ key }) => key === 'isolationLevel')?.value;
  if (!level) return null;
  const text = scope.text.slice(level.start, level.end).replace(/^.*\.|['"]/g, '');
  return text.replaceAll('_', ' ').toUpperCase();
}
