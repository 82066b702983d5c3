/** The public JSON of architecture.md §4 over all folders of a window. */
import { schemaJson as snapshotJson } from '../core/report/schemaJson.ts';
import type { Snapshot } from '../core/workspace/snapshot.ts';
import type { FolderProject } from './projects.ts';
import type { Folder } from './folder.ts';

/**
 * Paths are relative to the folder; in a window of several folders they begin with its name, as VS Code itself shows them.
 *
 * @param projects the ones that are wanted
 * @param all true = with the problems of files that belong to no project
 */
export function schemaJson(projects: readonly FolderProject[], folders: readonly Folder[], all: boolean): string {
  const parts = folders.map((folder) => {
    const snapshot: Snapshot = {
      projects: projects.filter((entry) => entry.folder === folder).map(({ project }) => project),
      problems: all ? (folder.analysis?.snapshot.problems ?? []) : [],
    };
    const json = snapshotJson(snapshot);
    return folders.length > 1 ? prefixed(json, folder.name) : json;
  });
  const json = {
    version: snapshotJson({ projects: [], problems: [] }).version,
    projects: parts.flatMap((part) => part.projects),
    problems: parts.flatMap((part) => part.problems),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** Every `root` and `file` below a folder's name. */
export function prefixed<T>(json: T, name: string): T {
  const text = JSON.stringify(json, (key, value: unknown) =>
    (key === 'root' || key === 'file') && typeof value === 'string'
      ? [name, value].filter((part) => part !== '').join('/')
      : value,
  );
  return JSON.parse(text) as T;
}
