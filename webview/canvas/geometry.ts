/** Where things lie within a table's box, in world units. */
import type { DiagramTable } from '../../src/core/diagram/model.ts';
import { metrics } from '../../src/core/layout/metrics.ts';
import type { Box } from './viewport.ts';

export const { headerHeight, rowHeight } = metrics;

export { gutter, padding } from '../../src/core/layout/metrics.ts';

export const markSize = 12;
export const markGap = 4;
export const cornerRadius = 5;

export function rowTop(box: Box, row: number): number {
  return box.y + headerHeight + row * rowHeight;
}

/** The row at a height within the box; null on the header or below the last row. */
export function rowAt(box: Box, table: DiagramTable, y: number): number | null {
  const row = Math.floor((y - box.y - headerHeight) / rowHeight);
  return row >= 0 && row < table.columns.length ? row : null;
}
