/** Results that are kept with the objects they were made from, for as long as what they rest on stays the same. */

/** Named ways to look something up; what they give is compared by identity. */
export type Lookups = Readonly<Record<string, (...names: never[]) => unknown>>;

interface Step {
  readonly by: string;
  readonly names: readonly never[];
  readonly found: unknown;
}

/** Nearly every look-up is for one name. */
function keyOf(by: string, names: readonly unknown[]): string {
  const [only] = names;
  return names.length === 1 && typeof only === 'string' ? `${by} ${only}` : JSON.stringify([by, names]);
}

/**
 * Makes a result of an item once, and again only when one of the look-ups that led to it gives something else. `make` must rest
 * on nothing but the item and what it looks up.
 */
export function memoize<Item extends object, World extends Lookups, Result>(
  make: (item: Item, world: World) => Result,
): (item: Item, world: World) => Result {
  const known = new WeakMap<Item, { readonly steps: readonly Step[]; readonly result: Result }>();
  return (item, world) => {
    const before = known.get(item);
    if (before?.steps.every(({ by, names, found }) => world[by]?.(...names) === found)) return before.result;
    const steps = new Map<string, Step>();
    const recording = Object.fromEntries(
      Object.entries(world).map(([by, look]) => [
        by,
        (...names: never[]): unknown => {
          const found = look(...names);
          steps.set(keyOf(by, names), { by, names, found });
          return found;
        },
      ]),
    ) as unknown as World;
    const result = make(item, recording);
    known.set(item, { steps: [...steps.values()], result });
    return result;
  };
}
