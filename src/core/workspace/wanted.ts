/** Which files a reader wants beyond those that are its own: the ones that its own lead to. */
import type { Reader } from '../readers/reader.ts';
import type { FileState } from './fileState.ts';

/**
 * Readers by path of the files that join or wait for them, where they do so not in vain. A reader that no file asks for wants
 * nothing: most projects have one ORM, and the names in their files are nothing to the readers of all others.
 */
export function wantedReaders(
  states: ReadonlyMap<string, FileState>,
  importsOf: (state: FileState) => readonly string[],
): ReadonlyMap<string, ReadonlySet<Reader>> {
  const wanted = new Map<string, Set<Reader>>();
  const want = (path: string, reader: Reader): void => {
    const readers = wanted.get(path);
    if (readers) readers.add(reader);
    else wanted.set(path, new Set([reader]));
  };
  for (const [reader, { asking, joining, isHeld }] of rolesOf(states)) {
    if (asking.length === 0 || !isHeld) continue;
    for (const { path } of joining) want(path, reader);
    const open = [...asking, ...joining];
    const seen = new Set(open.map(({ path }) => path));
    for (let state = open.pop(); state; state = open.pop())
      for (const target of importsOf(state)) {
        const next = seen.has(target) ? undefined : states.get(target);
        if (!next) continue;
        seen.add(target);
        if (next.parts.get(reader) === 'waits') want(target, reader);
        open.push(next);
      }
  }
  return wanted;
}

interface Roles {
  readonly asking: FileState[];
  readonly joining: FileState[];
  /** Some file joins or waits. */
  isHeld: boolean;
}

function rolesOf(states: ReadonlyMap<string, FileState>): ReadonlyMap<Reader, Roles> {
  const all = new Map<Reader, Roles>();
  for (const state of states.values())
    for (const [reader, part] of state.parts) {
      let roles = all.get(reader);
      if (!roles) all.set(reader, (roles = { asking: [], joining: [], isHeld: false }));
      if (part === 'asks') roles.asking.push(state);
      if (part === 'joins') roles.joining.push(state);
      if (part === 'joins' || part === 'waits') roles.isHeld = true;
    }
  return all;
}
