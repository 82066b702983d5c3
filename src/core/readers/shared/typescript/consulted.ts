/**
 * Which files the evaluation of a file's expressions looked at: what has to be evaluated again once one of them changes. Kept per
 * file in which the expression stands, however the evaluator came there; `dependents` follows the way back.
 */
export interface Consulted {
  /** A name was looked for there: only another set of names, imports or exports can change what it leads to. */
  named(from: string, at: string): void;
  /** What is declared there went into the result. */
  read(from: string, at: string): void;
}

export class Consultations implements Consulted {
  /** By the file looked at: those whose expressions did. */
  readonly #named = new Map<string, Set<string>>();
  readonly #read = new Map<string, Set<string>>();

  named(from: string, at: string): void {
    if (from !== at) add(this.#named, at, from);
  }

  read(from: string, at: string): void {
    if (from !== at) add(this.#read, at, from);
  }

  /** The changed files and all whose results may differ because of them. `renamed`: those whose names, imports or exports changed. */
  dependents(changed: Iterable<string>, renamed: Iterable<string>): Set<string> {
    const found = new Set(changed);
    for (const file of renamed) for (const from of this.#named.get(file) ?? []) found.add(from);
    // A set visits what is added to it meanwhile: whoever read a dependent depends as well.
    for (const file of found) for (const from of this.#read.get(file) ?? []) found.add(from);
    return found;
  }
}

function add(index: Map<string, Set<string>>, at: string, from: string): void {
  const known = index.get(at);
  if (known) known.add(from);
  else index.set(at, new Set([from]));
}
