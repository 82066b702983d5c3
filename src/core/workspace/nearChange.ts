/** What a change of one file's declarations is about, where it is about members of its classes alone. */
import type { Json, Near } from '../readers/reader.ts';

export interface NearChange {
  /** Classes that the changed members are of. */
  readonly owners: ReadonlySet<string>;
  /** Of the changed members, before and after. */
  readonly names: ReadonlySet<string>;
  /** All that they name. */
  readonly words: ReadonlySet<string>;
}

/** Null = something else is different too. */
export function changeOf(before: Json, after: Json, near: Near): NearChange | null {
  const change = { owners: new Set<string>(), names: new Set<string>(), words: new Set<string>() };
  if (before === after) return change;
  const [old, now] = [near.file(before), near.file(after)];
  if (textOf(old.face) !== textOf(now.face)) return null;
  const counts = new Map<string, number>();
  const count = (members: typeof old.members, by: number): void => {
    for (const member of members) {
      const text = textOf(member);
      counts.set(text, (counts.get(text) ?? 0) + by);
    }
  };
  count(old.members, -1);
  count(now.members, 1);
  for (const member of [...old.members, ...now.members]) {
    if (counts.get(textOf(member)) === 0) continue;
    change.owners.add(member.owner);
    for (const name of member.names) change.names.add(name);
    addWords(member.declaration, change.words);
  }
  return change;
}

/** Places in the text are left out. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (key, each: unknown) => (key === 'at' || key === 'doc' ? undefined : each));
}

export function wordsOf(value: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  addWords(value, words);
  return words;
}

function addWords(value: unknown, words: Set<string>): void {
  if (typeof value === 'string') {
    for (const [word] of value.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu)) words.add(word);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const each of value) addWords(each, words);
    return;
  }
  for (const key in value) if (key !== 'at' && key !== 'doc') addWords((value as Record<string, unknown>)[key], words);
}
