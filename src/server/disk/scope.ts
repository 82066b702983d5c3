/**
 * What to read for what was asked. A folder of models or a single file makes sense only with what lies around it: base classes,
 * the naming strategy, path aliases. So its project is read, and only what was asked for is shown.
 */
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { isManifest } from '../../core/workspace/relevance.ts';
import { reasonOf } from './fileSystem.ts';
import type { FileSystem } from './fileSystem.ts';

export interface Scope {
  /** Absolute; what is read. */
  readonly directory: string;
  /** What is shown, relative to `directory`, `/`-separated; '' = everything. */
  readonly within: string;
  /** Folder that the shown paths are relative to, relative to `directory`: `within`, or the folder of the single file. */
  readonly base: string;
  /** Absolute paths of the only files to read; null = the whole directory. */
  readonly only: readonly string[] | null;
}

/** Rejects with a sentence for the user where the path is missing or unreadable. */
export async function locate(disk: FileSystem, path: string): Promise<Scope> {
  const target = resolve(path);
  let kind;
  try {
    kind = await disk.kindOf(target);
  } catch (error) {
    throw new Error(`${path} cannot be analysed: ${reasonOf(error)}.`, { cause: error });
  }
  if (kind === 'other') throw new Error(`${path} cannot be analysed: it is neither a folder nor a file.`);

  const folder = kind === 'directory' ? target : dirname(target);
  const project = await projectAbove(disk, folder);
  if (project !== null) {
    const within = portable(relative(project, target));
    return { directory: project, within, base: portable(relative(project, folder)), only: null };
  }
  if (kind === 'directory') return { directory: target, within: '', base: '', only: null };
  const only = await withImports(disk, target);
  const directory = only.map(dirname).reduce(commonFolder);
  const base = portable(relative(directory, folder));
  return { directory, within: base === '' ? basename(target) : `${base}/${basename(target)}`, base, only };
}

export function portable(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** The nearest folder with a manifest; never beyond the repository, the home folder or the folder for temporary files. */
async function projectAbove(disk: FileSystem, start: string): Promise<string | null> {
  const ends = new Set([homedir(), tmpdir()].map((folder) => resolve(folder)));
  for (let folder = start; ; folder = dirname(folder)) {
    if (folder !== start && ends.has(folder)) return null;
    let names: readonly string[];
    try {
      names = (await disk.list(folder)).map(({ name }) => name);
    } catch {
      return null;
    }
    if (names.some(isManifest)) return folder;
    if (names.includes('.git') || dirname(folder) === folder) return null;
  }
}

const importPattern = /(?:from|import|require)\s*\(?\s*['"](\.[^'"]*)['"]/gu;
const endings = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'];
/** A lone file without a project does not pull in more than a small one would have. */
const maxImports = 200;

/** The file and those its relative imports lead to. */
async function withImports(disk: FileSystem, file: string): Promise<readonly string[]> {
  const found = new Set([file]);
  for (const each of found) {
    if (found.size >= maxImports) break;
    let text: string;
    try {
      text = new TextDecoder().decode((await disk.read(each, 1024 * 1024)).bytes);
    } catch {
      continue; // told when it is read in earnest
    }
    for (const [, module = ''] of text.matchAll(importPattern)) {
      const target = await existing(disk, join(dirname(each), module));
      if (target !== null) found.add(target);
    }
  }
  return [...found];
}

async function existing(disk: FileSystem, path: string): Promise<string | null> {
  for (const candidate of [...endings.map((ending) => path + ending), path.replace(/\.([cm]?)js$/u, '.$1ts')]) {
    try {
      if ((await disk.kindOf(candidate)) === 'file') return candidate;
    } catch {
      // not this one
    }
  }
  return null;
}

function commonFolder(a: string, b: string): string {
  let folder = a;
  while (b !== folder && !b.startsWith(folder.endsWith(sep) ? folder : folder + sep)) folder = dirname(folder);
  return folder;
}
