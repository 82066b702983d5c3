/** What one draw needs to know. */
import type { Scene } from './scene.ts';
import type { Theme } from './theme.ts';
import type { Box, Size, Viewport } from './viewport.ts';

/** Far: modules and plain boxes. Middle: names. Near: rows. */
export type Level = 'far' | 'middle' | 'near';

/** From here rows are about 6 px high: the least that can be read. */
const nearFrom = 0.5;

/** Least width of a box, in CSS pixels, that has room for a name of 10 px or its start. */
const leastNamed = 34;

/** `narrowest`: width of the narrowest table in world units. */
export function levelAt(k: number, { narrowest }: Pick<Scene, 'narrowest'>): Level {
  return k >= nearFrom ? 'near' : k * narrowest >= leastNamed ? 'middle' : 'far';
}

export interface Highlight {
  readonly selected: number | null;
  readonly selectedColumn: string | null;
  readonly hovered: { readonly table: number; readonly row: number | null } | null;
  readonly hoveredEdge: number | null;
  /** The table under the editor's cursor. */
  readonly followed: number | null;
  /** The keyboard is on the diagram: the selected table gets a focus ring. */
  readonly keyboard: boolean;
}

export const noHighlight: Highlight = {
  selected: null,
  selectedColumn: null,
  hovered: null,
  hoveredEdge: null,
  followed: null,
  keyboard: false,
};

export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly theme: Theme;
  readonly scene: Scene;
  readonly viewport: Viewport;
  readonly screen: Size;
  /** Part of the world on the screen. */
  readonly visible: Box;
  readonly level: Level;
  readonly highlight: Highlight;
  /** Canvas pixels per CSS pixel. */
  readonly ratio: number;
}

/** From now on the context draws in world units. */
export function worldUnits({ context, viewport, ratio }: Frame): void {
  context.setTransform(
    ratio * viewport.k,
    0,
    0,
    ratio * viewport.k,
    Math.round(ratio * viewport.x),
    Math.round(ratio * viewport.y),
  );
}

/** From now on the context draws in CSS pixels of the screen. */
export function screenUnits({ context, ratio }: Frame): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

/** World units of so many CSS pixels: for lines that keep their width at every zoom. */
export function pixels(frame: Frame, count: number): number {
  return count / frame.viewport.k;
}

/** A line's width in world units: constant on the screen when zoomed out, growing with the rest when zoomed in. */
export function lineWidth(frame: Frame, width: number): number {
  return width / Math.min(1, frame.viewport.k);
}
