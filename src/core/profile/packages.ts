/** Which technologies a package brings. */
import { technologies } from './vocabulary.ts';
import type { Technology, TechnologyCategory } from './vocabulary.ts';

export type Provided = readonly [category: TechnologyCategory, technology: Technology];

const exact = new Map<string, Provided[]>();
/** Patterns without their star, longest first. */
const beginnings: (readonly [string, Provided])[] = [];

for (const [category, list] of technologies)
  for (const technology of list)
    for (const name of technology.packages ?? []) {
      const provided: Provided = [category, technology];
      if (name.endsWith('*')) beginnings.push([name.slice(0, -1), provided]);
      else exact.set(name, [...(exact.get(name) ?? []), provided]);
    }

/** Each technology once. Names are those of the vocabulary: npm's as they are, others behind their registry (`pypi:django`). */
export function providedBy(name: string): readonly Provided[] {
  const found = [
    ...(exact.get(name) ?? []),
    ...beginnings.filter(([start]) => name.startsWith(start)).map(([, provided]) => provided),
  ];
  return found.filter(([, technology], at) => found.findIndex(([, other]) => other === technology) === at);
}
