/** Keeps what readers made of files, so that an unchanged file is not parsed again. `src/cache` keeps it on disk. */
import type { ReadResult } from '../readers/reader.ts';

export interface FragmentKey {
  /** Relative to the analysed directory: ranges in the result carry it. */
  readonly path: string;
  /** Of the text. */
  readonly hash: string;
  readonly reader: string;
  readonly version: number;
}

export interface FragmentCache {
  get(key: FragmentKey): ReadResult | undefined;
  /** `serialized`: the JSON of the result, where it is known already. */
  set(key: FragmentKey, result: ReadResult, serialized?: string): void;
}

/** Remembers nothing: the workspace itself still holds every fragment of the files it knows. */
export const noCache: FragmentCache = { get: () => undefined, set: () => undefined };
