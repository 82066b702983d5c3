/** A copy of a workspace as the language server has it, for what answers chat. */
import { cpSync, mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine } from '../../../src/server/engine.ts';
import { openFolder } from '../../../src/server/folder.ts';
import { pathToUri } from '../../../src/server/paths.ts';
import { projectsOf } from '../../../src/server/projects.ts';
import type { FolderProject } from '../../../src/server/projects.ts';

const root = new URL('../../../', import.meta.url);
const wasmDirectory = fileURLToPath(new URL('node_modules/@vscode/tree-sitter-wasm/wasm', root));

export interface OpenedProject {
  readonly directory: string;
  /** As analysed last. */
  entry(): FolderProject;
  close(): void;
}

/** @param files written over a copy of the example, or alone where `example` is null */
export async function openProject(
  files: Readonly<Record<string, string>> = {},
  example: string | null = 'shop',
): Promise<OpenedProject> {
  const directory = mkdtempSync(join(tmpdir(), 'data-engineer-chat-'));
  if (example !== null)
    cpSync(fileURLToPath(new URL(`test/workspaces/${example}`, root)), directory, {
      recursive: true,
      filter: (path) => !/[\\/](?:node_modules|dist)$/u.test(path),
    });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const folder = openFolder(
    { uri: pathToUri(directory), name: 'shop', directory },
    { directory, wasmDirectory, cacheDirectory: null, exclude: [], maxFileSizeKb: 1024, rules: {} },
    createEngine,
    {
      changed: () => undefined,
      progress: () => undefined,
      log: () => undefined,
      failed: (_doing, error) => {
        throw error;
      },
    },
  );
  await folder.settled();
  return {
    directory,
    entry: () => {
      const [entry] = projectsOf([folder]);
      if (!entry) throw new Error('There is no project.');
      return entry;
    },
    close() {
      folder.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
