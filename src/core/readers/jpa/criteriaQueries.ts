/** Hibernate's own criteria, whose `Restrictions` were `Expression` before version 3: `session.createCriteria(Order.class).add(Restrictions.eq("number", number)).uniqueResult()`. */
import type { Comparison } from '../../schema/code.ts';
import type { JavaCall } from '../shared/java/outline.ts';
import { newDraft } from '../shared/typescript/queryDraft.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { CallScope } from './queries.ts';

const comparisons: Readonly<Record<string, Comparison>> = {
  eq: 'eq',
  eqOrIsNull: 'eq',
  in: 'in',
  gt: 'range',
  ge: 'range',
  lt: 'range',
  le: 'range',
  between: 'range',
  isNull: 'is-null',
};

/** Longer functions build more than one query. */
const mostText = 4000;

/** Null where no class is named: criteria of an association, or of a class that only running the program tells. */
export function criteriaQuery(
  call: JavaCall,
  scope: CallScope,
): { readonly draft: Draft; readonly result: string | null } | null {
  const [first, second] = call.arguments;
  const entity = first ? /^([\w.]+)\.class$/u.exec(scope.text(first))?.[1] : undefined;
  if (entity === undefined) return null;
  const draft = newDraft(call.method, 'select', 'many');
  draft.entity = entity.replace(/^.*\./u, '');
  const alias = second ? /^"(\w+)"$/u.exec(scope.text(second))?.[1] : undefined;
  const around = call.function === null ? undefined : scope.outline.functions[call.function];
  const { text, lines } = scope.file;
  const rest = text.slice(call.end, Math.min(around?.end ?? call.end, call.end + mostText));
  // What comes after the next criteria is about those.
  const own = rest.slice(0, /\bcreateCriteria\s*\(\s*[\w.]+\.class/u.exec(rest)?.index);
  const at = lines.range(call.start, call.end);
  const isGiven =
    call.result !== null && new RegExp(`\\w\\(\\s*(?:[^();]*,\\s*)?${call.result}\\s*[,)]`, 'u').test(own);
  if (isGiven || /\b(?:disjunction|(?:Restrictions|Expression)\s*\.\s*(?:or|not|sqlRestriction))\s*\(/u.test(own))
    draft.complete = false;
  const pathOf = (written: string): string =>
    alias !== undefined && written.startsWith(`${alias}.`) ? written.slice(alias.length + 1) : written;
  if (draft.complete)
    for (const [, operator = '', path = ''] of own.matchAll(
      /\b(?:Restrictions|Expression)\s*\.\s*(\w+)\s*\(\s*"([\w.]+)"/gu,
    ))
      draft.filters.push({
        path: pathOf(path),
        at,
        comparison: comparisons[operator] ?? 'other',
        wrapped: false,
        constant: false,
        orGroup: 0,
      });
  for (const [, direction, path = ''] of own.matchAll(/\bOrder\s*\.\s*(asc|desc)\s*\(\s*"([\w.]+)"/gu))
    draft.sorts.push({ path: pathOf(path), at, direction: direction === 'desc' ? 'desc' : 'asc' });
  for (const [, path = ''] of own.matchAll(
    /\.\s*setFetchMode\s*\(\s*"([\w.]+)"\s*,\s*FetchMode\s*\.\s*(?:JOIN|EAGER)/gu,
  ))
    draft.loads.push({ path: pathOf(path), at });
  if (/\.\s*uniqueResult\s*\(/u.test(own)) draft.rows = 'one';
  if (/\.\s*setProjection\s*\(/u.test(own)) draft.selects = [];
  const limit = /\.\s*setMaxResults\s*\(\s*(\d+)?/u.exec(own);
  if (limit) draft.limit = { value: limit[1] === undefined ? null : Number(limit[1]), at };
  const result = new RegExp(
    `(\\w+)\\s*=\\s*(?:\\([\\w<>.?, ]+\\)\\s*)?${call.result ?? '\\w+'}\\s*\\.\\s*(?:list|uniqueResult)\\s*\\(`,
    'u',
  ).exec(own)?.[1];
  return { draft, result: result ?? null };
}
