/** Methods that are only declared (of interfaces, abstract classes) lead to the one of the class that does what they say. */
import type { CodeContext } from '../rule.ts';
import type { FunctionRef } from './calls.ts';
import { isWithin } from './within.ts';

/** The overload that takes so many arguments, and where it is only declared, the method of the class that implements it. */
export function implementationOf(found: FunctionRef, given: number, context: CodeContext): FunctionRef {
  const overload = overloadOf(found, given);
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
  given: number | null = null,
): FunctionRef | null {
  if (context.implementation(type, mostImplementations)) return null;
  const methods: FunctionRef[] = [];
  for (let at = 0; at < mostImplementations; at++) {
    const file = context.implementation(type, at);
    if (!file) break;
    for (const { name: implementing, extends: base, implements: interfaces } of file.classes) {
      if (![base ?? '', ...interfaces].some((each) => simpleName(each) === type)) continue;
      const id = file.functions.findIndex((each) => each.owner === implementing && each.name === name);
      if (id >= 0) methods.push(given === null ? { file, id } : overloadOf({ file, id }, given));
    }
  }
  const [first] = methods;
  return first && (methods.length === 1 || methods.every(asks)) ? first : null;
}

/** What more classes do is many things. */
const mostImplementations = 4;

function overloadOf({ file, id }: FunctionRef, given: number): FunctionRef {
  const found = file.functions[id];
  if (found?.owner == null || found.parameters.length === given) return { file, id };
  const fitting = file.functions.findIndex(
    ({ owner, name, parameters }) => owner === found.owner && name === found.name && parameters.length === given,
  );
  return { file, id: fitting === -1 ? id : fitting };
}

/** Nothing happens in it: it is declared for others to implement. */
function isOnlyDeclared({ file, id }: FunctionRef): boolean {
  return (
    !file.queries.some((each) => each.function === id) &&
    !file.calls.some((each) => each.function === id) &&
    !file.loops.some((each) => each.function === id) &&
    !file.functions.some(({ parent }) => parent === id)
  );
}

function asks({ file, id }: FunctionRef): boolean {
  return file.queries.some((query) => isWithin(file, query.function, id));
}

/** `Dao` of `shop.Dao<Order>`. */
export function simpleName(type: string): string {
  return /(\w+)\s*(?:<.*)?$/su.exec(type.trim())?.[1] ?? type;
}
