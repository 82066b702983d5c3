/**
 * File deltas → cached fragments → immutable snapshot. The same files give the same snapshot, whatever deltas led to them;
 * only what changed is read again, and only the projects it belongs to are linked again.
 */
import { languageOf } from '../syntax/syntax.ts';
import type { LanguageId, ParsedText, Syntax } from '../syntax/syntax.ts';
import type { Part, Reader, ReadResult } from '../readers/reader.ts';
import type { Problem } from '../schema/source.ts';
import { createAssembler } from './assemble.ts';
import type { Elsewhere, SerializedReading } from './elsewhere.ts';
import { fragmentKey, modulesNamed, readAll, sameRead, sourceFile, unconditional } from './fileState.ts';
import type { FileState, Reading } from './fileState.ts';
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

/** What a snapshot rests on of one file. */
export interface KnownFile {
  readonly path: string;
  /** Of the text; null where it cannot be read. */
  readonly hash: string | null;
  /** Of opening it. */
  readonly problems: readonly Problem[];
}

export interface Workspace {
  readonly snapshot: Snapshot;
  /** One at a time: await a call before making the next. */
  apply(deltas: Iterable<FileDelta> | AsyncIterable<FileDelta>, onRead?: (done: number) => void): Promise<Snapshot>;
  /** Every path that `apply` was told of and that is not gone; sorted by nothing. */
  paths(): Iterable<string>;
  /** The same with what they hold. */
  files(): Iterable<KnownFile>;
  dispose(): void;
}

/** A text on its way through the readers. */
interface Unread {
  readonly path: string;
  readonly text: string;
  readonly open: boolean;
  readonly state: FileState;
  /** Results of before that the new ones may equal; undefined for a new file. */
  readonly previous: FileState | undefined;
}

