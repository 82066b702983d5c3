/** What the set of files and their configuration say about the workspace, before any entity is looked at. */
import ignore from 'ignore';
import { ancestorsOf, directoryOf } from '../readers/shared/paths.ts';
import { createResolver } from '../readers/shared/moduleResolution.ts';
import type { PackageSource, Resolver } from '../readers/shared/moduleResolution.ts';
import type { ProfileSource } from '../profile/profile.ts';
import { isDependencyManifest } from '../profile/dependencies.ts';
import { folderOfProfileFile, isInstructions, isProfileFile, isSettings } from '../profile/files.ts';
import type { Problem } from '../schema/source.ts';
import { buildGroupsOf } from './buildGroups.ts';
import type { FileState } from './fileState.ts';
import { speaksOf } from './instructionScope.ts';
import { parseJsonc } from './jsonc.ts';
import { byCodeUnit } from './order.ts';
import { fileNameOf, isManifest, isSharedBuild, isTsconfig, settingsFile } from './relevance.ts';
import { noSettings, readSettings } from './settings.ts';
import type { ProjectSettings } from './snapshot.ts';

/** A folder with the files that no deeper project claims. */
export interface ProjectFolder {
  /** Relative to the analysed directory; '' = that directory. */
  readonly root: string;
  /** Sorted; without those that the project's settings exclude. */
  readonly files: readonly string[];
  readonly settings: ProjectSettings;
  /** The project's own instructions and manifests, then the instructions of the folders above, nearest first. */
  readonly profileSources: readonly ProfileSource[];
  /** The same with the manifests of the folders above, for packages whose dependencies stand at the top of a monorepo. */
  readonly inheritedSources: readonly ProfileSource[];
  /** Manifests and settings of the projects below, where instructions of this one speak of them too. */
  readonly coveredSources: readonly ProfileSource[];
  /** Version ranges by package, of the project's own `package.json` before those of the folders above. */
  readonly versions: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

export interface Structure {
  /** Sorted by root. */
  readonly folders: readonly ProjectFolder[];
  readonly resolve: Resolver;
  rootOf(path: string): string;
}

export function structureOf(states: ReadonlyMap<string, FileState>): Structure {
  const paths = [...states.keys()].sort(byCodeUnit);
  const text = (path: string): string => states.get(path)?.text ?? '';
  const manifests = paths.filter((path) => isProjectRoot(path, text(path)));
  const builds = paths.filter(isSharedBuild);
  const groups = buildGroupsOf([...manifests, ...builds].map((path) => ({ path, text: text(path) })));
  const groupRoots = new Map(groups.flatMap(({ root, members }) => members.map((member) => [member, root] as const)));
  const manifestFolders = new Set(['', ...manifests.map(directoryOf)]);
  const roots = new Set([...manifestFolders].map((folder) => groupRoots.get(folder) ?? folder));
  const membersOf = new Map(groups.map(({ root, members }) => [root, members] as const));

  const rootsByFolder = new Map<string, string>();
  const rootOf = (path: string): string => {
    const folder = directoryOf(path);
    let root = rootsByFolder.get(folder);
    if (root === undefined) {
      const nearest = ancestorsOf(folder).find((each) => manifestFolders.has(each) || roots.has(each)) ?? '';
      root = groupRoots.get(nearest) ?? nearest;
      rootsByFolder.set(folder, root);
    }
    return root;
  };

  const filesByRoot = new Map([...roots].map((root): [string, string[]] => [root, []]));
  for (const path of paths) filesByRoot.get(rootOf(path))?.push(path);
  const profileFiles = paths.filter(isProfileFile);

  const folders = [...roots].sort(byCodeUnit).map((root): ProjectFolder => {
    const members = membersOf.get(root) ?? [];
    const path =
      [root, ...members].map((folder) => joined(folder, settingsFile)).find((file) => states.get(file)?.hash) ??
      joined(root, settingsFile);
    const isOwn = (folder: string): boolean => isAtOrAbove(folder, root) || members.includes(folder);
    const { settings, problems } = states.get(path)?.hash ? readSettings(path, text(path)) : readNoSettings;
    const above = profileFiles
      .filter(
        (file) =>
          rootOf(file) !== root &&
          isAtOrAbove(folderOfProfileFile(file), root) &&
          (!isInstructions(file) || speaksOf(file, text(file), filesByRoot.get(root) ?? [])),
      )
      .sort((a, b) => folderOfProfileFile(b).length - folderOfProfileFile(a).length || byCodeUnit(a, b));
    const speaks = (file: string): boolean =>
      !isInstructions(file) || speaksOf(file, text(file), filesByRoot.get(root) ?? []);
    // Settings lie among the sources, all else at the root or above.
    const own = profileFiles.filter(
      (file) => rootOf(file) === root && (isSettings(file) || isOwn(folderOfProfileFile(file))) && speaks(file),
    );
    const below = own.some(isInstructions)
      ? profileFiles.filter((file) => rootOf(file) !== root && isAtOrAbove(root, rootOf(file)) && !isInstructions(file))
      : [];
    const sources = (files: readonly string[]): readonly ProfileSource[] =>
      files.map((file) => ({ file, text: text(file) }));
    return {
      root,
      files: withoutExcluded(filesByRoot.get(root) ?? [], root, settings.exclude),
      settings,
      profileSources: sources([...own, ...above.filter((file) => !isManifest(file) && !isDependencyManifest(file))]),
      inheritedSources: sources([...own, ...above]),
      coveredSources: sources(below),
      versions: versionsOf(ancestorsOf(root).map((folder) => text(joined(folder, 'package.json')))),
      problems,
    };
  });

  return {
    folders,
    resolve: createResolver({
      files: new Set(paths),
      tsconfigs: paths.filter(isTsconfig).map((path) => ({ path, text: text(path) })),
      packages: packagesOf(
        paths.filter((path) => fileNameOf(path) === 'package.json'),
        text,
      ),
    }),
    rootOf,
  };
}

const readNoSettings = { settings: noSettings, problems: [] };

/** `{ "type": "module" }` and the like only tell a runtime how to load the folder's files: no project of its own. */
function isProjectRoot(path: string, text: string): boolean {
  if (!isManifest(path)) return false;
  // Scripts of that name are not Django's alone; its own names the settings.
  if (fileNameOf(path) === 'manage.py') return /django/iu.test(text);
  if (fileNameOf(path) !== 'package.json') return true;
  const { root } = parseJsonc(text);
  if (root?.kind !== 'object') return true;
  return root.members.some(({ key }) => /^(?:name|version|private|scripts|workspaces|\w*[dD]ependencies)$/u.test(key));
}

function isAtOrAbove(folder: string, root: string): boolean {
  return folder === '' || folder === root || root.startsWith(`${folder}/`);
}

function withoutExcluded(files: readonly string[], root: string, exclude: readonly string[]): readonly string[] {
  if (exclude.length === 0) return files;
  const rules = ignore().add([...exclude]);
  const start = root === '' ? 0 : root.length + 1;
  return files.filter((file) => fileNameOf(file) === settingsFile || !rules.ignores(file.slice(start)));
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Of manifests, nearest first. What is needed to run counts before what only development needs. */
function versionsOf(manifests: readonly string[]): Readonly<Record<string, string>> {
  const versions = new Map<string, string>();
  for (const manifest of manifests) {
    const { root } = parseJsonc(manifest);
    for (const section of ['dependencies', 'peerDependencies', 'devDependencies']) {
      const listed = root?.kind === 'object' ? root.members.find(({ key }) => key === section)?.value : null;
      for (const { key, value } of listed?.kind === 'object' ? listed.members : [])
        if (value?.kind === 'scalar' && typeof value.value === 'string' && !versions.has(key))
          versions.set(key, value.value);
    }
  }
  return Object.fromEntries(versions);
}

function packagesOf(manifests: readonly string[], text: (path: string) => string): readonly PackageSource[] {
  return manifests.flatMap((path) => {
    const { root } = parseJsonc(text(path));
    if (root?.kind !== 'object') return [];
    const stated = (key: string): string | null => {
      const value = root.members.find((member) => member.key === key)?.value;
      return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : null;
    };
    const name = stated('name');
    return name === null ? [] : [{ path, name, main: stated('source') ?? stated('types') ?? stated('main') }];
  });
}
