/** What a chain of builder calls asks for. */
import type { Filter, Query } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { PyArgument, PyExpression } from '../shared/python/declarations.ts';
import { dottedName } from '../shared/python/readModule.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import { columnPath, readCondition, readLoads, readSort } from './conditions.ts';
import { stepsOf } from './steps.ts';
import type { Step, Steps } from './steps.ts';

/** Methods of sessions, connections and helpers that run what they are given. */
export const executors: ReadonlySet<string> = new Set(
  'execute executemany scalars scalar exec stream stream_scalars exec_driver_sql get get_one get_or_404 paginate read_sql read_sql_query first_or_404 one_or_404'.split(
    ' ',
  ),
);
export const statementKinds: ReadonlySet<string> = new Set(['select', 'insert', 'update', 'delete']);

type Operation = Query['operation'];
const ends: Readonly<Record<string, readonly [Operation, Query['rows']]>> = {
  all: ['select', 'many'],
  first: ['select', 'one'],
  one: ['select', 'one'],
  one_or_none: ['select', 'one'],
  one_or_404: ['select', 'one'],
  first_or_404: ['select', 'one'],
  scalar: ['select', 'one'],
  scalar_one: ['select', 'one'],
  scalar_one_or_none: ['select', 'one'],
  fetchone: ['select', 'one'],
  fetchall: ['select', 'many'],
  get: ['select', 'one'],
  get_or_404: ['select', 'one'],
  count: ['count', 'one'],
  exists: ['exists', 'one'],
  delete: ['delete', 'none'],
  update: ['update', 'none'],
  paginate: ['select', 'many'],
};

interface Start {
  readonly entity: PyExpression | null;
  readonly kind: Operation;
  /** Steps after the start. */
  readonly rest: readonly Step[];
  readonly selects: readonly PyArgument[];
}

function startOf({ root, rootArgs, steps }: Steps): Start | null {
  const last = root.slice(root.lastIndexOf('.') + 1);
  if (rootArgs !== null && statementKinds.has(last)) return start(last, rootArgs, steps);
  // `db.select(User)`, `sa.update(User)`
  const ofLibrary = /^(?:db|sa|sqlalchemy|sql)$/.test(root);
  const at = steps.findIndex(
    ({ name, args }, index) =>
      args !== null && args.length > 0 && (name === 'query' || (ofLibrary && index === 0 && statementKinds.has(name))),
  );
  const found = steps[at];
  if (found?.args) return start(found.name === 'query' ? 'select' : found.name, found.args, steps.slice(at + 1));
  // `User.query.filter(…)`
  const property = steps.findIndex(({ name, args }) => name === 'query' && args === null);
  if (
    property === -1 ||
    !/^(?:\w+\.)*[A-Z]\w*$/.test([root, ...steps.slice(0, property).map(({ name }) => name)].join('.'))
  )
    return null;
  const entity = [root, ...steps.slice(0, property).map(({ name }) => name)].join('.');
  return { entity: { kind: 'name', name: entity }, kind: 'select', rest: steps.slice(property + 1), selects: [] };
}

function start(kind: string, args: readonly PyArgument[], rest: readonly Step[]): Start {
  return { entity: args[0]?.value ?? null, kind: kind as Operation, rest, selects: args };
}

export function isBuilder(steps: Steps): boolean {
  return startOf(steps) !== null;
}

/** Class or table that an argument of `query` or `select` speaks of: `User`, `User.id`, `func.count(User.id)`. */
function entityOf(value: PyExpression | null, depth = 0): string | null {
  if (value === null || depth > 4) return null;
  if (value.kind === 'name') return value.name;
  if (value.kind === 'attribute') {
    const path = dottedName(value);
    // `models.User` is a class, `User.id` a column of one.
    if (/^(?:\w+\.)*[A-Z]\w*$/.test(path) || /^(?:self|cls)\./.test(path)) return path;
    const head = dottedName(value.object);
    return head === '' ? null : head.replace(/\.(?:c|columns)$/, '');
  }
  if (value.kind === 'call') {
    for (const { value: inner } of value.arguments) {
      const found = entityOf(inner, depth + 1);
      if (found !== null && /[A-Z]/.test(found)) return found;
    }
    const object = value.callee.kind === 'attribute' ? value.callee.object : null;
    return object === null || /(?:^|\.)func$/.test(dottedName(object)) ? null : entityOf(object, depth + 1);
  }
  return null;
}

export function draftOfBuilder(
  steps: Steps,
  range: (at: PyArgument['at']) => SourceRange,
  executor: string | null = null,
): Draft | null {
  const found = startOf(steps);
  if (!found) return null;
  const end = found.rest.findLast(({ name, args }) => args !== null && Object.hasOwn(ends, name));
  const counted = found.kind === 'select' && isCount(found.selects);
  const [operation, rows] = (end && ends[end.name]) ?? [found.kind, found.kind === 'select' ? 'many' : 'none'];
  const kind: Operation = found.kind !== 'select' ? found.kind : counted ? 'count' : operation;
  const draft = newDraft(
    end?.name ?? executor ?? 'query',
    kind,
    counted ? 'one' : found.kind === 'select' ? rows : 'none',
  );
  const entity = entityOf(found.entity);
  if (entity !== null && /^(?:self|cls)\b/.test(entity)) draft.receiver = entity.replace(/^(?:self|cls)/, 'this');
  else draft.entity = entity;
  const own = new Set(entity === null ? [] : [entity]);
  if (
    found.kind === 'select' &&
    found.selects.every(
      ({ value }) => value.kind === 'attribute' && columnPath(value, own) !== null && !/^[A-Z]/.test(value.name),
    ) &&
    found.selects.length > 0
  )
    draft.selects = found.selects.flatMap(({ value }) => columnPath(value, own)?.path ?? []);
  for (const step of found.rest) if (step.args) readStep(step, step.args, draft, own, range);
  // `joinedload` is put around a query of the page; what is joined by hand is counted row by row.
  if (draft.limit && draft.loads.length > 0 && found.rest.every(isLoadedFromJoin))
    draft.limit = { ...draft.limit, counts: 'joined-rows' };
  // `Query.delete` takes nothing but how the session follows: with values it is a method of the project's own.
  const isOwn = end?.name === 'delete' && end.args?.some(({ name }) => name === null) === true;
  if ((kind === 'update' || kind === 'delete') && !isOwn) draft.bySet = true;
  return draft;
}

