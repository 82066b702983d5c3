/** What expressions evaluate to. */
import type { SourceRange } from '../../../schema/source.ts';
import type { ClassDeclaration, FunctionValue } from './declarations.ts';

export type Result =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Result[]
  | ObjectResult
  | FunctionResult
  | ClassNode
  | CallResult
  | MemberResult
  | MethodResult
  | TemplateResult
  | { readonly is: 'builtin'; readonly name: string }
  | { readonly is: 'external'; readonly module: string; readonly name: string }
  | Unknown;

/** Its source text, at most `maxText` characters. */
export interface Unknown {
  readonly is: 'unknown';
  readonly text: string;
}

export interface ObjectResult {
  readonly is: 'object';
  readonly entries: ReadonlyMap<string, Result>;
  readonly positions: ReadonlyMap<string, SourceRange>;
  /** Source of something spread into it that could not be evaluated. */
  readonly missing: string | null;
}

export interface FunctionResult {
  readonly is: 'function';
  readonly value: FunctionValue;
  readonly scope: Scope;
}

/** A call of something outside the workspace: `Column({ … })`, `new EntitySchema({ … })`. */
export interface CallResult {
  readonly is: 'call';
  readonly module: string | null;
  readonly name: string;
  readonly arguments: readonly Result[];
  readonly text: string;
  /** What its last name is a member of, where that is a call: `new Schema({ … })` of `new Schema({ … }).index`. Only where paths are kept. */
  readonly on?: CallResult;
}

/** A member of what something outside the workspace gave: `users.id` of a `pgTable(…)`. Only where chains are asked for. */
export interface MemberResult {
  readonly is: 'member';
  readonly object: Result;
  readonly name: string;
}

/** A call of such a member: `varchar('name').notNull()`; the name is '' where the result itself is called. Only where chains are asked for. */
export interface MethodResult {
  readonly is: 'method';
  readonly object: Result;
  readonly name: string;
  readonly arguments: readonly Result[];
  readonly text: string;
}

/** A template that holds more than text. Only where chains are asked for. */
export interface TemplateResult {
  readonly is: 'template';
  readonly parts: readonly Result[];
}

/** A class at run time: each call of a mixin gives one of its own. */
export interface ClassNode {
  readonly is: 'class';
  readonly name: string;
  readonly file: string;
  readonly declaration: ClassDeclaration;
  readonly scope: Scope;
  /** Null = extends nothing, or something outside the workspace. */
  readonly base: ClassNode | null;
  /** What it extends where that is no class of the workspace. */
  readonly foreignBase: { readonly module: string | null; readonly name: string } | null;
}

/** Where names are looked up: parameters and locals of the functions around, then the file. */
export interface Scope {
  readonly file: string;
  readonly names: ReadonlyMap<string, Result> | null;
  readonly outer: Scope | null;
}

export function isUnknown(result: Result): result is Unknown {
  return typeof result === 'object' && result !== null && 'is' in result && result.is === 'unknown';
}

export function isObject(result: Result): result is ObjectResult {
  return typeof result === 'object' && result !== null && 'is' in result && result.is === 'object';
}

export function isFunction(result: Result): result is FunctionResult {
  return typeof result === 'object' && result !== null && 'is' in result && result.is === 'function';
}

export function isClass(result: Result): result is ClassNode {
  return typeof result === 'object' && result !== null && 'is' in result && result.is === 'class';
}

export function isCall(result: Result): result is CallResult {
  return typeof result === 'object' && result !== null && 'is' in result && result.is === 'call';
}

export function isMember(result: Result): result is MemberResult {
  return typeof result === 'object' && result !== null && 'is' in result && result.is === 'member';
}

export function isMethod(result: Result): result is MethodResult {
  return typeof result === 'object' && result !== null && 'is' in result && result.is === 'method';
}

export function isTemplate(result: Result): result is TemplateResult {
  return typeof result === 'object' && result !== null && 'is' in result && result.is === 'template';
}

export function isList(result: Result): result is readonly Result[] {
  return Array.isArray(result);
}

/** In JavaScript's order: integer keys ascending, then the others as written. */
export function ownKeys(object: ObjectResult): readonly string[] {
  const keys = [...object.entries.keys()];
  const integers = keys.filter((key) => /^(?:0|[1-9]\d*)$/.test(key));
  if (integers.length === 0) return keys;
  return [...integers.sort((a, b) => Number(a) - Number(b)), ...keys.filter((key) => !integers.includes(key))];
}

/** Values that compare and branch as JavaScript would. */
export function isPlain(result: Result): result is string | number | boolean | null | undefined {
  return result === null || typeof result !== 'object';
}
