/**
 * Gives the objects of the last link again where those of this one equal them: what is remembered of a table or a file, above all
 * what the rules made of it, then still holds. Readers that link everything anew cost the rules nothing by it.
 */
export interface Reuse {
  /** `keyOf` need not be unique: of several with one key the last is remembered. */
  of<Item extends object>(kind: string, items: readonly Item[], keyOf: (item: Item) => string): readonly Item[];
  /** Called once everything was asked for: what was not is forgotten. */
  end(): void;
}

export function createReuse(): Reuse {
  let before = new Map<string, object>();
  let now = new Map<string, object>();
  // Most objects come again at every keystroke: their keys are not put together anew.
  const keys = new WeakMap<object, string>();
  return {
    of<Item extends object>(kind: string, items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
      return items.map((item) => {
        let key = keys.get(item);
        if (key === undefined) keys.set(item, (key = `${kind}\0${keyOf(item)}`));
        const known = before.get(key) as Item | undefined;
        const kept = known !== undefined && isEqual(known, item) ? known : item;
        now.set(key, kept);
        return kept;
      });
    },
    end() {
      before = now;
      now = new Map();
    },
  };
}

/** Of plain data: what the model is made of. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) if (!isEqual(a[index], b[index])) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  let left = 0;
  for (const key in a) {
    if (!isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
    left++;
  }
  for (const key in b)
    if (key in a) left--;
    else return false;
  return left === 0;
}
