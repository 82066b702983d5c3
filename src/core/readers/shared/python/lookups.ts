/** Conditions in the words of Django and Tortoise: `filter(customer__name__startswith="a")`, `Q(…) | Q(…)`, `order_by("-made")`. */
import type { Comparison, Filter, PathUse, Sort } from '../../../schema/code.ts';
import type { SourceRange } from '../../../schema/source.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { chainOf } from './chains.ts';
import { partsOf } from './expressions.ts';
import { textOf } from './outline.ts';

export interface LookupSource {
  readonly text: string;
  readonly lines: LineIndex;
}

export interface Conditions {
  readonly filters: Filter[];
  complete: boolean;
  nextGroup: number;
}

const comparisons: Readonly<Record<string, readonly [Comparison, wrapped?: boolean]>> = {
  exact: ['eq'],
  iexact: ['eq', true],
  in: ['in'],
  gt: ['range'],
  gte: ['range'],
  lt: ['range'],
  lte: ['range'],
  range: ['range'],
  startswith: ['prefix'],
  istartswith: ['prefix', true],
  contains: ['contains'],
  icontains: ['contains', true],
  endswith: ['contains'],
  iendswith: ['contains', true],
  isnull: ['is-null'],
  not: ['ne'],
  not_in: ['other'],
  not_isnull: ['other'],
  regex: ['other'],
  iregex: ['other'],
  posix_regex: ['other'],
  search: ['other'],
  has_key: ['other'],
  overlap: ['other'],
  contained_by: ['other'],
};
/** What a column is turned into before it is compared. */
const transforms = new Set(
  'date time year iso_year quarter month week week_day iso_week_day day hour minute second lower upper length trim abs unaccent'.split(
    ' ',
  ),
);
/** Years are compared as the span from their first to their last moment, which an index serves (YearExact and its kin of Django). */
const spans = new Set(['year', 'iso_year']);

const none = 0;

/** Arguments of `filter`, `exclude`, `get`. */
export function readConditions(
  args: readonly TreeNode[],
  source: LookupSource,
  found: Conditions,
  negated: boolean,
): void {
  for (const arg of args) {
    if (arg.type === 'keyword_argument') keyword(arg, source, found, negated, none);
    else if (arg.type === 'dictionary_splat' || arg.type === 'list_splat') found.complete = false;
    else condition(arg, source, found, negated, none, 0);
  }
}

function keyword(arg: TreeNode, source: LookupSource, found: Conditions, negated: boolean, group: number): void {
  const name = arg.childForFieldName('name');
  const value = arg.childForFieldName('value');
  const lookup = textOf(name, source.text) ?? '';
  // `defaults={…}` of `get_or_create` chooses nothing.
  if (lookup === 'defaults' || lookup === 'create_defaults' || lookup === 'using_db' || !value) return;
  found.filters.push(filterOf(lookup, value, source, negated, group));
}

/** `a__b__gte` with the value it is compared to. */
export function filterOf(
  lookup: string,
  value: TreeNode,
  source: LookupSource,
  negated: boolean,
  group: number,
): Filter {
  const steps = lookup.split('__');
  let comparison: Comparison = 'eq';
  let wrapped = false;
  for (let last = steps.at(-1); steps.length > 1 && last !== undefined; last = steps.at(-1)) {
    const known = Object.hasOwn(comparisons, last) ? comparisons[last] : undefined;
    if (known) [comparison, wrapped] = [known[0], wrapped || known[1] === true];
    else if (spans.has(last) && !wrapped && (comparison === 'eq' || comparison === 'range')) comparison = 'range';
    else if (transforms.has(last)) wrapped = true;
    else break;
    steps.pop();
  }
  const literal = textOf(value, source.text) ?? '';
  if (comparison === 'eq' && literal === 'None') comparison = 'is-null';
  if (comparison === 'is-null' && literal === 'False') comparison = 'other';
  if (negated) comparison = comparison === 'eq' ? 'ne' : comparison === 'ne' ? 'eq' : 'other';
  return {
    path: pathOf(steps),
    at: rangeOf(value.parent?.type === 'keyword_argument' ? value.parent : value, source),
    comparison,
    orGroup: group,
    wrapped,
    constant:
      (/^(?:integer|float|string|true|false|none)$/.test(value.type) && !literal.startsWith('f')) ||
      isNamedConstant(literal),
  };
}

/** `STATE_OPEN`, `Order.OPEN`, `State.Open.value`: a value that the program lists. */
export function isNamedConstant(path: string): boolean {
  return /^(?:\w+\.)*(?:[A-Z][A-Z0-9_]+|[A-Z]\w*\.[A-Z]\w*)(?:\.value)?$/.test(path) && !path.startsWith('settings.');
}

function pathOf(steps: readonly string[]): string {
  return steps.map((step) => (step === 'pk' ? 'id' : step)).join('.');
}

export function rangeOf(node: TreeNode, { lines }: LookupSource): SourceRange {
  return lines.range(node.startIndex, node.endIndex);
}

