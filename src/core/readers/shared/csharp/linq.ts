/** What the operators of LINQ and of EF Core's and NHibernate's extensions of it say of a query. */
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { newDraft } from '../typescript/queryDraft.ts';
import type { Draft } from '../typescript/queryDraft.ts';
import type { Link } from './chain.ts';
import { lambdaOf, memberOf, readPredicate, selectorPaths } from './predicates.ts';
import type { Condition, Reading } from './predicates.ts';

interface Terminal {
  readonly operation: Draft['operation'];
  readonly rows: Draft['rows'];
  /** Only the first row is read. */
  readonly limit?: number;
}

/** Without `Async` at the end. */
export const terminals: Readonly<Record<string, Terminal>> = {
  ToList: { operation: 'select', rows: 'many' },
  ToArray: { operation: 'select', rows: 'many' },
  ToHashSet: { operation: 'select', rows: 'many' },
  ToDictionary: { operation: 'select', rows: 'many' },
  ToLookup: { operation: 'select', rows: 'many' },
  ForEach: { operation: 'select', rows: 'many' },
  AsAsyncEnumerable: { operation: 'select', rows: 'many' },
  AsEnumerable: { operation: 'select', rows: 'many' },
  Load: { operation: 'select', rows: 'many' },
  First: { operation: 'select', rows: 'one', limit: 1 },
  FirstOrDefault: { operation: 'select', rows: 'one', limit: 1 },
  Single: { operation: 'select', rows: 'one' },
  SingleOrDefault: { operation: 'select', rows: 'one' },
  Last: { operation: 'select', rows: 'one', limit: 1 },
  LastOrDefault: { operation: 'select', rows: 'one', limit: 1 },
  ElementAt: { operation: 'select', rows: 'one', limit: 1 },
  Find: { operation: 'select', rows: 'one' },
  Any: { operation: 'exists', rows: 'one' },
  All: { operation: 'exists', rows: 'one' },
  Contains: { operation: 'exists', rows: 'one' },
  Count: { operation: 'count', rows: 'one' },
  LongCount: { operation: 'count', rows: 'one' },
  Sum: { operation: 'aggregate', rows: 'one' },
  Max: { operation: 'aggregate', rows: 'one' },
  Min: { operation: 'aggregate', rows: 'one' },
  Average: { operation: 'aggregate', rows: 'one' },
  ExecuteUpdate: { operation: 'update', rows: 'none' },
  ExecuteDelete: { operation: 'delete', rows: 'none' },
};

export const operators = new Set([
  'Where',
  'WhereIf',
  'OrderBy',
  'OrderByDescending',
  'ThenBy',
  'ThenByDescending',
  'Include',
  'ThenInclude',
  'Select',
  'SelectMany',
  'Skip',
  'Take',
  'Distinct',
  'GroupBy',
  'AsNoTracking',
  'AsNoTrackingWithIdentityResolution',
  'AsTracking',
  'AsSplitQuery',
  'AsSingleQuery',
  'IgnoreQueryFilters',
  'TagWith',
  'AsQueryable',
  'Join',
  'LeftJoin',
  'GroupJoin',
  'Union',
  'Concat',
  'Except',
  'Intersect',
  'OfType',
  'Cast',
  'IgnoreAutoIncludes',
  'FromSql',
  'FromSqlRaw',
  'FromSqlInterpolated',
  'Reverse',
  'DefaultIfEmpty',
  'ProjectTo',
  'Fetch',
  'FetchMany',
  'ThenFetch',
  'ThenFetchMany',
  'Timeout',
  'TagWithCallSite',
  'SetProperty',
  'Page',
]);

export function plainName(name: string): string {
  return name.length > 5 ? name.replace(/Async$/u, '') : name;
}

