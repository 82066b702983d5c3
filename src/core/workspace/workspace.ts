/**
 * File deltas → cached fragments → immutable snapshot. The same files give the same snapshot, whatever deltas led to them;
 * only what changed is read again, and only the projects it belongs to are linked again.
 */
import { languageOf } from '../syntax/syntax.ts';
import type { LanguageId, ParsedText, Syntax } from '../syntax/syntax.ts';
import type { Reader, ReadResult } from '../readers/reader.ts';
import type { Problem } from '../schema/source.ts';
import { createAssembler, modulesOf } from './assemble.ts';
import type { Elsewhere, SerializedReading } from './elsewhere.ts';
import { fragmentKey, readAll, sameRead, sourceFile, waitingWith } from './fileState.ts';
import type { FileState, Reading, Waiting } from './fileState.ts';
import type { FragmentCache } from './fragmentCache.ts';
import { isConfiguration } from './relevance.ts';
import type { Snapshot } from './snapshot.ts';
import type { SchemaSource } from './sources.ts';

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
  /** Where schemas come from; absent = entities, else scripts. */
  readonly source?: SchemaSource | null;
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
  readonly asks: boolean;
  readonly waiting: Waiting | null;
}

/** Files between two pauses: some milliseconds of parsing. */
const batch = 16;

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const states = new Map<string, FileState>();
  const trees = new Map<string, ParsedText>();
  const assembler = createAssembler(options.readers, options.source ?? null);
  /** Files that wait and are read all the same, because others lead to them. */
  let reached: ReadonlySet<string> = new Set();
  let snapshot: Snapshot = { projects: [], problems: [] };
  let assembled = false;

  function closeTree(path: string): void {
    trees.get(path)?.dispose();
    trees.delete(path);
  }

  function prepare(delta: FileDelta & { readonly text: string }, hash: string): Unread {
    const { path, text } = delta;
    const readers = options.readers.filter((reader) => reader.detect(path, text));
    const parts = readers.map((reader) => reader.part?.(path, text) ?? 'asks');
    const waits = readers.length > 0 && parts.every((part) => part === 'waits');
    return { delta, hash, readers, asks: parts.includes('asks'), waiting: waits ? waitingWith(path, text) : null };
  }

  function cachedOf({ delta, hash, readers }: Unread): ReadonlyMap<Reader, ReadResult> {
    const cached = new Map<Reader, ReadResult>();
    for (const reader of readers) {
      const result = options.cache.get(fragmentKey(reader, delta.path, hash));
      if (result) cached.set(reader, result);
    }
    return cached;
  }

  function stateOf({ delta, hash, asks, waiting }: Unread, { reads, problems }: Reading): FileState {
    const { path, text } = delta;
    const kept = isConfiguration(path) ? text : null;
    return { path, hash, reads, text: kept, asks, waiting, problems: [...(delta.problems ?? []), ...problems] };
  }

  /** What other threads have under way when it returns is added to `underWay`; all else is done. */
  async function read(unread: Unread, underWay: Map<string, Promise<void>>): Promise<void> {
    const { path } = unread.delta;
    if (unread.readers.length === 0 || (unread.waiting && !reached.has(path))) {
      closeTree(path);
      states.set(path, stateOf(unread, { reads: [], problems: [] }));
      return;
    }
    const cached = cachedOf(unread);
    const sent = readElsewhere(unread, cached)?.then((state) => void states.set(path, state));
    if (!sent) {
      states.set(path, await readHere(unread, cached));
      return;
    }
    // Whoever waits for all is told of a failure; one that comes while others are still handed out is not lost either.
    sent.catch(() => undefined);
    underWay.set(path, sent);
  }

  /** Reads the files that wait and are led to now, and forgets those that no longer are. */
  async function followLinks(structureChanged: boolean): Promise<void> {
    const before = reached;
    reached = assembler.waitedFor(states, structureChanged);
    for (const path of before) {
      const state = reached.has(path) ? undefined : states.get(path);
      if (state?.waiting) states.set(path, { ...state, reads: [], problems: openingProblems(state) });
    }
    const underWay = new Map<string, Promise<void>>();
    let done = 0;
    for (const path of reached) {
      const state = states.get(path);
      if (!state?.waiting || state.hash === null || before.has(path)) continue;
      const delta = { path, text: state.waiting.text, problems: openingProblems(state) };
      await read(prepare(delta, state.hash), underWay);
      if (options.pause && ++done % batch === 0) await options.pause();
    }
    await Promise.all(underWay.values());
  }

  function linksOf(state: FileState | undefined): string {
    if (!state) return '';
    const modules = state.waiting?.modules ?? state.reads.flatMap((each) => modulesOf(each, options.readers));
    return JSON.stringify([state.asks, state.waiting !== null, modules]);
  }

  async function readHere(unread: Unread, cached: ReadonlyMap<Reader, ReadResult>): Promise<FileState> {
    const { delta, hash, readers } = unread;
    const { path, text, open = false } = delta;
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
  function readElsewhere(unread: Unread, cached: ReadonlyMap<Reader, ReadResult>): Promise<FileState> | undefined {
    const { delta, readers } = unread;
    const missing = readers.filter((reader) => !cached.has(reader));
    if (!options.elsewhere || missing.length === 0 || delta.open === true) return undefined;
    const answer = options.elsewhere.read({
      path: delta.path,
      text: delta.text,
      readers: missing.map(({ id }) => id),
    });
    return answer?.then((reading) => (reading ? received(unread, cached, reading) : readHere(unread, cached)));
  }

  function received(
    unread: Unread,
    cached: ReadonlyMap<Reader, ReadResult>,
    { reads, problems }: SerializedReading,
  ): FileState {
    const { delta, hash, readers } = unread;
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
      const changed = new Map<string, FileState | undefined>();
      for await (const delta of deltas) {
        const { path, text, problems = [] } = delta;
        await underWay.get(path);
        const before = states.get(path);
        if (text === null) {
          closeTree(path);
          const unread = { path, hash: null, reads: [], text: null, asks: false, waiting: null, problems };
          if (problems.length > 0) states.set(path, unread);
          else states.delete(path);
          structureChanged ||= before !== undefined || problems.length > 0;
        } else {
          const hash = options.hash(text);
          if (before?.hash === hash && sameProblems(before, problems)) {
            if (delta.open !== true) closeTree(path);
          } else {
            changed.set(path, before);
            await read(prepare({ ...delta, text }, hash), underWay);
            structureChanged ||= (before?.hash ?? null) === null || isConfiguration(path);
          }
        }
        done++;
        onRead?.(done);
        if (options.pause && done % batch === 0) await options.pause();
      }
      await Promise.all(underWay.values());
      const linksChanged = (): boolean =>
        [...changed].some(([path, was]) => linksOf(was) !== linksOf(states.get(path)));
      if (structureChanged || linksChanged()) {
        await followLinks(structureChanged);
        structureChanged = false;
      }
      if (!assembled || done > 0) snapshot = assembler.assemble(states, structureChanged);
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
  return JSON.stringify(openingProblems(state)) === JSON.stringify(problems);
}

function openingProblems({ problems }: FileState): readonly Problem[] {
  return problems.filter(({ code }) => code !== 'reader-failed');
}
