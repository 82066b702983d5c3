/** Finds the queries of Sequelize's models in a file. Linking decides which receivers are models. */
import type { FileFacts, Transaction } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { applyStatement } from '../shared/sql/applyStatement.ts';
import { inTransaction, lastOwn, queryOf } from '../shared/typescript/foundQuery.ts';
import type { Found } from '../shared/typescript/foundQuery.ts';
import { modelReceiverAt } from '../shared/typescript/modelReceiver.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import type { CallSpan } from '../shared/typescript/outline.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { assignmentBefore } from '../shared/typescript/scan.ts';
import { scopeOf } from '../shared/typescript/scope.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { rawSqlOf, sqlTextOf } from '../shared/typescript/sqlText.ts';
import { chainOf, property, Syn, unwrap, usesOf } from '../shared/typescript/syn.ts';
import type { Chain, Link } from '../shared/typescript/syn.ts';
import { accessor, instanceMethods, modelMethods, queried, uncertain } from './api.ts';
import { addWrites, isConstant, readOptions, transactionOf } from './options.ts';

const interesting = new RegExp(
  `\\b(?:${[...modelMethods.keys()].join('|')}|query|transaction|get[A-Z]\\w*|count[A-Z]\\w*)\\b`,
);
const instanceName = /sequelize|^(?:db|database|connection|conn|orm|sql)$/i;

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = outlineOf(file.parsed());
  const scope = scopeOf(outline, facts, file.lines);
  const transactions = [...facts.transactions];
  const found: Found[] = [];
  for (const span of outline.calls) {
    if (span.chained || span.constructs || !interesting.test(span.callee)) continue;
    const chain = chainOf(new Syn(span.node), file.text);
    const transaction = transactionAt(chain, span, scope);
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
    const draft =
      link.name === 'query' && isInstance(chain, at)
        ? readRaw(link, scope)
        : modelMethods.has(link.name)
          ? readModelCall(chain, at, link, scope)
          : readAccessor(chain, at, link, scope);
    if (!draft) continue;
    return queryOf(
      draft,
      link.node,
      usesOf(link.args, scope.text),
      transactionOf(link.args, scope),
      scope,
      at === lastOwn(chain.links),
      span,
    );
  }
  return null;
}

/** `sequelize.query(…)`, `db.sequelize.query(…)`, `this.sequelize.transaction(…)`. */
function isInstance(chain: Chain, at: number): boolean {
  const before = chain.links[at - 1];
  const name = before ? before.name : chain.rootName;
  return name !== null && instanceName.test(name);
}

function readModelCall(chain: Chain, at: number, link: Link, scope: Scope): Draft | null {
  const api = modelMethods.get(link.name);
  const receiver = modelReceiverAt(chain, at, scope, queried);
  if (!api || !receiver) return null;
  const isRow = receiver.isInstance && instanceMethods.has(link.name);
  // A row has no finders, a model is not saved.
  if ((receiver.isInstance && !isRow) || (!receiver.isInstance && (link.name === 'save' || link.name === 'reload')))
    return null;
  const draft = newDraft(link.name, api.operation, api.rows);
  draft.entity = receiver.path;
  draft.receiver = api.telling ? null : uncertain;
  if (isRow) {
    const { start, end } = link.node;
    draft.filters.push({
      path: 'id',
      at: scope.lines.range(start, end),
      comparison: 'eq',
      orGroup: 0,
      wrapped: false,
      constant: false,
    });
    if (link.name === 'update') addWrites(link.args[0], draft, scope);
    if (link.name === 'save')
      draft.operation = /^(?:await\s+)?new\s/.test(scope.text.slice(chain.root.start, chain.root.end))
        ? 'insert'
        : 'update';
    return draft;
  }
  for (const [index, kind] of api.args.entries()) {
    const node = link.args[index];
    if (!node) continue;
    const inner = unwrap(node);
    const place = scope.lines.range(node.start, node.end);
    const text = /^(?:string)$/.test(inner.type) ? scope.text.slice(inner.start + 1, inner.end - 1) : null;
    if (kind === 'options') readOptions(node, draft, scope);
    else if (kind === 'values') addWrites(node, draft, scope);
    else if (kind === 'key')
      draft.filters.push({
        path: 'id',
        at: place,
        comparison: 'eq',
        orGroup: 0,
        wrapped: false,
        constant: isConstant(inner),
      });
    else if (kind === 'column' && text !== null) draft.selects = [text];
    else if (kind === 'fields') {
      if (text !== null) draft.writes.push({ path: text, at: place });
      else if (inner.type === 'array')
        for (const kid of inner.kids)
          if (kid.type === 'string')
            draft.writes.push({ path: scope.text.slice(kid.start + 1, kid.end - 1), at: place });
      addWrites(node, draft, scope);
    }
  }
  const text = scope.text.slice(link.node.start, link.node.end);
  // Of `truncate` the name says what it does.
  if (api.operation === 'delete' || api.operation === 'update') {
    if (/\bwhere\b/u.test(text) && !/\btruncate\s*:\s*true/u.test(text)) draft.bySet = true;
  } else if (draft.limit !== null && /\bsubQuery\s*:\s*false/u.test(text))
    // Without the subquery that it limits rows in by itself, the limit is that of the join.
    draft.limit = { ...draft.limit, counts: 'joined-rows' };
  // `update(values)` of something that is no row would change every row; more likely it is another library's.
  if ((link.name === 'update' || link.name === 'create') && link.args.length === 0) return null;
  return draft;
}