/** Null where the chain ends in no operation that reaches the database. */
export function draftOf(links: readonly Link[], text: string, lines: LineIndex): Draft | null {
  const end = links.findIndex(({ name }) => Object.hasOwn(terminals, plainName(name)));
  const last = links[end];
  const terminal = last ? terminals[plainName(last.name)] : undefined;
  if (!last || !terminal) return null;
  const draft = newDraft(last.name, terminal.operation, terminal.rows);
  const reading: Reading = { text, lines };
  let include: string[] = [];
  let projected = false;
  for (const link of links.slice(0, end + 1)) {
    const isLast = link === last;
    const [first, second] = link.args;
    // What follows a projection speaks of the projected, not of the entity.
    if (
      isLast
        ? /^(?:First|Single|Last|Any|All|Count|LongCount|FirstOrDefault|SingleOrDefault|LastOrDefault)$/u.test(
            plainName(link.name),
          )
        : link.name === 'Where' || link.name === 'WhereIf'
    )
      condition(link.name === 'WhereIf' ? second : first, draft, reading, projected);
    else if (isLast && plainName(link.name) === 'Find') find(draft, link, lines);
    else if (/^(?:OrderBy|ThenBy)(?:Descending)?$/u.test(link.name)) {
      for (const path of projected ? [] : (selectorPaths(first, reading) ?? []))
        draft.sorts.push({ ...path, direction: link.name.endsWith('Descending') ? 'desc' : 'asc' });
      if (!projected && !selectorPaths(first, reading))
        draft.complete = draft.complete && lambdaOf(first, text) !== null;
      if (draft.sorts.length === 0)
        draft.sorts.push({
          path: first ? text.slice(first.startIndex, first.endIndex).slice(0, 80) : '',
          at: lines.range(link.start, link.end),
          direction: 'unknown',
        });
    } else if (/^(?:Include|Fetch|FetchMany)$/u.test(link.name)) {
      include = includePath(first, text);
      load(draft, include, link, lines);
    } else if (/^(?:ThenInclude|ThenFetch|ThenFetchMany)$/u.test(link.name)) {
      include = [...include, ...includePath(first, text)];
      load(draft, include, link, lines);
    } else if (link.name === 'Select') {
      const paths = selectorPaths(first, reading);
      if (!projected && paths) draft.selects = paths.map(({ path }) => path);
      if (!projected && !paths && lambdaOf(first, text) && !/^\w+$/u.test(lambdaBody(first, text))) draft.selects = [];
      projected = true;
    } else if (/^(?:SelectMany|GroupBy|Join|LeftJoin|GroupJoin|ProjectTo|Union|Concat)$/u.test(link.name)) {
      if (link.name === 'GroupBy' && !projected) draft.groups.push(...(selectorPaths(first, reading) ?? []));
      if (link.name === 'ProjectTo') draft.selects = [];
      // An inner join leaves rows out; a union asks for more than was said before it.
      if (/^(?:Join|GroupJoin|Union|Concat)$/u.test(link.name)) draft.complete = false;
      projected = true;
    } else if (link.name === 'Take' || link.name === 'Skip') {
      const value =
        first && /^\d+$/u.test(text.slice(first.startIndex, first.endIndex))
          ? Number(text.slice(first.startIndex, first.endIndex))
          : null;
      const found = { value, at: lines.range(link.start, link.end) };
      if (link.name === 'Take') draft.limit = found;
      else draft.offset = found;
    } else if (link.name === 'Except' || link.name === 'Intersect') draft.complete = false;
    else if (link.name === 'AsSplitQuery') draft.loading = 'query';
    else if (link.name === 'AsSingleQuery') {
      draft.loading = 'join';
      draft.inOneStatement = true;
    } else if (link.name === 'IgnoreQueryFilters') draft.withDeleted = true;
    else if (isLast && /^(?:Sum|Max|Min|Average)$/u.test(plainName(link.name)) && !projected) {
      const paths = selectorPaths(first, reading);
      if (paths) draft.selects = paths.map(({ path }) => path);
    } else if (isLast && link.name.startsWith('ExecuteUpdate')) writes(draft, link, reading);
    else if (!operators.has(link.name) && !isLast) draft.complete = false;
  }
  if (terminal.limit !== undefined && draft.limit === null && !/^(?:Single|Find)/u.test(last.name))
    draft.limit = { value: terminal.limit, at: lines.range(last.start, last.end) };
  return draft;
}

function lambdaBody(node: TreeNode | undefined, text: string): string {
  const lambda = lambdaOf(node, text);
  return lambda ? text.slice(lambda.body.startIndex, lambda.body.endIndex) : '';
}

function condition(node: TreeNode | undefined, draft: Draft, reading: Reading, projected: boolean): void {
  const lambda = lambdaOf(node, reading.text);
  if (!lambda || projected) {
    // What follows a projection limits the rows, by members of what it has made.
    if (lambda) draft.complete = false;
    if (node && !lambda && !/^\w*(?:[tT]oken|ct)$/u.test(reading.text.slice(node.startIndex, node.endIndex)))
      draft.complete = false;
    return;
  }
  const found: Condition = { filters: draft.filters, complete: draft.complete, nextGroup: draft.nextGroup };
  readPredicate(lambda.body, lambda.parameter, reading, found);
  draft.complete = found.complete;
  draft.nextGroup = found.nextGroup;
}

/** By the primary key, whatever it is called. */
function find(draft: Draft, link: Link, lines: LineIndex): void {
  draft.filters.push({
    path: 'id',
    at: lines.range(link.start, link.end),
    comparison: 'eq',
    orGroup: 0,
    wrapped: false,
    constant: false,
  });
}

function includePath(node: TreeNode | undefined, text: string): string[] {
  if (!node) return [];
  const written = text.slice(node.startIndex, node.endIndex);
  const stated = /^"([^"]*)"$/u.exec(written)?.[1] ?? /^nameof\((?:\w+\.)*(\w+)\)$/u.exec(written)?.[1];
  if (stated !== undefined) return stated.split('.');
  const lambda = lambdaOf(node, text);
  if (!lambda) return [];
  // A filtered include: `Include(b => b.Posts.Where(…))`.
  let { body }: { body: TreeNode | null } = lambda;
  for (let steps = 0; body?.type === 'invocation_expression' && steps < 20; steps++)
    body = body.childForFieldName('function')?.childForFieldName('expression') ?? null;
  return memberOf(body, lambda.parameter, text)?.path.split('.') ?? [];
}

function load(draft: Draft, path: readonly string[], link: Link, lines: LineIndex): void {
  if (path.length === 0) {
    draft.complete = false;
    return;
  }
  const at = link.args[0]
    ? lines.range(link.args[0].startIndex, link.args[0].endIndex)
    : lines.range(link.start, link.end);
  draft.loads.push({ path: path.join('.'), at });
}

/** `ExecuteUpdate(s => s.SetProperty(b => b.Title, x))` */
function writes(draft: Draft, link: Link, { text, lines }: Reading): void {
  const [first] = link.args;
  if (!first) return;
  for (const match of text
    .slice(first.startIndex, first.endIndex)
    .matchAll(/\.SetProperty\s*\(\s*(\w+)\s*=>\s*\1\.([\w.]+)/gu)) {
    const start = first.startIndex + match.index;
    draft.writes.push({ path: match[2] ?? '', at: lines.range(start, start + match[0].length) });
  }
}
