/** One whole picture: background, modules, edges, tables, and what is selected on top of what is not. */
import { drawFarTables, drawMiddleTables, middleNameSteps } from './drawBoxes.ts';
import { drawEdges } from './drawEdges.ts';
import { drawFarNames, farNameSteps } from './drawNames.ts';
import { drawModuleFrames, drawModuleHeadings, drawModuleLabels, moduleLabelSteps } from './drawModules.ts';
import { drawNearTables } from './drawTables.ts';
import { pixels, screenUnits, worldUnits } from './frame.ts';
import type { Frame } from './frame.ts';
import { cornerRadius } from './geometry.ts';
import type { SceneEdge, SceneTable } from './scene.ts';
import { contains } from './viewport.ts';

/** Strength of the veil over what is not related to the selection. In high contrast less: faint is not contrast. */
const veiled = 0.68;
const veiledHighContrast = 0.45;

export function draw(frame: Frame): void {
  const { context, theme, scene, screen, level, highlight } = frame;
  screenUnits(frame);
  context.globalAlpha = 1;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, screen.width, screen.height);

  const whole = contains(frame.visible, scene.bounds);
  const tables = whole ? scene.tables.keys() : scene.tableIndex.search(frame.visible);
  const edges = whole ? scene.edges.keys() : scene.edgeIndex.search(frame.visible);
  const active = activeTables(frame);

  drawModuleFrames(frame);
  worldUnits(frame);

  const thin = level === 'far' ? 0.8 : 1.2;
  const plainAlpha = level === 'far' ? 0.5 : 1;
  const isActiveEdge = (index: number) =>
    index === highlight.hoveredEdge ||
    (highlight.selected !== null && scene.tables[highlight.selected]?.edges.includes(index) === true) ||
    (highlight.hovered !== null &&
      highlight.selected === null &&
      scene.tables[highlight.hovered.table]?.edges.includes(index) === true);
  const quietEdges: SceneEdge[] = [];
  const activeEdges: SceneEdge[] = [];
  for (const index of edges) {
    const edge = scene.edges[index];
    if (edge !== undefined) (isActiveEdge(index) ? activeEdges : quietEdges).push(edge);
  }
  drawEdges(frame, quietEdges, { color: theme.edge, alpha: plainAlpha, width: thin });

  const quiet: SceneTable[] = [];
  const lively: SceneTable[] = [];
  // Sorted, for flatbush answers in the order of its tree and overlapping boxes must not flicker.
  for (const index of [...tables].sort((a, b) => a - b)) {
    const table = scene.tables[index];
    if (table !== undefined) (active === null || active.has(index) ? lively : quiet).push(table);
  }
  const drawTables = level === 'near' ? drawNearTables : level === 'middle' ? drawMiddleTables : drawFarTables;
  drawTables(frame, quiet);
  if (active !== null) veil(frame);
  worldUnits(frame);
  drawEdges(frame, activeEdges, { color: theme.edgeActive, alpha: 1, width: level === 'far' ? 1.4 : 1.8 });
  drawTables(frame, lively);
  if (level === 'far') {
    drawFarNames(frame, active);
    drawModuleLabels(frame);
  } else drawModuleHeadings(frame);
  drawOutlines(frame);
}

/** Measures the names that a picture from afar will show; rows are few wherever they are in sight. */
export function* nameSteps(frame: Frame): Generator<undefined, void> {
  if (frame.level === 'middle') yield* middleNameSteps(frame);
  if (frame.level !== 'far') return;
  yield* farNameSteps(frame);
  yield* moduleLabelSteps(frame);
}

function veil(frame: Frame): void {
  const { context, theme, screen } = frame;
  screenUnits(frame);
  context.globalAlpha = theme.highContrast ? veiledHighContrast : veiled;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, screen.width, screen.height);
  context.globalAlpha = 1;
}

/** The selected table and its neighbours; null where nothing is selected and nothing steps back. */
function activeTables({ scene, highlight }: Frame): ReadonlySet<number> | null {
  if (highlight.selected === null) return null;
  return new Set([highlight.selected, ...(scene.tables[highlight.selected]?.neighbours ?? [])]);
}

function drawOutlines(frame: Frame): void {
  const { context, theme, scene, highlight } = frame;
  worldUnits(frame);
  const outline = (index: number, color: string, width: number, distance: number) => {
    const table = scene.tables[index];
    if (table === undefined) return;
    const grow = pixels(frame, distance);
    context.strokeStyle = color;
    context.lineWidth = pixels(frame, width);
    context.beginPath();
    context.roundRect(
      table.x - grow,
      table.y - grow,
      table.width + 2 * grow,
      table.height + 2 * grow,
      cornerRadius + grow,
    );
    context.stroke();
  };
  scene.tables.forEach(({ table }, index) => {
    if (table.change === undefined) return;
    // What is gone is drawn with a broken line, for those who do not see the colour.
    if (table.change === 'removed') context.setLineDash([pixels(frame, 6), pixels(frame, 4)]);
    outline(index, theme.change[table.change], 2, 1.5);
    context.setLineDash([]);
  });
  if (highlight.hovered !== null && highlight.hovered.table !== highlight.selected) {
    if (theme.highContrast) context.setLineDash([pixels(frame, 4), pixels(frame, 3)]);
    outline(highlight.hovered.table, theme.selection, 1, 0.5);
    context.setLineDash([]);
  }
  if (highlight.followed !== null && highlight.followed !== highlight.selected) {
    context.setLineDash([pixels(frame, 6), pixels(frame, 4)]);
    outline(highlight.followed, theme.selection, 1.5, 3);
    context.setLineDash([]);
  }
  if (highlight.selected === null) return;
  outline(highlight.selected, theme.selection, 2, 1);
  if (highlight.keyboard) outline(highlight.selected, theme.focus, 1.5, 5);
}
