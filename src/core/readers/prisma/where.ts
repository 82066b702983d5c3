/** Reads the where objects of Prisma's client into the filters of a query. */
import type { Comparison } from '../../schema/code.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';
import { objectParts, unwrap } from '../shared/typescript/syn.ts';
import type { Property, Syn } from '../shared/typescript/syn.ts';
import { fieldConditions, relationConditions } from './api.ts';

/** Nobody nests deeper, and a text that does shall not cost. */
const deepest = 24;

interface Place {
  /** Path before the property, with its dot. */
  readonly prefix: string;
  readonly group: number;
  readonly negated: boolean;
  readonly depth: number;
}

export function readWhere(node: Syn, draft: Draft, scope: Scope): void {
  readConditions(node, { prefix: '', group: 0, negated: false, depth: 0 }, draft, scope);
}

/** An object of conditions, a variable that holds one, or a choice of several. */
function readConditions(node: Syn, place: Place, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  if (place.depth > deepest) {
    draft.complete = false;
    return;
  }
  if (value.type !== 'object') {
    draft.complete = false;
    for (const branch of branchesOf(value))
      readConditions(branch, { ...place, group: draft.nextGroup++, depth: place.depth + 1 }, draft, scope);
    return;
  }
  const { properties, spreads, open } = objectParts(value, scope.text);
  if (open) draft.complete = false;
  for (const property of properties) readProperty(property, place, draft, scope);
  // `...(x && { a })`, `...where`: may be part of it, so that the rest proves nothing by its absence.
  for (const spread of spreads) {
    draft.complete = false;
    const inner = scope.literal(spread);
    for (const part of inner.type === 'object' ? [inner] : branchesOf(inner))
      readConditions(part, { ...place, depth: place.depth + 1 }, draft, scope);
  }
}

/** Objects that `a ? {…} : {…}`, `a && {…}` and `a ?? {…}` may come to. */
function branchesOf(node: Syn): readonly Syn[] {
  if (node.type !== 'ternary_expression' && node.type !== 'binary_expression') return [];
  return node.kids.slice(1).filter((branch) => unwrap(branch).type === 'object');
}

function readProperty({ key, value, keyNode }: Property, place: Place, draft: Draft, scope: Scope): void {
  const inner = unwrap(value);
  const text = scope.text.slice(inner.start, inner.end);
  // Prisma leaves out properties that are undefined.
  if (text === 'undefined') return;
  const deeper = { ...place, depth: place.depth + 1 };
  if (key === 'AND') {
    for (const part of listed(inner, scope)) readConditions(part, deeper, draft, scope);
    return;
  }
  if (key === 'OR') {
    const parts = listed(inner, scope);
    if (parts.length === 0) draft.complete = false;
    for (const part of parts)
      readConditions(part, { ...deeper, group: parts.length > 1 ? draft.nextGroup++ : place.group }, draft, scope);
    return;
  }
  if (key === 'NOT') {
    for (const part of listed(inner, scope)) readConditions(part, { ...deeper, negated: true }, draft, scope);
    return;
  }
  if (relationConditions.has(key)) {
    readRelated(inner, { ...deeper, negated: place.negated || key === 'none' || key === 'isNot' }, draft, scope);
    return;
  }
  const path = place.prefix + key;
  const add = (comparison: Comparison, constant: boolean, wrapped = false): void => {
    const at = scope.lines.range(keyNode.start, inner.end);
    const stated = place.negated ? (comparison === 'eq' ? 'ne' : 'other') : comparison;
    draft.filters.push({ path, at, comparison: stated, orGroup: place.group, wrapped, constant });
  };
  const literal = scope.literal(inner);
  if (literal.type === 'object') {
    const { properties, spreads } = objectParts(literal, scope.text);
    const isField = properties.length > 0 && properties.every((each) => fieldConditions.has(each.key));
    if (isField) readFieldConditions(properties, add, draft, scope);
    else if (properties.length === 0 && spreads.length > 0) {
      // Conditions that a variable holds: which, is not known.
      draft.complete = false;
      add('other', false);
    } else readConditions(literal, { ...deeper, prefix: `${path}.` }, draft, scope);
    return;
  }
  if (text === 'null') add('is-null', true);
  else if (literal.type === 'ternary_expression') {
    const branches = literal.kids.slice(1).map(unwrap);
    const object = branches.find(({ type }) => type === 'object');
    if (object) readFieldConditions(objectParts(object, scope.text).properties, add, draft, scope);
    else add('eq', false);
    if (branches.some((branch) => scope.text.slice(branch.start, branch.end) === 'undefined')) draft.complete = false;
  } else add('eq', isLiteral(literal));
}

/** Below `some`, `is`: conditions on the rows of the relation, `null` for none. */
function readRelated(node: Syn, place: Place, draft: Draft, scope: Scope): void {
  const value = scope.literal(node);
  const path = place.prefix.replace(/\.$/, '');
  if (value.type === 'object') {
    const { properties, spreads } = objectParts(value, scope.text);
    if (properties.length > 0 || spreads.length > 0) {
      readConditions(value, place, draft, scope);
      return;
    }
  }
  if (path === '') return;
  const at = scope.lines.range(node.start, node.end);
  const isNull = scope.text.slice(value.start, value.end) === 'null';
  const comparison = isNull && !place.negated ? 'is-null' : 'other';
  draft.filters.push({ path, at, comparison, orGroup: place.group, wrapped: false, constant: true });
}

type Add = (comparison: Comparison, constant: boolean, wrapped?: boolean) => void;

const comparisons: Readonly<Record<string, Comparison>> = {
  equals: 'eq',
  in: 'in',
  lt: 'range',
  lte: 'range',
  gt: 'range',
  gte: 'range',
  startsWith: 'prefix',
  contains: 'contains',
  endsWith: 'contains',
};

function readFieldConditions(properties: readonly Property[], add: Add, draft: Draft, scope: Scope): void {
  const mode = properties.find(({ key }) => key === 'mode');
  // Compared without case, which no plain index serves.
  const wrapped = mode !== undefined && !scope.text.slice(mode.value.start, mode.value.end).includes('default');
  let range = false;
  for (const { key, value } of properties) {
    const inner = unwrap(value);
    const text = scope.text.slice(inner.start, inner.end);
    if (key === 'mode' || text === 'undefined') continue;
    const constant = isLiteral(scope.literal(inner));
    const comparison = comparisons[key] ?? 'other';
    if (key === 'not') {
      const nested = scope.literal(inner);
      add(nested.type === 'object' || text === 'null' ? 'other' : 'ne', constant, wrapped);
    } else if (comparison === 'range') {
      // Two bounds are one condition.
      if (!range) add('range', constant, wrapped);
      range = true;
    } else if (key === 'equals' && text === 'null') add('is-null', true);
    else add(comparison, constant, wrapped);
    if (inner.type === 'ternary_expression' && /\bundefined\b/.test(text)) draft.complete = false;
  }
}

/** Members of a list, or the one thing that stands in its place. */
function listed(node: Syn, scope: Scope): readonly Syn[] {
  const value = scope.literal(node);
  if (value.type !== 'array') return [value];
  return value.kids.map((kid) => (kid.type === 'spread_element' && kid.kids[0] ? kid.kids[0] : kid));
}

export function isLiteral(node: Syn): boolean {
  if (node.type === 'unary_expression') return node.kids.every(isLiteral);
  if (node.type === 'array') return node.kids.every((kid) => isLiteral(unwrap(kid)));
  return /^(?:string|number|true|false|null)$/.test(node.type);
}