/** `user.getPosts()`, `await order.getCustomer()`, `user.countPosts()`. */
function readAccessor(chain: Chain, at: number, link: Link, scope: Scope): Draft | null {
  const match = /^(get|count)([A-Z]\w*)$/.exec(link.name);
  const relation = match?.[2];
  const isPlain = chain.links.slice(0, at).every(({ kind }) => kind === 'property');
  if (relation === undefined || !isPlain || chain.rootName === null || link.args.length > 1) return null;
  const [options] = link.args;
  if (options && unwrap(options).type !== 'object') return null;
  const draft = newDraft(link.name, match?.[1] === 'count' ? 'count' : 'load', 'unknown');
  draft.entity = relation;
  draft.receiver = accessor;
  if (options) readOptions(options, draft, scope);
  return draft;
}

function readRaw(link: Link, scope: Scope): Draft | null {
  const [first] = link.args;
  if (!first) return null;
  const draft = newDraft('query', 'raw', 'unknown');
  // `query({ query: '…', values: […] })`
  const stated = scope.literal(first);
  const node = stated.type === 'object' ? property(stated, 'query', scope.text) : first;
  const sql = node
    ? (sqlTextOf(node, scope.text, scope.constantOf) ?? sqlTextOf(scope.literal(node), scope.text, scope.constantOf))
    : null;
  if (!sql) {
    draft.complete = false;
    return draft;
  }
  draft.sql = rawSqlOf(sql, scope.lines);
  const second = link.args[1] ? scope.literal(link.args[1]) : undefined;
  if (second?.type === 'object' && property(second, 'model', scope.text)) draft.asEntities = true;
  applyStatement(sql.sql, draft.sql.at, draft);
  return draft;
}

const isolation = /ISOLATION_LEVELS\.(\w+)|isolationLevel\s*:\s*['"`]([\w ]+)['"`]/;

function transactionAt(chain: Chain, span: CallSpan, scope: Scope): Transaction | null {
  const at = chain.links.findIndex(
    ({ kind, name }) => kind === 'call' && (name === 'transaction' || name === 'startUnmanagedTransaction'),
  );
  const link = chain.links[at];
  if (!link || !isInstance(chain, at)) return null;
  const { start, end } = link.node;
  const level = isolation.exec(
    link.args.map((each) => scope.text.slice(each.start, Math.min(each.end, each.start + 400))).join(' '),
  );
  const base = {
    api: link.name,
    isolation: (level?.[1] ?? level?.[2])?.replaceAll('_', ' ').toUpperCase() ?? null,
    function: span.function,
    at: scope.lines.range(start, end),
  };
  const callback = link.args.at(-1);
  const inner = callback ? unwrap(callback) : undefined;
  const body = inner
    ? scope.outline.functions.findIndex((each) => each.start === inner.start && each.end === inner.end)
    : -1;
  if (body !== -1) return { ...base, client: scope.outline.functions[body]?.parameters[0]?.name ?? null, body };
  return { ...base, client: assignmentBefore(scope.text, span.start).target, body: null };
}
