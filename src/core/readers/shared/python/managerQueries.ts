/** Queries of ORMs whose models make them by chained calls with look-ups in keyword arguments: Django and Tortoise. */
import type { FileFacts, Query } from '../../../schema/code.ts';
import type { SourceFile } from '../../reader.ts';
import { applyStatement } from '../sql/applyStatement.ts';
import { newDraft } from '../typescript/queryDraft.ts';
import type { Draft } from '../typescript/queryDraft.ts';
import { chainsOf } from './chains.ts';
import type { PyChain, PyLink } from './chains.ts';
import { useOf } from './facts.ts';
import { anyPath, literalsIn, namesIn, readConditions, readPaths, readSorts, readWrites } from './lookups.ts';
import type { LookupSource } from './lookups.ts';
import { pythonOutline, textOf } from './outline.ts';
import type { PyCallSpan, PyOutline } from './outline.ts';
import { sqlArgument, sqlTextOf } from './sqlTexts.ts';
import { transactionsOf } from './transactions.ts';

export interface ManagerDialect {
  /** The model a chain starts from, with the index of its first call; null where it starts from none. */
  start(chain: PyChain): Start | null;
  /** What a chain goes on from that begins elsewhere: as it were written in one. */
  continues?(chain: PyChain, outline: PyOutline): Continued | null;
}

export interface Continued {
  readonly chain: PyChain;
  readonly start: Start;
  /** Variable that holds what it goes on from. */
  readonly from?: string;
}

export interface Start {
  readonly entity: string | null;
  /** `order.items`: only linking can tell what it leads to. */
  readonly receiver: string | null;
  readonly first: number;
}

type Operation = Query['operation'];

/** What they yield asks nothing until its rows are wanted (docs.djangoproject.com/en/5.2/topics/db/queries/#querysets-are-lazy). */
const deferred =
  /^(?:all|filter|exclude|annotate|alias|order_by|select_related|prefetch_related|using|distinct|values|values_list|only|defer|union)$/u;

/** Methods that end a chain, and those that only add to it (`select`). */
const ends: Readonly<Record<string, readonly [Operation, Query['rows']]>> = {
  get: ['select', 'one'],
  first: ['select', 'one'],
  last: ['select', 'one'],
  latest: ['select', 'one'],
  earliest: ['select', 'one'],
  get_or_none: ['select', 'one'],
  in_bulk: ['select', 'many'],
  count: ['count', 'one'],
  exists: ['exists', 'one'],
  contains: ['exists', 'one'],
  aggregate: ['aggregate', 'one'],
  create: ['insert', 'one'],
  bulk_create: ['insert', 'many'],
  get_or_create: ['upsert', 'one'],
  update_or_create: ['upsert', 'one'],
  update: ['update', 'none'],
  bulk_update: ['update', 'none'],
  delete: ['delete', 'none'],
  raw: ['raw', 'many'],
};
const steps = new Set(
  (
    'all filter exclude order_by values values_list select_related prefetch_related annotate alias distinct only defer union intersection ' +
    'difference iterator aiterator reverse select_for_update using none dates datetimes extra complex_filter limit offset using_db group_by ' +
    'fetch_related use_index force_index sql'
  ).split(' '),
);

/** Asynchronous twins of Django: `aget`, `acreate`. */
function plainName(name: string): string {
  const rest = name.slice(1);
  return name.startsWith('a') && Object.hasOwn(ends, rest) ? rest : name;
}

export function isQueryMethod(name: string): boolean {
  return steps.has(name) || Object.hasOwn(ends, plainName(name));
}

