/** Boxes on shelves, near the boxes they have most lines to, in the shape of a screen. */

export interface PackItem {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface PackLink {
  readonly a: string;
  readonly b: string;
  /** Number of lines between the two. */
  readonly weight: number;
}

export interface Packed {
  readonly positions: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  readonly width: number;
  readonly height: number;
}

/** Width to height of an editor that shows nothing else. */
const editorAspect = 1.6;
/** Exchanges that are tried, whatever the number of boxes: about 20 ms. */
const exchangeBudget = 4000;

/** `quick` leaves out the exchanges, which are nearly all of the time. */
export type PackEffort = 'quick' | 'thorough';

export function pack(
  items: readonly PackItem[],
  links: readonly PackLink[],
  gap: number,
  effort: PackEffort = 'thorough',
  aspect = editorAspect,
): Packed {
  if (items.length === 0) return { positions: new Map(), width: 0, height: 0 };
  const known = new Set(items.map(({ id }) => id));
  const inside = links.filter(({ a, b }) => a !== b && known.has(a) && known.has(b));
  const area = items.reduce((sum, { width, height }) => sum + (width + gap) * (height + gap), 0);
  const widest = Math.max(...items.map(({ width }) => width));
  // Shelves are never full: several widths are tried, and the order is bettered on the best one.
  let best: { order: readonly PackItem[]; target: number; cost: number } | undefined;
  const orders = [byAttachment(items, inside), [...items].sort((a, b) => b.height - a.height)];
  for (const order of orders)
    for (const stretch of [0.95, 1.05, 1.15, 1.3]) {
      const target = Math.max(widest, Math.sqrt(area * aspect) * stretch);
      const cost = costOf(shelve(order, target, gap), items, inside, aspect);
      if (best === undefined || cost < best.cost) best = { order, target, cost };
    }
  if (best === undefined) return shelve(items, widest, gap);
  if (effort === 'quick') return shelve(best.order, best.target, gap);
  return shelve(exchange(best.order, best.target, best.cost, inside, gap, aspect), best.target, gap);
}

/** Each next box is the one with most lines to those before it; later ones count more, for they are nearer. */
function byAttachment(items: readonly PackItem[], links: readonly PackLink[]): readonly PackItem[] {
  const total = new Map<string, number>();
  for (const { a, b, weight } of links) {
    total.set(a, (total.get(a) ?? 0) + weight);
    total.set(b, (total.get(b) ?? 0) + weight);
  }
  const left = [...items].sort((a, b) => (total.get(b.id) ?? 0) - (total.get(a.id) ?? 0));
  const order: PackItem[] = [];
  const attachment = new Map<string, number>();
  const nearness = 0.7;
  while (left.length > 0) {
    let next = 0;
    left.forEach((item, index) => {
      if ((attachment.get(item.id) ?? 0) > (attachment.get(left[next]?.id ?? '') ?? 0)) next = index;
    });
    const [item] = left.splice(next, 1);
    if (item === undefined) break;
    order.push(item);
    for (const [id, value] of attachment) attachment.set(id, value * nearness);
    for (const { a, b, weight } of links) {
      const other = a === item.id ? b : b === item.id ? a : undefined;
      if (other !== undefined) attachment.set(other, (attachment.get(other) ?? 0) + weight);
    }
  }
  return order;
}

/** Rows of columns: a box that fits below the last one of its row goes there. */
function shelve(order: readonly PackItem[], target: number, gap: number): Packed {
  const positions = new Map<string, { x: number; y: number }>();
  let top = 0;
  let shelfHeight = 0;
  let columnLeft = 0;
  let columnWidth = 0;
  let columnBottom = 0;
  let width = 0;
  for (const item of order) {
    const below = columnBottom + gap;
    const fitsBelow = columnWidth > 0 && item.width <= columnWidth && below + item.height <= top + shelfHeight;
    if (!fitsBelow) {
      columnLeft = columnWidth === 0 ? 0 : columnLeft + columnWidth + gap;
      if (columnLeft > 0 && columnLeft + item.width > target) {
        top += shelfHeight + gap;
        columnLeft = 0;
        shelfHeight = 0;
      }
      columnWidth = item.width;
      shelfHeight = Math.max(shelfHeight, item.height);
    }
    const y = fitsBelow ? below : top;
    positions.set(item.id, { x: columnLeft, y });
    columnBottom = y + item.height;
    width = Math.max(width, columnLeft + item.width);
  }
  return { positions, width, height: top + shelfHeight };
}

/**
 * Length of the lines per line or box, whichever are more (few lines must not decide over many boxes), plus the size of
 * the whole as it has to be shrunk to fit a screen: both in pixels.
 */
function costOf(packed: Packed, items: readonly PackItem[], links: readonly PackLink[], aspect: number): number {
  const size = Math.max(packed.width / aspect, packed.height);
  if (links.length === 0) return size;
  const centres = new Map(
    items.map(({ id, width, height }) => {
      const { x, y } = packed.positions.get(id) ?? { x: 0, y: 0 };
      return [id, { x: x + width / 2, y: y + height / 2 }];
    }),
  );
  let length = 0;
  let lines = 0;
  for (const { a, b, weight } of links) {
    const [from, to] = [centres.get(a), centres.get(b)];
    if (from === undefined || to === undefined) continue;
    length += weight * (Math.abs(from.x - to.x) + Math.abs(from.y - to.y));
    lines += weight;
  }
  return length / Math.max(items.length, lines) + size;
}

/** Swaps pairs as long as that lowers the cost. */
function exchange(
  start: readonly PackItem[],
  target: number,
  startCost: number,
  links: readonly PackLink[],
  gap: number,
  aspect: number,
): readonly PackItem[] {
  const order = [...start];
  let cost = startCost;
  let left = Math.floor(exchangeBudget / Math.max(1, order.length / 25));
  for (let better = true; better && left > 0;) {
    better = false;
    for (let i = 0; i < order.length && left > 0; i++)
      for (let j = i + 1; j < order.length && left > 0; j++, left--) {
        swap(order, i, j);
        const swapped = costOf(shelve(order, target, gap), order, links, aspect);
        if (swapped < cost - 0.5) {
          cost = swapped;
          better = true;
        } else swap(order, i, j);
      }
  }
  return order;
}

function swap(list: PackItem[], i: number, j: number): void {
  const [a, b] = [list[i], list[j]];
  if (a === undefined || b === undefined) return;
  list[i] = b;
  list[j] = a;
}
