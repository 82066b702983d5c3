/** Positions and routes of a diagram. Units: CSS pixels at zoom 1; origin top left. */
export interface LayoutBox {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LayoutRoute {
  readonly id: string;
  /** Polyline from the referencing row to the referenced one; at least two points. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface DiagramLayout {
  readonly tables: readonly LayoutBox[];
  readonly edges: readonly LayoutRoute[];
  readonly modules: readonly LayoutBox[];
  readonly width: number;
  readonly height: number;
}

/** Row heights and widths, shared by layout, canvas and SVG so that edges meet the rows they join. */
export interface Metrics {
  readonly headerHeight: number;
  readonly rowHeight: number;
  readonly minWidth: number;
  readonly maxWidth: number;
  readonly characterWidth: number;
}
