/** The order of tables within their layers, so that few lines cross: sweeps by barycentres, then exchanges of neighbours. */
import type { LayerNode, LayerPort, Strand } from './layers.ts';

const sweeps = 10;
/** Passes of exchanges: each ends early where nothing gets better. */
const exchanges = 4;

/** Sorts each layer; `strands` by the layer left of them. */
export function orderLayers(layers: LayerNode[][], strands: readonly (readonly Strand[])[]): void {
  const place = new Map<LayerNode, number>();
  const number = (layer: readonly LayerNode[]) => {
    layer.forEach((node, index) => place.set(node, index));
  };
  layers.forEach(number);
  const at = ({ node, offset }: LayerPort) => (place.get(node) ?? 0) + (node.height > 0 ? offset / node.height : 0.5);
  const beside = { left: sidesOf(strands, 'left'), right: sidesOf(strands, 'right') };

  const sortBy = (index: number, side: 'left' | 'right') => {
    const layer = layers[index];
    if (layer === undefined) return;
    const wanted = new Map(
      layer.map((node, position) => {
        const ports = beside[side].get(node) ?? [];
        return [node, ports.length === 0 ? position : mean(ports.map(({ other, own }) => at(other) - own * 0.01))];
      }),
    );
    layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
    number(layer);
  };
  const total = () => strands.reduce((sum, list) => sum + crossings(list, at), 0);
  let least = total();
  let best = layers.map((layer) => [...layer]);
  for (let sweep = 0; sweep < sweeps && least > 0; sweep++) {
    if (sweep % 2 === 0) for (let index = 1; index < layers.length; index++) sortBy(index, 'left');
    else for (let index = layers.length - 2; index >= 0; index--) sortBy(index, 'right');
    const now = total();
    if (now >= least) continue;
    least = now;
    best = layers.map((layer) => [...layer]);
  }
  best.forEach((layer, index) => {
    layers[index]?.splice(0, layer.length, ...layer);
    number(layer);
  });

  const around = (index: number) => crossings(strands[index - 1] ?? [], at) + crossings(strands[index] ?? [], at);
  for (let pass = 0, better = true; better && least > 0 && pass < exchanges; pass++) {
    better = false;
    layers.forEach((layer, index) => {
      let before = around(index);
      for (let position = 0; position + 1 < layer.length && before > 0; position++) {
        swap(layer, position);
        number(layer);
        const after = around(index);
        if (after < before) {
          better = true;
          before = after;
        } else {
          swap(layer, position);
          number(layer);
        }
      }
    });
  }
}

function swap(layer: LayerNode[], position: number): void {
  const [a, b] = [layer[position], layer[position + 1]];
  if (a === undefined || b === undefined) return;
  layer[position] = b;
  layer[position + 1] = a;
}

interface Side {
  readonly other: LayerPort;
  /** The line's own place along the node's side, from 0 to 1. */
  readonly own: number;
}

/** Of each node, what it is joined to in the layer on one side of it. */
function sidesOf(
  strands: readonly (readonly Strand[])[],
  side: 'left' | 'right',
): ReadonlyMap<LayerNode, readonly Side[]> {
  const result = new Map<LayerNode, Side[]>();
  const add = ({ node, offset }: LayerPort, other: LayerPort) => {
    const own = node.height > 0 ? offset / node.height : 0;
    const list = result.get(node);
    if (list) list.push({ other, own });
    else result.set(node, [{ other, own }]);
  };
  for (const { left, rights } of strands.flat())
    for (const right of rights)
      if (side === 'left') add(right, left);
      else add(left, right);
  return result;
}

function crossings(strands: readonly Strand[], at: (port: LayerPort) => number): number {
  const lines = strands.flatMap(({ left, rights }, net) =>
    rights.map((right) => ({ net, left: at(left), right: at(right) })),
  );
  let count = 0;
  lines.forEach((a, index) => {
    for (let next = index + 1; next < lines.length; next++) {
      const b = lines[next];
      if (b !== undefined && b.net !== a.net && (a.left - b.left) * (a.right - b.right) < 0) count++;
    }
  });
  return count;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
