/** What the best of several layouts is chosen by. */
import type { DiagramModel } from '../diagram/model.ts';
import type { DiagramLayout } from './layout.ts';
import { drawnLines, lineQuality } from './quality.ts';

/** The diagram's canvas in an editor with both side bars open, in CSS pixels. */
const canvas = { width: 860, height: 720 };

/** Lower is better: short lines, few crossings, and a shape that fits a screen without being shrunk much. */
export function layoutCost(model: DiagramModel, layout: DiagramLayout): number {
  const { crossings, edgeLength } = lineQuality(drawnLines(model, layout));
  const fit = Math.min(1, canvas.width / layout.width, canvas.height / layout.height);
  return ((1 + crossings / Math.max(1, model.edges.length)) * Math.max(1, edgeLength)) / fit;
}
