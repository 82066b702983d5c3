/** Sizes of tables for the font that is really there: the layout's own are for an average sans-serif face. */
import type { Metrics } from '../../src/core/layout/layout.ts';
import { metrics } from '../../src/core/layout/metrics.ts';

const digits = '0123456789';

/** `metrics` counts texts in widths of a digit of a 12 px face. Faces beyond these widths would make boxes absurd. */
const narrowest = 5.5;
const widest = 9;

export function measuredMetrics(): Metrics {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return metrics;
  context.font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const width = context.measureText(digits).width / digits.length;
  return { ...metrics, characterWidth: Math.min(widest, Math.max(narrowest, width)) };
}
