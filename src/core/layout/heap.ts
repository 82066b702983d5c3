/** A queue that gives the cheapest entry first: a binary heap. */
export interface Heap {
  push(value: number, cost: number): void;
  /** Null when empty. */
  pop(): number | null;
}

export function createHeap(): Heap {
  const values: number[] = [];
  const costs: number[] = [];
  const put = (at: number, value: number, cost: number) => {
    values[at] = value;
    costs[at] = cost;
  };
  return {
    push: (value, cost) => {
      let at = values.length;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        const above = costs[parent] ?? 0;
        if (above <= cost) break;
        put(at, values[parent] ?? 0, above);
        at = parent;
      }
      put(at, value, cost);
    },
    pop: () => {
      const top = values[0];
      const value = values.pop();
      const cost = costs.pop();
      if (top === undefined || value === undefined || cost === undefined) return null;
      const size = values.length;
      if (size === 0) return top;
      // The last entry sinks from the top to its place.
      let at = 0;
      for (let child = 1; child < size; child = 2 * at + 1) {
        const right = child + 1;
        if (right < size && (costs[right] ?? 0) < (costs[child] ?? 0)) child = right;
        const below = costs[child] ?? 0;
        if (below >= cost) break;
        put(at, values[child] ?? 0, below);
        at = child;
      }
      put(at, value, cost);
      return top;
    },
  };
}