export function readManagerQueries(file: SourceFile, facts: FileFacts, dialect: ManagerDialect): FileFacts {
  const outline = pythonOutline(file.parsed());
  const source = { text: file.text, lines: file.lines };
  const begun: Begun[] = [];
  const loaded = new Set<string>();
  const queries = chainsOf(outline).flatMap(({ chain, span }) => {
    for (const { name, args } of chain.links)
      if (loading.test(name)) for (const { path } of readPaths(args, source)) if (path !== anyPath) loaded.add(path);
    const raw = executedSql(chain, source);
    if (raw) return [finished(raw, chain, span, outline, source)];
    const start = dialect.start(chain);
    const whole = start
      ? { chain, start }
      : (continued(chain, begun, outline) ?? dialect.continues?.(chain, outline) ?? null);
    const draft = whole && draftOf(whole.chain, source, whole.start);
    if (!draft) return [];
    const query = finished(draft, whole.chain, span, outline, source, whole.from);
    if (query.result !== null && query.deferred && draft.limit === null)
      begun.push({ chain: whole.chain, start: whole.start, name: query.result, function: query.function });
    return [query];
  });
  return {
    ...facts,
    queries: queries.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column),
    ...(loaded.size > 0 ? { loadPaths: [...loaded].sort() } : {}),
  };
}

const loading = /^(?:select|prefetch|fetch)_related$/;

/** `cursor.execute("…")`, `connection.execute_query("…")`. */
export function executedSql(chain: PyChain, source: LookupSource): Draft | null {
  const at = chain.links.findIndex(
    ({ kind, name }) =>
      kind === 'call' &&
      /^(?:execute|executemany|execute_query|execute_query_dict|execute_script|execute_sql|fetch_all|fetch_one)$/.test(
        name,
      ),
  );
  const link = chain.links[at];
  const argument = link ? sqlArgument(link.args, source) : null;
  const text = argument && sqlTextOf(argument, source);
  if (!link || !text) return null;
  const draft = newDraft(link.name, 'raw', 'unknown');
  draft.sql = text.raw;
  applyStatement(text.sql, text.raw.at, draft);
  return draft;
}

/** A set of rows that a variable holds, which nothing has asked for yet. */
interface Begun extends Continued {
  readonly name: string;
  readonly function: number | null;
}

/** `orders.select_related("customer")`, where `orders` is a set of rows described before. */
function continued(chain: PyChain, begun: readonly Begun[], outline: PyOutline): Continued | null {
  const [first] = chain.links;
  if (chain.rootName === null || first?.kind !== 'call' || !isQueryMethod(first.name)) return null;
  const within = new Set<number | null>();
  for (let at = outline.functionOf(chain.node); at !== null; at = outline.functions[at]?.parent ?? null) within.add(at);
  const before = begun.findLast(
    (each) =>
      each.name === chain.rootName &&
      each.chain.node.startIndex < chain.node.startIndex &&
      (within.has(each.function) || (each.function === null && within.size === 0)),
  );
  if (!before || before.chain.links.length + chain.links.length > longest) return null;
  const whole = { ...chain, links: [...before.chain.links, ...chain.links] };
  return { chain: whole, start: before.start, from: before.name };
}

/** A variable that grows in each of many steps is built by a machine. */
const longest = 60;

function draftOf(chain: PyChain, source: LookupSource, start: Start): Draft | null {
  const links = chain.links.slice(start.first);
  const { used, skipped } = stepsOf(links);
  const [head] = used;
  if (head?.kind !== 'call') return null;
  const last = used.findLast(({ kind, name }) => kind === 'call' && Object.hasOwn(ends, plainName(name)));
  const [operation, rows] = last ? (ends[plainName(last.name)] ?? ['select', 'many']) : (['select', 'many'] as const);
  const draft = newDraft((last ?? used.findLast(({ kind }) => kind === 'call') ?? head).name, operation, rows);
  draft.entity = start.entity;
  draft.receiver = start.receiver;
  for (const link of used) readLink(link, draft, source);
  if (skipped) draft.complete = false;
  return draft;
}

/**
 * Links up to what the library does not know. A method of the project's own set of rows goes on with it where steps of the library
 * follow: `orders.filter(…).open().select_related("customer")`.
 */
