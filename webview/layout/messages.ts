/** Page ↔ layout worker. */
import type { DiagramModel, DiagramTable } from '../../src/core/diagram/model.ts';
import type { Places } from '../../src/core/diagram/saved.ts';
import type { Arrangement } from '../../src/core/diagram/view.ts';
import type { Held } from '../../src/core/layout/holdModules.ts';
import type { DiagramLayout, Metrics } from '../../src/core/layout/layout.ts';

/** As plain data, by which two requests can be compared. */
export interface LayoutWishes {
  readonly metrics: Metrics;
  readonly arrangement: Arrangement;
  readonly places: Places;
  readonly held: Held;
}

/** Tables of a request that is on its way: those of a large model come in parts, copied in tasks of their own. */
export interface LayoutPart {
  readonly id: number;
  readonly tables: readonly DiagramTable[];
}

/** `model`: with the tables that have not come in parts. */
export interface LayoutRequest {
  readonly id: number;
  readonly model: DiagramModel;
  readonly options: LayoutWishes;
  /** A first placement is wanted before the real one: there is nothing to be seen yet. */
  readonly quick: boolean;
}

export type LayoutReply =
  | { readonly id: number; readonly layout: DiagramLayout; readonly quality: 'quick' | 'final' }
  | { readonly id: number; readonly error: string };
