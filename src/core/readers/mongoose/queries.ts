/** Finds the queries of Mongoose's models in a file. Linking decides which receivers are models. */
import type { Comparison, DataSource, FileFacts, Transaction } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import { urlWithPassword } from '../shared/connectionUrl.ts';
import { inTransaction, lastOwn, queryOf } from '../shared/typescript/foundQuery.ts';
import type { Found } from '../shared/typescript/foundQuery.ts';
import { modelReceiverAt } from '../shared/typescript/modelReceiver.ts';
import type { ModelReceiver } from '../shared/typescript/modelReceiver.ts';
import { outlineOf } from '../shared/typescript/outline.ts';
import type { CallSpan } from '../shared/typescript/outline.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { assignmentBefore } from '../shared/typescript/scan.ts';
import { scopeOf } from '../shared/typescript/scope.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import {
  chainOf,
  functionTypes,
  objectParts,
  pathOf,
  stringValue,
  Syn,
  unwrap,
  usesOf,
} from '../shared/typescript/syn.ts';
import type { Chain, Link } from '../shared/typescript/syn.ts';
import { documentMethods, modelMethods, queried, uncertain } from './api.ts';
import {
  isConstant,
  numberAt,
  readDocuments,
  readFilter,
  readPipeline,
  readPopulate,
  readSelect,
  readSort,
  readUpdate,
} from './filters.ts';

