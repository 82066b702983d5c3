/** Sizes of drawn tables, shared by layout, canvas and SVG. Units: CSS pixels at zoom 1. */
import type { DiagramColumn, DiagramTable } from '../diagram/model.ts';
import type { LayoutBox, Metrics } from './layout.ts';

/** For a 12 px sans-serif face: 6.6 px is its mean advance over identifiers, digits and underscores. */
export const metrics: Metrics = {
  headerHeight: 32,
  rowHeight: 22,
  minWidth: 190,
  maxWidth: 420,
  characterWidth: 6.6,
};

/** Left of a row's name, where its first mark stands. */
export const gutter = 26;
export const padding = 10;
/** A further mark behind the name, or the severity at the right end, with the gap before it. */
const markWidth = 16;
/** Between a row's name and its type. */
const typeGap = 14;
/** Titles are set one pixel larger and bold. */
const titleScale = 1.15;
/** Types are set one pixel smaller. */
const typeScale = 0.92;

export function tableSize(
  table: Pick<DiagramTable, 'name' | 'entity' | 'columns' | 'findings'>,
  { headerHeight, rowHeight, minWidth, maxWidth, characterWidth }: Metrics = metrics,
): { readonly width: number; readonly height: number } {
  const entity = table.entity === null ? 0 : table.entity.length * characterWidth * typeScale + typeGap;
  let width = 2 * padding + markWidth + table.name.length * characterWidth * titleScale + entity;
  for (const column of table.columns) width = Math.max(width, rowWidth(column, characterWidth));
  return {
    width: Math.ceil(Math.min(maxWidth, Math.max(minWidth, width))),
    height: headerHeight + table.columns.length * rowHeight,
  };
}

function rowWidth({ name, type, nullable, badges, severity }: DiagramColumn, characterWidth: number): number {
  const marks = Math.max(0, badges.length - 1) + (severity === null ? 0 : 1);
  const typeLength = type.length + (nullable ? 1 : 0);
  return (
    gutter +
    name.length * characterWidth +
    marks * markWidth +
    typeGap +
    typeLength * characterWidth * typeScale +
    padding
  );
}

/** Height at which a line meets a column's row; the header's middle for a column that is not drawn. */
export function rowCentre(
  table: Pick<DiagramTable, 'columns'>,
  column: string | undefined,
  box: Pick<LayoutBox, 'y'>,
  { headerHeight, rowHeight }: Metrics = metrics,
): number {
  const row = column === undefined ? -1 : table.columns.findIndex(({ name }) => name === column);
  return box.y + (row < 0 ? headerHeight / 2 : headerHeight + (row + 0.5) * rowHeight);
}