function stepsOf(links: readonly PyLink[]): { readonly used: readonly PyLink[]; readonly skipped: boolean } {
  const isOwn = ({ kind, name }: PyLink): boolean => kind === 'name' || (kind === 'call' && !isQueryMethod(name));
  const first = links.findIndex(isOwn);
  if (first === -1) return { used: links, skipped: false };
  const end = links.findLastIndex(({ kind, name }) => kind === 'call' && steps.has(name)) + 1;
  const goesOn =
    first > 0 &&
    end > first &&
    links.slice(0, end).every(({ kind, name }) => kind === 'call' && !Object.hasOwn(ends, plainName(name)));
  return goesOn
    ? {
        used: [...links.slice(0, end).filter((link) => !isOwn(link)), ...stepsOf(links.slice(end)).used],
        skipped: true,
      }
    : { used: links.slice(0, first), skipped: false };
}

function readLink(link: PyLink, draft: Draft, source: LookupSource): void {
  const { args } = link;
  if (link.kind === 'index') {
    readIndex(link, draft, source);
    return;
  }
  switch (plainName(link.name)) {
    case 'filter':
    case 'get':
    case 'get_or_none':
    case 'get_or_create':
    case 'update_or_create':
    case 'complex_filter':
      readConditions(args, source, draft, false);
      break;
    case 'exists':
      readConditions(args, source, draft, false);
      break;
    case 'exclude':
      readConditions(args, source, draft, true);
      break;
    case 'order_by':
      draft.sorts.push(...readSorts(args, source));
      break;
    case 'latest':
    case 'earliest':
      draft.sorts.push(...readSorts(args, source).map((sort) => ({ ...sort, direction: 'desc' as const })));
      break;
    case 'select_related':
      draft.loads.push(...readPaths(args, source));
      draft.loading ??= 'join';
      break;
    case 'prefetch_related':
      draft.loads.push(...readPaths(args, source));
      draft.loading = 'query';
      break;
    case 'values':
    case 'values_list':
    case 'only':
      draft.selects =
        args.length === 0
          ? draft.selects
          : readPaths(args, source).flatMap(({ path }) => (path === anyPath ? [] : [path]));
      break;
    case 'select_for_update':
      draft.lock = 'for update';
      break;
    case 'create':
    case 'update':
      draft.writes.push(...readWrites(args, source));
      break;
    case 'limit':
    case 'offset': {
      const [first] = args;
      const value = first?.type === 'integer' ? Number(source.text.slice(first.startIndex, first.endIndex)) : null;
      const part = { value, at: source.lines.range(link.node.startIndex, link.node.endIndex) };
      if (link.name === 'limit') draft.limit = part;
      else draft.offset = part;
      break;
    }
    case 'raw': {
      const argument = sqlArgument(args, source);
      const text = argument && sqlTextOf(argument, source);
      draft.complete = false;
      if (!text) break;
      draft.sql = text.raw;
      applyStatement(text.sql, text.raw.at, draft);
      break;
    }
  }
}

/** `[:10]`, `[20:40]`, `[0]`. */
export function readIndex({ args: [index], node }: PyLink, draft: Draft, { text, lines }: LookupSource): void {
  if (!index) return;
  const at = lines.range(node.startIndex, node.endIndex);
  const written = text.slice(index.startIndex, index.endIndex);
  if (index.type !== 'slice') {
    draft.limit = { value: 1, at };
    draft.rows = 'one';
    return;
  }
  const [from = '', to = ''] = written.split(':').map((part) => part.trim());
  const number = (part: string): number | null => (/^\d+$/.test(part) ? Number(part) : null);
  const [start, stop] = [number(from), number(to)];
  if (to !== '') draft.limit = { value: stop === null ? null : stop - (start ?? 0), at };
  if (from !== '') draft.offset = { value: start, at };
}

/** The number of the next group is of use while reading alone. */
function withoutGroup({ nextGroup: _, ...query }: Draft): Omit<Draft, 'nextGroup'> {
  return query;
}

