/** Tables from far and from the middle: boxes, then boxes with names. */
import type { DiagramSeverity } from '../../src/core/diagram/model.ts';
import { lineWidth, pixels, screenUnits, worldUnits } from './frame.ts';
import type { Frame } from './frame.ts';
import { cornerRadius, headerHeight } from './geometry.ts';
import type { SceneTable } from './scene.ts';
import { wrapName } from './text.ts';

/** Each box by itself: one path around a thousand takes several times as long to fill, and round corners are not to be seen. */
export function drawFarTables(frame: Frame, tables: readonly SceneTable[]): void {
  const { context, theme } = frame;
  worldUnits(frame);
  context.fillStyle = theme.tableHeader;
  for (const { x, y, width, height } of tables) context.fillRect(x, y, width, height);
  context.lineWidth = pixels(frame, 1);
  context.globalAlpha = theme.highContrast ? 1 : 0.55;
  byAccent(frame, tables, (accent, list) => {
    context.strokeStyle = accent;
    for (const { x, y, width, height } of list) context.strokeRect(x, y, width, height);
  });
  context.globalAlpha = 1;
  drawSeverityCorners(frame, tables);
}

/** Names keep a size that can be read, in CSS pixels, and grow with the boxes up to the size of titles. */
const leastName = 10;
const usualName = 11;
const largestName = 13;
const nameGrowth = 34;
/** Left and right of a name together, and above and below it. */
const nameInset = 4;
const nameRoom = 6;
/** Height of the strip in the accent's colour, in CSS pixels. */
const stripHeight = 2;

export function drawMiddleTables(frame: Frame, tables: readonly SceneTable[]): void {
  const { context, theme, viewport } = frame;
  worldUnits(frame);
  // The accent fills the box, and the box's own colour all but a strip of it.
  byAccent(frame, tables, (accent, list) => {
    context.fillStyle = accent;
    context.beginPath();
    for (const { x, y, width, height } of list) context.roundRect(x, y, width, height, cornerRadius);
    context.fill();
  });
  const strip = pixels(frame, stripHeight);
  context.fillStyle = theme.tableFill;
  context.beginPath();
  for (const { x, y, width, height } of tables)
    context.roundRect(x, y + strip, width, height - strip, [0, 0, cornerRadius, cornerRadius]);
  context.fill();
  context.strokeStyle = theme.tableBorder;
  context.lineWidth = lineWidth(frame, 1);
  context.beginPath();
  for (const { x, y, width, height } of tables) context.roundRect(x, y, width, height, cornerRadius);
  context.stroke();
  drawSeverityCorners(frame, tables);

  screenUnits(frame);
  context.fillStyle = theme.foreground;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const table of tables) {
    const { size, lines } = fitName(frame, table);
    const line = lineHeight(size);
    context.font = nameFont(frame, size);
    const left = (table.x + table.width / 2) * viewport.k + viewport.x;
    const middle = (table.y + table.height / 2) * viewport.k + viewport.y + stripHeight / 2;
    const top = middle - ((lines.length - 1) * line) / 2;
    lines.forEach((text, index) => {
      context.fillText(text, left, top + index * line);
    });
  }
  context.textAlign = 'left';
}

/** Tables between two pauses of `middleNameSteps`. */
const namesPerStep = 20;

/** Measures the names that `drawMiddleTables` will draw: of hundreds it takes as long as drawing does. */
export function* middleNameSteps(frame: Frame): Generator<undefined, void> {
  for (const [index, table] of frame.scene.tables.entries()) {
    if (index % namesPerStep === namesPerStep - 1) yield;
    fitName(frame, table);
  }
}

function lineHeight(size: number): number {
  return Math.ceil(size * 1.1);
}

function nameFont({ theme }: Frame, size: number): string {
  return `600 ${size}px ${theme.font}`;
}

/** The largest size at which the whole name fits, broken into lines; at the least size what fits of it. */
function fitName(frame: Frame, { table, width, height }: SceneTable): { size: number; lines: readonly string[] } {
  const { context, viewport } = frame;
  const wanted = Math.round(Math.max(usualName, Math.min(largestName, nameGrowth * viewport.k)));
  // A low box's name must not reach into its strip.
  const largest = Math.max(leastName, Math.min(wanted, Math.floor(height * viewport.k - 4)));
  for (let size = largest; ; size--) {
    const maxLines = Math.max(1, Math.min(3, Math.floor((height * viewport.k - nameRoom) / lineHeight(size))));
    const lines = wrapName(context, nameFont(frame, size), table.name, width * viewport.k - nameInset, maxLines);
    if (size <= leastName || lines.join('') === table.name) return { size, lines };
  }
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
