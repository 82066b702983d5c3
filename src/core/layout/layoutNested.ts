/**
 * Small diagrams of one module, and those whose modules are too close for the lines between them: one graph with the modules
 * nested in it, so that every line is routed around the tables.
 */
import type { LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { DiagramModel, DiagramModule } from '../diagram/model.ts';
import type { Arrangement } from '../diagram/view.ts';
import { runElk } from './elk.ts';
import { endHeights } from './endHeights.ts';
import { arranged, boxOf, candidates, layeredGraph, layeredOptions, readLayered } from './layeredGraph.ts';
import type { Placed } from './layeredGraph.ts';
import type { DiagramLayout, LayoutBox, LayoutRoute, Metrics } from './layout.ts';
import { layoutCost } from './layoutCost.ts';
import { pack } from './pack.ts';

const margin = 32;
const componentGap = 64;

interface Component extends Placed {
  readonly modules: readonly LayoutBox[];
}

export async function layoutNested(
  model: DiagramModel,
  metrics: Metrics,
  arrangement: Arrangement,
): Promise<DiagramLayout> {
  const parts: Component[] = [];
  for (const modules of components(model)) parts.push(await layoutComponent(model, modules, metrics, arrangement));
  const packed = pack(
    parts.map(({ width, height }, index) => ({ id: String(index), width, height })),
    [],
    componentGap,
  );
  const tables: LayoutBox[] = [];
  const modules: LayoutBox[] = [];
  const routes = new Map<string, LayoutRoute>();
  parts.forEach((part, index) => {
    const position = packed.positions.get(String(index)) ?? { x: 0, y: 0 };
    const dx = position.x + margin;
    const dy = position.y + margin;
    const moved = (box: LayoutBox): LayoutBox => ({ ...box, x: box.x + dx, y: box.y + dy });
    tables.push(...part.tables.map(moved));
    modules.push(...part.modules.map(moved));
    for (const { id, points } of part.edges)
      routes.set(id, { id, points: points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) });
  });
  return {
    tables,
    edges: model.edges.flatMap(({ id }) => routes.get(id) ?? []),
    modules,
    width: packed.width + 2 * margin,
    height: packed.height + 2 * margin,
  };
}

/** The best of several ways to lay it out. */
async function layoutComponent(
  model: DiagramModel,
  modules: readonly DiagramModule[],
  metrics: Metrics,
  arrangement: Arrangement,
): Promise<Component> {
  const members = new Set(modules.flatMap(({ tables }) => tables));
  const part: DiagramModel = {
    ...model,
    modules,
    tables: model.tables.filter(({ id }) => members.has(id)),
    edges: model.edges.filter(({ from, to }) => members.has(from.table) && members.has(to.table)),
  };
  const framed = model.modules.length > 1;
  let best: { readonly component: Component; readonly cost: number } | undefined;
  for (const options of candidatesFor(part, arrangement)) {
    const component = await runLayered(part, framed, arranged(options, arrangement), metrics);
    const cost = layoutCost(part, component);
    if (best === undefined || cost < best.cost) best = { component, cost };
  }
  return best?.component ?? { tables: [], edges: [], modules: [], width: 0, height: 0 };
}

/** Above this, each candidate takes long enough to be waited for: fewer are tried. */
const manyTables = 35;

function candidatesFor({ tables, edges }: DiagramModel, arrangement: Arrangement): readonly LayoutOptions[] {
  if (edges.length === 0) return [layeredOptions];
  const all = candidates(arrangement);
  return tables.length > manyTables ? all.slice(0, 3) : all;
}

async function runLayered(
  part: DiagramModel,
  framed: boolean,
  options: LayoutOptions,
  metrics: Metrics,
): Promise<Component> {
  const { edges, modules } = part;
  const graph = layeredGraph(part.tables, part.edges, metrics, endHeights(part, metrics));
  if (!framed) {
    const result = await runElk({ id: 'diagram', layoutOptions: options, children: graph.nodes, edges: graph.edges });
    return { ...readLayered(result, edges), modules: [] };
  }
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const result = await runElk({
    id: 'diagram',
    layoutOptions: { ...options, 'elk.hierarchyHandling': 'INCLUDE_CHILDREN', 'elk.spacing.nodeNode': '44' },
    edges: graph.edges,
    children: modules.map((module) => ({
      // Prefixed: a module may have the name of a table.
      id: `module\n${module.id}`,
      layoutOptions: { ...options, 'elk.padding': '[top=44,left=24,bottom=24,right=24]' },
      children: module.tables.flatMap((table) => nodes.get(table) ?? []),
    })),
  });
  const names = new Map(modules.map(({ id }) => [`module\n${id}`, id]));
  return {
    ...readLayered(result, edges),
    modules: (result.children ?? []).map((node) => ({ ...boxOf(node), id: names.get(node.id) ?? node.id })),
  };
}

/** Modules that lines join, directly or over others; the largest first. */
function components(model: DiagramModel): readonly (readonly DiagramModule[])[] {
  const moduleOf = new Map(model.tables.map(({ id, module }) => [id, module]));
  const group = new Map(model.modules.map((module) => [module.id, [module]]));
  for (const { from, to } of model.edges) {
    const a = group.get(moduleOf.get(from.table) ?? '');
    const b = group.get(moduleOf.get(to.table) ?? '');
    if (a === undefined || b === undefined || a === b) continue;
    a.push(...b);
    for (const { id } of b) group.set(id, a);
  }
  const size = (modules: readonly DiagramModule[]) => modules.reduce((sum, { tables }) => sum + tables.length, 0);
  return [...new Set(group.values())].sort((a, b) => size(b) - size(a));
}
