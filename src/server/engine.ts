/**
 * Disk and open buffers → workspace → lint, for one directory. The language server and the command line are both thin over it.
 */
import type { Finding, Fix } from '../core/lint/rule.ts';
import type { TextEdit } from '../core/schema/source.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';

export interface EngineOptions {
  /** Absolute path of a directory, or of a single file. */
  readonly directory: string;
  /** Folder of the `tree-sitter*.wasm` files. */
  readonly wasmDirectory: string;
  /** Null = fragments are kept in memory only. */
  readonly cacheDirectory: string | null;
  /** Globs (gitignore syntax) beside `.gitignore` and `.data-engineer.json`. */
  readonly exclude: readonly string[];
  readonly maxFileSizeKb: number;
  /** Settings of the editor; `.data-engineer.json` of a project wins over them. */
  readonly rules: Readonly<Record<string, 'off' | 'info' | 'warning' | 'error'>>;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Analysis {
  readonly snapshot: Snapshot;
  /** Sorted by file, line, column, rule. */
  readonly findings: readonly Finding[];
}

/** Paths are relative to the directory, `/`-separated. */
export interface Engine {
  readonly analysis: Analysis;
  /** Reads the whole directory anew (unchanged files come from the cache). */
  analyze(): Promise<Analysis>;
  /** Files that changed, appeared or vanished on disk. */
  refresh(paths: readonly string[]): Promise<Analysis>;
  /** Text of an open buffer, which wins over the disk; null = closed. */
  setBuffer(path: string, text: string | null): Promise<Analysis>;
  /** Edits of a fix, made by the writer of the table's reader; a reason where there is none. */
  fix(finding: Finding, fix: Fix): Promise<{ readonly edits: readonly TextEdit[] } | { readonly reason: string }>;
  /** Current text of a file as the engine sees it (buffer first); null = not readable. */
  text(path: string): Promise<string | null>;
  clearCache(): Promise<void>;
  dispose(): void;
}
