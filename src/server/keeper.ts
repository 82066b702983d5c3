/** When what is worth keeping gets written: after what was found is out, and in pieces that nobody notices. */
import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Keeper {
  /** Something new is there. */
  soon(): void;
  /** All that is left, at the end; nothing is written later. */
  now(): void;
}

/** Results written between two looks at what else is to be done: some 20 ms. */
const flushed = 100;
/** Without a change of files, before an analysis is written: some 200 ms of work at a thousand tables. */
const quietMs = 5000;

/** `flush` writes at most so many results and tells whether there are more; `remember` writes the whole. */
export function createKeeper(flush: (limit: number) => boolean, remember: () => void): Keeper {
  let isFlushing = false;
  let remembering: NodeJS.Timeout | null = null;

  function rememberNow(): void {
    if (!remembering) return;
    clearTimeout(remembering);
    remembering = null;
    remember();
  }

  async function flushAll(): Promise<void> {
    isFlushing = true;
    do await nextTurn();
    while (flush(flushed));
    isFlushing = false;
  }

  return {
    soon() {
      if (remembering) clearTimeout(remembering);
      remembering = setTimeout(rememberNow, quietMs).unref();
      if (!isFlushing) void flushAll();
    },
    now: rememberNow,
  };
}
