/** What lies in a part of the plane: flatbush, with the empty case it does not take. */
import Flatbush from 'flatbush';
import type { Box } from './viewport.ts';

export interface BoxIndex {
  /** Indexes of the boxes that touch the given one, in no particular order. */
  search(box: Box): readonly number[];
  /** Does at once what the first search would. */
  prepare(): void;
}

export function createIndex(boxes: readonly Box[]): BoxIndex {
  let tree: Flatbush | null = null;
  const treeOf = (): Flatbush | null => {
    if (tree !== null || boxes.length === 0) return tree;
    tree = new Flatbush(boxes.length);
    for (const { x, y, width, height } of boxes) tree.add(x, y, x + width, y + height);
    tree.finish();
    return tree;
  };
  return {
    search: ({ x, y, width, height }) => treeOf()?.search(x, y, x + width, y + height) ?? [],
    prepare: () => void treeOf(),
  };
}
