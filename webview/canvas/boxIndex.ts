/** What lies in a part of the plane: flatbush, with the empty case it does not take. */
import Flatbush from 'flatbush';
import type { Box } from './viewport.ts';

export interface BoxIndex {
  /** Indexes of the boxes that touch the given one, in no particular order. */
  search(box: Box): readonly number[];
}

export function createIndex(boxes: readonly Box[]): BoxIndex {
  if (boxes.length === 0) return { search: () => [] };
  const tree = new Flatbush(boxes.length);
  for (const { x, y, width, height } of boxes) tree.add(x, y, x + width, y + height);
  tree.finish();
  return { search: ({ x, y, width, height }) => tree.search(x, y, x + width, y + height) };
}
