/** Tables from near: header, rows with marks, names and types. Passes go by style, so that fonts and colours change rarely. */
import type { DiagramColumn } from '../../src/core/diagram/model.ts';
import { headerNote, typeText } from '../../src/core/layout/metrics.ts';
import { drawBadge, drawSeverity, drawSoftDelete } from './drawMarks.ts';
import { drawnBadges } from '../../src/core/diagram/glyphs.ts';
import { lineWidth, worldUnits } from './frame.ts';
import type { Frame } from './frame.ts';
import { cornerRadius, gutter, headerHeight, markGap, markSize, padding, rowHeight, rowTop } from './geometry.ts';
import type { FittedRow, SceneTable } from './scene.ts';
import { ellipsize, textWidth } from './text.ts';

const accentHeight = 3;

export function drawNearTables(frame: Frame, tables: readonly SceneTable[]): void {
  if (tables.length === 0) return;
  worldUnits(frame);
  frame.context.textBaseline = 'middle';
  drawShapes(frame, tables);
  drawRowBackgrounds(frame, tables);
  drawTitles(frame, tables);
  drawRows(frame, tables);
}

function drawShapes(frame: Frame, tables: readonly SceneTable[]): void {
  const { context, theme } = frame;
  context.fillStyle = theme.tableFill;
  context.beginPath();
  for (const { x, y, width, height } of tables) context.roundRect(x, y, width, height, cornerRadius);
  context.fill();

  // The accent fills the whole head, whose rest then covers it: a strip of its own could not have the head's round corners.
  for (const { x, y, width, height, accent } of tables) {
    const head = Math.min(headerHeight, height);
    context.fillStyle = theme.accents[accent % theme.accents.length] ?? theme.muted;
    context.beginPath();
    context.roundRect(x, y, width, head, height > head ? [cornerRadius, cornerRadius, 0, 0] : cornerRadius);
    context.fill();
    context.fillStyle = theme.tableHeader;
    context.beginPath();
    context.roundRect(
      x,
      y + accentHeight,
      width,
      head - accentHeight,
      height > head ? 0 : [0, 0, cornerRadius, cornerRadius],
    );
    context.fill();
  }

  context.strokeStyle = theme.tableBorder;
  context.lineWidth = lineWidth(frame, 1);
  context.beginPath();
  for (const { x, y, width, height } of tables) {
    context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, cornerRadius);
    if (height > headerHeight + 1) {
      context.moveTo(x + 0.5, y + headerHeight - 0.5);
      context.lineTo(x + width - 0.5, y + headerHeight - 0.5);
    }
  }
  context.stroke();
}

/** Strength of the colour behind a row that has changed. */
const changeTint = 0.18;

function drawRowBackgrounds(frame: Frame, tables: readonly SceneTable[]): void {
  const { context, theme, highlight, scene } = frame;
  const fillRow = (table: SceneTable, row: number, color: string) => {
    context.fillStyle = color;
    context.fillRect(table.x + 1, rowTop(table, row), table.width - 2, rowHeight);
    if (!theme.highContrast) return;
    context.strokeStyle = theme.selection;
    context.strokeRect(table.x + 2, rowTop(table, row) + 0.5, table.width - 4, rowHeight - 1);
  };
  context.globalAlpha = changeTint;
  for (const table of tables)
    table.table.columns.forEach(({ change }, row) => {
      if (change !== undefined) fillRow(table, row, theme.change[change]);
    });
  context.globalAlpha = 1;
  const selected = highlight.selected === null ? undefined : scene.tables[highlight.selected];
  if (selected !== undefined && highlight.selectedColumn !== null && tables.includes(selected)) {
    const row = selected.table.columns.findIndex(({ name }) => name === highlight.selectedColumn);
    if (row >= 0) fillRow(selected, row, theme.rowSelected);
  }
  const edge = highlight.hoveredEdge === null ? undefined : scene.edges[highlight.hoveredEdge];
  if (edge !== undefined)
    for (const [index, end] of [
      [edge.from, edge.edge.from],
      [edge.to, edge.edge.to],
    ] as const) {
      const table = scene.tables[index];
      if (table === undefined || !tables.includes(table)) continue;
      table.table.columns.forEach(({ name }, row) => {
        if (end.columns.includes(name)) fillRow(table, row, theme.rowHover);
      });
    }
  const hovered = highlight.hovered === null ? undefined : scene.tables[highlight.hovered.table];
  const row = highlight.hovered?.row ?? null;
  if (hovered !== undefined && row !== null && tables.includes(hovered)) fillRow(hovered, row, theme.rowHover);
}

