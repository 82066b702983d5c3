/** Where an arrow key leads: the nearest table in that direction, related ones preferred. */
import type { LayoutBox } from '../../src/core/layout/layout.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** A related table counts as if it were this much nearer, so that arrows follow relations where they can. */
const relatedFactor = 0.35;

/** Distance off the axis weighs double: "right" should not lead almost straight down. */
const offAxisWeight = 2;

/**
 * The table an arrow key leads to from `id`, or null at the edge of the diagram. Only tables whose centre lies beyond the
 * box in that direction count.
 */
export function neighbourInDirection(
  boxes: readonly LayoutBox[],
  related: ReadonlySet<string>,
  id: string,
  direction: Direction,
): string | null {
  const from = boxes.find((box) => box.id === id);
  if (from === undefined) return null;
  const origin = centre(from);
  let best: string | null = null;
  let bestScore = Infinity;
  for (const box of boxes) {
    if (box.id === id) continue;
    const to = centre(box);
    const dx = to.x - origin.x;
    const dy = to.y - origin.y;
    const horizontal = direction === 'left' || direction === 'right';
    const along = horizontal ? (direction === 'right' ? dx : -dx) : direction === 'down' ? dy : -dy;
    const beyond = horizontal ? from.width / 2 : Math.min(from.height / 2, box.height / 2);
    if (along < Math.max(1, beyond)) continue;
    const off = horizontal ? gap(from.y, from.height, box.y, box.height) : gap(from.x, from.width, box.x, box.width);
    const score = (along + offAxisWeight * off) * (related.has(box.id) ? relatedFactor : 1);
    if (score < bestScore) {
      bestScore = score;
      best = box.id;
    }
  }
  return best;
}

function centre(box: LayoutBox): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** How far two spans are apart; overlapping spans only by a small part of their centres' distance. */
function gap(startA: number, sizeA: number, startB: number, sizeB: number): number {
  const apart = Math.max(startB - (startA + sizeA), startA - (startB + sizeB), 0);
  return apart + Math.abs(startA + sizeA / 2 - (startB + sizeB / 2)) * 0.1;
}

/** Reading order: by module, then top to bottom, left to right; what Home, End and a screen reader's list follow. */
export function readingOrder(boxes: readonly LayoutBox[], moduleOf: ReadonlyMap<string, number>): readonly string[] {
  return [...boxes]
    .sort(
      (a, b) =>
        (moduleOf.get(a.id) ?? 0) - (moduleOf.get(b.id) ?? 0) || a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1),
    )
    .map((box) => box.id);
}
