/** What lambdas select, without running them. */
import type { Expr, Stmt } from './ast.ts';
import { isKind, isList } from './values.ts';
import type { Value } from './values.ts';

export function isStatements(body: Expr | readonly Stmt[]): body is readonly Stmt[] {
  return Array.isArray(body);
}

/** Name that a member of an anonymous object takes from its value. */
export function memberName(expr: Expr): string {
  return expr.k === 'get' || expr.k === 'name' ? expr.n : '';
}

/** The members that a selector names: `x => x.A.B` gives `['A.B']`, `x => new { x.A, x.B }` gives both; null where it does more. */
export function selectedPaths(value: Value): readonly string[] | null {
  if (typeof value === 'string') return [value];
  if (isList(value)) {
    const names = value.filter((each) => typeof each === 'string');
    return names.length === value.length ? names : null;
  }
  if (!isKind(value, 'closure')) return null;
  const { b, p } = value.expr;
  const body = isStatements(b) ? b.flatMap((each) => (each.k === 'return' && each.e ? [each.e] : []))[0] : b;
  if (!body) return null;
  const parameter = p[0] ?? '';
  const parts = body.k === 'new' ? body.m.map(({ v }) => v) : body.k === 'list' ? body.i : [body];
  const paths = parts.map((part) => pathOf(part, parameter));
  return paths.every((path) => path !== null) ? paths : null;
}

function pathOf(expr: Expr, parameter: string): string | null {
  if (expr.k !== 'get') return null;
  if (expr.on.k === 'name') return expr.on.n === parameter ? expr.n : null;
  const before = pathOf(expr.on, parameter);
  return before === null ? null : `${before}.${expr.n}`;
}
