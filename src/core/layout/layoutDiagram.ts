/** Positions and routes of a diagram: small ones by ELK, large ones by layers of our own, and those that run down by ELK again. */
import type { DiagramModel, DiagramModule } from '../diagram/model.ts';
import type { Places } from '../diagram/saved.ts';
import type { Arrangement } from '../diagram/view.ts';
import { assemble, blocksOf } from './blocks.ts';
import { runElk } from './elk.ts';
import { endHeights } from './endHeights.ts';
import { layoutLayered } from './layered.ts';
import { arranged, layeredGraph, layeredOptions, readLayered } from './layeredGraph.ts';
import type { Placed } from './layeredGraph.ts';
import { routeBetween } from './gutterRoutes.ts';
import type { DiagramLayout, Metrics } from './layout.ts';
import { holdBlocks, holdModules } from './holdModules.ts';
import type { Held } from './holdModules.ts';
import { layoutArranged } from './layoutArranged.ts';
import { layoutCompact } from './layoutCompact.ts';
import { layoutNested } from './layoutNested.ts';
import { layoutPacked } from './layoutPacked.ts';
import { metrics as defaultMetrics } from './metrics.ts';

export interface LayoutOptions {
  readonly metrics?: Metrics;
  readonly arrangement?: Arrangement;
  /** Where the user has put tables; with any, all that have a place keep it. Coordinates may be negative then. */
  readonly places?: Places;
  /** Where modules stood before an edit: they stay there, where there is room for all of them. */
  readonly held?: Held;
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
  { metrics = defaultMetrics, arrangement = 'right', places = {}, held = {}, onModule }: LayoutOptions = {},
): Promise<DiagramLayout> {
  if (model.tables.some(({ id }) => Object.hasOwn(places, id)))
    return layoutArranged(model, places, metrics, arrangement, (part) => layoutDiagram(part, { metrics, arrangement }));
  if (arrangement === 'compact') return layoutCompact(model, metrics, held);
  if (model.tables.length <= largestNested) {
    const packed = model.modules.length > 1 ? await layoutPacked(model, metrics, arrangement) : null;
    return holdModules(model, packed ?? (await layoutNested(model, metrics, arrangement)), held, metrics);
  }
  const blocks = blocksOf(model);
  const endHeight = endHeights(model, metrics);
  const placed = new Map<string, Placed>();
  for (const [index, module] of model.modules.entries()) {
    for (const { id, tables, edges } of blocks.filter((block) => block.module === module.id)) {
      if (arrangement === 'right') {
        placed.set(id, layoutLayered(model, { id, module: module.id, tables, edges }, metrics, endHeight));
        continue;
      }
      const graph = layeredGraph(tables, edges, metrics, endHeight);
      const result = await runElk({
        id,
        layoutOptions: arranged(layeredOptions, arrangement),
        children: graph.nodes,
        edges: graph.edges,
      });
      placed.set(id, readLayered(result, edges));
    }
    onModule?.({ module, done: index + 1, total: model.modules.length });
  }
  const assembled = holdBlocks(model, assemble(model, blocks, placed, endHeight, 'thorough'), held);
  const inside = new Set([...placed.values()].flatMap(({ edges }) => edges.map(({ id }) => id)));
  const between = new Set(model.edges.flatMap(({ id }) => (inside.has(id) ? [] : [id])));
  return routeBetween(assembled.layout, model.edges, between, assembled.blocks, endHeight);
}
