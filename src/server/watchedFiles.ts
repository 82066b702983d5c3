/** Changes on disk, as the editor reports them → what the engine has to look at again. */
import type { FileEvent } from 'vscode-languageserver/node';
import { FileChangeType } from 'vscode-languageserver/node';
import { mayMatter } from '../core/workspace/relevance.ts';
import type { Folder } from './folder.ts';
import type { Workspace } from './workspace.ts';

/** Never of interest, and busy: version control and installed packages. */
const noise = /(?:^|\/)(?:\.git|\.hg|\.svn|node_modules|bower_components|__pycache__)(?:\/|$)/;

export function watchedChanges(workspace: Pick<Workspace, 'locate'>, changes: readonly FileEvent[]): void {
  const files = new Map<Folder, string[]>();
  for (const { uri, type } of changes) {
    const place = workspace.locate(uri);
    if (place === null || noise.test(place.file)) continue;
    // A folder that came or went is reported by its own name alone, and looks like any other name.
    const matters = type !== FileChangeType.Changed || mayMatter(place.file) || place.file.endsWith('.gitignore');
    if (!matters) continue;
    const paths = files.get(place.folder) ?? [];
    files.set(place.folder, paths);
    paths.push(place.file);
  }
  for (const [folder, paths] of files) folder.refresh(paths);
}
