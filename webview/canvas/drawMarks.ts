/** Small marks on the canvas: key, link and the like, and severities (a shape of their own each, not colour alone). */
import type { Badge, DiagramSeverity } from '../../src/core/diagram/model.ts';
import { badgeGlyphs, glyphSize, severityGlyphs, softDeleteGlyph } from '../../src/core/diagram/glyphs.ts';
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
  context.stroke(pathOf(badgeGlyphs[badge]));
  context.restore();
}

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
  context.stroke(pathOf(severityGlyphs[severity]));
  context.restore();
}

export function drawSoftDelete(
  context: CanvasRenderingContext2D,
  theme: Theme,
  x: number,
  y: number,
  size: number,
): void {
  const scale = size / glyphSize;
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.lineWidth = 1.1;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = theme.muted;
  context.stroke(pathOf(softDeleteGlyph));
  context.restore();
}
