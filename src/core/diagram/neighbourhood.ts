/** Tables by the relations between them: how far from one, and the way from one to another. */
import type { DiagramModel } from './model.ts';

type Neighbours = ReadonlyMap<string, readonly string[]>;

/** Direction does not matter: both ends of a line are neighbours. Self references lead nowhere. */
function neighboursOf({ tables, edges }: DiagramModel): Neighbours {
  const result = new Map<string, string[]>(tables.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    if (from.table === to.table) continue;
    result.get(from.table)?.push(to.table);
    result.get(to.table)?.push(from.table);
  }
  return result;
}

/** The table itself and all that are at most so many relations away; nothing where there is no such table. */
export function around(model: DiagramModel, table: string, hops: number): ReadonlySet<string> {
  const neighbours = neighboursOf(model);
  const found = new Set<string>(neighbours.has(table) ? [table] : []);
  let last = [...found];
  for (let hop = 0; hop < hops && last.length > 0; hop++) {
    const next = [...new Set(last.flatMap((id) => neighbours.get(id) ?? []))].filter((id) => !found.has(id));
    for (const id of next) found.add(id);
    last = next;
  }
  return found;
}

/** A shortest way, both ends included; null where none leads there. Of equal ways the first in the model's order. */
export function pathBetween(model: DiagramModel, from: string, to: string): readonly string[] | null {
  const neighbours = neighboursOf(model);
  if (!neighbours.has(from) || !neighbours.has(to)) return null;
  const before = new Map<string, string | null>([[from, null]]);
  for (let last = [from]; last.length > 0 && !before.has(to);) {
    const next: string[] = [];
    for (const id of last)
      for (const other of neighbours.get(id) ?? []) {
        if (before.has(other)) continue;
        before.set(other, id);
        next.push(other);
      }
    last = next;
  }
  if (!before.has(to)) return null;
  const path: string[] = [];
  for (let id: string | null = to; id !== null; id = before.get(id) ?? null) path.unshift(id);
  return path;
}
