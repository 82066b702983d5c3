import { LineIndex } from '../syntax/lineIndex.ts';
import { weights } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { ProfileSource } from './profile.ts';
import { isForTestsOnly } from './files.ts';
import { technologies } from './vocabulary.ts';

/** Technologies whose images a compose file starts. Read line by line: all that matters stands in `image: name:tag`. */
export function readCompose(source: ProfileSource): readonly Evidence[] {
  const lines = new LineIndex(source.file, source.text);
  const weight = isForTestsOnly(source.file) ? weights.development : weights.container;
  return [...source.text.matchAll(/^[ \t]+image:[ \t]*["']?([^\s"'#]+)/gmu)].flatMap((match) => {
    const image = (match[1] ?? '').replace(/@.*$/u, '').replace(/:[^/]*$/u, '');
    const end = match.index + match[0].length;
    const at = lines.range(end - (match[1] ?? '').length, end);
    return technologies.flatMap(([category, list]) =>
      list
        .filter(({ images }) => images?.some((name) => image === name || image.endsWith(`/${name}`)))
        .map(({ id }) => ({ category, id, weight, at })),
    );
  });
}
