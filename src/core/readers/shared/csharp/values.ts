/** Values that running configuration code yields. What is not known is `undefined`, and everything made of it is not known either. */
import type { CallExpr, FunctionExpr } from './ast.ts';
import type { ClassInfo } from './project.ts';
import type { TypeRef } from './types.ts';

export type Value =
  string | number | boolean | null | undefined | readonly Value[] | Host | Closure | TypeValue | Named | Instance;

/** An object of the library: a builder, a part of its model. */
export interface Host {
  readonly is: 'host';
  get?(name: string): Value;
  set?(name: string, value: Value): void;
  /** @param args already run; those of lambdas are closures */
  call?(name: string, args: readonly Value[], call: CallExpr, types: readonly TypeRef[]): Value;
}

export interface Closure {
  readonly is: 'closure';
  readonly expr: FunctionExpr;
  readonly run: (args: readonly Value[]) => Value;
}

/** `typeof(Order)`, or a type that a variable holds. */
export interface TypeValue {
  readonly is: 'type';
  readonly type: TypeRef;
  readonly info: ClassInfo | null;
}

/** A name nothing of the project stands behind: `DeleteBehavior.Restrict`. */
export interface Named {
  readonly is: 'named';
  readonly name: string;
}

/** What `new` made: an anonymous object or one of a class. */
export interface Instance {
  readonly is: 'instance';
  readonly type: TypeRef | null;
  readonly info: ClassInfo | null;
  readonly fields: Map<string, Value>;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isKind<Kind extends 'host' | 'closure' | 'type' | 'named' | 'instance'>(
  value: Value,
  kind: Kind,
): value is Extract<Value, { readonly is: Kind }> {
  return typeof value === 'object' && value !== null && !isList(value) && value.is === kind;
}

export function textValue(value: Value): string | null {
  return typeof value === 'string' ? value : null;
}

export function numberValue(value: Value): number | null {
  return typeof value === 'number' ? value : null;
}

/** Last part of a name: `Restrict` of `DeleteBehavior.Restrict`. */
export function nameValue(value: Value): string | null {
  return isKind(value, 'named') ? value.name.slice(value.name.lastIndexOf('.') + 1) : null;
}
