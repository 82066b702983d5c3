/** Names of repository methods that are queries: `findTop10ByCustomerEmailAndStatusInOrderByCreatedAtDesc` (Spring Data, PartTree). */
import type { Comparison, Operation } from '../../schema/code.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';

const subject =
  /^(find|read|get|query|search|stream|count|exists|delete|remove|retrieve|list)((?:\p{Lu}.*?)??)(?:By(?=\p{Lu}|$)(.*))?$/u;

const operations: Readonly<Record<string, Operation>> = {
  count: 'count',
  exists: 'exists',
  delete: 'delete',
  remove: 'delete',
};

/** Longest first, as PartTree tries them. */
const keywords: readonly (readonly [keyword: string, comparison: Comparison])[] = (
  [
    ['IsNotNull', 'other'],
    ['NotNull', 'other'],
    ['IsNull', 'is-null'],
    ['Null', 'is-null'],
    ['IsBetween', 'range'],
    ['Between', 'range'],
    ['IsLessThanEqual', 'range'],
    ['LessThanEqual', 'range'],
    ['IsLessThan', 'range'],
    ['LessThan', 'range'],
    ['IsGreaterThanEqual', 'range'],
    ['GreaterThanEqual', 'range'],
    ['GreaterThanEquals', 'range'],
    ['LessThanEquals', 'range'],
    ['IsGreaterThan', 'range'],
    ['GreaterThan', 'range'],
    ['IsBefore', 'range'],
    ['Before', 'range'],
    ['IsAfter', 'range'],
    ['After', 'range'],
    ['IsNotLike', 'other'],
    ['NotLike', 'other'],
    ['IsLike', 'other'],
    ['Ilike', 'contains'],
    ['Like', 'other'],
    ['IsStartingWith', 'prefix'],
    ['StartingWith', 'prefix'],
    ['StartsWith', 'prefix'],
    ['IsEndingWith', 'contains'],
    ['EndingWith', 'contains'],
    ['EndsWith', 'contains'],
    ['IsNotContaining', 'other'],
    ['NotContaining', 'other'],
    ['NotContains', 'other'],
    ['IsContaining', 'contains'],
    ['Containing', 'contains'],
    ['Contains', 'contains'],
    ['Contain', 'contains'],
    ['IsNotIn', 'other'],
    ['NotIn', 'other'],
    ['InList', 'in'],
    ['IsIn', 'in'],
    ['In', 'in'],
    ['IsNotEmpty', 'other'],
    ['NotEmpty', 'other'],
    ['IsEmpty', 'is-null'],
    ['Empty', 'is-null'],
    ['MatchesRegex', 'other'],
    ['Matches', 'other'],
    ['Regex', 'other'],
    ['IsTrue', 'eq'],
    ['True', 'eq'],
    ['IsFalse', 'eq'],
    ['False', 'eq'],
    ['IsNot', 'ne'],
    ['NotEquals', 'ne'],
    ['NotEqual', 'ne'],
    ['Not', 'ne'],
    ['Is', 'eq'],
    ['Equals', 'eq'],
    ['Equal', 'eq'],
  ] as const
).toSorted((a, b) => b[0].length - a[0].length);

/** Paths are the parts of the name as they stand there (`CustomerEmail`): linking turns them into properties. False = no query by its name. */
export function applyDerived(method: string, at: SourceRange, draft: Draft): boolean {
  const match = subject.exec(method);
  if (!match) return false;
  const [, verb = '', what = '', predicate] = match;
  if (
    predicate === undefined &&
    !/^(?:find|read|get|query|stream|count|delete|remove|list|search)All\b|^(?:findAll|list|listAll|count|deleteAll)/u.test(
      method,
    )
  )
    return false;
  draft.operation = operations[verb] ?? 'select';
  const limit = /^(?:Distinct)?(?:First|Top)(\d*)/u.exec(what);
  if (limit) draft.limit = { value: limit[1] === '' ? 1 : Number(limit[1]), at };
  const [conditions, order] = splitOrder(predicate ?? '');
  const groups = conditions === '' ? [] : conditions.split(/Or(?=\p{Lu})/u);
  for (const group of groups) {
    const orGroup = groups.length > 1 ? draft.nextGroup++ : 0;
    for (const part of group.split(/And(?=\p{Lu})/u)) addPart(part, orGroup, at, draft);
  }
  for (const part of (order ?? '').match(/\p{Lu}.*?(?:Asc|Desc)(?=\p{Lu}|$)|\p{Lu}.*$/gu) ?? []) {
    const path = part.replace(/(?:Asc|Desc)$/u, '');
    draft.sorts.push({ path, at, direction: part.endsWith('Desc') ? 'desc' : 'asc' });
  }
  return true;
}

function splitOrder(text: string): [string, string | undefined] {
  const at = /OrderBy(?=\p{Lu})/u.exec(text);
  return at ? [text.slice(0, at.index), text.slice(at.index + 'OrderBy'.length)] : [text, undefined];
}

function addPart(written: string, orGroup: number, at: SourceRange, draft: Draft): void {
  const ignoreCase = /(?:All)?Ignor(?:e|ing)Case$/u;
  const wrapped = ignoreCase.test(written);
  const part = written.replace(ignoreCase, '');
  if (part === '') return;
  const found = keywords.find(([keyword]) => part.endsWith(keyword) && part.length > keyword.length);
  const path = found ? part.slice(0, -found[0].length) : part;
  const constant = found !== undefined && /True|False|Null|Empty/u.test(found[0]);
  draft.filters.push({ path, at, comparison: found?.[1] ?? 'eq', wrapped, constant, orGroup });
}

/** `CustomerEmail` → `customer.email`, by what the entity has (PropertyPath): the longest property from the left first. */
export function propertyPath(written: string, hasMember: (path: string) => boolean, depth = 0): string | null {
  const plain = written.replace(/_/gu, '.');
  if (plain.includes('.')) {
    const path = plain
      .split('.')
      .filter((part) => part !== '')
      .map(decapitalized)
      .join('.');
    if (hasMember(path)) return path;
  }
  const whole = decapitalized(written.replace(/_/gu, ''));
  if (hasMember(whole)) return whole;
  if (depth > 6) return null;
  // From the right: `CustomerEmailAddress` is `customerEmail.address` before `customer.emailAddress`.
  for (let cut = written.length - 1; cut > 0; cut--) {
    if (!/\p{Lu}/u.test(written.charAt(cut))) continue;
    const head = decapitalized(written.slice(0, cut));
    if (!hasMember(head)) continue;
    const rest = propertyPath(written.slice(cut), (path) => hasMember(`${head}.${path}`), depth + 1);
    if (rest !== null) return `${head}.${rest}`;
  }
  return null;
}

function decapitalized(name: string): string {
  return /^\p{Lu}{2}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}
