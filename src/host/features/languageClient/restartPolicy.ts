/** When a server that stopped by itself is started again, and when the user hears of it. */

export interface CrashDecision {
  readonly restart: boolean;
  /** True once per burst of crashes. */
  readonly tell: boolean;
}

/** After this many restarts within the window the cause is not a chance one. */
const maxRestarts = 4;
const windowMs = 3 * 60_000;

/** @returns what to do about a crash at `now` (milliseconds of any clock) */
export function restartPolicy(): (now: number) => CrashDecision {
  let crashes: number[] = [];
  return (now) => {
    crashes = [...crashes.filter((time) => now - time < windowMs), now];
    if (crashes.length <= maxRestarts) return { restart: true, tell: crashes.length === 1 };
    // A restart by hand starts a new count.
    crashes = [];
    return { restart: false, tell: true };
  };
}
