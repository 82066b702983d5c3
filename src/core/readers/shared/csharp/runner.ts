/** What running configuration code needs and gives. */
import type { CallExpr, Expr } from './ast.ts';
import type { MethodDeclaration } from './declarations.ts';
import type { ClassInfo, CsProject, TypeArguments } from './project.ts';
import type { TypeRef } from './types.ts';
import type { Instance, Value } from './values.ts';

/** Where code runs. */
export interface Frame {
  readonly variables: Map<string, Value>;
  readonly parent: Frame | null;
  /** Class the code is written in. */
  readonly owner: ClassInfo;
  readonly args: TypeArguments;
  readonly self: Value;
}

export interface Hooks {
  /** First look at each call; `{ value }` where the host answers it. */
  readonly call?: (call: CallExpr, frame: Frame, on: Value) => { readonly value: Value } | null;
  /** Value of a name or member that nothing else knows. */
  readonly name?: (name: string, frame: Frame) => Value;
  /** Type that a builder is of: what the type parameter of `EntityTypeBuilder<T>` stands for. */
  readonly typeOf?: (value: Value) => TypeRef | null;
  /** Told of calls of methods on what is not known. */
  readonly unknown?: (call: CallExpr, frame: Frame) => void;
}

export interface Runner {
  evaluate(expr: Expr, frame: Frame): Value;
  /** @param args of the parameters, in order */
  runMethod(
    method: MethodDeclaration,
    owner: ClassInfo,
    args: readonly Value[],
    self: Value,
    typeArgs?: TypeArguments,
  ): Value;
  /** The type as the code means it there: type parameters replaced, names absolute. */
  typeIn(type: TypeRef, frame: Frame): TypeRef;
  construct(type: TypeRef, from: ClassInfo): Instance;
  readonly project: CsProject;
}
