/** Which files of other projects a project needs: those its imports and the entity lists of its data sources lead to. */
import { directoryOf, joinPath } from '../readers/shared/paths.ts';
import type { FileFacts } from '../schema/code.ts';
import type { FileState } from './fileState.ts';
import { byCodeUnit } from './order.ts';
import type { ProjectFolder, Structure } from './structure.ts';

export interface Reach {
  /** Files outside the project that its own files import, directly or through others; sorted. */
  outside(folder: ProjectFolder): readonly string[];
  /**
   * Roots of other projects whose data sources list entities of this one, or whose code imports from it while they have a
   * data source: a package of entities is configured by the application that uses it. Sorted.
   */
  configuredBy(folder: ProjectFolder): readonly string[];
}

export function reachOf(
  states: ReadonlyMap<string, FileState>,
  structure: Structure,
  importsOf: (state: FileState) => readonly string[],
): Reach {
  const several = structure.folders.length > 1;
  const outsideByRoot = new Map<string, readonly string[]>();

  function outside(folder: ProjectFolder): readonly string[] {
    if (!several) return [];
    let files = outsideByRoot.get(folder.root);
    if (!files) outsideByRoot.set(folder.root, (files = follow(folder)));
    return files;
  }

  function follow(folder: ProjectFolder): readonly string[] {
    const own = new Set(folder.files);
    const found = new Set<string>();
    const open = [...folder.files];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      const state = states.get(file);
      for (const target of state ? importsOf(state) : []) {
        if (own.has(target) || found.has(target)) continue;
        found.add(target);
        open.push(target);
      }
    }
    return [...found].sort(byCodeUnit);
  }

  function configuredBy(folder: ProjectFolder): readonly string[] {
    if (!several) return [];
    const isOwn = (file: string): boolean => structure.rootOf(file) === folder.root;
    return structure.folders
      .filter((other) => other.root !== folder.root && dataSourceFiles(other).length > 0)
      .filter((other) => listsEntitiesOf(other, folder) || outside(other).some(isOwn))
      .map(({ root }) => root);
  }

  function dataSourceFiles(folder: ProjectFolder): readonly FileFacts[] {
    return folder.files
      .flatMap((file) => states.get(file)?.reads ?? [])
      .map(({ fragment }) => fragment.facts)
      .filter(({ dataSources }) => dataSources.length > 0);
  }

  function listsEntitiesOf(configuring: ProjectFolder, folder: ProjectFolder): boolean {
    return dataSourceFiles(configuring).some(({ file, dataSources }) =>
      dataSources
        .flatMap(({ entities }) => entities)
        .flatMap((glob) => folderOfGlob(glob, file, configuring.root))
        .some((path) => path === folder.root || path.startsWith(`${folder.root}/`)),
    );
  }

  return { outside, configuredBy };
}

/** The literal folder a glob starts with, read from the file's folder and from the project's root: which it is, only running tells. */
function folderOfGlob(glob: string, file: string, root: string): readonly string[] {
  if (!glob.includes('/')) return [];
  const literal = directoryOf(glob.replace(/[*?{[].*$/su, '')).replace(/^\/+/u, '');
  return [directoryOf(file), root].map((base) => joinPath(base, literal)).filter((path) => path !== null);
}
