/**
 * The arithmetic of one index for several searches. A search by `a` and `b`, in any order, and then by `c` asks that the first two
 * columns of an index are those two, and the third is `c`: written as blocks, `[a b] [c]`. An index serves a search if its
 * columns go through the blocks in order.
 */

/** Blocks of columns in the order in which an index must hold them; within a block their order is free. */
export type Blocks = readonly (readonly string[])[];

/** The blocks that serve both, the longer going on where the shorter ends; null = no index serves both. */
export function merge(one: Blocks, other: Blocks): Blocks | null {
  const merged: (readonly string[])[] = [];
  const [left, right] = [one.map((block) => [...block]), other.map((block) => [...block])];
  for (;;) {
    const [a, b] = [left[0], right[0]];
    if (!a || !b) return [...merged, ...left, ...right];
    const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
    if (!shorter.every((column) => longer.includes(column))) return null;
    merged.push(shorter);
    (shorter === a ? left : right).shift();
    const rest = longer.filter((column) => !shorter.includes(column));
    if (rest.length === 0) (longer === a ? left : right).shift();
    else (longer === a ? left : right)[0] = rest;
  }
}

/** Whether an index on the columns serves the search in full. */
export function serves(columns: readonly string[], blocks: Blocks): boolean {
  let at = 0;
  for (const block of blocks) {
    const part = columns.slice(at, at + block.length);
    if (!block.every((column) => part.includes(column))) return false;
    at += block.length;
  }
  return true;
}

/** Assignments tried before the best found is taken; a dozen searches of one table need far fewer. */
const mostSteps = 20_000;

/** The fewest groups whose members one index can serve, as the places of the members in the list. */
export function fewestGroups(searches: readonly Blocks[]): readonly (readonly number[])[] {
  interface Group {
    readonly blocks: Blocks;
    readonly members: readonly number[];
  }
  let best: readonly Group[] = searches.map((blocks, at) => ({ blocks, members: [at] }));
  let steps = 0;
  const place = (at: number, groups: readonly Group[]): void => {
    if (groups.length >= best.length || steps++ > mostSteps) return;
    const blocks = searches[at];
    if (!blocks) {
      best = groups;
      return;
    }
    for (const [number, group] of groups.entries()) {
      const merged = merge(group.blocks, blocks);
      if (merged) place(at + 1, groups.with(number, { blocks: merged, members: [...group.members, at] }));
    }
    place(at + 1, [...groups, { blocks, members: [at] }]);
  };
  place(0, []);
  return best.map(({ members }) => members);
}