const interesting = new RegExp(
  `\\b(?:${[...modelMethods.keys()].join('|')}|withTransaction|startTransaction|transaction)\\b`,
);

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = outlineOf(file.parsed());
  const scope = scopeOf(outline, facts, file.lines);
  const transactions = [...facts.transactions];
  const found: Found[] = [];
  const dataSources: DataSource[] = [];
  for (const span of outline.calls) {
    if (span.chained) continue;
    if (/\.(?:connect|createConnection|forRoot|forRootAsync)$/.test(span.callee)) {
      const source = dataSourceOf(span, scope);
      if (source) dataSources.push(source);
    }
    if (span.constructs || !interesting.test(span.callee)) continue;
    const chain = chainOf(new Syn(span.node), file.text);
    const transaction = transactionAt(chain, span, scope);
    if (transaction) {
      transactions.push(transaction);
      continue;
    }
    const query = readChain(chain, span, scope);
    if (query) found.push(query);
  }
  const queries = found
    .map((query) => inTransaction(query, transactions, scope))
    .toSorted((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return { ...facts, queries, transactions, dataSources };
}

function readChain(chain: Chain, span: CallSpan, scope: Scope): Found | null {
  const at = chain.links.findIndex(({ kind, name }) => kind === 'call' && modelMethods.has(name));
  const link = chain.links[at];
  const api = link ? modelMethods.get(link.name) : undefined;
  const receiver = link ? (modelReceiverAt(chain, at, scope, queried) ?? null) : null;
  if (!link || !api || !receiver) return null;
  const [first] = link.args;
  // `rows.find(row => …)` is a method of arrays.
  if (first && functionTypes.has(unwrap(first).type)) return null;
  const isDocument = receiver.isInstance && documentMethods.has(link.name) && link.name !== 'updateOne';
  const named = repositoryModel(receiver, chain, scope);
  if (receiver.isInstance && !isDocument && named === receiver.path) return null;
  if (!receiver.isInstance && link.name === 'save') return null;
  const draft = newDraft(link.name, api.operation, api.rows);
  draft.entity = named;
  draft.receiver = api.telling && /^[A-Z]|Model$/.test(named.slice(named.lastIndexOf('.') + 1)) ? null : uncertain;
  if (isDocument && link.args.length === 0) {
    const { start, end } = link.node;
    draft.filters.push({
      path: '_id',
      at: scope.lines.range(start, end),
      comparison: 'eq',
      orGroup: 0,
      wrapped: false,
      constant: false,
    });
    if (link.name === 'save')
      draft.operation =
        /^(?:await\s+)?new\s/.test(scope.text.slice(chain.root.start, chain.root.end)) || isNew(chain, scope)
          ? 'insert'
          : 'update';
  } else readArguments(link, draft, scope);
  if (link.name === 'deleteMany' || link.name === 'updateMany') draft.bySet = true;
  const client = readRest(chain.links.slice(at + 1), draft, scope) ?? sessionOf(link.args, scope);
  const isLast = lastOwn(chain.links) >= at && chain.links.slice(at + 1).every(({ kind }) => kind === 'call');
  const end = chain.links.slice(at).findLast(({ kind }) => kind === 'call')?.node ?? link.node;
  return queryOf(
    draft,
    { start: link.node.start, end: end.end },
    usesOf(link.args, scope.text),
    client,
    scope,
    isLast,
    span,
  );
}

function isNew(chain: Chain, scope: Scope): boolean {
  const declared = chain.rootName === null ? null : scope.declaration(chain.rootName, chain.root.start);
  return /^new\s/.test(declared?.initializer ?? '');
}

/** In a class that hands its model to its base (`super(User, …)`), methods of `this` and `this.model` are that model's. */
function repositoryModel({ path }: ModelReceiver, { root }: Chain, scope: Scope): string {
  const owner = scope.classAt(root.start);
  const isOwn = path === owner || /^this\.\w*[mM]odel$/.test(path) || path === 'this.MongooseModel';
  if (!isOwn || owner === null) return path;
  const span = scope.outline.classes.findLast(({ start, end }) => start <= root.start && root.start < end);
  const handed = span ? /\bsuper\(\s*([A-Z][\w$]*)\b/.exec(scope.text.slice(span.bodyStart, span.end))?.[1] : undefined;
  return handed ?? path;
}

function readArguments(link: Link, draft: Draft, scope: Scope): void {
  const api = modelMethods.get(link.name);
  for (const [index, kind] of (api?.args ?? []).entries()) {
    const node = link.args[index];
    if (!node) continue;
    const inner = unwrap(node);
    switch (kind) {
      case 'filter':
        readFilter(node, draft, scope);
        break;
      case 'key':
        draft.filters.push({
          path: '_id',
          at: scope.lines.range(node.start, node.end),
          comparison: 'eq',
          orGroup: 0,
          wrapped: false,
          constant: isConstant(inner),
        });
        break;
      case 'update':
        readUpdate(node, draft, scope);
        break;
      case 'documents':
        readDocuments(node, draft, scope);
        break;
      case 'pipeline':
        readPipeline(node, draft, scope);
        break;
      case 'path': {
        const path = stringValue(node, scope.text);
        if (path !== null) draft.selects = [path];
      }
    }
  }
  // Projection and options: `find(filter, 'name', { sort, limit, skip, lean })`.
  if (draft.operation !== 'select' && draft.operation !== 'update') return;
  const projection = link.name.startsWith('find') && draft.operation === 'select' ? link.args[1] : undefined;
  if (projection) readSelect(projection, draft, scope);
  const options = link.args[2];
  const value = options ? scope.literal(options) : undefined;
  if (value?.type !== 'object') return;
  for (const { key, value: each } of objectParts(value, scope.text).properties) applyStep(key, [each], draft, scope);
}

function readRest(links: readonly Link[], draft: Draft, scope: Scope): string | null {
  let client: string | null = null;
  for (const { kind, name, args } of links) {
    // `(await Team.find()).find((team) => …)` goes through the rows that came.
    if (kind !== 'call' || (args[0] && functionTypes.has(unwrap(args[0]).type))) continue;
    if (name === 'session' && args[0]) client = pathOf(args[0], scope.text);
    else applyStep(name, args, draft, scope);
  }
  return client;
}

/** What follows `where(path)` says how it is compared. */
const compared: Readonly<Record<string, Comparison>> = {
  equals: 'eq',
  eq: 'eq',
  ne: 'ne',
  gt: 'range',
  gte: 'range',
  lt: 'range',
  lte: 'range',
  in: 'in',
};

/** A method of the query object, or an option of the same name. */
function applyStep(name: string, args: readonly Syn[], draft: Draft, scope: Scope): void {
  const [first] = args;
  switch (name) {
    case 'countDocuments':
    case 'count':
      draft.operation = 'count';
      draft.rows = 'one';
      return;
    case 'findOne':
      draft.rows = 'one';
      return;
  }
  if (!first) return;
  switch (name) {
    case 'sort':
      readSort(first, draft, scope);
      break;
    case 'limit':
      draft.limit = numberAt(first, scope);
      break;
    case 'skip':
      draft.offset = numberAt(first, scope);
      break;
    case 'select':
    case 'projection':
      readSelect(first, draft, scope);
      break;
    case 'populate':
      readPopulate(first, draft, scope);
      break;
    case 'where':
    case 'find':
    case 'match': {
      const path = stringValue(first, scope.text);
      if (path === null) readFilter(first, draft, scope);
      else
        draft.filters.push({
          path,
          at: scope.lines.range(first.start, first.end),
          comparison: 'other',
          orGroup: 0,
          wrapped: false,
          constant: false,
        });
      break;
    }
    case 'equals':
    case 'eq':
    case 'ne':
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
    case 'in': {
      // `where('queue').equals(queue)`
      const asked = draft.filters.at(-1);
      if (asked?.comparison === 'other')
        draft.filters[draft.filters.length - 1] = { ...asked, comparison: compared[name] ?? 'other' };
      break;
    }
    case 'or':
    case 'and':
    case 'nor': {
      const list = scope.literal(first);
      if (list.type === 'array')
        for (const kid of list.kids) readFilter(kid, draft, scope, name === 'and' ? 0 : draft.nextGroup++);
      else draft.complete = false;
    }
  }
}

function sessionOf(args: readonly Syn[], scope: Scope): string | null {
  for (const node of args) {
    const value = scope.literal(node);
    if (value.type !== 'object') continue;
    const found = objectParts(value, scope.text).properties.find(({ key }) => key === 'session');
    const path = found ? pathOf(found.value, scope.text) : null;
    if (path !== null) return path;
  }
  return null;
}

function transactionAt(chain: Chain, span: CallSpan, scope: Scope): Transaction | null {
  const link = chain.links.findLast(
    ({ kind, name }) =>
      kind === 'call' && (name === 'withTransaction' || name === 'startTransaction' || name === 'transaction'),
  );
  if (!link) return null;
  const { start, end } = link.node;
  const base = { api: link.name, isolation: null, function: span.function, at: scope.lines.range(start, end) };
  const client = chain.rootName;
  if (link.name === 'startTransaction') return { ...base, client, body: null };
  const callback = link.args.find((each) => functionTypes.has(unwrap(each).type));
  const inner = callback ? unwrap(callback) : undefined;
  const body = inner
    ? scope.outline.functions.findIndex((each) => each.start === inner.start && each.end === inner.end)
    : -1;
  if (body === -1) return null;
  const parameter = scope.outline.functions[body]?.parameters[0]?.name;
  // `session.withTransaction(async () => …)`: the session itself is the client.
  return { ...base, client: parameter ?? assignmentBefore(scope.text, span.start).target ?? client, body };
}

function dataSourceOf(span: CallSpan, scope: Scope): DataSource | null {
  const owner = /(\w+)\.(?:connect|createConnection|forRoot|forRootAsync)$/.exec(span.callee)?.[1] ?? '';
  if (!/^(?:mongoose|MongooseModule|TypegooseModule)$/.test(owner)) return null;
  const args = new Syn(span.node).kids.findLast(({ type }) => type === 'arguments')?.kids ?? [];
  const url = args[0] ? stringValue(scope.literal(args[0]), scope.text) : null;
  const values = new Map<string, string>();
  for (const node of args) {
    const value = scope.literal(node);
    if (value.type === 'object')
      for (const { key, value: each } of objectParts(value, scope.text).properties)
        values.set(key, scope.text.slice(each.start, each.end));
  }
  const number = (...keys: readonly string[]): number | null => {
    const text = keys
      .map((key) => values.get(key)?.replaceAll('_', ''))
      .find((each) => each !== undefined && /^\d+$/.test(each));
    return text === undefined ? null : Number(text);
  };
  const tls = values.get('tls') ?? values.get('ssl');
  const password = values.get('pass') ?? '';
  return {
    dialect: 'mongodb',
    synchronize: null,
    migrationsRun: null,
    dropSchema: null,
    tls: tls === 'true' ? true : tls === 'false' ? false : (url?.startsWith('mongodb+srv:') ?? false) ? true : null,
    poolSize: number('maxPoolSize', 'poolSize'),
    timeoutMs: number('socketTimeoutMS', 'serverSelectionTimeoutMS', 'connectTimeoutMS'),
    passwordInFile: urlWithPassword(url) || /^['"`][^'"`]+['"`]$/.test(password),
    namingStrategy: null,
    entityPrefix: null,
    namespace: null,
    entities: [],
    migrations: [],
    at: scope.lines.range(span.start, span.end),
  };
}
