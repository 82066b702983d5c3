/** Page ↔ layout worker. */
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import type { DiagramLayout, Metrics } from '../../src/core/layout/layout.ts';

export interface LayoutRequest {
  readonly id: number;
  readonly model: DiagramModel;
  readonly metrics: Metrics;
}

export type LayoutReply =
  { readonly id: number; readonly layout: DiagramLayout } | { readonly id: number; readonly error: string };