/** `Q(a=1) & ~Q(b=2) | Q(c=3)`; anything else is not known. */
function condition(
  node: TreeNode,
  source: LookupSource,
  found: Conditions,
  negated: boolean,
  group: number,
  depth: number,
): void {
  const inner = (child: TreeNode, flips: boolean, inGroup: number): void =>
    condition(child, source, found, flips, inGroup, depth + 1);
  if (depth > 60) found.complete = false;
  else if (node.type === 'parenthesized_expression') {
    const [child] = partsOf(node);
    if (child) inner(child, negated, group);
  } else if (node.type === 'unary_operator' && source.text.charAt(node.startIndex) === '~') {
    const child = node.childForFieldName('argument');
    if (child) inner(child, !negated, group);
  } else if (node.type === 'binary_operator') {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const operator = left && right ? source.text.slice(left.endIndex, right.startIndex).trim() : '';
    if (!left || !right || !/^[&|]$/.test(operator)) found.complete = false;
    else {
      const splits = operator === '|' && !negated;
      inner(left, negated, splits ? found.nextGroup++ : group);
      inner(right, negated, splits ? found.nextGroup++ : group);
    }
  } else if (node.type === 'call' && /(?:^|\.)Q$/.test(textOf(node.childForFieldName('function'), source.text) ?? '')) {
    const list = node.childForFieldName('arguments');
    for (const arg of list ? partsOf(list) : []) {
      if (arg.type === 'keyword_argument') keyword(arg, source, found, negated, group);
      else inner(arg, negated, group);
    }
  } else found.complete = false;
}

/** `order_by("-made", "customer__name")`; expressions are left out. */
export function readSorts(args: readonly TreeNode[], source: LookupSource): Sort[] {
  return args.flatMap((arg) => {
    const name = plainString(arg, source);
    if (name === null || name === '?') return [];
    const plain = name.replace(/^[-+]/, '');
    return [
      { path: pathOf(plain.split('__')), direction: name.startsWith('-') ? 'desc' : 'asc', at: rangeOf(arg, source) },
    ];
  });
}

/**
 * Relation paths of `select_related("customer__address")` and `prefetch_related("lines", Prefetch("notes", queryset=…))`, with those that the
 * query of a `Prefetch` loads itself; columns of `values("number")`. What is not written down (`*paths`) may be anything: `*`.
 */
export function readPaths(args: readonly TreeNode[], source: LookupSource): PathUse[] {
  return args.flatMap((arg): PathUse[] => {
    const given = arg.type === 'call' ? partsOf(arg.childForFieldName('arguments') ?? arg) : [arg];
    const [first] = given;
    const name = first ? plainString(first, source) : null;
    const at = rangeOf(arg, source);
    if (name === null) return arg.type === 'list_splat' || arg.type === 'identifier' ? [{ path: anyPath, at }] : [];
    const path = pathOf(name.split('__'));
    return [{ path, at }, ...loadsOf(given, source).map((load) => ({ ...load, path: `${path}.${load.path}` }))];
  });
}

/** Stands for paths that only running the program would tell. */
export const anyPath = '*';

/** `Prefetch("lines", queryset=Line.objects.select_related("product"))` */
function loadsOf(args: readonly TreeNode[], source: LookupSource): PathUse[] {
  const stated = args.find(
    (arg) => arg.type === 'keyword_argument' && textOf(arg.childForFieldName('name'), source.text) === 'queryset',
  );
  const queryset = stated?.childForFieldName('value') ?? args[1];
  if (queryset?.type !== 'call') return [];
  return chainOf(queryset, source.text).links.flatMap((link) =>
    /^(?:select|prefetch|fetch)_related$/.test(link.name) ? readPaths(link.args, source) : [],
  );
}

/** Names that `create(a=1)` and `update(a=1)` set. */
export function readWrites(args: readonly TreeNode[], source: LookupSource): PathUse[] {
  return args.flatMap((arg) => {
    const name = arg.type === 'keyword_argument' ? textOf(arg.childForFieldName('name'), source.text) : null;
    return name === null || name === 'defaults' || name === 'using_db'
      ? []
      : [{ path: name, at: rangeOf(arg, source) }];
  });
}

export function plainString(node: TreeNode, { text }: LookupSource): string | null {
  if (node.type !== 'string') return null;
  return /^[rbu]?(["'])([^"'\\\n]*)\1$/i.exec(textOf(node, text) ?? '')?.[2] ?? null;
}

const path = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

/** Names and member paths that arguments mention. */
export function namesIn(nodes: readonly TreeNode[], { text }: LookupSource): readonly string[] {
  const names = new Set<string>();
  const open = [...nodes];
  for (let node = open.pop(); node && names.size < 40; node = open.pop()) {
    const written = node.type === 'identifier' || node.type === 'attribute' ? (textOf(node, text) ?? '') : '';
    if (path.test(written)) names.add(written.replace(/^(?:self|cls)\./, 'this.'));
    else if (node.type === 'keyword_argument') {
      const value = node.childForFieldName('value');
      if (value) open.push(value);
    } else open.push(...node.namedChildren);
  }
  return [...names].sort();
}

/** Literals within the nodes, as written and in order, and the keywords that say what they are compared with: `price__gt`. */
export function literalsIn(nodes: readonly TreeNode[], { text }: LookupSource): readonly string[] {
  const found: string[] = [];
  const visit = (node: TreeNode): void => {
    if (found.length >= mostLiterals) return;
    const keyword = node.type === 'keyword_argument' ? node.childForFieldName('name') : null;
    if (keyword) found.push(textOf(keyword, text) ?? '');
    if (/^(?:integer|float|string|true|false|none)$/.test(node.type)) found.push(textOf(node, text) ?? '');
    else node.namedChildren.forEach(visit);
  };
  nodes.forEach(visit);
  return found;
}

/** Longer lists of values tell no two queries apart that anybody would write twice. */
const mostLiterals = 40;
