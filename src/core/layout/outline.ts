/**
 * Where the boxes of a diagram are drawn, in few bytes: what a page shows while the model is still on its way, and what is kept
 * of a layout until the same diagram is opened again.
 */
import { applyView } from '../diagram/applyView.ts';
import type { DiagramModel, DiagramTable } from '../diagram/model.ts';
import type { DiagramView } from '../diagram/view.ts';
import type { DiagramLayout, LayoutBox, Metrics } from './layout.ts';
import { metrics as defaultMetrics } from './metrics.ts';
import { placeQuickly } from './placeQuickly.ts';

type Place = readonly [x: number, y: number, width: number, height: number];

export interface Outline {
  /** Of the structure that this is the final layout of; null: boxes that were put quickly. */
  readonly structure: string | null;
  /** Of the font that the boxes were made for. */
  readonly characterWidth: number;
  readonly modules: readonly (readonly [id: string, label: string])[];
  readonly tables: readonly (readonly [id: string, name: string, module: string, ...Place])[];
  readonly frames: readonly (readonly [id: string, ...Place])[];
  /** The points as x, y, x, y, … */
  readonly edges: readonly (readonly [id: string, ...points: number[]])[];
  readonly size: readonly [width: number, height: number];
}

/** Raised with the shape, so that what an older version kept is not taken for this one's. */
const format = 1;

export function outlineOf(
  { modules, tables }: DiagramModel,
  layout: DiagramLayout,
  structure: string | null,
  { characterWidth }: Metrics,
): Outline {
  const boxes = new Map(layout.tables.map((box) => [box.id, box]));
  return {
    structure,
    characterWidth,
    modules: modules.map(({ id, label }) => [id, label]),
    tables: tables.flatMap(({ id, name, module }) => {
      const box = boxes.get(id);
      return box === undefined ? [] : [[id, name, module, ...placeOf(box)] as const];
    }),
    frames: layout.modules.map((box) => [box.id, ...placeOf(box)]),
    edges: layout.edges.map(({ id, points }) => [id, ...points.flatMap(({ x, y }) => [round(x), round(y)])]),
    size: [round(layout.width), round(layout.height)],
  };
}

/** Boxes alone, put within some ten milliseconds for a thousand tables. */
export function quickOutline(model: DiagramModel, view: DiagramView): Outline {
  const shown = applyView(model, view);
  return outlineOf(shown, placeQuickly(shown, defaultMetrics, false), null, defaultMetrics);
}

export function outlineText(outline: Outline): string {
  return JSON.stringify({ format, ...outline });
}

/** Null where it is none, or one of another version: then the layout is computed anew. */
export function parseOutline(text: string): Outline | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const outline = value as Partial<Record<keyof Outline | 'format', unknown>>;
  const isOutline =
    outline.format === format &&
    (outline.structure === null || typeof outline.structure === 'string') &&
    typeof outline.characterWidth === 'number' &&
    areRows(outline.modules, 2, 2) &&
    areRows(outline.tables, 3, 7) &&
    areRows(outline.frames, 1, 5) &&
    areRows(outline.edges, 1, null) &&
    areRows([outline.size], 0, 2);
  return isOutline ? (value as Outline) : null;
}

/** So many texts, then numbers; `length` null: points, two numbers each. */
function areRows(rows: unknown, texts: number, length: number | null): boolean {
  return (
    Array.isArray(rows) &&
    rows.every(
      (row: unknown) =>
        Array.isArray(row) &&
        (length === null ? row.length >= texts + 4 && (row.length - texts) % 2 === 0 : row.length === length) &&
        row.every((cell: unknown, index) =>
          index < texts ? typeof cell === 'string' : typeof cell === 'number' && Number.isFinite(cell),
        ),
    )
  );
}

export function outlineLayout({ tables, frames, edges, size }: Outline): DiagramLayout {
  return {
    tables: tables.map(([id, , , ...place]) => boxOf(id, place)),
    modules: frames.map(([id, ...place]) => boxOf(id, place)),
    edges: edges.map(([id, ...points]) => ({
      id,
      points: Array.from({ length: points.length / 2 }, (_, index) => ({
        x: points[2 * index] ?? 0,
        y: points[2 * index + 1] ?? 0,
      })),
    })),
    width: size[0],
    height: size[1],
  };
}

/** Names and modules, which is all there is to draw of. */
export function outlineModel({ modules, tables }: Outline): DiagramModel {
  const members = new Map(modules.map(([id]) => [id, [] as string[]]));
  for (const [id, , module] of tables) members.get(module)?.push(id);
  return {
    project: '',
    title: '',
    tables: tables.map(([id, name, module]): DiagramTable => ({ ...bare, id, name, module })),
    edges: [],
    modules: modules.map(([id, label]) => ({ id, label, tables: members.get(id) ?? [] })),
    enums: [],
  };
}

const bare: DiagramTable = {
  id: '',
  name: '',
  namespace: null,
  entity: null,
  kind: 'table',
  module: '',
  columns: [],
  indexes: [],
  findings: [],
  softDelete: false,
  comment: null,
  at: { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 },
};

/** Whether every table that is shown has its box in it, and no other has. */
export function isOutlineOf({ tables }: Outline, shown: DiagramModel): boolean {
  const ids = new Set(tables.map(([id]) => id));
  return ids.size === shown.tables.length && shown.tables.every(({ id }) => ids.has(id));
}

function placeOf({ x, y, width, height }: LayoutBox): Place {
  return [round(x), round(y), round(width), round(height)];
}

function boxOf(id: string, [x, y, width, height]: Place): LayoutBox {
  return { id, x, y, width, height };
}

/** A hundredth of a pixel is not to be seen; the digits behind it are half of the text. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
