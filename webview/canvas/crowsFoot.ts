/** Crow's-foot ends, in world units, drawn from the table's side outwards. */
import type { Cardinality } from '../../src/core/diagram/model.ts';

/** Length of the foot; the bar or ring stands behind it. */
const footLength = 9;
const footHalf = 5;
const barAt = 12;
const barHalf = 4.5;
const ringRadius = 3;

export interface Ends {
  /** Bars and feet; stroked. */
  readonly lines: Path2D;
  /** Rings of "zero or …"; filled with the background, then stroked. */
  readonly rings: Path2D;
}

/** Adds the end at (x, y) on a table's left (−1) or right (1) side. */
export function addEnd(ends: Ends, cardinality: Cardinality, x: number, y: number, side: -1 | 1): void {
  const { lines, rings } = ends;
  if (cardinality === 'many' || cardinality === 'one-or-many') {
    const tip = x + side * footLength;
    lines.moveTo(x, y - footHalf);
    lines.lineTo(tip, y);
    lines.lineTo(x, y + footHalf);
  } else {
    bar(lines, x + side * 6, y);
  }
  const at = x + side * barAt;
  if (cardinality === 'one' || cardinality === 'one-or-many') {
    bar(lines, cardinality === 'one' ? x + side * 10 : at, y);
  } else {
    const centre = x + side * (barAt + 0.5);
    rings.moveTo(centre + ringRadius, y);
    rings.arc(centre, y, ringRadius, 0, Math.PI * 2);
  }
}

function bar(path: Path2D, x: number, y: number): void {
  path.moveTo(x, y - barHalf);
  path.lineTo(x, y + barHalf);
}
