/** Which lines differ from a commit: in the index, in the working tree and in files that git does not track yet. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gitError, refuseOptions } from './git.ts';

const run = promisify(execFile);
const limits = { maxBuffer: 256 * 1024 * 1024 };

/** First and last line, counted from 1. */
export type LineRange = readonly [first: number, last: number];

export interface ChangedLines {
  /** Whether one of the lines differs; a path is relative to the directory asked for. */
  touches(path: string, first: number, last: number): boolean;
}

/** Rejects with a sentence for the user where there is no repository or no such commit. */
export async function changedSince(directory: string, ref: string): Promise<ChangedLines> {
  refuseOptions(ref);
  const git = async (...args: string[]): Promise<string> => {
    try {
      return (await run('git', ['-c', 'core.quotePath=false', ...args], { cwd: directory, ...limits })).stdout;
    } catch (error) {
      throw gitError(`git could not compare with "${ref}"`, error);
    }
  };
  const [diff, untracked] = await Promise.all([
    git('diff', '--unified=0', '--no-color', '--no-ext-diff', '--no-renames', '--relative', ref, '--', '.'),
    git('ls-files', '--others', '--exclude-standard', '-z', '--', '.'),
  ]);
  const changed = rangesOf(diff);
  const isNew = new Set(untracked.split('\0').filter((path) => path !== ''));
  return {
    touches: (path, first, last) =>
      isNew.has(path) || (changed.get(path) ?? []).some(([from, to]) => from <= last && to >= first),
  };
}

/** Lines of the new side, per file, of a diff without context. A place where lines were only removed counts as the line before it. */
export function rangesOf(diff: string): ReadonlyMap<string, readonly LineRange[]> {
  const found = new Map<string, LineRange[]>();
  let path = '';
  for (const line of diff.split('\n')) {
    const file = /^\+\+\+ (?:b\/(.*)|"b\/(.*)")\s*$/u.exec(line);
    if (file) {
      path = file[1] ?? (file[2] ?? '').replace(/\\(["\\])/gu, '$1');
      continue;
    }
    const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/u.exec(line);
    if (!hunk || path === '') continue;
    const first = Number(hunk[1]);
    const count = Number(hunk[2] ?? '1');
    const range: LineRange = count === 0 ? [first, first] : [first, first + count - 1];
    found.set(path, [...(found.get(path) ?? []), range]);
  }
  return found;
}
