/** Opens files of the analysed directory for the workspace, each problem told once and in plain words. */
import { join } from 'node:path';
import { LineIndex } from '../../core/syntax/lineIndex.ts';
import type { Problem } from '../../core/schema/source.ts';
import { sizeFactor } from '../../core/workspace/relevance.ts';
import type { FileDelta } from '../../core/workspace/workspace.ts';
import { decode } from './decode.ts';
import { codeOf, reasonOf } from './fileSystem.ts';
import type { FileContent, FileSystem } from './fileSystem.ts';

export interface ReadOptions {
  readonly directory: string;
  readonly maxFileSizeKb: number;
  /** Could the workspace miss a file of which this is (the start of) the text? */
  readonly matters: (path: string, text: string) => boolean;
}

/** Never rejects. `text` is null where the file is gone, binary, or cannot be read. */
export async function readFile(disk: FileSystem, path: string, options: ReadOptions): Promise<FileDelta> {
  try {
    return deltaOf(path, await disk.read(absolute(path, options), limitOf(path, options)), options);
  } catch (error) {
    return unreadable(path, error);
  }
}

function readFileNow(read: NonNullable<FileSystem['readNow']>, path: string, options: ReadOptions): FileDelta {
  try {
    return deltaOf(path, read(absolute(path, options), limitOf(path, options)), options);
  } catch (error) {
    return unreadable(path, error);
  }
}

/** In bytes. */
function limitOf(path: string, { maxFileSizeKb }: ReadOptions): number {
  return maxFileSizeKb * 1024 * sizeFactor(path);
}

function absolute(path: string, { directory }: ReadOptions): string {
  return join(directory, ...path.split('/'));
}

function unreadable(path: string, error: unknown): FileDelta {
  if (codeOf(error) === 'ENOENT') return { path, text: null };
  const message = `${path} could not be read: ${reasonOf(error)}. Everything else was analysed.`;
  return { path, text: null, problems: [problem('unreadable-file', message, path)] };
}

function deltaOf(path: string, content: FileContent, options: ReadOptions): FileDelta {
  const limit = limitOf(path, options);
  const decoded = decode(content.bytes);
  // `.ts` is the ending of MPEG transport streams as well: no word about them.
  if (decoded.kind === 'binary') return { path, text: null };
  if (content.size > limit) {
    if (!options.matters(path, decoded.text)) return { path, text: null };
    const message = `${path} is ${sizeInWords(content.size)}, more than the limit of ${limit / 1024} KB, so it was not read. Raise the limit (maxFileSizeKb) or exclude the file.`;
    return { path, text: null, problems: [problem('file-too-large', message, path)] };
  }
  if (decoded.kind === 'text' || !options.matters(path, decoded.text)) return { path, text: decoded.text };
  const at = new LineIndex(path, decoded.text).range(decoded.at, decoded.at + 1);
  if (decoded.kind === 'windows-1252') {
    const message = `${path} is not UTF-8 (line ${at.line}) and was read as Windows-1252. Save it as UTF-8, so that every tool reads the same.`;
    return { path, text: decoded.text, problems: [{ code: 'legacy-encoding', message, severity: 'information', at }] };
  }
  const message = `${path} is not valid UTF-8 from line ${at.line} on; the damaged characters were replaced and the rest was read. Save it as UTF-8.`;
  return { path, text: decoded.text, problems: [{ code: 'invalid-utf-8', message, severity: 'warning', at }] };
}

function problem(code: string, message: string, file: string): Problem {
  return { code, message, severity: 'warning', at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 } };
}

function sizeInWords(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Files read at once before the time they took is looked at. */
const sample = 16;
/** A disk that takes longer for a file (milliseconds; local ones take a twentieth) is a distant one. */
const slow = 1;

/**
 * In the order of the paths. A near disk answers sooner than a thread could be asked; from a distant one files are read
 * ahead, so that it works while the text before is parsed.
 */
export async function* readFiles(
  disk: FileSystem,
  paths: readonly string[],
  options: ReadOptions,
  ahead = 32,
): AsyncGenerator<FileDelta> {
  const readNow = disk.readNow?.bind(disk);
  let next = 0;
  for (let near = readNow !== undefined; near && readNow && next < paths.length;) {
    const batch = paths.slice(next, next + sample);
    const start = performance.now();
    const deltas = batch.map((path) => readFileNow(readNow, path, options));
    near = performance.now() - start < slow * batch.length;
    next += batch.length;
    yield* deltas;
  }
  const pending: Promise<FileDelta>[] = [];
  while (next < paths.length || pending.length > 0) {
    while (next < paths.length && pending.length < ahead) pending.push(readFile(disk, paths[next++] ?? '', options));
    const delta = await pending.shift();
    if (delta) yield delta;
  }
}