export function finished(
  draft: Draft,
  chain: PyChain,
  span: PyCallSpan,
  outline: PyOutline,
  source: LookupSource,
  from?: string,
): Query {
  const { node } = chain;
  const use = useOf(node, source.text);
  const at = source.lines.range(node.startIndex, node.endIndex);
  // Further conditions may follow: `orders = orders.filter(…)`.
  const grows =
    use.result !== null &&
    new RegExp(String.raw`\b${use.result.replace(/^this\./, '')}\s*\.\s*(?:filter|exclude)\(`).test(source.text);
  const transaction = transactionsOf(outline).findLastIndex(
    ({ bodyStart, bodyEnd }) => bodyStart <= node.startIndex && node.endIndex <= bodyEnd,
  );
  return {
    ...withoutGroup(draft),
    ...(draft.limit === null && isCutLater(use.result, node.endIndex, source) ? { limit: { value: null, at } } : {}),
    ...(isPutTogether(draft, chain, source.text) || (from === undefined && isRefined(draft, chain, use.result))
      ? { rows: 'unknown' as const }
      : {}),
    ...(deferred.test(draft.api) ? { deferred: true as const } : {}),
    ...(from === undefined ? {} : { continues: from }),
    // `all()` says that every row is meant; `bulk_update` is given its rows.
    ...(/^a?(?:update|delete)$/.test(draft.api) && !chain.links.some(({ name }) => name === 'all')
      ? { bySet: true as const }
      : {}),
    ...(draft.api === 'raw' ? { asEntities: true as const } : {}),
    complete: draft.complete && !(grows && draft.operation === 'select'),
    uses: namesIn(
      chain.links.flatMap(({ args }) => args),
      source,
    ),
    literals: literalsIn(
      chain.links.flatMap(({ args }) => args),
      source,
    ),
    result: use.result,
    awaited: true,
    function: outline.functionOf(node),
    loop: outline.loopOf(node) ?? (span.node.index === node.index ? span.loop : null),
    transaction: transaction === -1 ? null : transaction,
    inTransactionClient: transaction !== -1,
    at,
  };
}

/** `orders = orders[:MOST]` further on. */
function isCutLater(result: string | null, from: number, { text }: LookupSource): boolean {
  if (result === null || !/^\w+$/.test(result)) return false;
  const cut = new RegExp(String.raw`^[ \t]+${result}\s*=\s*${result}\[[^\]\n]*:[ \t]*[^\]\s][^\n]*\]`, 'm');
  const [body = ''] = text.slice(from, from + nearby).split(/\n(?:[ \t]*(?:async )?def |class )/);
  return cut.test(body);
}

/** As far as a function goes on that anybody reads. */
const nearby = 4000;

/** A set of rows that becomes a part of another query: `found |= Item.objects.filter(…)`, `parts.append(Item.select())`, `….alias('i')`. */
function isPutTogether({ operation, rows }: Draft, { node, links }: PyChain, text: string): boolean {
  if (operation !== 'select' || rows !== 'many') return false;
  if (subquery.test(links.at(-1)?.name ?? '')) return true;
  // `Exists(Order.objects.filter(buyer=OuterRef("pk")))`
  if (/\bOuterRef\(/.test(text.slice(node.startIndex, node.endIndex))) return true;
  const { parent } = node;
  if (parent?.type === 'augmented_assignment')
    return /^[|&]=$/.test(textOf(parent.childForFieldName('operator'), text) ?? '');
  const call = parent?.type === 'argument_list' ? parent.parent : null;
  return call?.type === 'call' && (textOf(call.childForFieldName('function'), text) ?? '').endsWith('.append');
}

/** `orders = orders.filter(…)` only says more of what is asked later on. */
function isRefined({ api }: Draft, { rootName, links }: PyChain, result: string | null): boolean {
  return result !== null && result === rootName && links[0]?.name !== 'objects' && deferred.test(api);
}

const subquery = /^(?:alias|subquery|cte)$/;
