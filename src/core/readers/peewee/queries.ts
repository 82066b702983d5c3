/** Peewee's queries: class methods of models and what is chained to them. */
import type { FileFacts, Query } from '../../schema/code.ts';
import type { TreeNode } from '../../syntax/treeNode.ts';
import type { SourceFile } from '../reader.ts';
import { chainsOf } from '../shared/python/chains.ts';
import type { PyChain, PyLink } from '../shared/python/chains.ts';
import { uncertainModel } from '../shared/python/linkManagerQueries.ts';
import { readConditions, rangeOf } from '../shared/python/lookups.ts';
import type { LookupSource } from '../shared/python/lookups.ts';
import { executedSql, finished, readIndex } from '../shared/python/managerQueries.ts';
import { pythonOutline, textOf } from '../shared/python/outline.ts';
import { sqlTextOf } from '../shared/python/sqlTexts.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { modelsNamed, modelsSelected, prefetchedWith } from './loads.ts';
import { columnOf, readCondition } from './conditions.ts';

const queries =
  /\.(?:select|insert|insert_many|update|delete|get|get_or_none|get_by_id|get_or_create|create|bulk_create|bulk_update|delete_by_id|execute_sql)\(/;

/** `Order.select()`, `database.execute_sql(…)`: no other library need be named by the file. */
const ofModels =
  /\b[A-Z]\w*\.(?:select|insert|insert_many|update|delete|get_or_none|get_by_id|get_or_create|create|bulk_create|delete_by_id)\(|\.execute_sql\(/;

export function asksModels(text: string): boolean {
  return ofModels.test(text);
}

export function mayHoldQueries(text: string): boolean {
  return queries.test(text);
}

/** Methods of models; the rest of a chain refines. */
const starts: Readonly<Record<string, readonly [Query['operation'], Query['rows']]>> = {
  select: ['select', 'many'],
  filter: ['select', 'many'],
  get: ['select', 'one'],
  get_or_none: ['select', 'one'],
  get_by_id: ['select', 'one'],
  get_or_create: ['upsert', 'one'],
  create: ['insert', 'one'],
  insert: ['insert', 'one'],
  insert_many: ['insert', 'many'],
  insert_from: ['insert', 'many'],
  bulk_create: ['insert', 'many'],
  replace: ['upsert', 'one'],
  replace_many: ['upsert', 'many'],
  update: ['update', 'none'],
  bulk_update: ['update', 'none'],
  set_by_id: ['update', 'none'],
  delete: ['delete', 'none'],
  delete_by_id: ['delete', 'none'],
  raw: ['raw', 'many'],
};
const single = new Set(['get', 'get_or_none', 'first', 'scalar', 'peek']);

export function readQueries(file: SourceFile, facts: FileFacts): FileFacts {
  const outline = pythonOutline(file.parsed());
  const source = { text: file.text, lines: file.lines };
  const found = chainsOf(outline).flatMap(({ chain, span }) => {
    const draft = executedSql(chain, source) ?? draftOf(chain, source);
    return draft ? [finished(draft, chain, span, outline, source)] : [];
  });
  return { ...facts, queries: found.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column) };
}

/** `Order.select()…`, `models.Order.get(…)`. */
function draftOf(chain: PyChain, source: LookupSource): Draft | null {
  const { rootName, links } = chain;
  const first = links.findIndex(({ kind }) => kind !== 'name');
  const head = links[first];
  if (rootName === null || head?.kind !== 'call') return null;
  const names = [rootName, ...links.slice(0, first).map(({ name }) => name)];
  const entity = names.at(-1) ?? '';
  const stated = Object.hasOwn(starts, head.name) ? starts[head.name] : undefined;
  if (!stated || !/^[A-Z][A-Za-z]*[a-z]\w*$|^[A-Z]$/.test(entity)) return null;
  const draft = newDraft(head.name, stated[0], stated[1]);
  draft.entity = entity;
  draft.receiver = uncertainModel;
  readStart(head, draft, source);
  for (const link of links.slice(first + 1)) readLink(link, draft, source);
  // Beside its own model, those of `select` come with the rows where they are joined.
  const selected = head.name === 'select' && draft.joins.length > 0 ? modelsSelected(head.args, source.text) : [];
  const loaded = [...selected.filter((name) => name !== entity), ...prefetchedWith(chain, source.text)];
  draft.loads.push(...loaded.map((path) => ({ path, at: rangeOf(head.node, source) })));
  return draft;
}

function readStart(link: PyLink, draft: Draft, source: LookupSource): void {
  const { args, name } = link;
  if (name === 'get_by_id' || name === 'delete_by_id' || name === 'set_by_id')
    draft.filters.push({
      path: 'id',
      at: rangeOf(link.node, source),
      comparison: 'eq',
      orGroup: 0,
      wrapped: false,
      constant: args[0]?.type === 'integer',
    });
  else if (name === 'get' || name === 'get_or_none') where(args, draft, source);
  else if (name === 'filter' || name === 'get_or_create') readConditions(args, source, draft, false);
  else if (/^(?:create|insert|update|replace)$/.test(name)) draft.writes.push(...writesOf(args, source));
  else if (name === 'raw') {
    const statement = args[0] ? sqlTextOf(args[0], source) : null;
    if (statement) draft.sql = statement.raw;
  } else if (name === 'select') {
    // `select(Order, Customer)` with a join fills both.
    const columns = args.flatMap((arg) => columnOf(arg, source)?.path ?? []);
    draft.selects = columns.length > 0 && columns.length === args.length ? columns : null;
    // `select(fn.MAX(Order.id))` answers with one row, as long as nothing groups.
    if (args.length > 0 && args.every((arg) => aggregate.test(textOf(arg, source.text) ?? ''))) {
      draft.operation = 'aggregate';
      draft.rows = 'one';
    }
  }
}

const aggregate = /^fn\.(?:max|min|sum|avg|count|total|group_concat)\(/i;

/** `update(state="x")`, `update({Order.state: "x"})`, `insert({"state": "x"})`. */
function writesOf(args: readonly TreeNode[], source: LookupSource): Draft['writes'] {
  return args.flatMap((arg) => {
    if (arg.type === 'keyword_argument') {
      const name = textOf(arg.childForFieldName('name'), source.text) ?? '';
      return [{ path: name, at: rangeOf(arg, source) }];
    }
    if (arg.type !== 'dictionary') return [];
    return arg.namedChildren.flatMap((pair) => {
      const key = pair.childForFieldName('key');
      const path = key
        ? (columnOf(key, source)?.path ?? /^["'](\w+)["']$/.exec(textOf(key, source.text) ?? '')?.[1])
        : undefined;
      return path === undefined ? [] : [{ path, at: rangeOf(pair, source) }];
    });
  });
}

function where(args: readonly TreeNode[], draft: Draft, source: LookupSource): void {
  for (const arg of args) {
    if (arg.type === 'keyword_argument') readConditions([arg], source, draft, false);
    else readCondition(arg, source, draft);
  }
}

function readLink(link: PyLink, draft: Draft, source: LookupSource): void {
  const { args, name, kind, node } = link;
  if (kind === 'index') {
    readIndex(link, draft, source);
    return;
  }
  if (kind !== 'call') return;
  const at = rangeOf(node, source);
  const [first, second] = args;
  const number = (arg: TreeNode | undefined): number | null =>
    arg?.type === 'integer' ? Number(textOf(arg, source.text)) : null;
  if (single.has(name)) draft.rows = 'one';
  switch (name) {
    case 'where':
    case 'orwhere':
    case 'get':
    case 'get_or_none':
      where(args, draft, source);
      break;
    case 'filter':
      readConditions(args, source, draft, false);
      break;
    case 'order_by':
      for (const arg of args) {
        const column = columnOf(
          arg.type === 'call' ? (arg.childForFieldName('function')?.childForFieldName('object') ?? arg) : arg,
          source,
        );
        const text = textOf(arg, source.text) ?? '';
        if (column)
          draft.sorts.push({
            path: column.path,
            at: rangeOf(arg, source),
            direction: /\.desc\(|^-/.test(text) ? 'desc' : 'asc',
          });
      }
      break;
    case 'group_by':
      if (draft.operation === 'aggregate') draft.rows = 'many';
      for (const arg of args) {
        const column = columnOf(arg, source);
        if (column) draft.groups.push({ path: column.path, at: rangeOf(arg, source) });
      }
      break;
    case 'join':
    case 'left_outer_join': {
      const path = first ? (textOf(first, source.text) ?? '') : '';
      const outer =
        name === 'left_outer_join' ||
        args
          .map((arg) => textOf(arg, source.text) ?? '')
          .join()
          .includes('LEFT');
      if (/^[\w.]+$/.test(path))
        draft.joins.push({ path, alias: null, kind: outer ? 'left' : 'inner', selected: false, at });
      break;
    }
    case 'prefetch':
      draft.loads.push(...modelsNamed(args, source.text).map((path) => ({ path, at })));
      break;
    case 'limit':
      draft.limit = { value: number(first), at };
      break;
    case 'offset':
      draft.offset = { value: number(first), at };
      break;
    case 'paginate':
      draft.limit = { value: second ? number(second) : 20, at };
      draft.offset = { value: null, at };
      break;
    case 'count':
      draft.operation = 'count';
      draft.rows = 'one';
      break;
    case 'exists':
      draft.operation = 'exists';
      draft.rows = 'one';
      break;
    case 'for_update':
      draft.lock = 'for update';
      break;
  }
}
