import { LineIndex } from '../syntax/lineIndex.ts';
import { weights } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { ProfileSource } from './profile.ts';
import { vocabulary } from './vocabulary.ts';
import type { Technology, TechnologyCategory } from './vocabulary.ts';

const technologies = Object.entries(vocabulary) as [TechnologyCategory, readonly Technology[]][];

/** Technologies whose images a compose file starts. Read line by line: all that matters stands in `image: name:tag`. */
export function readCompose(source: ProfileSource): readonly Evidence[] {
  const lines = new LineIndex(source.file, source.text);
  return [...source.text.matchAll(/^[ \t]+image:[ \t]*["']?([^\s"'#]+)/gmu)].flatMap((match) => {
    const image = (match[1] ?? '').replace(/@.*$/u, '').replace(/:[^/]*$/u, '');
    const end = match.index + match[0].length;
    const at = lines.range(end - (match[1] ?? '').length, end);
    return technologies.flatMap(([category, list]) =>
      list
        .filter(({ images }) => images?.some((name) => image === name || image.endsWith(`/${name}`)))
        .map(({ id }) => ({ category, id, weight: weights.container, at })),
    );
  });
}
