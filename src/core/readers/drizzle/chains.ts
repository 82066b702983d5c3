/** Takes the chains of calls apart that schemas are built from. */
import { isCall, isMember, isMethod, isObject } from '../shared/typescript/results.ts';
import type { ObjectResult, Result } from '../shared/typescript/results.ts';
import type { Chain } from './model.ts';

/** The call a chain starts with and what is called on it; null where it starts with no call. */
export function chainOf(result: Result): Chain | null {
  const calls: { name: string; arguments: readonly Result[] }[] = [];
  let current = result;
  while (isMethod(current)) {
    if (current.name === '') {
      // `status('status')` of an enum, `bytea('data')` of a custom type.
      const made = current.object;
      const base = isCall(made) || isMethod(made) ? made : null;
      if (!base) return null;
      return {
        maker: base.name,
        module: isCall(base) ? base.module : null,
        made,
        arguments: current.arguments,
        calls: calls.reverse(),
        text: current.text,
      };
    }
    calls.push({ name: current.name, arguments: current.arguments });
    current = current.object;
  }
  if (!isCall(current)) return null;
  const { name, module, text } = current;
  return { maker: name, module, made: null, arguments: current.arguments, calls: calls.reverse(), text };
}

/** What the last call of that name was given; null = it is not called. */
export function called({ calls }: Chain, ...names: readonly string[]): readonly Result[] | null {
  return calls.findLast(({ name }) => names.includes(name))?.arguments ?? null;
}

/** `users.id` → the object and the key. */
export function memberOf(result: Result): { readonly object: Result; readonly key: string } | null {
  return isMember(result) ? { object: result.object, key: result.name } : null;
}

export function entry(result: Result, key: string): Result {
  return isObject(result) ? result.entries.get(key) : undefined;
}

export function textEntry(result: Result, key: string): string | null {
  const value = entry(result, key);
  return typeof value === 'string' ? value : null;
}

export function numberEntry(result: Result, key: string): number | null {
  const value = entry(result, key);
  return typeof value === 'number' ? value : null;
}

export function objectOf(results: readonly Result[]): ObjectResult | undefined {
  return results.find(isObject);
}
