/** Page ↔ layout worker. */
import type { DiagramModel } from '../../src/core/diagram/model.ts';
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
