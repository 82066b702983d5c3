/** Conditions that MyBatis Generator's classes take: `example.or().andGoodsIdEqualTo(id)` (mybatis.org/generator/generatedobjects/exampleClassUsage.html). */
import type { Comparison, Operation, Query } from '../../schema/code.ts';
import type { SourceFile } from '../reader.ts';
import type { JavaCall, JavaOutline } from '../shared/java/outline.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';

interface Known {
  readonly operation: Operation;
  readonly rows: Query['rows'];
}

/** Methods that the generated mapper declares; null = none of them. */
export function exampleMethod(name: string): Known | null {
  const [, verb = '', one] =
    /^(select|count|update|delete|logicalDelete)(One)?ByExample(?:Selective|WithBLOBs|WithRowbounds)*$/u.exec(name) ??
    [];
  if (verb === '') return null;
  if (verb === 'select') return { operation: 'select', rows: one === undefined ? 'many' : 'one' };
  if (verb === 'count') return { operation: 'count', rows: 'one' };
  return { operation: verb === 'delete' ? 'delete' : 'update', rows: 'none' };
}

const comparisons: Readonly<Record<string, Comparison>> = {
  EqualTo: 'eq',
  NotEqualTo: 'ne',
  GreaterThan: 'range',
  GreaterThanOrEqualTo: 'range',
  LessThan: 'range',
  LessThanOrEqualTo: 'range',
  Between: 'range',
  NotBetween: 'other',
  Like: 'contains',
  NotLike: 'other',
  In: 'in',
  NotIn: 'other',
  IsNull: 'is-null',
  IsNotNull: 'other',
};

const condition = /\b([A-Za-z_$][\w$]*)\s*((?:\.\s*(?:or|createCriteria)\s*\(\s*\)\s*)?(?:\.\s*and\w+\s*\([^;]*)?);/gu;
const criterion = new RegExp(
  String.raw`\.\s*and([A-Z]\w*?)(${Object.keys(comparisons)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})\s*\(`,
  'gu',
);

/** What the example that the call is given asks for; one that is made elsewhere may ask for anything. */
export function applyExample(
  call: JavaCall,
  { locals, functions }: JavaOutline,
  { text }: SourceFile,
  at: Query['at'],
  draft: Draft,
): void {
  const around = call.function === null ? undefined : functions[call.function];
  // PageHelper cuts the statement that comes next.
  const before = around ? text.slice(around.start, call.start) : '';
  const begun = before.split(/\bPageHelper\s*\.\s*(?:start|offset)Page\s*\(/u);
  if (begun.length > 1 && !/(?:[mM]apper|[dD]ao|[rR]epository)\s*\.\s*\w+\s*\(/u.test(begun.at(-1) ?? '')) {
    draft.limit = { value: null, at };
    draft.offset = { value: null, at };
  }
  const names = call.arguments.map((each) => text.slice(each.startIndex, each.endIndex));
  const example = locals.findLast(
    ({ name, type, start }) => names.includes(name) && type.endsWith('Example') && start < call.start,
  );
  if (!example) {
    draft.complete = false;
    return;
  }
  const source = text.slice(example.start, call.start);
  const variables = new Set([example.name]);
  for (const [, name = ''] of source.matchAll(new RegExp(`\\bCriteria\\s+(\\w+)\\s*=\\s*${example.name}\\s*\\.`, 'gu')))
    variables.add(name);
  // Each `or()` begins another alternative.
  if (source.split(new RegExp(`\\b${example.name}\\s*\\.\\s*(?:or|createCriteria)\\s*\\(`, 'u')).length > 2)
    draft.complete = false;
  else
    for (const [, name = '', written = ''] of source.matchAll(condition))
      if (variables.has(name) || /^\s*\.\s*(?:or|createCriteria)/u.test(written))
        for (const [, property = '', operator = ''] of written.matchAll(criterion))
          draft.filters.push({
            path: property.charAt(0).toLowerCase() + property.slice(1),
            at,
            comparison: comparisons[operator] ?? 'other',
            wrapped: false,
            constant: false,
            orGroup: 0,
          });
  const order = new RegExp(
    `\\b${example.name}\\s*\\.\\s*(?:setOrderByClause|orderBy)\\s*\\(\\s*(?:"([^"]*)")?`,
    'u',
  ).exec(source);
  if (order)
    for (const each of (order[1] ?? '').split(',')) {
      const [path = '', direction] = each.trim().split(/\s+/u);
      draft.sorts.push({
        path,
        at,
        direction: /^desc$/iu.test(direction ?? '') ? 'desc' : path === '' ? 'unknown' : 'asc',
      });
    }
}
