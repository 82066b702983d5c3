/**
 * File deltas → cached fragments → immutable snapshot. The same files give the same snapshot, whatever deltas led to them;
 * only what changed is read again, and only the projects it belongs to are linked again.
 */
import { languageOf } from '../syntax/syntax.ts';
import type { LanguageId, ParsedText, Syntax } from '../syntax/syntax.ts';
import type { Reader, ReadResult } from '../readers/reader.ts';
import type { Problem } from '../schema/source.ts';
import { createAssembler } from './assemble.ts';
import type { Elsewhere, SerializedReading } from './elsewhere.ts';
import { fragmentKey, readAll, sameRead, sourceFile } from './fileState.ts';
import type { FileState, Reading } from './fileState.ts';
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
  /** Other threads to read on; absent = everything is read here. */
  readonly elsewhere?: Elsewhere;
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

/** A text on its way through the readers. */
interface Unread {
  readonly delta: FileDelta & { readonly text: string };
  readonly hash: string;
  /** Those that take the file. */
  readonly readers: readonly Reader[];
  readonly cached: ReadonlyMap<Reader, ReadResult>;
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

  function prepare(delta: FileDelta & { readonly text: string }, hash: string): Unread {
    const { path, text } = delta;
    const readers = options.readers.filter((reader) => reader.detect(path, text));
    const cached = new Map<Reader, ReadResult>();
    for (const reader of readers) {
      const result = options.cache.get(fragmentKey(reader, path, hash));
      if (result) cached.set(reader, result);
    }
    return { delta, hash, readers, cached };
  }

  function stateOf({ delta, hash }: Unread, { reads, problems }: Reading): FileState {
    const { path, text } = delta;
    const kept = isConfiguration(path) ? text : null;
    return { path, hash, reads, text: kept, problems: [...(delta.problems ?? []), ...problems] };
  }

  async function readHere(unread: Unread): Promise<FileState> {
    const { delta, hash, readers, cached } = unread;
    const { path, text, open = false } = delta;
    if (readers.length === 0) {
      closeTree(path);
      return stateOf(unread, { reads: [], problems: [] });
    }
    const language = languageOf(path);
    const syntax = language !== null && cached.size < readers.length ? await parserFor(language) : null;
    const old = trees.get(path);
    let tree: ParsedText | undefined;
    const file = sourceFile(path, text, () => {
      if (!syntax || language === null) throw new Error(`no grammar reads ${path}`);
      return (tree = syntax.parse(language, text, old?.language === language ? old : undefined));
    });
    const reading = readAll(file, readers, cached, states.get(path));
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
    return stateOf(unread, reading);
  }

  /** Undefined = it is to be read here. */
  function readElsewhere(unread: Unread): Promise<FileState> | undefined {
    const { delta, readers, cached } = unread;
    const missing = readers.filter((reader) => !cached.has(reader));
    if (!options.elsewhere || missing.length === 0 || delta.open === true) return undefined;
    const answer = options.elsewhere.read({
      path: delta.path,
      text: delta.text,
      readers: missing.map(({ id }) => id),
    });
    return answer?.then((reading) => (reading ? received(unread, reading) : readHere(unread)));
  }

  function received(unread: Unread, { reads, problems }: SerializedReading): FileState {
    const { delta, hash, readers, cached } = unread;
    const previous = states.get(delta.path);
    const results = new Map<string, ReadResult>();
    for (const serialized of reads) {
      const result = JSON.parse(serialized) as ReadResult;
      const reader = readers.find(({ id }) => id === result.fragment.reader);
      if (!reader) continue;
      results.set(reader.id, result);
      options.cache.set(fragmentKey(reader, delta.path, hash), result, serialized);
    }
    closeTree(delta.path);
    const all = readers.flatMap((reader) => cached.get(reader) ?? results.get(reader.id) ?? []);
    return stateOf(unread, { reads: all.map((result) => sameRead(previous, result)), problems });
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
      const underWay = new Map<string, Promise<void>>();
      for await (const delta of deltas) {
        const { path, text, problems = [] } = delta;
        await underWay.get(path);
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
            const unread = prepare({ ...delta, text }, hash);
            const sent = readElsewhere(unread)?.then((state) => void states.set(path, state));
            // Whoever waits for all is told of a failure; one that comes while others are still handed out is not lost either.
            sent?.catch(() => undefined);
            if (sent) underWay.set(path, sent);
            else states.set(path, await readHere(unread));
            structureChanged ||= (before?.hash ?? null) === null || isConfiguration(path);
          }
        }
        done++;
        onRead?.(done);
        if (options.pause && done % batch === 0) await options.pause();
      }
      await Promise.all(underWay.values());
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
