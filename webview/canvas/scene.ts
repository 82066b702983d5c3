/** A model and its positions, made ready to draw: typed arrays for routes, grid indexes for culling and hits. */
import type { DiagramEdge, DiagramModel, DiagramSeverity, DiagramTable } from '../../src/core/diagram/model.ts';
import type { DiagramLayout } from '../../src/core/layout/layout.ts';
import { tableSeverity } from '../state/graph.ts';
import { createIndex } from './boxIndex.ts';
import type { BoxIndex } from './boxIndex.ts';
import { traceRoute } from './routes.ts';
import type { Box } from './viewport.ts';

export interface SceneTable extends Box {
  readonly table: DiagramTable;
  readonly severity: DiagramSeverity | null;
  /** Index into the theme's accents. */
  readonly accent: number;
  /** Edges and other tables beside it, as indexes. */
  readonly edges: readonly number[];
  readonly neighbours: ReadonlySet<number>;
  /** Rows' texts as they fit the box, filled in when first drawn. */
  readonly fitted: (FittedRow | undefined)[];
  fittedTitle: { readonly name: string; readonly entity: string } | undefined;
}

export interface FittedRow {
  readonly name: string;
  readonly nameWidth: number;
  readonly type: string;
}

export interface SceneEdge {
  readonly edge: DiagramEdge;
  readonly from: number;
  readonly to: number;
  /** x, y, x, y, …; a curve is already broken into short lines. */
  readonly points: Float64Array;
  /** Right-angled routes get round corners. */
  readonly orthogonal: boolean;
  readonly bounds: Box;
}

export interface SceneModule extends Box {
  readonly label: string;
  readonly accent: number;
  readonly tables: number;
  /** Height that is free of tables at its top, in world units. */
  readonly head: number;
}

export interface Scene {
  readonly tables: readonly SceneTable[];
  readonly edges: readonly SceneEdge[];
  readonly modules: readonly SceneModule[];
  readonly byId: ReadonlyMap<string, number>;
  readonly bounds: Box;
  /** Width of the narrowest table. */
  readonly narrowest: number;
  readonly tableIndex: BoxIndex;
  readonly edgeIndex: BoxIndex;
}

/** Tables without a place in the layout and edges without both ends are left out. */
export function buildScene(model: DiagramModel, layout: DiagramLayout): Scene {
  const steps = sceneSteps(model, layout, false);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Edges between two pauses of `sceneSteps`. */
const edgesPerStep = 200;

/**
 * The same in steps of a few milliseconds, so that a large scene can be built without holding up the page. `searchable`: it can be
 * searched at once.
 */
export function* sceneSteps(
  model: DiagramModel,
  layout: DiagramLayout,
  searchable = true,
): Generator<undefined, Scene> {
  const boxes = new Map(layout.tables.map((box) => [box.id, box]));
  const accents = new Map(model.modules.map((module, index) => [module.id, index]));
  const drawn = model.tables.filter((table) => boxes.has(table.id));
  const byId = new Map(drawn.map((table, index) => [table.id, index]));

  const edgeOf = new Map(model.edges.map((edge) => [edge.id, edge]));
  const edges: SceneEdge[] = [];
  const beside = drawn.map(() => ({ edges: [] as number[], neighbours: new Set<number>() }));
  yield;
  for (const [number, route] of layout.edges.entries()) {
    if (number % edgesPerStep === edgesPerStep - 1) yield;
    const edge = edgeOf.get(route.id);
    const from = edge === undefined ? undefined : byId.get(edge.from.table);
    const to = edge === undefined ? undefined : byId.get(edge.to.table);
    if (edge === undefined || from === undefined || to === undefined || route.points.length < 2) continue;
    const fromBox = boxes.get(edge.from.table);
    const toBox = boxes.get(edge.to.table);
    if (fromBox === undefined || toBox === undefined) continue;
    const index = edges.length;
    edges.push({ edge, from, to, ...traceRoute(route.points, fromBox, toBox) });
    beside[from]?.edges.push(index);
    if (from === to) continue;
    beside[to]?.edges.push(index);
    beside[from]?.neighbours.add(to);
    beside[to]?.neighbours.add(from);
  }

  yield;
  const tables = drawn.map((table, index): SceneTable => {
    const box = boxes.get(table.id) ?? { x: 0, y: 0, width: 0, height: 0 };
    return {
      x: box.x,
      y: box.y,
      width: box.width,
      height: box.height,
      table,
      severity: tableSeverity(table),
      accent: accents.get(table.module) ?? 0,
      edges: beside[index]?.edges ?? [],
      neighbours: beside[index]?.neighbours ?? new Set(),
      fitted: [],
      fittedTitle: undefined,
    };
  });
  const labels = new Map(model.modules.map((module) => [module.id, module]));
  const tops = new Map<string, number>();
  for (const { table, y } of tables) tops.set(table.module, Math.min(y, tops.get(table.module) ?? Infinity));
  const modules = layout.modules.map((box): SceneModule => ({
    x: box.x,
    y: box.y,
    width: box.width,
    height: box.height,
    label: labels.get(box.id)?.label ?? box.id,
    tables: labels.get(box.id)?.tables.length ?? 0,
    accent: accents.get(box.id) ?? 0,
    head: Math.max(0, (tops.get(box.id) ?? box.y) - box.y),
  }));
  const tableIndex = createIndex(tables);
  const edgeIndex = createIndex(edges.map(({ bounds }) => bounds));
  if (searchable)
    for (const index of [tableIndex, edgeIndex]) {
      yield;
      index.prepare();
    }
  return {
    tables,
    edges,
    modules,
    byId,
    bounds: boundsOf([...tables, ...modules]),
    narrowest: Math.min(...tables.map(({ width }) => width)),
    tableIndex,
    edgeIndex,
  };
}

/** The box around all of them. */
export function boundsOf(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