/** Files between two pauses: some milliseconds of parsing. */
const batch = 16;

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const states = new Map<string, FileState>();
  const trees = new Map<string, ParsedText>();
  const assembler = createAssembler(options.readers, options.source ?? null);
  /** Those to read once it is known which readers are led to them; kept over a call that was broken off. */
  const unread = new Map<string, Unread>();
  let wanted: ReadonlyMap<string, ReadonlySet<Reader>> = new Map();
  /** What `wanted` and the structure do not know of yet; kept over a call that was broken off. */
  let structureChanged = false;
  let linksChanged = false;
  let snapshot: Snapshot = { projects: [], problems: [] };
  let assembled = false;

  function closeTree(path: string): void {
    trees.get(path)?.dispose();
    trees.delete(path);
  }

  function unreadState(path: string, text: string, hash: string, problems: readonly Problem[]): FileState {
    const parts = new Map<Reader, Part>();
    for (const reader of options.readers)
      if (reader.detect(path, text)) parts.set(reader, reader.part?.(path, text) ?? 'asks');
    const keepsText = isConfiguration(path) || isHeld(parts);
    const modules = parts.size === 0 ? [] : modulesNamed(path, text);
    return { path, hash, parts, readBy: [], reads: [], text: keepsText ? text : null, modules, problems };
  }

  function readersOf({ path, parts }: FileState): readonly Reader[] {
    const led = wanted.get(path);
    const own = new Set(unconditional(parts));
    return [...parts.keys()].filter((reader) => own.has(reader) || led?.has(reader) === true);
  }

  function cachedOf({ path, hash, reads }: FileState, readers: readonly Reader[]): ReadonlyMap<Reader, ReadResult> {
    const cached = new Map<Reader, ReadResult>();
    for (const reader of readers) {
      const result =
        reads.find(({ fragment }) => fragment.reader === reader.id) ??
        options.cache.get(fragmentKey(reader, path, hash ?? ''));
      if (result) cached.set(reader, result);
    }
    return cached;
  }

  /** What other threads have under way when it returns is added to `underWay`; all else is done. */
  async function read(file: Unread, underWay: Map<string, Promise<void>>): Promise<void> {
    const { path, state } = file;
    const readers = readersOf(state);
    unread.delete(path);
    const finish = ({ reads, problems }: Reading): void => {
      states.set(path, { ...state, readBy: readers, reads, problems: [...openingProblems(state), ...problems] });
    };
    if (readers.length === 0) {
      closeTree(path);
      finish({ reads: [], problems: [] });
      return;
    }
    const cached = cachedOf(state, readers);
    // What could not be read, because a grammar could not be loaded, is tried again with the next change.
    const finishOrKeep = async (reading: Promise<Reading>): Promise<void> => {
      try {
        finish(await reading);
      } catch (error) {
        unread.set(path, file);
        linksChanged = true;
        throw error;
      }
    };
    const elsewhere = readElsewhere(file, readers, cached);
    if (!elsewhere) {
      await finishOrKeep(readHere(file, readers, cached));
      return;
    }
    const sent = finishOrKeep(elsewhere);
    // Whoever waits for all is told of a failure; one that comes while others are still handed out is not lost either.
    sent.catch(() => undefined);
    underWay.set(path, sent);
  }

  /** All that is to be read now: what has come, and what others lead to since, or no longer do. */
  function toRead(): readonly Unread[] {
    const files = [...unread.values()];
    if (!structureChanged && !linksChanged) return files;
    wanted = assembler.wanted(states, structureChanged);
    structureChanged = false;
    linksChanged = false;
    for (const state of states.values()) {
      const { path, text, readBy } = state;
      if (text === null || unread.has(path) || !isHeld(state.parts)) continue;
      const readers = readersOf(state);
      if (readers.length === readBy.length && readers.every((reader) => readBy.includes(reader))) continue;
      files.push({ path, text, open: trees.has(path), state, previous: state });
    }
    return files;
  }

  async function readHere(
    { path, text, open, state, previous }: Unread,
    readers: readonly Reader[],
    cached: ReadonlyMap<Reader, ReadResult>,
  ): Promise<Reading> {
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
      if (reader && !open && !cached.has(reader))
        options.cache.set(fragmentKey(reader, path, state.hash ?? ''), result);
    }
    if (tree) {
      closeTree(path);
      if (open) trees.set(path, tree);
      else tree.dispose();
    } else if (!open) closeTree(path);
    return reading;
  }

  /** Undefined = it is to be read here. */
  function readElsewhere(
    file: Unread,
    readers: readonly Reader[],
    cached: ReadonlyMap<Reader, ReadResult>,
  ): Promise<Reading> | undefined {
    const { path, text, open } = file;
    const missing = readers.filter((reader) => !cached.has(reader));
    if (!options.elsewhere || missing.length === 0 || open) return undefined;
    const answer = options.elsewhere.read({ path, text, readers: missing.map(({ id }) => id) });
    return answer?.then((reading) =>
      reading ? received(file, readers, cached, reading) : readHere(file, readers, cached),
    );
  }

  function received(
    { path, state, previous }: Unread,
    readers: readonly Reader[],
    cached: ReadonlyMap<Reader, ReadResult>,
    { reads, problems }: SerializedReading,
  ): Reading {
    const results = new Map<string, ReadResult>();
    for (const serialized of reads) {
      const result = JSON.parse(serialized) as ReadResult;
      const reader = readers.find(({ id }) => id === result.fragment.reader);
      if (!reader) continue;
      results.set(reader.id, result);
      options.cache.set(fragmentKey(reader, path, state.hash ?? ''), result, serialized);
    }
    closeTree(path);
    const all = readers.flatMap((reader) => cached.get(reader) ?? results.get(reader.id) ?? []);
    return { reads: all.map((result) => sameRead(previous, result)), problems };
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
      let seen = 0;
      let readLate = 0;
      let done = 0;
      const underWay = new Map<string, Promise<void>>();
      for await (const delta of deltas) {
        const { path, text, open = false, problems = [] } = delta;
        await underWay.get(path);
        const before = states.get(path);
        if (text === null) {
          closeTree(path);
          unread.delete(path);
          if (problems.length > 0) states.set(path, unreadable(path, problems));
          else states.delete(path);
          structureChanged ||= before !== undefined || problems.length > 0;
        } else {
          const hash = options.hash(text);
          if (before?.hash === hash && sameProblems(before, problems)) {
            if (!open) closeTree(path);
          } else {
            const state = unreadState(path, text, hash, problems);
            const previous = unread.get(path)?.previous ?? before;
            states.set(path, state);
            unread.set(path, { path, text, open, state, previous });
            linksChanged ||= !before || linksOf(before) !== linksOf(state);
            structureChanged ||= (before?.hash ?? null) === null || isConfiguration(path);
            // The others are read once, by all readers that are led to them.
            if (!isHeld(state.parts)) await read({ path, text, open, state, previous }, underWay);
          }
        }
        if (!unread.has(path)) onRead?.(++done);
        seen++;
        if (options.pause && seen % batch === 0) await options.pause();
      }
      for (const file of toRead()) {
        const isNew = unread.has(file.path);
        await read(file, underWay);
        if (isNew) onRead?.(++done);
        if (options.pause && ++readLate % batch === 0) await options.pause();
      }
      await Promise.all(underWay.values());
      if (!assembled || seen > 0) snapshot = assembler.assemble(states);
      assembled = true;
      return snapshot;
    },
    paths: () => states.keys(),
    *files() {
      for (const state of states.values())
        yield { path: state.path, hash: state.hash, problems: openingProblems(state) };
    },
    dispose() {
      for (const path of [...trees.keys()]) closeTree(path);
    },
  };
}

/** Some reader comes to the file only where others lead to it. */
function isHeld(parts: ReadonlyMap<Reader, Part>): boolean {
  return unconditional(parts).length < parts.size;
}

function linksOf({ parts, modules }: FileState): string {
  return JSON.stringify([[...parts].map(([{ id }, part]) => [id, part]), modules]);
}

function unreadable(path: string, problems: readonly Problem[]): FileState {
  return { path, hash: null, parts: new Map(), readBy: [], reads: [], text: null, modules: [], problems };
}

/** Problems of opening come first; those of readers follow from the same text and need no look. */
function sameProblems(state: FileState, problems: readonly Problem[]): boolean {
  return JSON.stringify(openingProblems(state)) === JSON.stringify(problems);
}

function openingProblems({ problems }: FileState): readonly Problem[] {
  return problems.filter(({ code }) => code !== 'reader-failed');
}
