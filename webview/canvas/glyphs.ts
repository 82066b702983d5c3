/** Marks of a row as paths in a 12 × 12 box: drawn by the canvas, and as SVG by the side panel and the legend. */
import type { Badge } from '../../src/core/diagram/model.ts';

export interface Glyph {
  /** SVG path data. */
  readonly path: string;
  readonly filled: boolean;
}

/** Key, link, U-like seal, sorted lines, eye crossed by a shield's shape, lock. */
export const glyphs: Readonly<Record<Badge, Glyph>> = {
  pk: {
    path: 'M4 1.5a3 3 0 1 1-1.2 5.75 3 3 0 0 1 1.2-5.75zM6.3 6.3 10.8 10.8M8.4 8.4 10 6.8M9.9 9.9 11 8.8',
    filled: false,
  },
  fk: {
    path: 'M5 7a2 2 0 0 0 2.9.1l2-2A2 2 0 0 0 7.1 2.2L6.2 3.1M7 5a2 2 0 0 0-2.9-.1l-2 2A2 2 0 0 0 4.9 9.8l.9-.9',
    filled: false,
  },
  unique: { path: 'M6 1.2 10.2 3.6V8.4L6 10.8 1.8 8.4V3.6zM6 4.2V8', filled: false },
  index: { path: 'M1.5 3h9M1.5 6h6.5M1.5 9h4', filled: false },
  pii: {
    path: 'M6 1.2 10.3 2.7V6c0 2.4-1.8 4-4.3 5-2.5-1-4.3-2.6-4.3-5V2.7zM6 4v2.6M6 8.2v.4',
    filled: false,
  },
  phi: {
    path: 'M6 1.2 10.3 2.7V6c0 2.4-1.8 4-4.3 5-2.5-1-4.3-2.6-4.3-5V2.7zM6 4.1v3.8M4.1 6h3.8',
    filled: false,
  },
  pan: { path: 'M1.2 3h9.6v6.4H1.2zM1.2 5.2h9.6M3 7.6h2', filled: false },
  secret: { path: 'M2.6 5.4h6.8v5H2.6zM4 5.4V4a2 2 0 0 1 4 0v1.4M6 7.4v1.2', filled: false },
};

export const glyphSize = 12;

/** What a mark means, in words (English; translated where shown). */
export const glyphTitles: Readonly<Record<Badge, string>> = {
  pk: 'Primary key',
  fk: 'Foreign key',
  unique: 'Unique',
  index: 'Indexed',
  pii: 'Personal data',
  phi: 'Health data',
  pan: 'Payment card data',
  secret: 'Secret',
};
