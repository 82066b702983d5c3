/**
 * A copy of `copilot.instructions.md` in `.github/copilot-instructions.md`, which VS Code reads, while it does not read the original. The copy stands between
 * marks, so that what people write around it stays theirs.
 */
import { LineIndex } from '../syntax/lineIndex.ts';
import { withoutFrontMatter } from './frontMatter.ts';
import type { ProfileSource, StaleCopy } from './profile.ts';

export const originalName = 'copilot.instructions.md';
export const copyName = '.github/copilot-instructions.md';

const begin = `<!-- data-engineer:begin Copied from ${originalName}: change it there. -->`;
const end = '<!-- data-engineer:end -->';

export const copiedSection = /<!-- data-engineer:begin\b[^\r\n]*?-->[\s\S]*?<!-- data-engineer:end -->/gu;

/** The section that stands for the original, with the line ends of the file it goes into. */
export function copyOf(original: string, lineEnd: string): string {
  const text = withoutFrontMatter(original)
    .replace(/^\uFEFF/u, '')
    .trim();
  return [begin, '', ...text.split(/\r\n|\n|\r/u), '', end].join(lineEnd);
}

/** The whole text of a copy where there is none yet. */
export function newCopy(original: string): string {
  return `${copyOf(original, original.includes('\r\n') ? '\r\n' : '\n')}${original.includes('\r\n') ? '\r\n' : '\n'}`;
}

/** What brings the copies up to date that say something else than their original; a file without marks is nobody's copy. */
export function staleCopies(sources: readonly ProfileSource[]): readonly StaleCopy[] {
  return sources.flatMap(({ file, text }) => {
    const original = file.endsWith(copyName)
      ? sources.find((each) => each.file === `${file.slice(0, -copyName.length)}${originalName}`)
      : undefined;
    if (!original) return [];
    const [section] = text.matchAll(copiedSection);
    const wanted = copyOf(original.text, text.includes('\r\n') ? '\r\n' : '\n');
    if (!section || section[0] === wanted) return [];
    const start = section.index;
    const firstLine = (/^[^\r\n]*/u.exec(section[0])?.[0] ?? '').length;
    return [
      {
        original: original.file,
        at: new LineIndex(file, text).range(start, start + firstLine),
        edit: { file, start, end: start + section[0].length, newText: wanted },
      },
    ];
  });
}
