/** Methods that are only declared (of interfaces, abstract classes) lead to the one of the class that does what they say. */
import type { CodeContext } from '../rule.ts';
import type { FunctionRef } from './calls.ts';
import { asks, overloadFor, simpleName } from './overloads.ts';
import type { Given } from './overloads.ts';

/**
 * The overload that takes such arguments, and where it is only declared, the method of the class that implements it. Null where several
 * overloads may be meant.
 */
export function implementationOf(found: FunctionRef, given: Given, context: CodeContext): FunctionRef | null {
  const overload = overloadFor(found, given);
  if (!overload) return null;
  const { owner, name } = overload.file.functions[overload.id] ?? {};
  if (owner == null || name == null || !isOnlyDeclared(overload)) return overload;
  return implementedMethod(owner, name, context, given) ?? overload;
}

/**
 * The method of the class that implements the type. Of several such classes the first counts where each of them asks the database
 * itself: they are the same for several engines.
 */
export function implementedMethod(
  type: string,
  name: string,
  context: CodeContext,
  given: Given | null = null,
): FunctionRef | null {
  if (context.implementation(type, mostImplementations)) return null;
  const methods: FunctionRef[] = [];
  for (let at = 0; at < mostImplementations; at++) {
    const file = context.implementation(type, at);
    if (!file) break;
    for (const { name: implementing, extends: base, implements: interfaces } of file.classes) {
      if (![base ?? '', ...interfaces].some((each) => simpleName(each) === type)) continue;
      const id = file.functions.findIndex((each) => each.owner === implementing && each.name === name);
      const method = id < 0 ? null : given === null ? { file, id } : overloadFor({ file, id }, given);
      if (method) methods.push(method);
      else if (id >= 0) return null;
    }
  }
  const [first] = methods;
  return first && (methods.length === 1 || methods.every(asks)) ? first : null;
}

/** What more classes do is many things. */
const mostImplementations = 4;

/** Nothing happens in it: it is declared for others to implement. */
function isOnlyDeclared({ file, id }: FunctionRef): boolean {
  return (
    !file.queries.some((each) => each.function === id) &&
    !file.calls.some((each) => each.function === id) &&
    !file.loops.some((each) => each.function === id) &&
    !file.functions.some(({ parent }) => parent === id)
  );
}
