/** Lines that run along one another are set side by side, as far as the room between their obstacles allows. */

/** A straight part of a line: `at` is its place across its direction, `from` to `to` its extent along it. */
export interface Run {
  at: number;
  readonly from: number;
  readonly to: number;
  /** Where it may be moved to; `low === high`: nowhere. */
  readonly low: number;
  readonly high: number;
  /** Lines of one bundle (to the same row) may lie upon each other. */
  readonly bundle: string;
}

/** Distances between lines that are tried, the best first: where many share a gutter they move together. */
const distances: readonly number[] = [9, 6, 4, 2.5];

/** Moves `at` of each run. Runs that cannot move keep their place, and others keep clear of them. */
export function spread(runs: readonly Run[]): void {
  const settled = runs.filter(({ low, high }) => low >= high);
  const open = bundled(runs.filter(({ low, high }) => low < high));
  // Short runs have the least room to give way: they are placed first.
  for (const group of [...open].sort((a, b) => length(a) - length(b))) {
    const near = settled.filter(
      (other) =>
        other.bundle !== group.bundle &&
        other.from < group.to + 4 &&
        group.from - 4 < other.to &&
        other.at > group.low - 12 &&
        other.at < group.high + 12,
    );
    const at = freePlace(group, near);
    group.at = at;
    for (const run of group.runs) run.at = at;
    settled.push(group);
  }
}

interface Group extends Run {
  readonly runs: readonly Run[];
}

/** Runs of one bundle that overlap and can lie at one place are moved as one. */
function bundled(runs: readonly Run[]): readonly Group[] {
  const groups: Group[] = [];
  for (const run of runs) {
    const index = groups.findIndex(
      (group) =>
        group.bundle === run.bundle &&
        group.from <= run.to &&
        run.from <= group.to &&
        Math.max(group.low, run.low) <= Math.min(group.high, run.high),
    );
    const known = groups[index];
    const group: Group =
      known === undefined
        ? { ...run, runs: [run] }
        : {
            bundle: run.bundle,
            at: known.at,
            from: Math.min(known.from, run.from),
            to: Math.max(known.to, run.to),
            low: Math.max(known.low, run.low),
            high: Math.min(known.high, run.high),
            runs: [...known.runs, run],
          };
    if (index < 0) groups.push(group);
    else groups[index] = group;
  }
  return groups;
}

function length({ from, to }: Run): number {
  return to - from;
}

/** The place nearest to the wanted one that keeps clear of all others; the roomiest where none does. */
function freePlace({ at, low, high }: Run, others: readonly Run[]): number {
  const wanted = Math.min(high, Math.max(low, at));
  let roomiest = wanted;
  let most = -1;
  for (const distance of distances) {
    for (let offset = 0; offset <= high - low; offset += distance / 2)
      for (const place of offset === 0 ? [wanted] : [wanted + offset, wanted - offset]) {
        if (place < low || place > high) continue;
        const room = Math.min(Infinity, ...others.map((other) => Math.abs(other.at - place)));
        if (room >= distance) return place;
        if (room > most) {
          most = room;
          roomiest = place;
        }
      }
  }
  return roomiest;
}
