/** The upright parts of lines between two layers: which lies left of which, so that few cross and none lie upon each other. */

/** Level parts end at its left or right; it reaches over all of them. */
export interface Upright {
  readonly lefts: readonly number[];
  readonly rights: readonly number[];
}

/** Lines nearer to each other look like one. */
const tooNear = 4;
const overlapCost = 20;
/** Upright parts at one track keep so much apart. */
const apart = 8;

interface Span {
  readonly upright: Upright;
  readonly from: number;
  readonly to: number;
}

/** The track of each, counted from 0 on the left; those that need none (a level line) have −1. */
export function tracksOf(uprights: readonly Upright[]): readonly number[] {
  const spans = uprights.map((upright): Span => {
    const all = [...upright.lefts, ...upright.rights];
    return { upright, from: Math.min(...all), to: Math.max(...all) };
  });
  const open = spans.filter(({ from, to }) => to - from >= 0.5);
  const order = ordered(open);
  const tracks = new Map<Span, number>();
  order.forEach((span, index) => {
    let track = 0;
    for (const before of order.slice(0, index))
      if (before.from < span.to + apart && span.from - apart < before.to)
        track = Math.max(track, (tracks.get(before) ?? 0) + 1);
    tracks.set(span, track);
  });
  return spans.map((span) => tracks.get(span) ?? -1);
}

/** Each is put where it costs least among those before it, then once more among all. */
function ordered(spans: readonly Span[]): readonly Span[] {
  const order: Span[] = [];
  const insert = (span: Span) => {
    let cost = order.reduce((sum, other) => sum + costOf(span, other), 0);
    let best = cost;
    let place = 0;
    order.forEach((other, index) => {
      cost += costOf(other, span) - costOf(span, other);
      if (cost < best) {
        best = cost;
        place = index + 1;
      }
    });
    order.splice(place, 0, span);
  };
  const sorted = [...spans].sort((a, b) => a.from - b.from || a.to - b.to);
  for (const span of sorted) insert(span);
  for (const span of sorted) {
    order.splice(order.indexOf(span), 1);
    insert(span);
  }
  return order;
}

/** Of `a` left of `b`: level parts of `b` come from the left through `a`, those of `a` go to the right through `b`. */
function costOf(a: Span, b: Span): number {
  if (a.from > b.to + tooNear || b.from > a.to + tooNear) return 0;
  let cost = 0;
  for (const y of b.upright.lefts) if (y > a.from && y < a.to) cost++;
  for (const y of a.upright.rights) {
    if (y > b.from && y < b.to) cost++;
    for (const other of b.upright.lefts) if (Math.abs(other - y) < tooNear) cost += overlapCost;
  }
  return cost;
}
