/** JPQL and HQL (JPA 3.1 §4): close enough to SQL for its conditions to be read as such, with paths of properties for columns. */
import type { SourceRange } from '../../../schema/source.ts';
import type { Draft } from '../typescript/queryDraft.ts';
import { readStatement } from './statement.ts';

interface JoinUse {
  readonly path: string;
  readonly alias: string | null;
  readonly kind: 'inner' | 'left' | 'other';
  readonly fetch: boolean;
}

const joins =
  /\b(left\s+(?:outer\s+)?|inner\s+|right\s+(?:outer\s+)?)?join\s+(fetch\s+)?(?:treat\s*\(\s*)?([\w.]+)(?:\s+as\s+\w+\s*\))?(?:\s+(?:as\s+)?(?!(?:on|with|where|left|right|inner|join|order|group|fetch|having)\b)(\w+))?/giu;

/** Stands for the entity of the repository that a query with `#{#entityName}` is stated on. */
export const ownEntity = 'entityName__';

/** @param at where the text stands: paths in it have no better place */
export function applyJpql(jpql: string, at: SourceRange, draft: Draft): void {
  const text = plainText(jpql);
  const found = Array.from(text.matchAll(joins), (match): JoinUse => ({
    path: match[3] ?? '',
    alias: match[4] ?? null,
    kind: /^left/iu.test(match[1] ?? '') ? 'left' : /^right/iu.test(match[1] ?? '') ? 'other' : 'inner',
    fetch: match[2] !== undefined,
  }));
  const statement = readStatement(asSql(text));
  const head =
    /^\s*(?:delete\s+(?:from\s+)?|update\s+|(?:select\b[\s\S]*?\s)?from\s+)([\w.]+)(?:\s+(?:as\s+)?(?!(?:where|set|join|left|inner|order|group|fetch)\b)(\w+))?/iu.exec(
      text,
    );
  const entity = head?.[1]?.replace(/^.*\./u, '') ?? null;
  if (!statement || entity === null) {
    draft.complete = false;
    return;
  }
  const alias = head?.[2] ?? null;
  draft.entity = entity === ownEntity ? null : entity;
  draft.operation = statement.operation;
  draft.rows =
    statement.operation === 'select'
      ? 'many'
      : statement.scalar
        ? 'one'
        : statement.operation === 'count'
          ? 'one'
          : 'none';
  draft.complete = statement.complete;
  const byAlias = new Map<string, string>();
  const pathOf = (written: string): string => {
    const [first = '', ...rest] = written.split('.');
    if (first === alias || (alias === null && first.toLowerCase() === entity.toLowerCase())) return rest.join('.');
    const joined = byAlias.get(first);
    return joined === undefined ? written : [joined, ...rest].filter((part) => part !== '').join('.');
  };
  for (const join of found) {
    // `JOIN Customer c ON …` joins an entity, which no path leads to.
    const path = join.path.includes('.') ? pathOf(join.path) : join.path;
    if (join.alias !== null) byAlias.set(join.alias, path);
    draft.joins.push({ path, alias: join.alias, kind: join.kind, selected: join.fetch, at });
    if (join.fetch) draft.loads.push({ path, at });
  }
  if (found.some(({ fetch }) => fetch)) draft.loading = 'join';
  for (const { column, comparison, wrapped, constant, group } of statement.predicates) {
    const path = pathOf(column);
    if (path !== '') draft.filters.push({ path, at, comparison, wrapped, constant, orGroup: group });
  }
  for (const { column, direction } of statement.sorts) draft.sorts.push({ path: pathOf(column), at, direction });
  for (const path of statement.groups) draft.groups.push({ path: pathOf(path), at });
  for (const path of statement.writes) draft.writes.push({ path: pathOf(path), at });
  draft.limit = statement.limit ? { ...statement.limit, at } : draft.limit;
  draft.selects = selectsOf(statement.selects, alias, pathOf);
}

/** Null where the entity itself is selected, or its constructor called with who knows what. */
function selectsOf(
  selects: readonly string[] | null,
  alias: string | null,
  pathOf: (written: string) => string,
): string[] | null {
  if (selects === null || selects.some((each) => each === alias || each === 'x' || !/^[\w.]+$/u.test(each)))
    return null;
  return selects.map(pathOf);
}

/** What Spring adds to the language: the entity's name, expressions, `%` around parameters. */
function plainText(jpql: string): string {
  return jpql
    .replace(/#\{\s*#entityName\s*\}/gu, ownEntity)
    .replace(/[:?]#\{[^}]*\}/gu, ':expression')
    .replace(
      /\blike\s+(?:concat\s*\(\s*)?('%'\s*(?:,|\|\|)\s*|%)?\s*([:?]\w*)\s*((?:,|\|\|)\s*'%'|%)?\s*(\))?/giu,
      (whole, before: string | undefined, parameter: string, after: string | undefined, close: string | undefined) => {
        if (before === undefined && after === undefined) return whole;
        const opens = /concat\s*\(/iu.test(whole);
        return `LIKE '${before === undefined ? '' : '%'}${parameter}${after === undefined ? '' : '%'}'${close !== undefined && !opens ? ')' : ''} `;
      },
    );
}

/** `FROM Order o` has no SELECT, `JOIN FETCH` no FETCH in SQL, `DELETE Order o` no FROM; `MEMBER OF` and `IS EMPTY` are comparisons. */
function asSql(text: string): string {
  return text
    .replace(/^\s*from\b/iu, 'SELECT x FROM')
    .replace(/^\s*delete\s+(?!from\b)/iu, 'DELETE FROM ')
    .replace(/\bjoin\s+fetch\b/giu, 'JOIN')
    .replace(/\bselect\s+(?:distinct\s+)?(?:object\s*\(\s*(\w+)\s*\))/iu, 'SELECT $1')
    .replace(/\bselect\s+distinct\b/iu, 'SELECT')
    .replace(/\bis\s+(not\s+)?empty\b/giu, 'IS $1NULL');
}
