/**
 * Reading files on other threads: what is asked of them, what they answer, and how they come to it. A result travels once, in
 * the form in which the cache keeps it. Who starts threads and sends messages is not core's business.
 */
import type { Reader, ReadResult } from '../readers/reader.ts';
import type { Problem } from '../schema/source.ts';
import { languageOf } from '../syntax/syntax.ts';
import type { ParsedText, Syntax } from '../syntax/syntax.ts';
import { readAll, sourceFile } from './fileState.ts';

export interface ReadingTask {
  readonly path: string;
  readonly text: string;
  /** Ids of the readers wanted. */
  readonly readers: readonly string[];
}

export interface SerializedReading {
  /** JSON of each `ReadResult`, in the order of the readers asked; those that failed left out. */
  readonly reads: readonly string[];
  /** Of readers that failed. */
  readonly problems: readonly Problem[];
}

export interface Elsewhere {
  /** Undefined = whoever asks is quicker by itself now. Null, later = it could not be done there. Never rejects. */
  read(task: ReadingTask): Promise<SerializedReading | null> | undefined;
}

export function serialize(result: ReadResult): string {
  return JSON.stringify(result);
}

/** `syntax` has loaded the grammar of the file; null where it has none. */
export function readSerialized(
  task: ReadingTask,
  readers: readonly Reader[],
  syntax: Syntax | null,
): SerializedReading {
  const { path, text } = task;
  const language = languageOf(path);
  let tree: ParsedText | undefined;
  const file = sourceFile(path, text, () => {
    if (!syntax || language === null) throw new Error(`no grammar reads ${path}`);
    return (tree = syntax.parse(language, text));
  });
  const wanted = readers.filter(({ id }) => task.readers.includes(id));
  const { reads, problems } = readAll(file, wanted, new Map(), undefined);
  tree?.dispose();
  return { reads: reads.map(serialize), problems };
}