/** Of the options, all load from a join that the query states itself. */
function isLoadedFromJoin({ name, args }: Step): boolean {
  return name !== 'options' || args?.every(({ value }) => stepsOf(value).root.endsWith('contains_eager')) === true;
}

function isCount(selects: readonly PyArgument[]): boolean {
  const [first] = selects;
  return (
    selects.length === 1 && first?.value.kind === 'call' && /(?:^|\.)func\.count$/.test(dottedName(first.value.callee))
  );
}

function readStep(
  { name }: Step,
  args: readonly PyArgument[],
  draft: Draft,
  own: ReadonlySet<string>,
  range: (at: PyArgument['at']) => SourceRange,
): void {
  const [first] = args;
  const number = (): number | null => (first?.value.kind === 'number' ? first.value.value : null);
  switch (name) {
    case 'filter':
    case 'where':
    case 'having':
    case 'filter_by':
      for (const { name: keyword, value, spread, at } of args) {
        if (spread) draft.complete = false;
        else if (keyword === null) readCondition(value, { draft, own, at: range(at), group: 0, negated: false });
        else
          draft.filters.push({
            path: keyword,
            at: range(at),
            comparison: value.kind === 'constant' && value.value === null ? 'is-null' : 'eq',
            orGroup: 0,
            wrapped: false,
            constant: value.kind === 'string' || value.kind === 'number' || value.kind === 'constant',
          });
      }
      break;
    case 'with_parent':
      // Rows of one owner: the relation that leads to it mostly bears its name.
      if (first) draft.filters.push(equalTo(dottedName(first.value).split('.').at(-1) ?? '', range(first.at)));
      break;
    case 'get':
    case 'get_or_404':
      if (first) draft.filters.push(equalTo('id', range(first.at)));
      break;
    case 'order_by':
      for (const each of args) {
        const sort = each.spread ? null : readSort(each, own, range);
        if (sort) draft.sorts.push(sort);
        // What a variable holds is sorted by, whatever it is.
        else if (each.value.kind !== 'constant')
          draft.sorts.push({ path: dottedName(each.value), direction: 'unknown', at: range(each.at) });
      }
      break;
    case 'join':
    case 'outerjoin':
    case 'join_from':
      if (first) {
        const column = columnPath(first.value, own);
        const path =
          column && first.value.kind === 'attribute' && !/^[A-Z]/.test(first.value.name)
            ? column.path
            : dottedName(first.value).split('.').at(-1);
        if (path !== undefined && path !== '')
          draft.joins.push({
            path,
            at: range(first.at),
            alias: null,
            kind: name === 'outerjoin' || args.some((each) => each.name === 'isouter') ? 'left' : 'inner',
            selected: false,
          });
      }
      break;
    case 'options':
      for (const each of args) {
        const { loads, loading } = readLoads(each, range);
        draft.loads.push(...loads);
        draft.loading ??= loading;
      }
      break;
    case 'limit':
      if (first) draft.limit = { value: number(), at: range(first.at) };
      break;
    case 'offset':
      if (first) draft.offset = { value: number(), at: range(first.at) };
      break;
    case 'first':
    case 'first_or_404':
      break;
    case 'paginate':
      draft.limit ??= { value: null, at: range(first?.at ?? [1, 1, 1, 1]) };
      break;
    case 'group_by':
      for (const { value, at } of args) {
        const column = columnPath(value, own);
        if (column) draft.groups.push({ path: column.path, at: range(at) });
      }
      break;
    case 'values':
    case 'update':
      readValues(args, draft, own, range);
      break;
    case 'with_for_update':
      draft.lock = 'pessimistic_write';
      break;
    case 'select_from':
      draft.entity ??= first ? entityOf(first.value) : null;
      break;
    case 'execution_options':
    case 'params':
      break;
  }
}

function equalTo(path: string, at: SourceRange): Filter {
  return { path, at, comparison: 'eq', orGroup: 0, wrapped: false, constant: false };
}

function readValues(
  args: readonly PyArgument[],
  draft: Draft,
  own: ReadonlySet<string>,
  range: (at: PyArgument['at']) => SourceRange,
): void {
  for (const { name, value, at } of args) {
    if (name !== null && name !== 'synchronize_session') draft.writes.push({ path: name, at: range(at) });
    if (name === null && value.kind === 'dict')
      for (const { key } of value.entries) {
        const path = key?.kind === 'string' ? key.value : key ? columnPath(key, own)?.path : undefined;
        if (path !== undefined) draft.writes.push({ path, at: range(at) });
      }
  }
}
