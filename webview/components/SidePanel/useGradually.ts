import { startTransition, useEffect, useState } from 'react';

const stepDelay = 24;

/**
 * How many of the parts of a long list to show: `first` at first, then `step` more at a time, with room for other work between.
 * Elements of the toolkit take up to a millisecond each to come to life, and hundreds at once would hold up the page.
 */
export function useGradually(total: number, step: number, first = step): number {
  const [count, setCount] = useState(first);
  const shown = Math.min(count, total);
  useEffect(() => {
    if (shown >= total) return;
    const timer = setTimeout(() => {
      startTransition(() => {
        setCount(shown + step);
      });
    }, stepDelay);
    return () => {
      clearTimeout(timer);
    };
  }, [shown, total, step]);
  return shown;
}
