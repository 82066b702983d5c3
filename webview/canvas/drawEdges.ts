/** Edges: batched into as few strokes as styles allow; crow's feet once they are large enough to tell apart. */
import { sideOf } from '../../src/core/layout/curves.ts';
import type { DiagramEdge } from '../../src/core/diagram/model.ts';
import { addBrace, addEnd } from './crowsFoot.ts';
import type { Ends } from './crowsFoot.ts';
import { lineWidth } from './frame.ts';
import type { Frame } from './frame.ts';
import { rowHeight, rowTop } from './geometry.ts';
import type { SceneEdge, SceneTable } from './scene.ts';

const corner = 7;
const dash: readonly number[] = [5, 4];

export interface EdgeStyle {
  readonly color: string;
  readonly alpha: number;
  readonly width: number;
}

/** Below this zoom crow's feet are specks. */
const endsFrom = 0.3;

export function drawEdges(frame: Frame, edges: readonly SceneEdge[], style: EdgeStyle): void {
  if (edges.length === 0) return;
  const { context } = frame;
  context.globalAlpha = style.alpha;
  context.strokeStyle = style.color;
  context.lineWidth = lineWidth(frame, style.width);
  context.lineJoin = 'round';
  stroke(
    frame,
    edges.filter(({ edge }) => edge.enforced),
  );
  const loose = edges.filter(({ edge }) => !edge.enforced);
  if (loose.length > 0) {
    const unit = lineWidth(frame, 1);
    context.setLineDash(dash.map((length) => length * unit));
    stroke(frame, loose);
    context.setLineDash([]);
  }
  if (frame.viewport.k >= endsFrom) drawEnds(frame, edges);
  context.globalAlpha = 1;
}

function stroke(frame: Frame, edges: readonly SceneEdge[]): void {
  if (edges.length === 0) return;
  const { context, level } = frame;
  context.beginPath();
  for (const edge of edges)
    if (edge.orthogonal && level !== 'far') roundedPath(context, edge.points);
    else plainPath(context, edge.points);
  context.stroke();
}

function plainPath(context: CanvasRenderingContext2D, points: Float64Array): void {
  context.moveTo(points[0] ?? 0, points[1] ?? 0);
  for (let index = 2; index + 1 < points.length; index += 2) context.lineTo(points[index] ?? 0, points[index + 1] ?? 0);
}

function roundedPath(context: CanvasRenderingContext2D, points: Float64Array): void {
  context.moveTo(points[0] ?? 0, points[1] ?? 0);
  for (let index = 2; index + 3 < points.length; index += 2) {
    const x = points[index] ?? 0;
    const y = points[index + 1] ?? 0;
    const [bx, by] = [points[index - 2] ?? 0, points[index - 1] ?? 0];
    const [ax, ay] = [points[index + 2] ?? 0, points[index + 3] ?? 0];
    const before = Math.hypot(x - bx, y - by);
    const after = Math.hypot(ax - x, ay - y);
    const radius = Math.min(corner, before / 2, after / 2);
    if (radius < 0.5) {
      context.lineTo(x, y);
      continue;
    }
    context.lineTo(x - ((x - bx) / before) * radius, y - ((y - by) / before) * radius);
    context.quadraticCurveTo(x, y, x + ((ax - x) / after) * radius, y + ((ay - y) / after) * radius);
  }
  context.lineTo(points.at(-2) ?? 0, points.at(-1) ?? 0);
}

function drawEnds(frame: Frame, edges: readonly SceneEdge[]): void {
  const { context, scene, theme } = frame;
  const ends: Ends = { lines: new Path2D(), rings: new Path2D() };
  for (const { edge, from, to, points } of edges) {
    const fromBox = scene.tables[from];
    const toBox = scene.tables[to];
    if (fromBox === undefined || toBox === undefined) continue;
    const [startX, startY] = [points[0] ?? 0, points[1] ?? 0];
    const [endX, endY] = [points.at(-2) ?? 0, points.at(-1) ?? 0];
    const [fromSide, toSide] = [sideOf(startX, fromBox), sideOf(endX, toBox)];
    addEnd(ends, edge.from.cardinality, startX, startY, fromSide);
    addEnd(ends, edge.to.cardinality, endX, endY, toSide);
    addBrace(ends.lines, rowsOf(edge.from, fromBox), startX, fromSide);
    addBrace(ends.lines, rowsOf(edge.to, toBox), endX, toSide);
  }
  context.fillStyle = theme.background;
  context.fill(ends.rings);
  context.stroke(ends.rings);
  context.stroke(ends.lines);
}

/** Middles of the rows that one end of a key joins; several only for a composite key. */
function rowsOf({ columns }: DiagramEdge['from'], box: SceneTable): readonly number[] {
  if (columns.length < 2) return [];
  return columns.flatMap((name) => {
    const row = box.table.columns.findIndex((column) => column.name === name);
    return row < 0 ? [] : [rowTop(box, row) + rowHeight / 2];
  });
}
