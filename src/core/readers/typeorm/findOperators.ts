/** `In(…)`, `Not(…)`, `Like(…)`… as TypeORM exports them. */
import type { Comparison } from '../../schema/code.ts';
import { likePattern, readCondition } from '../shared/sql/conditions.ts';
import { rawSqlOf, sqlTextOf } from '../shared/typescript/sqlText.ts';
import { unwrap } from '../shared/typescript/syn.ts';
import type { Syn } from '../shared/typescript/syn.ts';
import { findOperators } from './api.ts';
import type { Draft } from '../shared/typescript/queryDraft.ts';
import type { Scope } from '../shared/typescript/scope.ts';

export interface Operator {
  readonly name: string;
  readonly args: readonly Syn[];
}

export function operatorOf(node: Syn, scope: Scope): Operator | null {
  const callee = node.type === 'call_expression' ? node.kids[0] : undefined;
  if (!callee) return null;
  const name = scope.text.slice(callee.start, callee.end);
  const list = node.kids.at(-1);
  return findOperators.has(name) ? { name, args: list?.type === 'arguments' ? list.kids : [] } : null;
}

function isConstant(node: Syn, scope: Scope): boolean {
  const inner = operatorOf(node, scope);
  return inner ? inner.args.every((argument) => isConstant(unwrap(argument), scope)) : isLiteral(node);
}

type Add = (comparison: Comparison, constant: boolean, wrapped?: boolean) => void;

export function readOperator({ name, args }: Operator, path: string, add: Add, draft: Draft, scope: Scope): void {
  const constant = args.every((argument) => isConstant(unwrap(argument), scope));
  const first = args[0] ? unwrap(args[0]) : undefined;
  switch (name) {
    case 'Equal':
      add('eq', constant);
      break;
    case 'In':
    case 'Any':
      add(name === 'In' || first?.type === 'array' ? 'in' : 'other', constant);
      break;
    case 'LessThan':
    case 'LessThanOrEqual':
    case 'MoreThan':
    case 'MoreThanOrEqual':
    case 'Between':
      add('range', constant);
      break;
    case 'IsNull':
      add('is-null', true);
      break;
    case 'Not': {
      const inner = first ? operatorOf(first, scope) : null;
      add(inner === null || inner.name === 'Equal' ? 'ne' : 'other', constant);
      break;
    }
    case 'Like':
    case 'ILike':
      // ILIKE compares without case, which no plain index serves.
      add(first ? likePattern(scope.text.slice(first.start, first.end)) : 'other', constant, name === 'ILike');
      break;
    case 'And':
    case 'Or':
      for (const argument of args) {
        const inner = operatorOf(unwrap(argument), scope);
        if (inner) readOperator(inner, path, add, draft, scope);
        else draft.complete = false;
      }
      break;
    case 'Raw':
      readRaw(args, add, draft, scope);
      break;
    default:
      add('other', constant);
  }
}

/** `Raw(alias => `LOWER(${alias}) = :name`, { name })`: the alias is TypeORM's own and safe; anything else put in is not. */
function readRaw(args: readonly Syn[], add: Add, draft: Draft, scope: Scope): void {
  const callback = args[0] ? unwrap(args[0]) : undefined;
  const body = callback?.type === 'arrow_function' ? callback.kids.at(-1) : callback;
  const parameter =
    callback?.type === 'arrow_function'
      ? scope.text.slice(callback.start, callback.kids[0]?.end ?? callback.start).replace(/[^\w$]/g, '')
      : '';
  const sql = body
    ? sqlTextOf(body, scope.text, (name) => (name === parameter && name !== '' ? 'raw_alias' : scope.constantOf(name)))
    : null;
  if (!sql) {
    add('other', false);
    draft.complete = false;
    return;
  }
  if (sql.holes.length > 0) draft.sql = rawSqlOf(sql, scope.lines);
  const predicate = readCondition(sql.sql).predicates.find(({ column }) => column === 'raw_alias');
  add(
    predicate?.comparison ?? 'other',
    predicate?.constant ?? false,
    predicate?.wrapped ?? /\braw_alias\s*\)/.test(sql.sql),
  );
}

export function isLiteral(node: Syn): boolean {
  if (node.type === 'unary_expression') return node.kids.every(isLiteral);
  if (node.type === 'array') return node.kids.every((kid) => isLiteral(unwrap(kid)));
  return /^(?:string|number|true|false|null)$/.test(node.type);
}
