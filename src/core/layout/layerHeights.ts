/** Heights of tables within their layers: as level with what they are joined to as the others in the layer allow. */
import type { LayerNode, Strand } from './layers.ts';

const between = { tables: 30, tableAndLine: 18, lines: 11 };
const sweeps = 8;
/** A long line that runs straight is worth more than a table in the middle of its neighbours. */
const lineWeight = 3;
/** Of the height of the fullest layer, for all: without a bound, layers slide further down one after the other. */
const slack = 1.06;

/** Sets `y` of every node; the least is 0. */
export function placeHeights(layers: readonly LayerNode[][], strands: readonly (readonly Strand[])[]): void {
  const lefts = new Map<LayerNode, (() => number)[]>();
  const rights = new Map<LayerNode, (() => number)[]>();
  const add = (to: Map<LayerNode, (() => number)[]>, node: LayerNode, wanted: () => number) => {
    const list = to.get(node);
    if (list) list.push(wanted);
    else to.set(node, [wanted]);
  };
  for (const strand of strands.flat())
    for (const right of strand.rights) {
      const { left } = strand;
      add(lefts, right.node, () => left.node.y + left.offset - right.offset);
      add(rights, left.node, () => right.node.y + right.offset - left.offset);
    }
  let fullest = 0;
  for (const layer of layers) {
    let y = 0;
    layer.forEach((node, index) => {
      node.y = y;
      y += node.height + gap(node, layer[index + 1]);
    });
    fullest = Math.max(fullest, y);
  }
  const limit = fullest * slack;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const sides = sweep === sweeps - 1 ? [lefts, rights] : sweep % 2 === 0 ? [lefts] : [rights];
    const order = sweep % 2 === 0 ? layers : [...layers].reverse();
    for (const layer of order)
      level(
        layer,
        layer.map((node) => sides.flatMap((side) => (side.get(node) ?? []).map((wanted) => wanted()))),
        limit,
      );
  }
  const least = Math.min(...layers.flat().map(({ y }) => y));
  for (const node of layers.flat()) node.y -= least;
}

function gap(above: LayerNode, below: LayerNode | undefined): number {
  if (below === undefined) return 0;
  if (above.table !== null && below.table !== null) return between.tables;
  return above.table === null && below.table === null ? between.lines : between.tableAndLine;
}

/**
 * Least squares from the wanted heights, in the given order and with room between: isotonic regression by pooling adjacent
 * violators (Ayer et al., "An empirical distribution function for sampling with incomplete information", 1955). Within
 * bounds its result is the unbounded one, cut off at them.
 */
function level(layer: readonly LayerNode[], wanted: readonly (readonly number[])[], limit: number): void {
  const pools: { value: number; weight: number; size: number }[] = [];
  let offset = 0;
  const offsets = layer.map((node, index) => {
    const own = offset;
    offset += node.height + gap(node, layer[index + 1]);
    return own;
  });
  layer.forEach((node, index) => {
    const heights = wanted[index] ?? [];
    const weight = heights.length === 0 ? 0.05 : node.table === null ? lineWeight : heights.length;
    const value = (heights.length === 0 ? node.y : median(heights)) - (offsets[index] ?? 0);
    let pool = { value, weight, size: 1 };
    for (let last = pools.at(-1); last !== undefined && last.value > pool.value; last = pools.at(-1)) {
      pools.pop();
      const sum = last.weight + pool.weight;
      pool = {
        value: (last.value * last.weight + pool.value * pool.weight) / sum,
        weight: sum,
        size: last.size + pool.size,
      };
    }
    pools.push(pool);
  });
  let index = 0;
  for (const { value, size } of pools)
    for (const end = index + size; index < end; index++) {
      const node = layer[index];
      if (node !== undefined) node.y = Math.max(0, Math.min(limit - offset, value)) + (offsets[index] ?? 0);
    }
}

/** With two in the middle the upper one: a line is straight, or it is not. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}
