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
  const whole = new Set<Folder>();
  for (const { uri, type } of changes) {
    const place = workspace.locate(uri);
    if (place === null || noise.test(place.file)) continue;
    const { folder, file } = place;
    const paths = files.get(folder) ?? [];
    files.set(folder, paths);
    if (mayMatter(file)) paths.push(file);
    // A folder that came or went is reported by its own name alone, and `.gitignore` decides about any file.
    else if (isIgnoreFile(file) || (type !== FileChangeType.Changed && mayBeFolder(file))) whole.add(folder);
  }
  for (const [folder, paths] of files) {
    if (whole.has(folder)) void folder.analyze();
    else folder.refresh(paths);
  }
}

function isIgnoreFile(file: string): boolean {
  return /(?:^|\/)\.gitignore$/.test(file);
}

/** The editor does not say. A name without an extension is one in practice; a folder `v1.2` is found by the next full reading. */
function mayBeFolder(file: string): boolean {
  return !/[^/]\.[^/.]+$/.test(file);
}
