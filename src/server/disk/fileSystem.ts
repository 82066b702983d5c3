/** The few questions asked of a disk, so that tests can answer them as a broken one would. Paths are absolute. */
import { close, closeSync, fstat, fstatSync, open, openSync, read, readdir, readSync, realpath, stat } from 'node:fs';
import type { Stats } from 'node:fs';
import { promisify } from 'node:util';

export interface DirectoryEntry {
  readonly name: string;
  /** `link` is not followed yet. */
  readonly kind: 'file' | 'directory' | 'link' | 'other';
}

export interface FileContent {
  /** Of the whole file, in bytes. */
  readonly size: number;
  /** The whole file where it is at most `limit` bytes long, else its first `headLength` bytes. */
  readonly bytes: Uint8Array;
}

/** Every call rejects with a Node error that carries a `code`. */
export interface FileSystem {
  list(directory: string): Promise<readonly DirectoryEntry[]>;
  /** Follows links. */
  kindOf(path: string): Promise<'file' | 'directory' | 'other'>;
  realPath(path: string): Promise<string>;
  read(path: string, limit: number): Promise<FileContent>;
  /**
   * The same at once, for files that the walk found to be such; throws what `read` rejects with. Handing a small file
   * to another thread and back costs ten times what reading it does. Absent = only `read` can be asked.
   */
  readNow?(path: string, limit: number): FileContent;
}

/** Enough of a file that is too large to tell whether it is missed. */
export const headLength = 64 * 1024;

// The callback functions cost about half of what those of node:fs/promises do, and thousands of files are read in a row.
const openFile = promisify(open);
const closeFile = promisify(close);
const statFile = promisify(fstat);
const readBytes = promisify(read);
const readDirectory = promisify(readdir);
const statPath = promisify(stat);
const resolvePath = promisify(realpath.native);

export const diskFileSystem: FileSystem = {
  async list(directory) {
    const entries = await readDirectory(directory, { withFileTypes: true });
    return entries.map((entry) => ({
      name: entry.name,
      kind: entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'directory' : entry.isFile() ? 'file' : 'other',
    }));
  },
  async kindOf(path) {
    const found = await statPath(path);
    return found.isDirectory() ? 'directory' : found.isFile() ? 'file' : 'other';
  },
  realPath: (path) => resolvePath(path),
  async read(path, limit) {
    const handle = await openFile(path, 'r');
    try {
      const found = await statFile(handle);
      const bytes = bufferFor(path, found, limit);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await readBytes(handle, bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return { size: found.size, bytes: bytes.subarray(0, filled) };
    } finally {
      await closeFile(handle);
    }
  },
  readNow(path, limit) {
    const handle = openSync(path, 'r');
    try {
      const found = fstatSync(handle);
      const bytes = bufferFor(path, found, limit);
      let filled = 0;
      while (filled < bytes.length) {
        const bytesRead = readSync(handle, bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return { size: found.size, bytes: bytes.subarray(0, filled) };
    } finally {
      closeSync(handle);
    }
  },
};

function bufferFor(path: string, found: Stats, limit: number): Buffer {
  if (found.isDirectory()) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
  return Buffer.allocUnsafe(found.size <= limit ? found.size : headLength);
}

/** What a failure of the disk means, in words that fit after "could not be read: ". */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'it does not exist',
    ENOTDIR: 'part of its path is a file, not a folder',
    EISDIR: 'it is a folder',
    ELOOP: 'its symbolic links lead in a circle',
    EIO: 'the disk reported an error',
    EMFILE: 'too many files are open',
    ENFILE: 'too many files are open',
    EBUSY: 'another program holds it',
    ENAMETOOLONG: 'its path is too long',
  };
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
