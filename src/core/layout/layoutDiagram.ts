/** Positions and routes of a diagram, by ELK's layered algorithm. */
import type { DiagramModel, DiagramModule } from '../diagram/model.ts';
import { assemble, blocksOf } from './blocks.ts';
import { runElk } from './elk.ts';
import { endHeights } from './endHeights.ts';
import { layeredGraph, layeredOptions, readLayered } from './layeredGraph.ts';
import type { Placed } from './layeredGraph.ts';
import { routeGutters } from './gutterRoutes.ts';
import type { DiagramLayout, Metrics } from './layout.ts';
import { layoutNested } from './layoutNested.ts';
import { layoutPacked } from './layoutPacked.ts';
import { metrics as defaultMetrics } from './metrics.ts';

export interface LayoutOptions {
  readonly metrics?: Metrics;
  /** Progress: called as each module is laid out; not for diagrams that are laid out as a whole. */
  readonly onModule?: (progress: {
    readonly module: DiagramModule;
    readonly done: number;
    readonly total: number;
  }) => void;
}

/**
 * Up to this many tables one graph holds everything, with the modules nested in it: lines go around tables throughout.
 * Beyond it the time grows with the square, and the result becomes a strip: modules are laid out alone, then packed.
 */
const largestNested = 60;

/** Deterministic; tables never overlap. */
export async function layoutDiagram(
  model: DiagramModel,
  { metrics = defaultMetrics, onModule }: LayoutOptions = {},
): Promise<DiagramLayout> {
  if (model.tables.length <= largestNested) {
    const packed = model.modules.length > 1 ? await layoutPacked(model, metrics) : null;
    return packed ?? layoutNested(model, metrics);
  }
  const blocks = blocksOf(model);
  const endHeight = endHeights(model, metrics);
  const placed = new Map<string, Placed>();
  for (const [index, module] of model.modules.entries()) {
    for (const { id, tables, edges } of blocks.filter((block) => block.module === module.id)) {
      const graph = layeredGraph(tables, edges, metrics, endHeight);
      const result = await runElk({ id, layoutOptions: layeredOptions, children: graph.nodes, edges: graph.edges });
      placed.set(id, readLayered(result, edges));
    }
    onModule?.({ module, done: index + 1, total: model.modules.length });
  }
  const assembled = assemble(model, blocks, placed, endHeight, 'thorough');
  const inside = new Set([...placed.values()].flatMap(({ edges }) => edges.map(({ id }) => id)));
  const between = new Set(model.edges.flatMap(({ id }) => (inside.has(id) ? [] : [id])));
  return routeGutters(assembled.layout, model.edges, between, assembled.blocks, endHeight);
}
