/** Lists the files of a directory that could matter, and says what it could not look into. */
import { basename, dirname, join, sep } from 'node:path';
import { byCodeUnit } from '../../core/workspace/order.ts';
import { mayMatter } from '../../core/workspace/relevance.ts';
import type { Problem } from '../../core/schema/source.ts';
import { codeOf, reasonOf } from './fileSystem.ts';
import type { FileSystem } from './fileSystem.ts';
import { createIgnoreRules } from './ignoreRules.ts';
import type { IgnoreRules } from './ignoreRules.ts';

export interface Walked {
  /** Relative to the directory, `/`-separated, sorted. */
  readonly files: readonly string[];
  /** Path of a folder or link → why it was not looked into. */
  readonly problems: ReadonlyMap<string, Problem>;
  readonly rules: IgnoreRules;
}

export interface WalkOptions {
  /** Globs in gitignore syntax, relative to the directory. */
  readonly exclude: readonly string[];
  /** Folder of the directory to walk; '' = all of it. */
  readonly from?: string;
  /** Which files to list; absent = those that the analysis may read. */
  readonly matters?: (path: string) => boolean;
}

/** Folders listed at the same time: enough to keep the disk busy. */
const concurrency = 16;

interface Link {
  readonly path: string;
}

/** Rejects only where the directory itself cannot be listed. */
export async function walk(disk: FileSystem, directory: string, options: WalkOptions): Promise<Walked> {
  const rules = createIgnoreRules(options.exclude);
  await addRulesAbove(disk, directory, rules);
  const from = options.from ?? '';
  const matters = options.matters ?? mayMatter;
  const files: string[] = [];
  const problems = new Map<string, Problem>();
  const links: Link[] = [];
  const absolute = (path: string): string => (path === '' ? directory : join(directory, ...path.split('/')));

  const complain = (path: string, code: string, message: string, severity: Problem['severity']): void => {
    problems.set(path, {
      code,
      message,
      severity,
      at: { file: path, line: 1, column: 1, endLine: 1, endColumn: 1 },
    });
  };

  async function listFolder(folder: string): Promise<readonly string[]> {
    let entries;
    try {
      entries = await disk.list(absolute(folder));
    } catch (error) {
      if (folder === from) throw error;
      complain(folder, 'unreadable-folder', `The folder ${folder} could not be read: ${reasonOf(error)}.`, 'warning');
      return [];
    }
    if (entries.some(({ name, kind }) => name === '.gitignore' && kind === 'file'))
      await addRules(disk, absolute(folder), (text) => rules.add(folder, text));
    const folders: string[] = [];
    for (const { name, kind } of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'other' || rules.ignores(path, kind === 'directory')) continue;
      if (kind === 'directory') folders.push(path);
      else if (kind === 'link') links.push({ path });
      else if (matters(path)) files.push(path);
    }
    return folders;
  }

  async function listAll(start: string): Promise<void> {
    let open: readonly string[] = [start];
    while (open.length > 0) {
      const found = await inParallel(open, concurrency, listFolder);
      open = found.flat();
    }
  }

  await listAll(from);
  const real = await disk.realPath(directory);
  const followed = new Set<string>();
  // Links last and in order, so that what they lead to goes by its own name where it has one.
  for (let round = links.splice(0); round.length > 0; round = links.splice(0)) {
    for (const { path } of round.sort((a, b) => byCodeUnit(a.path, b.path))) {
      try {
        const target = await disk.realPath(absolute(path));
        const kind = await disk.kindOf(target);
        if (kind === 'directory' && isInside(await disk.realPath(dirname(absolute(path))), target))
          complain(
            path,
            'symlink-loop',
            `The link ${path} leads back to a folder it lies in, so it was not followed.`,
            'information',
          );
        if (isInside(target, real) || followed.has(target) || rules.ignores(path, kind === 'directory')) continue;
        followed.add(target);
        if (kind === 'directory') await listAll(path);
        else if (kind === 'file' && matters(path)) files.push(path);
      } catch (error) {
        if (codeOf(error) === 'ELOOP')
          complain(path, 'symlink-loop', `The link ${path} was not followed: ${reasonOf(error)}.`, 'information');
        else if (matters(path))
          complain(path, 'unreadable-file', `${path} could not be read: the link leads nowhere.`, 'warning');
      }
    }
  }
  return { files: files.sort(byCodeUnit), problems, rules };
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function addRules(disk: FileSystem, folder: string, add: (text: string) => void): Promise<void> {
  try {
    const { bytes } = await disk.read(join(folder, '.gitignore'), 1024 * 1024);
    add(new TextDecoder().decode(bytes));
  } catch {
    // Without its rules more is read than need be, which harms nothing.
  }
}

/** Those of the folders up to the repository's own, as git counts them. */
async function addRulesAbove(disk: FileSystem, directory: string, rules: IgnoreRules): Promise<void> {
  const found: { readonly text: string; readonly prefix: string }[] = [];
  let prefix = '';
  for (let folder = directory; ;) {
    let names: ReadonlySet<string>;
    try {
      names = new Set((await disk.list(folder)).map(({ name }) => name));
    } catch {
      return;
    }
    const way = prefix;
    if (way !== '' && names.has('.gitignore'))
      await addRules(disk, folder, (text) => found.push({ text, prefix: way }));
    if (names.has('.git')) break;
    const parent = dirname(folder);
    if (parent === folder) return;
    prefix = prefix === '' ? basename(folder) : `${basename(folder)}/${prefix}`;
    folder = parent;
  }
  for (const { text, prefix: way } of found) rules.add('', text, way);
}

/** Runs `work` on every item, at most `limit` at a time; results in the items' order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
