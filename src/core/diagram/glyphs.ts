/** Marks of rows and severities as SVG path data in a 12 × 12 box, stroked: shared by the canvas and the exported picture. */
import type { Badge, DiagramSeverity } from './model.ts';

export const glyphSize = 12;

/** Key, link, seal, sorted lines, three shields (mark, cross) and a card, lock. */
export const badgeGlyphs: Readonly<Record<Badge, string>> = {
  pk: 'M4 1.5a3 3 0 1 1-1.2 5.75 3 3 0 0 1 1.2-5.75zM6.3 6.3 10.8 10.8M8.4 8.4 10 6.8M9.9 9.9 11 8.8',
  fk: 'M5 7a2 2 0 0 0 2.9.1l2-2A2 2 0 0 0 7.1 2.2L6.2 3.1M7 5a2 2 0 0 0-2.9-.1l-2 2A2 2 0 0 0 4.9 9.8l.9-.9',
  unique: 'M6 1.2 10.2 3.6V8.4L6 10.8 1.8 8.4V3.6zM6 4.2V8',
  index: 'M1.5 3h9M1.5 6h6.5M1.5 9h4',
  pii: 'M6 1.2 10.3 2.7V6c0 2.4-1.8 4-4.3 5-2.5-1-4.3-2.6-4.3-5V2.7zM6 4v2.6M6 8.2v.4',
  phi: 'M6 1.2 10.3 2.7V6c0 2.4-1.8 4-4.3 5-2.5-1-4.3-2.6-4.3-5V2.7zM6 4.1v3.8M4.1 6h3.8',
  pan: 'M1.2 3h9.6v6.4H1.2zM1.2 5.2h9.6M3 7.6h2',
  secret: 'M2.6 5.4h6.8v5H2.6zM4 5.4V4a2 2 0 0 1 4 0v1.4M6 7.4v1.2',
};

/** Rows are marked as deleted instead of being removed: a bin, in the table's head. */
export const softDeleteGlyph = 'M2 3.4h8M4.6 3.4V1.8h2.8v1.6M3.2 3.4l.6 7.2h4.4l.6-7.2M5.2 5.4v3.2M6.8 5.4v3.2';

/** A shape of its own each, not colour alone. */
export const severityGlyphs: Readonly<Record<DiagramSeverity, string>> = {
  error: 'M6 .8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 6 .8zM4.1 4.1 7.9 7.9M7.9 4.1 4.1 7.9',
  warning: 'M6 .9 11.6 11H.4zM6 4.4V7.3M6 9V9.2',
  info: 'M6 .8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 6 .8zM6 5.4V8.8M6 3.4V3.6',
};

/** Marks as drawn, the most important first: a primary key is unique and indexed anyway, a unique column indexed. */
export function drawnBadges(badges: readonly Badge[]): readonly Badge[] {
  const order: readonly Badge[] = ['pk', 'fk', 'unique', 'index', 'secret', 'pan', 'phi', 'pii'];
  const has = (badge: Badge) => badges.includes(badge);
  return order.filter(
    (badge) => has(badge) && !(badge === 'unique' && has('pk')) && !(badge === 'index' && (has('pk') || has('unique'))),
  );
}
