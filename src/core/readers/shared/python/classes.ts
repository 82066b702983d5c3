/** Order in which a class inherits (docs.python.org/3/howto/mro.html), over the classes of the workspace. */
import type { PyClass, PyValue } from './values.ts';
import { externalPath, isCall, isClass, isSubscript } from './values.ts';

export interface Lineage {
  /** The class itself first. */
  readonly classes: readonly PyClass[];
  /** What the classes extend besides: `declarative_base()`, `db.Model`, something external. In the same order. */
  readonly foreign: readonly PyValue[];
}

const deepest = 30;

/** Bases as the interpreter sees them: `Generic[T]` is `Generic`, `with_metaclass(Meta, Base)` is `Base`. */
export function plainBases(bases: readonly PyValue[]): readonly PyValue[] {
  return bases.flatMap((base): readonly PyValue[] => {
    if (isSubscript(base)) return plainBases([base.object]);
    if (isCall(base) && /(?:^|\.)with_metaclass$/.test(externalPath(base.callee) ?? ''))
      return plainBases(base.arguments.slice(1));
    return [base];
  });
}

export function lineageOf(cls: PyClass, basesOf: (cls: PyClass) => readonly PyValue[]): Lineage {
  const classes = linearize(cls, basesOf, 0);
  return { classes, foreign: classes.flatMap((each) => basesOf(each).filter((base) => !isClass(base))) };
}

function linearize(cls: PyClass, basesOf: (cls: PyClass) => readonly PyValue[], depth: number): readonly PyClass[] {
  if (depth > deepest) return [cls];
  const bases = basesOf(cls).filter((base): base is PyClass => isClass(base) && base !== cls);
  if (bases.length === 0) return [cls];
  const lists = [...bases.map((base) => linearize(base, basesOf, depth + 1)), bases].map((list) =>
    list.filter((each) => each !== cls),
  );
  return [cls, ...merge(lists)];
}

function merge(lists: readonly (readonly PyClass[])[]): readonly PyClass[] {
  const merged: PyClass[] = [];
  let left = lists.filter((list) => list.length > 0);
  while (left.length > 0) {
    const heads = left.map((list) => list[0]).filter((head) => head !== undefined);
    const next = heads.find((head) => left.every((list) => list.indexOf(head) < 1)) ?? heads[0];
    if (!next) break;
    merged.push(next);
    left = left.map((list) => list.filter((each) => each !== next)).filter((list) => list.length > 0);
  }
  return merged;
}
