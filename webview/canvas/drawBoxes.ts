/** Tables from far and from the middle: boxes, then boxes with names. */
import type { DiagramSeverity } from '../../src/core/diagram/model.ts';
import { lineWidth, pixels, screenUnits, worldUnits } from './frame.ts';
import type { Frame } from './frame.ts';
import { cornerRadius, headerHeight } from './geometry.ts';
import type { SceneTable } from './scene.ts';
import { wrapName } from './text.ts';

export function drawFarTables(frame: Frame, tables: readonly SceneTable[], alpha: number): void {
  const { context, theme } = frame;
  worldUnits(frame);
  context.globalAlpha = alpha;
  fillBoxes(frame, tables, theme.tableHeader);
  byAccent(frame, tables, (accent, list) => {
    context.strokeStyle = accent;
    context.lineWidth = pixels(frame, 1);
    context.beginPath();
    for (const { x, y, width, height } of list) context.rect(x, y, width, height);
    context.globalAlpha = alpha * 0.55;
    context.stroke();
    context.globalAlpha = alpha;
  });
  drawSeverityCorners(frame, tables);
  context.globalAlpha = 1;
}

const nameSize = 11;
const nameLine = 13;

export function drawMiddleTables(frame: Frame, tables: readonly SceneTable[], alpha: number): void {
  const { context, theme, viewport } = frame;
  worldUnits(frame);
  context.globalAlpha = alpha;
  fillBoxes(frame, tables, theme.tableFill);
  byAccent(frame, tables, (accent, list) => {
    context.fillStyle = accent;
    context.beginPath();
    for (const { x, y, width } of list)
      context.roundRect(x, y, width, headerHeight / 4, [cornerRadius, cornerRadius, 0, 0]);
    context.fill();
  });
  context.strokeStyle = theme.tableBorder;
  context.lineWidth = lineWidth(frame, 1);
  context.beginPath();
  for (const { x, y, width, height } of tables) context.roundRect(x, y, width, height, cornerRadius);
  context.stroke();
  drawSeverityCorners(frame, tables);

  screenUnits(frame);
  const font = `600 ${nameSize}px ${theme.font}`;
  context.fillStyle = theme.foreground;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { x, y, width, height, table } of tables) {
    const room = width * viewport.k - 8;
    const maxLines = Math.max(1, Math.min(3, Math.floor((height * viewport.k - 4) / nameLine)));
    const lines = wrapName(context, font, table.name, room, maxLines);
    context.font = font;
    const left = (x + width / 2) * viewport.k + viewport.x;
    const top = (y + height / 2) * viewport.k + viewport.y - ((lines.length - 1) * nameLine) / 2;
    lines.forEach((line, index) => {
      context.fillText(line, left, top + index * nameLine);
    });
  }
  context.textAlign = 'left';
  context.globalAlpha = 1;
}

function fillBoxes({ context }: Frame, tables: readonly SceneTable[], color: string): void {
  context.fillStyle = color;
  context.beginPath();
  for (const { x, y, width, height } of tables) context.roundRect(x, y, width, height, cornerRadius);
  context.fill();
}

function byAccent(
  { theme }: Frame,
  tables: readonly SceneTable[],
  draw: (accent: string, list: readonly SceneTable[]) => void,
): void {
  theme.accents.forEach((accent, index) => {
    const list = tables.filter((table) => table.accent % theme.accents.length === index);
    if (list.length > 0) draw(accent, list);
  });
}

/** A triangle in the box's top right corner: seen from far, and told apart from the accent by its place. */
function drawSeverityCorners(frame: Frame, tables: readonly SceneTable[]): void {
  const { context, theme } = frame;
  const size = Math.min(pixels(frame, 9), headerHeight);
  for (const severity of ['info', 'warning', 'error'] satisfies DiagramSeverity[]) {
    context.beginPath();
    for (const table of tables) {
      if (table.severity !== severity) continue;
      const right = table.x + table.width;
      context.moveTo(right - size, table.y);
      context.lineTo(right, table.y);
      context.lineTo(right, table.y + size);
      context.closePath();
    }
    context.fillStyle = theme.severity[severity];
    context.fill();
  }
}
