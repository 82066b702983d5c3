/** Small marks on the canvas: key, link and the like, and severities (a shape of their own each, not colour alone). */
import type { Badge, DiagramSeverity } from '../../src/core/diagram/model.ts';
import { glyphSize, glyphs } from './glyphs.ts';
import type { Theme } from './theme.ts';

const paths = new Map<string, Path2D>();

function pathOf(data: string): Path2D {
  let path = paths.get(data);
  if (path === undefined) paths.set(data, (path = new Path2D(data)));
  return path;
}

/** A row's mark with its top left corner at (x, y). */
export function drawBadge(
  context: CanvasRenderingContext2D,
  theme: Theme,
  badge: Badge,
  x: number,
  y: number,
  size: number,
): void {
  const scale = size / glyphSize;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.strokeStyle = theme.highContrast ? theme.foreground : theme.badge[badge];
  context.lineWidth = 1.3;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(pathOf(glyphs[badge].path));
  context.restore();
}

const severityShapes: Readonly<Record<DiagramSeverity, string>> = {
  error: 'M6 .8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 6 .8z',
  warning: 'M6 .9 11.6 11H.4z',
  info: 'M6 .8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 6 .8z',
};

const severitySigns: Readonly<Record<DiagramSeverity, string>> = {
  error: 'M4.1 4.1 7.9 7.9M7.9 4.1 4.1 7.9',
  warning: 'M6 4.4V7.3M6 9V9.2',
  info: 'M6 5.4V8.8M6 3.4V3.6',
};

export function drawSeverity(
  context: CanvasRenderingContext2D,
  theme: Theme,
  severity: DiagramSeverity,
  x: number,
  y: number,
  size: number,
): void {
  const scale = size / glyphSize;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.lineWidth = 1.2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = theme.severity[severity];
  context.stroke(pathOf(severityShapes[severity]));
  context.stroke(pathOf(severitySigns[severity]));
  context.restore();
}
