/**
 * What the last analysis found, kept with the names of all texts that it rests on: where a start meets the same texts, nothing
 * has to be linked or judged again. Only a cache: what cannot be recalled is analysed.
 */
import { createHash } from 'node:crypto';
import type { AnalysisStore } from '../cache/fragmentStore.ts';
import type { Finding } from '../core/lint/rule.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import type { FileDelta, KnownFile } from '../core/workspace/workspace.ts';
import { hashOf } from './hash.ts';

/** Of the whole analysed directory, before anything is left out for who asked for a part of it. */
export interface Found {
  readonly snapshot: Snapshot;
  /** By the project's place in the snapshot. */
  readonly findings: readonly (readonly Finding[])[];
}

export interface Recalled {
  readonly found: Found;
  /** Names of the texts that it rests on, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface Recall {
  /** `files` are opened one by one; `result` is null where they are not those of before, and `deltas` what was opened of them, null if that is too much to hold. */
  of(
    files: AsyncIterable<FileDelta>,
  ): Promise<{ readonly result: Recalled | null; readonly deltas: readonly FileDelta[] | null }>;
  /** Is there anything that could be recalled? */
  readonly knows: boolean;
  remember(files: Iterable<KnownFile>, found: Found): void;
}

/** Characters of texts held for the analysis that follows where nothing could be recalled. */
const maxHeld = 64 * 1024 * 1024;
/** Characters of a result worth keeping. */
const maxResult = 64 * 1024 * 1024;

/** `options`: all that the analysis depends on beside the files and the code. */
export function createRecall(store: AnalysisStore, options: unknown): Recall {
  const key = hashOf(JSON.stringify(options));
  return {
    get knows() {
      return store.analysisDigest(key) !== null;
    },
    async of(files) {
      const known: KnownFile[] = [];
      let deltas: FileDelta[] | null = [];
      let held = 0;
      for await (const delta of files) {
        const { path, text, problems = [] } = delta;
        if (text !== null || problems.length > 0)
          known.push({ path, hash: text === null ? null : hashOf(text), problems });
        held += text?.length ?? 0;
        if (held > maxHeld) deltas = null;
        else deltas?.push(delta);
      }
      const text = store.analysis(key, digestOf(known));
      const found = text === null ? null : foundOf(text);
      if (!found) return { result: null, deltas };
      const texts = new Map(known.flatMap(({ path, hash }) => (hash === null ? [] : [[path, hash] as const])));
      return { result: { found, texts }, deltas: null };
    },
    remember(files, found) {
      const digest = digestOf(files);
      if (store.analysisDigest(key) === digest || hasFailed(found.snapshot)) return;
      const text = JSON.stringify(found);
      if (text.length <= maxResult) store.setAnalysis(key, digest, text);
    },
  };
}

/** In no particular order: open files come before the others. */
function digestOf(files: Iterable<KnownFile>): string {
  const lines = Array.from(files, ({ path, hash, problems }) =>
    problems.length === 0 ? `${path}\0${hash ?? ''}` : `${path}\0${hash ?? ''}\0${JSON.stringify(problems)}`,
  ).sort();
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('base64url');
}

/** What failed once may succeed the next time. */
function hasFailed({ projects, problems }: Snapshot): boolean {
  return [problems, ...projects.map(({ schema }) => schema.problems)].some((list) =>
    list.some(({ code }) => code === 'reader-failed' || code === 'link-failed'),
  );
}

/** Null where it was cut short. */
function foundOf(text: string): Found | null {
  try {
    return JSON.parse(text) as Found;
  } catch {
    return null;
  }
}
