/** Queries that run only where a cache does not know the answer. */
import type { FileFacts, Query } from '../../schema/code.ts';
import type { FunctionRef } from './calls.ts';
import { covers } from './within.ts';

/** A cache stands around the function, as its name or what is declared on it says (`@Cacheable`, `@lru_cache`). */
export function isRemembered(callee: string, { file, id }: FunctionRef): boolean {
  const decorators = file.functions[id]?.decorators ?? [];
  return (
    looksUp(file, id) ||
    /(?:From|In|Through)_?Cache$|(?:^|[._])(?:get_?)?cached/iu.test(callee) ||
    decorators.some((name) =>
      /^(?:\w+\.)*(?!(?:never|no|clear|invalidate|evict|bust|purge|reset)_|\w*(?:Evict|Put)$)\w*(?:cache|memoi[sz]e)\w*$/iu.test(
        name,
      ),
    )
  );
}

/** A function that keeps answers is handed the query: `wrapRedis(key, () => orders.findOne(id))`, `cache.remember(key, …)`. */
export function isKeptOnce({ at, function: own }: Query, { calls, functions }: FileFacts): boolean {
  const around = own === null ? undefined : functions[own];
  return (
    around !== undefined &&
    calls.some((call) => keeping.test(call.callee) && covers(call.at, at) && covers(call.at, around.at))
  );
}

const keeping = /cache|memoi[sz]e|redis|(?:^|\.)(?:remember|getOrSet|getOrAdd|GetOrCreate\w*|swr)$/iu;

/** `if (!known.has(id)) known.set(id, await orders.findOne(id))`: each value is asked for once. */
function looksUp(file: FileFacts, id: number): boolean {
  const receivers = (method: RegExp): readonly string[] =>
    file.calls.flatMap(({ callee, function: own }) =>
      own === id && method.test(callee) ? [callee.replace(/[?!]?\.\w+$/u, '')] : [],
    );
  const filled = new Set(receivers(/\.set$/u));
  return filled.size > 0 && receivers(/\.(?:has|get)$/u).some((receiver) => filled.has(receiver));
}
