/** Small diagrams of several modules: each laid out by itself, packed closely, and the lines between them led around all tables. */
import type { LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { DiagramModel } from '../diagram/model.ts';
import type { Arrangement } from '../diagram/view.ts';
import { assemble, blocksOf } from './blocks.ts';
import type { Block, Spacing } from './blocks.ts';
import { isOrthogonal } from './curves.ts';
import { runElk } from './elk.ts';
import { endHeights } from './endHeights.ts';
import type { EndHeight } from './endHeights.ts';
import { arranged, candidates, layeredGraph, layeredOptions, readLayered } from './layeredGraph.ts';
import type { Placed } from './layeredGraph.ts';
import type { DiagramLayout, Metrics } from './layout.ts';
import { layoutCost } from './layoutCost.ts';
import { routeAround } from './routeAround.ts';

/** Width to height of the diagram's canvas beside the side panel. */
const canvasAspect = 1.2;
/** Room for four lines between two modules. */
const spacing: Spacing = { blockGap: 60, moduleGap: 48, aspect: canvasAspect };

/** Null where some line finds no way between the tables. */
export async function layoutPacked(
  model: DiagramModel,
  metrics: Metrics,
  arrangement: Arrangement,
): Promise<DiagramLayout | null> {
  const endHeight = endHeights(model, metrics);
  const blocks = blocksOf(model);
  const placed = new Map<string, Placed>();
  for (const block of blocks) placed.set(block.id, await layoutBlock(model, block, metrics, endHeight, arrangement));
  const { layout: packed } = assemble(model, blocks, placed, endHeight, 'thorough', spacing);
  const inside = new Set([...placed.values()].flatMap(({ edges }) => edges.map(({ id }) => id)));
  const between = model.edges.filter(({ id }) => !inside.has(id));
  const routed = routeAround(packed, model.edges, new Set(between.map(({ id }) => id)), endHeight);
  return routed?.edges.every(({ points }) => isOrthogonal(points)) === true ? routed : null;
}

async function layoutBlock(
  model: DiagramModel,
  { id, tables, edges }: Block,
  metrics: Metrics,
  endHeight: EndHeight,
  arrangement: Arrangement,
): Promise<Placed> {
  const part: DiagramModel = { ...model, tables, edges, modules: [] };
  let best: { readonly placed: Placed; readonly cost: number } | undefined;
  for (const options of candidatesFor(part, arrangement)) {
    const graph = layeredGraph(tables, edges, metrics, endHeight);
    const placed = readLayered(
      await runElk({ id, layoutOptions: arranged(options, arrangement), children: graph.nodes, edges: graph.edges }),
      edges,
    );
    const cost = layoutCost(part, { ...placed, modules: [] });
    if (best === undefined || cost < best.cost) best = { placed, cost };
  }
  return best?.placed ?? { tables: [], edges: [], width: 0, height: 0 };
}

/** One or two tables leave nothing to choose. */
function candidatesFor({ tables, edges }: DiagramModel, arrangement: Arrangement): readonly LayoutOptions[] {
  return tables.length < 3 || edges.length === 0 ? [layeredOptions] : candidates(arrangement);
}
