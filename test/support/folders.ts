/** Folders of the repository that tests use, and folders of their own that vanish with them. */
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');
export const results = join(repository, 'test-results');

const made: string[] = [];

process.once('exit', () => {
  for (const folder of made) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 200 });
    } catch {
      // A process that is only just ending may still write there; the system clears its own temporary folder.
    }
  }
});

/** A new folder that is removed when this process ends. */
export function temporaryFolder(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `data-engineer-${name}-`)));
  made.push(folder);
  return folder;
}

/** A copy of an example workspace that a test may change at will. */
export function copyOfWorkspace(name: string, into: string): string {
  const copy = join(into, name);
  cpSync(join(repository, 'test/workspaces', name), copy, {
    recursive: true,
    filter: (path) => !/[\\/](?:node_modules|dist|\.git)$/.test(path),
  });
  return copy;
}
