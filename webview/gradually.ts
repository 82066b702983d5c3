/** Work for large diagrams, done in slices of time, so that the page gets its turn in between. */

/** Time that steps take before the page gets its turn, in milliseconds: half a frame. */
const sliceMs = 8;

/** Returns what stops it. */
export function gradually<Result>(steps: Iterator<undefined, Result>, done: (result: Result) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const work = () => {
    const until = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done === true) {
        done(step.value);
        return;
      }
    } while (performance.now() < until);
    timer = setTimeout(work);
  };
  work();
  return () => {
    clearTimeout(timer);
  };
}
