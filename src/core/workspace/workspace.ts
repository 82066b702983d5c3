/**
 * File deltas → cached fragments → immutable snapshot. The same files give the same snapshot, whatever deltas led to them;
 * only what changed is read again, and only the projects it belongs to are linked again.
 */
import { languageOf } from '../syntax/syntax.ts';
import type { LanguageId, ParsedText, Syntax } from '../syntax/syntax.ts';
import type { Reader, ReadResult } from '../readers/reader.ts';
import type { Problem } from '../schema/source.ts';
import { createAssembler } from './assemble.ts';
import { fragmentKey, readAll, sourceFile } from './fileState.ts';
import type { FileState } from './fileState.ts';
import type { FragmentCache } from './fragmentCache.ts';
import { isConfiguration } from './relevance.ts';
import type { Snapshot } from './snapshot.ts';

export interface FileDelta {
  /** Relative to the analysed directory, `/`-separated. */
  readonly path: string;
  /** Null = there is no text: the file is gone, or `problems` say why it could not be read. */
  readonly text: string | null;
  /** Open in an editor: its tree is kept, so that the next keystroke parses only what it changed. */
  readonly open?: boolean;
  /** What was wrong with opening it. */
  readonly problems?: readonly Problem[];
}

export interface WorkspaceOptions {
  /** Asked for when a file has to be parsed for the first time: with a warm cache, never. */
  readonly syntax: () => Promise<Syntax>;
  readonly readers: readonly Reader[];
  readonly cache: FragmentCache;
  /** Names a text; different texts must have different names. */
  readonly hash: (text: string) => string;
  /** Awaited now and then during long work, so that the host stays responsive. */
  readonly pause?: () => Promise<void>;
}

export interface Workspace {
  readonly snapshot: Snapshot;
  /** One at a time: await a call before making the next. */
  apply(deltas: Iterable<FileDelta> | AsyncIterable<FileDelta>, onRead?: (done: number) => void): Promise<Snapshot>;
  /** Every path that `apply` was told of and that is not gone; sorted by nothing. */
  paths(): Iterable<string>;
  dispose(): void;
}

/** Files between two pauses: some milliseconds of parsing. */
const batch = 16;

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const states = new Map<string, FileState>();
  const trees = new Map<string, ParsedText>();
  const assemble = createAssembler(options.readers);
  let snapshot: Snapshot = { projects: [], problems: [] };
  let assembled = false;

  function closeTree(path: string): void {
    trees.get(path)?.dispose();
    trees.delete(path);
  }

  async function read(delta: FileDelta & { readonly text: string }, hash: string): Promise<FileState> {
    const { path, text, open = false, problems = [] } = delta;
    const previous = states.get(path);
    const kept = isConfiguration(path) ? text : null;
    const readers = options.readers.filter((reader) => reader.detect(path, text));
    if (readers.length === 0) {
      closeTree(path);
      return { path, hash, reads: [], text: kept, problems };
    }

    const cached = new Map<Reader, ReadResult>();
    for (const reader of readers) {
      const result = options.cache.get(fragmentKey(reader, path, hash));
      if (result) cached.set(reader, result);
    }
    const language = languageOf(path);
    const syntax = language !== null && cached.size < readers.length ? await parserFor(language) : null;
    const old = trees.get(path);
    let tree: ParsedText | undefined;
    const file = sourceFile(path, text, () => {
      if (!syntax || language === null) throw new Error(`no grammar reads ${path}`);
      return (tree = syntax.parse(language, text, old?.language === language ? old : undefined));
    });
    const reading = readAll(file, readers, cached, previous);
    // Half-typed texts are not worth keeping: the saved one is read again at the next start.
    for (const result of reading.reads) {
      const reader = readers.find(({ id }) => id === result.fragment.reader);
      if (reader && !open && !cached.has(reader)) options.cache.set(fragmentKey(reader, path, hash), result);
    }
    if (tree) {
      closeTree(path);
      if (open) trees.set(path, tree);
      else tree.dispose();
    } else if (!open) closeTree(path);
    return { path, hash, reads: reading.reads, text: kept, problems: [...problems, ...reading.problems] };
  }

  async function parserFor(language: LanguageId): Promise<Syntax> {
    const syntax = await options.syntax();
    await syntax.ensure([language]);
    return syntax;
  }

  return {
    get snapshot() {
      return snapshot;
    },
    async apply(deltas, onRead) {
      let structureChanged = false;
      let done = 0;
      for await (const delta of deltas) {
        const { path, text, problems = [] } = delta;
        const before = states.get(path);
        if (text === null) {
          closeTree(path);
          if (problems.length > 0) states.set(path, { path, hash: null, reads: [], text: null, problems });
          else states.delete(path);
          structureChanged ||= before !== undefined || problems.length > 0;
        } else {
          const hash = options.hash(text);
          if (before?.hash === hash && sameProblems(before, problems)) {
            if (delta.open !== true) closeTree(path);
          } else {
            states.set(path, await read({ ...delta, text }, hash));
            structureChanged ||= (before?.hash ?? null) === null || isConfiguration(path);
          }
        }
        done++;
        onRead?.(done);
        if (options.pause && done % batch === 0) await options.pause();
      }
      if (!assembled || done > 0) snapshot = assemble(states, structureChanged);
      assembled = true;
      return snapshot;
    },
    paths: () => states.keys(),
    dispose() {
      for (const path of [...trees.keys()]) closeTree(path);
    },
  };
}

/** Problems of opening come first; those of readers follow from the same text and need no look. */
function sameProblems(state: FileState, problems: readonly Problem[]): boolean {
  const opening = state.problems.filter(({ code }) => code !== 'reader-failed');
  return JSON.stringify(opening) === JSON.stringify(problems);
}
