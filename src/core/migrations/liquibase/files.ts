/** Which file a change log means by a path: beside itself, or on the class path, whose roots are not known here. */
import { directoryOf } from '../../readers/shared/paths.ts';
import type { ChangeLog, IncludeItem } from './model.ts';

export interface LogFile {
  readonly file: string;
  readonly log: ChangeLog;
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path
    .replace(/^classpath\*?:/, '')
    .replaceAll('\\', '/')
    .split('/'))
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  return parts.join('/');
}

/** Files that end with the path; of several the one that has most folders with `from` in common. */
function nearest<File extends { readonly file: string }>(
  path: string,
  from: string,
  files: readonly File[],
): File | null {
  const exact = files.find(({ file }) => file === path);
  if (exact) return exact;
  const candidates = files.filter(({ file }) => file.endsWith(`/${path}`));
  const shared = ({ file }: File): number => {
    const [a, b] = [file.split('/'), from.split('/')];
    const end = a.findIndex((part, at) => part !== b[at]);
    return end === -1 ? a.length : end;
  };
  return (
    candidates.toSorted(
      (a, b) => shared(b) - shared(a) || a.file.length - b.file.length || (a.file < b.file ? -1 : 1),
    )[0] ?? null
  );
}

function locate<File extends { readonly file: string }>(
  path: string,
  relative: boolean,
  from: string,
  files: readonly File[],
): File | null {
  const beside = normal(`${directoryOf(from)}/${path}`);
  const found = files.find(({ file }) => file === beside);
  if (relative || found) return found ?? null;
  return nearest(normal(path), from, files);
}

export function findLogs(item: IncludeItem, from: string, files: readonly LogFile[]): readonly LogFile[] {
  if (!item.all) {
    const found = locate(item.path, item.relative, from, files);
    return found ? [found] : [];
  }
  const folders = [...new Set(files.flatMap(({ file }) => ancestors(file)))].map((file) => ({ file }));
  const folder = locate(item.path, item.relative, from, folders)?.file;
  if (folder === undefined) return [];
  return files
    .filter(({ file }) => file.startsWith(`${folder}/`) && file !== from)
    .filter(({ file }) => item.endsWith === null || file.endsWith(item.endsWith))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

function ancestors(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = directoryOf(file); folder !== ''; folder = directoryOf(folder)) folders.push(folder);
  return folders;
}

export function findScript(path: string, relative: boolean, from: string, files: readonly LogFile[]): LogFile | null {
  return locate(
    path,
    relative,
    from,
    files.filter(({ log }) => log.kind === 'script'),
  );
}

/** Change logs that no other one includes; scripts are none. */
export function rootsOf(files: readonly LogFile[]): readonly LogFile[] {
  const included = new Set<string>();
  for (const file of files)
    for (const item of file.log.items)
      if (item.is === 'include') for (const found of findLogs(item, file.file, files)) included.add(found.file);
  return files.filter(({ file, log }) => log.kind === 'log' && !included.has(file));
}
