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

/** How far a composite key's brace stands off its table. */
const braceAt = 4;

/** Joins the rows of a composite key beside the table: the line itself ends at the first of them. */
export function addBrace(path: Path2D, rows: readonly number[], x: number, side: -1 | 1): void {
  if (rows.length < 2) return;
  const across = x + side * braceAt;
  path.moveTo(across, Math.min(...rows));
  path.lineTo(across, Math.max(...rows));
  for (const row of rows) {
    path.moveTo(x, row);
    path.lineTo(across, row);
  }
}

function bar(path: Path2D, x: number, y: number): void {
  path.moveTo(x, y - barHalf);
  path.lineTo(x, y + barHalf);
}
