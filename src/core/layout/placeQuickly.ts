/** A first placement to show at once, until the layered one is there. */
import type { DiagramModel } from '../diagram/model.ts';
import { assemble, blocksOf } from './blocks.ts';
import type { Block } from './blocks.ts';
import { endHeights } from './endHeights.ts';
import type { DiagramLayout, LayoutBox, Metrics } from './layout.ts';
import type { Placed } from './layeredGraph.ts';
import { sourceOrder } from './layeredGraph.ts';
import { metrics as defaultMetrics, tableSize } from './metrics.ts';

const columnGap = 84;
const rowGap = 36;

/**
 * Pure and synchronous: referenced tables left of those that reference them, in columns as high as the module is wide.
 * Without `lines`, which of many tables are a tangle and most of the time that a picture takes, it is boxes alone.
 */
export function placeQuickly(model: DiagramModel, metrics: Metrics = defaultMetrics, lines = true): DiagramLayout {
  const blocks = blocksOf(model);
  const placed = new Map(blocks.map((block) => [block.id, inColumns(block, metrics)]));
  return assemble(model, blocks, placed, lines ? endHeights(model, metrics) : null, 'quick').layout;
}

/** Tables in columns, referenced ones first; without lines. */
export function inColumns({ tables, edges }: Block, metrics: Metrics): Placed {
  const rank = sourceOrder(tables, edges);
  const sized = [...tables]
    .sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0))
    .map(({ id, ...table }) => ({ id, ...tableSize(table, metrics) }));
  const area = sized.reduce((sum, { width, height }) => sum + (width + columnGap) * (height + rowGap), 0);
  const target = Math.max(Math.sqrt(area / 1.6), ...sized.map(({ height }) => height));
  const boxes: LayoutBox[] = [];
  let x = 0;
  let y = 0;
  let columnWidth = 0;
  let height = 0;
  for (const box of sized) {
    if (y > 0 && y + box.height > target) {
      x += columnWidth + columnGap;
      y = 0;
      columnWidth = 0;
    }
    boxes.push({ ...box, x, y });
    columnWidth = Math.max(columnWidth, box.width);
    height = Math.max(height, y + box.height);
    y += box.height + rowGap;
  }
  return { tables: boxes, edges: [], width: x + columnWidth, height };
}
