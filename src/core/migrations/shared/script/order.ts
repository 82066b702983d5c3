/** Which migrations of a project are run, and in which order, as the tools do it: by the names of their files, folder by folder. */
import { groupBy } from '../../../schema/groupBy.ts';
import type { Dialect } from '../../../schema/model.ts';
import { directoryOf } from '../../../readers/shared/paths.ts';

export interface Ordered<File> {
  /** Folder, for messages. */
  readonly folder: string;
  readonly files: readonly File[];
}

/** Of a tool whose order is its own. */
export type Arrange = <File extends Named>(files: readonly File[], dialect: Dialect) => readonly Ordered<File>[];

export interface Touch {
  /** Lower case. */
  readonly created: ReadonlySet<string>;
  /** Changed though none of them created it. */
  readonly touched: ReadonlySet<string>;
}

export interface Named {
  readonly file: string;
}

const migrationFolder = /^(?:.*[-_.])?migrations?(?:[-_.].*)?$/i;

/** The folder of the migrations: what lies below it belongs to it. */
export function rootOf(file: string): string {
  const folder = directoryOf(file);
  const folders = folder.split('/');
  for (let depth = folders.length; depth > 0; depth--)
    if (migrationFolder.test(folders[depth - 1] ?? '')) return folders.slice(0, depth).join('/');
  return folder;
}

function byName(a: Named, b: Named): number {
  const [x, y] = [nameOf(a.file), nameOf(b.file)];
  return x < y ? -1 : x > y ? 1 : a.file < b.file ? -1 : 1;
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** `9_x` before `10_y`: folders are not run by a tool, so their numbers count as people mean them. */
function byPath(a: Named, b: Named): number {
  const padded = ({ file }: Named): string => file.replace(/\d+/g, (digits) => digits.padStart(20, '0'));
  return padded(a) < padded(b) ? -1 : 1;
}

/**
 * @param stated folders that the project's settings name; their files are run together
 * @param touchOf what the files do by themselves
 */
export function inOrder<File extends Named>(
  files: readonly File[],
  stated: readonly string[],
  touchOf: (files: readonly File[]) => Touch,
): readonly Ordered<File>[] {
  const isStated = ({ file }: Named): boolean => stated.includes(directoryOf(file));
  const own = files.filter(isStated);
  const groups: Ordered<File>[] = own.length > 0 ? [{ folder: stated[0] ?? '', files: own.toSorted(byName) }] : [];
  const rest = files.filter((file) => !isStated(file));
  for (const [root, all] of groupBy(rest, ({ file }) => rootOf(file))) {
    // Folders below those that the settings name are what was put aside.
    if (own.length > 0 && !stated.includes(root)) continue;
    const main = own.length > 0 ? own : all.filter(({ file }) => directoryOf(file) === root).toSorted(byName);
    const below = all.filter(({ file }) => directoryOf(file) !== root);
    if (main.length === 0) {
      groups.push({ folder: root, files: below.toSorted(byPath) });
      continue;
    }
    const before = earlier(below, touchOf(main).touched, touchOf);
    const ordered = { folder: root, files: [...before, ...main.toSorted(byName)] };
    if (own.length > 0) groups.splice(0, 1, ordered);
    else groups.push(ordered);
  }
  return groups;
}

/** Migrations that were put aside once they had run everywhere: they count where the others build on their tables. */
function earlier<File extends Named>(
  below: readonly File[],
  touched: ReadonlySet<string>,
  touchOf: (files: readonly File[]) => Touch,
): readonly File[] {
  return [...groupBy(below, ({ file }) => directoryOf(file)).values()]
    .map((group) => group.toSorted(byName))
    .filter((group) => [...touchOf(group).created].some((table) => touched.has(table)))
    .flat();
}

/** At least half of the smaller set is in the other one as well: both build the same. */
export function overlaps(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size === 0) return false;
  return [...small].filter((name) => large.has(name)).length * 2 >= small.size;
}
