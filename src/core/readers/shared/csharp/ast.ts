/** Expressions and statements of configuration code, JSON-safe: what linking runs. */
import type { SourceRange } from '../../../schema/source.ts';
import type { TypeRef } from './types.ts';

export type Expr =
  | { readonly k: 'lit'; readonly v: string | number | boolean | null }
  | { readonly k: 'name'; readonly n: string }
  | { readonly k: 'get'; readonly on: Expr; readonly n: string }
  | CallExpr
  | FunctionExpr
  /** Objects made by `new`: `a` of the constructor, `m` of the initializer; anonymous objects and lists have no type. */
  | { readonly k: 'new'; readonly t: TypeRef | null; readonly a: readonly Expr[]; readonly m: readonly Member[] }
  | { readonly k: 'typeof'; readonly t: TypeRef }
  | { readonly k: 'list'; readonly i: readonly Expr[] }
  /** Parts of an interpolated string. */
  | { readonly k: 'text'; readonly p: readonly Expr[] }
  | { readonly k: 'bin'; readonly o: string; readonly l: Expr; readonly r: Expr }
  | { readonly k: 'not'; readonly e: Expr }
  | { readonly k: 'index'; readonly on: Expr; readonly i: Expr }
  | { readonly k: 'if'; readonly c: Expr; readonly t: Expr; readonly f: Expr }
  | { readonly k: 'is'; readonly e: Expr; readonly t: TypeRef }
  | { readonly k: 'set'; readonly l: Expr; readonly r: Expr }
  | { readonly k: 'other'; readonly s: string };

export interface CallExpr {
  readonly k: 'call';
  readonly on: Expr | null;
  readonly n: string;
  readonly t: readonly TypeRef[];
  readonly a: readonly Expr[];
  /** Names of named arguments, at the same places; absent = none is named. */
  readonly names?: readonly (string | null)[];
  readonly at: SourceRange;
}

export interface FunctionExpr {
  readonly k: 'fn';
  readonly p: readonly string[];
  readonly b: Expr | readonly Stmt[];
}

export interface Member {
  readonly n: string | null;
  readonly v: Expr;
}

export type Stmt =
  | { readonly k: 'do'; readonly e: Expr }
  | { readonly k: 'let'; readonly n: string; readonly e: Expr | null }
  | { readonly k: 'each'; readonly n: string; readonly over: Expr; readonly b: readonly Stmt[] }
  | { readonly k: 'cond'; readonly c: Expr; readonly t: readonly Stmt[]; readonly f: readonly Stmt[] }
  | { readonly k: 'return'; readonly e: Expr | null }
  | { readonly k: 'local'; readonly n: string; readonly f: FunctionExpr };