function drawTitles(frame: Frame, tables: readonly SceneTable[]): void {
  const { context, theme } = frame;
  const font = `600 13px ${theme.font}`;
  const small = `11px ${theme.font}`;
  for (const table of tables) {
    const { x, y, width, severity } = table;
    const middle = y + (headerHeight + accentHeight) / 2;
    const bin = padding + (severity === null ? 0 : markSize + markGap);
    const right = table.table.softDelete ? bin + markSize + markGap : bin;
    const title = (table.fittedTitle ??= fitTitle(context, table, font, small, width - padding - right));
    context.font = font;
    context.fillStyle = theme.foreground;
    context.fillText(title.name, x + padding, middle);
    if (title.entity !== '') {
      context.font = small;
      context.fillStyle = theme.muted;
      context.textAlign = 'right';
      context.fillText(title.entity, x + width - right, middle + 0.5);
      context.textAlign = 'left';
    }
    if (table.table.softDelete)
      drawSoftDelete(context, theme, x + width - bin - markSize, middle - markSize / 2, markSize);
    if (severity !== null)
      drawSeverity(context, theme, severity, x + width - padding - markSize, middle - markSize / 2, markSize);
  }
}

/** The entity's name stands at the right where it says more than the table's, and room is left. */
function fitTitle(
  context: CanvasRenderingContext2D,
  { table }: SceneTable,
  font: string,
  small: string,
  room: number,
): { name: string; entity: string } {
  const name = ellipsize(context, font, table.name, room);
  const beside = headerNote(table);
  const left = room - textWidth(context, font, name) - 12;
  const entity =
    beside === '' || beside.toLowerCase() === table.name.toLowerCase() || left < 40
      ? ''
      : ellipsize(context, small, beside, left);
  return { name, entity };
}

function drawRows(frame: Frame, tables: readonly SceneTable[]): void {
  const { context, theme } = frame;
  const fonts = { key: `600 12px ${theme.font}`, name: `12px ${theme.font}`, type: `11px ${theme.font}` };
  for (const table of tables) {
    const { columns } = table.table;
    const [first, last] = rowsOnScreen(frame, table);
    for (let row = first; row < last; row++) {
      const column = columns[row];
      if (column === undefined) continue;
      const key = column.badges.includes('pk');
      const font = key ? fonts.key : fonts.name;
      const fitted = (table.fitted[row] ??= fitRow(context, column, font, fonts.type, table.width));
      const middle = rowTop(table, row) + rowHeight / 2;
      context.font = font;
      context.fillStyle = theme.foreground;
      context.fillText(fitted.name, table.x + gutter, middle);
    }
    context.font = fonts.type;
    context.fillStyle = theme.muted;
    context.textAlign = 'right';
    for (let row = first; row < last; row++) {
      const fitted = table.fitted[row];
      if (fitted === undefined || fitted.type === '') continue;
      const inset = columns[row]?.severity == null ? padding : padding + markSize + markGap;
      context.fillText(fitted.type, table.x + table.width - inset, rowTop(table, row) + rowHeight / 2);
    }
    context.textAlign = 'left';
    for (let row = first; row < last; row++) drawRowMarks(frame, table, row);
  }
}

/** A table of 300 columns costs what its visible rows cost. */
function rowsOnScreen({ visible }: Frame, table: SceneTable): readonly [number, number] {
  const top = table.y + headerHeight;
  return [
    Math.max(0, Math.floor((visible.y - top) / rowHeight)),
    Math.min(table.table.columns.length, Math.ceil((visible.y + visible.height - top) / rowHeight)),
  ];
}

function drawRowMarks({ context, theme }: Frame, table: SceneTable, row: number): void {
  const column = table.table.columns[row];
  const fitted = table.fitted[row];
  if (column === undefined || fitted === undefined) return;
  const top = rowTop(table, row) + (rowHeight - markSize) / 2;
  drawnBadges(column.badges).forEach((badge, index) => {
    const left =
      index === 0
        ? table.x + (gutter - markSize) / 2
        : table.x + gutter + fitted.nameWidth + markGap + (index - 1) * (markSize + markGap) + 2;
    drawBadge(context, theme, badge, left, top, markSize);
  });
  if (column.severity !== null)
    drawSeverity(context, theme, column.severity, table.x + table.width - padding - markSize, top, markSize);
}

/** A type keeps at least this much of its row where the name is long. */
const leastType = 44;

function fitRow(
  context: CanvasRenderingContext2D,
  column: DiagramColumn,
  font: string,
  typeFont: string,
  width: number,
): FittedRow {
  const marks = Math.max(0, drawnBadges(column.badges).length - 1) * (markSize + markGap);
  const severity = column.severity === null ? 0 : markSize + markGap;
  const room = width - gutter - padding - marks - severity - 8;
  const type = typeText(column);
  const typeWidth = textWidth(context, typeFont, type);
  const name = ellipsize(context, font, column.name, room - Math.min(typeWidth, leastType));
  const nameWidth = textWidth(context, font, name);
  return { name, nameWidth, type: ellipsize(context, typeFont, type, room - nameWidth) };
}
