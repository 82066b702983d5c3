/** What the workspace keeps of each file: what the readers made of it, and its text only where configuration hangs on it. */
import { LineIndex } from '../syntax/lineIndex.ts';
import { isEcmaScript, languageOf } from '../syntax/syntax.ts';
import type { ParsedText } from '../syntax/syntax.ts';
import { importedModules, isPython } from '../readers/shared/python/resolution.ts';
import { alternativesIn } from '../readers/shared/alternatives.ts';
import { scanStoreCalls } from '../readers/shared/storeCalls.ts';
import { scanSuppressions } from '../readers/shared/suppressions.ts';
import type { Part, Reader, ReadResult, SourceFile } from '../readers/reader.ts';
import type { Problem } from '../schema/source.ts';
import type { FragmentKey } from './fragmentCache.ts';

export interface FileState {
  readonly path: string;
  /** Of the text; null where the file cannot be read. */
  readonly hash: string | null;
  /** What the file is to the readers that take it. */
  readonly parts: ReadonlyMap<Reader, Part>;
  /** Those of them that have read it, whether they came to a result or failed. */
  readonly readBy: readonly Reader[];
  readonly reads: readonly ReadResult[];
  /** Kept of configuration, and where some reader may still be led to the file. */
  readonly text: string | null;
  /** Modules that the text takes names from, as written: enough to follow the way through a file that is not read. */
  readonly modules: readonly string[];
  /** Of opening the file (unreadable, too large, invalid encoding) and of readers that failed on it. */
  readonly problems: readonly Problem[];
}

const moduleName = /\b(?:from|import|require)\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** By the text alone, read or not, so that nothing hangs on what happened before. */
export function modulesNamed(path: string, text: string): readonly string[] {
  if (isPython(path)) return importedModules(text);
  if (!isEcmaScript(path)) return [];
  return [...new Set(Array.from(text.matchAll(moduleName), (match) => match[2] ?? ''))];
}

/** Readers of the file that need no other file to lead to it. */
export function unconditional(parts: ReadonlyMap<Reader, Part>): readonly Reader[] {
  return [...parts].filter(([, part]) => part === 'asks' || part === 'stands').map(([reader]) => reader);
}

export function fragmentKey(reader: Reader, path: string, hash: string): FragmentKey {
  return { path, hash, reader: reader.id, version: reader.version };
}

/** A file for the readers; `parse` is called at most once, and only if a reader asks for the tree. */
export function sourceFile(path: string, text: string, parse: () => ParsedText): SourceFile {
  let lines: LineIndex | undefined;
  let parsed: ParsedText | undefined;
  return {
    path,
    text,
    language: languageOf(path),
    get lines() {
      return (lines ??= new LineIndex(path, text));
    },
    parsed: () => (parsed ??= parse()),
  };
}

export interface Reading {
  readonly reads: readonly ReadResult[];
  readonly problems: readonly Problem[];
}

/** Results that equal those of `previous` are its own objects, so that linking sees that nothing changed. */
export function readAll(
  file: SourceFile,
  readers: readonly Reader[],
  cached: ReadonlyMap<Reader, ReadResult>,
  previous: FileState | undefined,
): Reading {
  const reads: ReadResult[] = [];
  const problems: Problem[] = [];
  for (const reader of readers) {
    try {
      const result = cached.get(reader) ?? withTextFacts(reader.read(file), file);
      reads.push(sameRead(previous, result));
    } catch (error) {
      problems.push(readerFailed(reader, file, error));
    }
  }
  return { reads, problems };
}

/** The result of before where it is equal. */
export function sameRead(previous: FileState | undefined, result: ReadResult): ReadResult {
  const before = previous?.reads.find(({ fragment }) => fragment.reader === result.fragment.reader);
  return before && JSON.stringify(before) === JSON.stringify(result) ? before : result;
}

/** What is the same for every reader the workspace reads: comments that switch rules off, calls of stores, branches that exclude each other. */
function withTextFacts(result: ReadResult, file: SourceFile): ReadResult {
  const { text, lines } = file;
  const suppressions = scanSuppressions(text);
  const stores = scanStoreCalls(text, (start, end) => lines.range(start, end));
  const { fragment } = result;
  const alternatives = alternativesIn(file, fragment.facts);
  if (suppressions.length === 0 && stores.length === 0 && alternatives.length === 0) return result;
  const facts = {
    ...fragment.facts,
    ...(suppressions.length === 0 ? {} : { suppressions }),
    ...(stores.length === 0 ? {} : { stores }),
    ...(alternatives.length === 0 ? {} : { alternatives }),
  };
  return { ...result, fragment: { ...fragment, facts } };
}

/** A reader must not throw; should one do so all the same, this file alone goes without it. */
function readerFailed(reader: Reader, file: SourceFile, error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  return {
    code: 'reader-failed',
    message: `The ${reader.id} reader failed on this file (${detail}); everything else was read. Please report it with the file.`,
    severity: 'error',
    at: file.lines.range(0, 0),
  };
}
