/** Which files have to be linked together for one of them to come out as it does among all. */
import type { Fragment, Near } from '../readers/reader.ts';
import { wordsOf } from './nearChange.ts';

export interface Neighbours {
  /** In the list of fragments, in order. */
  readonly places: readonly number[];
  /** Files that name something which the file declares. */
  readonly dependents: ReadonlySet<string>;
}

/** Steps from the file along what is named; the key of an entity may be made of another's. */
const steps = 4;
/** Names of so many files are told of by a file that stands for the whole project: a context, a list of all models. */
const many = 24;
/** Of files that declare the same name: those beyond are a pattern (`Meta`, `Config`), which nothing is told by. */
const sameName = 6;

/** @param also files that depend on the one at `at` without naming it. Null where there are so many that all would be as quick. */
export function neighboursOf(
  fragments: readonly Fragment[],
  at: number,
  near: Near,
  also: ReadonlySet<string>,
): Neighbours | null {
  const most = Math.max(40, fragments.length / 6);
  const declaring = new Map<string, number[]>();
  const places = new Set<number>([at]);
  for (const [place, { mappings }] of fragments.entries()) {
    if (near.isEverywhere(mappings)) places.add(place);
    for (const name of near.declares(mappings)) {
      const known = declaring.get(name);
      if (known) known.push(place);
      else declaring.set(name, [place]);
    }
  }
  const everywhere = places.size;
  const dependents = new Set<string>();
  const own = fragments[at];
  const names = own ? near.declares(own.mappings) : [];
  if (names.length > 0)
    for (const [place, { file, mappings, facts }] of fragments.entries())
      if (place !== at && (namesAny(mappings, names) || namesAny(facts, names))) dependents.add(file);
  const namedBy = (place: number): ReadonlySet<number> => {
    const found = new Set<number>();
    const fragment = fragments[place];
    if (!fragment) return found;
    for (const word of [...wordsOf(fragment.mappings), ...wordsOf(fragment.facts)])
      for (const other of (declaring.get(word) ?? []).slice(0, sameName)) found.add(other);
    return found;
  };
  let open = new Set<number>([at]);
  for (const [place, { file }] of fragments.entries())
    if (dependents.has(file) || also.has(file)) {
      places.add(place);
      open.add(place);
    }
  for (let step = 0; step < steps && open.size > 0; step++) {
    const next = new Set<number>();
    for (const place of open) {
      const named = namedBy(place);
      if (place !== at && named.size > many) continue;
      for (const other of named) if (!places.has(other)) next.add(other);
    }
    // The last steps are worth while as long as they stay small.
    if (step > 1 && places.size + next.size > most + everywhere) break;
    for (const place of next) places.add(place);
    open = next;
  }
  if (places.size > most + everywhere || places.size > fragments.length / 2) return null;
  return { places: [...places].sort((a, b) => a - b), dependents };
}

/** Whether a text in it has one of the names as a word. */
function namesAny(value: unknown, names: readonly string[]): boolean {
  if (typeof value === 'string') return names.some((name) => hasWord(value, name));
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((each) => namesAny(each, names));
  for (const key in value) if (key !== 'at' && namesAny((value as Record<string, unknown>)[key], names)) return true;
  return false;
}

function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1))
    if (!isLetter(text[at - 1]) && !isLetter(text[at + name.length])) return true;
  return false;
}

function isLetter(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}_$]/u.test(letter);
}
