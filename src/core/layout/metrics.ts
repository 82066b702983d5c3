/** Sizes of drawn tables, shared by layout, canvas and SVG. Units: CSS pixels at zoom 1. */
import { collapsedKind } from '../diagram/model.ts';
import type { DiagramColumn, DiagramTable } from '../diagram/model.ts';
import type { LayoutBox, Metrics } from './layout.ts';
import { textUnits } from './textWidth.ts';

/** For a 12 px sans-serif face, whose digits are 6.7 px wide. */
export const metrics: Metrics = {
  headerHeight: 32,
  rowHeight: 22,
  minWidth: 190,
  maxWidth: 420,
  characterWidth: 6.7,
};

/** Left of a row's name, where its first mark stands. */
export const gutter = 26;
export const padding = 10;
/** A further mark behind the name, or the severity at the right end, with the gap before it. */
export const markWidth = 16;
/** Between a row's name and its type. */
const typeGap = 14;
/** Titles are set one pixel larger and bold. */
export const titleScale = 1.15;
/** Names of primary keys are bold. */
export const boldScale = 1.07;
/** Types are set one pixel smaller. */
export const typeScale = 0.92;

export function tableSize(
  table: Pick<DiagramTable, 'name' | 'entity' | 'kind' | 'softDelete' | 'columns' | 'change'>,
  { headerHeight, rowHeight, minWidth, maxWidth, characterWidth }: Metrics = metrics,
): { readonly width: number; readonly height: number } {
  const note = headerNote(table);
  const noteWidth = note === '' ? 0 : textUnits(note) * characterWidth * typeScale + typeGap;
  let width =
    2 * padding +
    (table.softDelete ? 2 : 1) * markWidth +
    textUnits(table.name) * characterWidth * titleScale +
    noteWidth;
  for (const column of table.columns) width = Math.max(width, rowWidth(column, characterWidth));
  return {
    width: Math.ceil(Math.min(maxWidth, Math.max(minWidth, width))),
    height: headerHeight + table.columns.length * rowHeight,
  };
}

/** Changes are told by words and signs, not by colours alone. */
export const changeWords = { added: 'added', removed: 'removed', altered: 'changed' } as const;
export const changeSigns = { added: '+', removed: '−', altered: '~' } as const;

/** `+ uuid`, `varchar(40)?`: what stands at the end of a row. */
export function typeText({ type, nullable, change }: Pick<DiagramColumn, 'type' | 'nullable' | 'change'>): string {
  return `${change === undefined ? '' : `${changeSigns[change]} `}${type}${nullable ? '?' : ''}`;
}

/** What stands beside the name: the class of a table, and of anything else what it is. */
export function headerNote({ entity, kind, change }: Pick<DiagramTable, 'entity' | 'kind' | 'change'>): string {
  if (change !== undefined) return changeWords[change];
  return kind === 'table' || kind === collapsedKind ? (entity ?? '') : kind.replace('-', ' ');
}

function rowWidth(column: DiagramColumn, characterWidth: number): number {
  const { name, badges, severity } = column;
  const marks = Math.max(0, badges.length - 1) + (severity === null ? 0 : 1);
  return (
    gutter +
    textUnits(name) * characterWidth * (badges.includes('pk') ? boldScale : 1) +
    marks * markWidth +
    typeGap +
    textUnits(typeText(column)) * characterWidth * typeScale +
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
