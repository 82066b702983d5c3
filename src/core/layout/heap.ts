/** A queue that gives the cheapest entry first: a binary heap. */
export interface Heap {
  push(value: number, cost: number): void;
  /** Null when empty. */
  pop(): number | null;
}

export function createHeap(): Heap {
  const values: number[] = [];
  const costs: number[] = [];
  const cost = (index: number) => costs[index] ?? Infinity;
  const swap = (a: number, b: number) => {
    [values[a], values[b]] = [values[b] ?? 0, values[a] ?? 0];
    [costs[a], costs[b]] = [cost(b), cost(a)];
  };
  return {
    push: (value, price) => {
      let at = values.push(value) - 1;
      costs.push(price);
      for (let parent = (at - 1) >> 1; at > 0 && cost(at) < cost(parent); parent = (at - 1) >> 1) {
        swap(at, parent);
        at = parent;
      }
    },
    pop: () => {
      const top = values[0];
      if (top === undefined) return null;
      swap(0, values.length - 1);
      values.pop();
      costs.pop();
      for (let at = 0; ;) {
        const child = cost(2 * at + 1) <= cost(2 * at + 2) ? 2 * at + 1 : 2 * at + 2;
        if (child >= values.length || cost(at) <= cost(child)) return top;
        swap(at, child);
        at = child;
      }
    },
  };
}
