/** Arguments of calls at the places of their parameters, and what type parameters stand for. */
import type { CallExpr } from './ast.ts';
import type { MethodDeclaration } from './declarations.ts';
import type { TypeArguments } from './project.ts';
import type { TypeRef } from './types.ts';
import type { Value } from './values.ts';

export function typeArguments(method: MethodDeclaration, types: readonly TypeRef[]): TypeArguments {
  return new Map(
    method.typeParameters.flatMap((name, at): [string, TypeRef][] => (types[at] ? [[name, types[at]]] : [])),
  );
}

/** Type arguments that are left out are those of the builders handed in. */
export function inferred(
  method: MethodDeclaration,
  types: readonly TypeRef[],
  args: readonly Value[],
  typeOf: ((value: Value) => TypeRef | null) | undefined,
): TypeArguments {
  if (types.length > 0 || method.typeParameters.length === 0) return typeArguments(method, types);
  const found = new Map<string, TypeRef>();
  method.parameterTypes.forEach((parameter, at) => {
    const [of] = parameter.args;
    const type = of && method.typeParameters.includes(of.name) ? typeOf?.(args[at]) : null;
    if (of && type) found.set(of.name, type);
  });
  return found;
}

/** Named arguments at the places of their parameters. */
export function orderedArguments(
  call: CallExpr,
  method: MethodDeclaration,
  args: readonly Value[],
  offset = 0,
): readonly Value[] {
  if (!call.names) return args;
  const ordered: Value[] = [];
  call.names.forEach((name, at) => {
    const place = name === null ? at : method.parameters.indexOf(name) - offset;
    if (place >= 0) ordered[place] = args[at];
  });
  return ordered;
}
