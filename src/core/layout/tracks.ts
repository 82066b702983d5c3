/** Lines that run along one another are set side by side, as far as the room between their obstacles allows. */
import { firstFrom } from './routeGrid.ts';

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

/** Room around a run in which others matter to it. */
const reach = 12;
/** Width of the strips in which what is settled is looked up. */
const strip = 100;

/** Moves `at` of each run. Runs that cannot move keep their place, and others keep clear of them. */
export function spread(runs: readonly Run[]): void {
  const strips = new Map<number, Run[]>();
  const settle = (run: Run) => {
    const key = Math.floor(run.at / strip);
    const list = strips.get(key);
    if (list) list.push(run);
    else strips.set(key, [run]);
  };
  for (const run of runs) if (run.low >= run.high) settle(run);
  const open = bundled(runs.filter(({ low, high }) => low < high));
  // Short runs have the least room to give way: they are placed first.
  for (const group of [...open].sort((a, b) => length(a) - length(b))) {
    const near: number[] = [];
    const last = Math.floor((group.high + reach) / strip);
    for (let key = Math.floor((group.low - reach) / strip); key <= last; key++)
      for (const other of strips.get(key) ?? [])
        if (
          other.bundle !== group.bundle &&
          other.from < group.to + 4 &&
          group.from - 4 < other.to &&
          other.at > group.low - reach &&
          other.at < group.high + reach
        )
          near.push(other.at);
    const at = freePlace(
      group,
      near.sort((a, b) => a - b),
    );
    group.at = at;
    for (const run of group.runs) run.at = at;
    settle(group);
  }
}

interface Group extends Run {
  readonly runs: readonly Run[];
}

/** Runs of one bundle that overlap and can lie at one place are moved as one. */
function bundled(runs: readonly Run[]): readonly Group[] {
  const bundles = new Map<string, Group[]>();
  const all: (() => Group | undefined)[] = [];
  for (const run of runs) {
    let groups = bundles.get(run.bundle);
    if (groups === undefined) bundles.set(run.bundle, (groups = []));
    const index = groups.findIndex(
      (group) =>
        group.from <= run.to && run.from <= group.to && Math.max(group.low, run.low) <= Math.min(group.high, run.high),
    );
    const known = groups[index];
    if (known === undefined) {
      const [own, place] = [groups, groups.length];
      groups.push({ ...run, runs: [run] });
      all.push(() => own[place]);
      continue;
    }
    groups[index] = {
      bundle: run.bundle,
      at: known.at,
      from: Math.min(known.from, run.from),
      to: Math.max(known.to, run.to),
      low: Math.max(known.low, run.low),
      high: Math.min(known.high, run.high),
      runs: [...known.runs, run],
    };
  }
  return all.flatMap((group) => group() ?? []);
}

function length({ from, to }: Run): number {
  return to - from;
}

/** The place nearest to the wanted one that keeps clear of all others (sorted); the roomiest where none does. */
function freePlace({ at, low, high }: Run, others: readonly number[]): number {
  const wanted = Math.min(high, Math.max(low, at));
  const roomAt = (place: number) => {
    const next = firstFrom(others, place);
    return Math.min((others[next] ?? Infinity) - place, place - (others[next - 1] ?? -Infinity));
  };
  let roomiest = wanted;
  let most = -1;
  for (const distance of distances) {
    for (let offset = 0; offset <= high - low; offset += distance / 2)
      for (let side = 1; side >= (offset === 0 ? 1 : -1); side -= 2) {
        const place = wanted + side * offset;
        if (place < low || place > high) continue;
        const room = roomAt(place);
        if (room >= distance) return place;
        if (room > most) {
          most = room;
          roomiest = place;
        }
      }
  }
  return roomiest;
}
