/** Tables as close as they fit, in columns per module; lines led between them. */
import type { DiagramModel } from '../diagram/model.ts';
import { assemble, blocksOf } from './blocks.ts';
import type { Spacing } from './blocks.ts';
import { endHeights } from './endHeights.ts';
import { tableLane } from './gates.ts';
import { routeBetween, routeGutters } from './gutterRoutes.ts';
import { holdBlocks } from './holdModules.ts';
import type { Held } from './holdModules.ts';
import type { DiagramLayout, Metrics } from './layout.ts';
import { inColumns } from './placeQuickly.ts';

const spacing: Spacing = { blockGap: 60, moduleGap: 48, aspect: 1.4 };

export function layoutCompact(model: DiagramModel, metrics: Metrics, held: Held = {}): DiagramLayout {
  const endHeight = endHeights(model, metrics);
  const blocks = blocksOf(model);
  const placed = new Map(blocks.map((block) => [block.id, inColumns(block, metrics)]));
  const assembled = holdBlocks(model, assemble(model, blocks, placed, endHeight, 'thorough', spacing), held);
  let layout = assembled.layout;
  const inside = new Set<string>();
  for (const [index, { tables }] of assembled.blocks.entries()) {
    const own = new Set(blocks[index]?.edges.map(({ id }) => id));
    for (const id of own) inside.add(id);
    // Within a block every table is in the way by itself.
    const each = tables.map((box) => ({ box, tables: [box] }));
    layout = routeGutters(layout, model.edges, own, each, endHeight, tableLane);
  }
  const between = new Set(model.edges.flatMap(({ id }) => (inside.has(id) ? [] : [id])));
  return routeBetween(layout, model.edges, between, assembled.blocks, endHeight);
}
