/** All workspace folders of one connection: opening and closing them, and finding the folder that a document belongs to. */
import type { CreateEngine, Folder, FolderEvents, FolderIdentity } from './folder.ts';
import type { ServerOptions, ServerSettings } from '../protocol/server.ts';
import { openFolder } from './folder.ts';
import { relativePath, uriToPath } from './paths.ts';

export interface WorkspaceFolderLike {
  readonly uri: string;
  readonly name: string;
}

export interface Place {
  readonly folder: Folder;
  /** Relative to the folder, `/`-separated. */
  readonly file: string;
}

export interface WorkspaceEvents {
  changed(folder: Folder): void;
  closed(folder: Folder): void;
  progress(folder: FolderIdentity, done: number, total: number): void;
  log(folder: FolderIdentity, line: string): void;
  failed(folder: FolderIdentity, doing: string, error: unknown): void;
}

export interface Workspace {
  readonly folders: readonly Folder[];
  readonly wasmDirectory: string;
  settings(folder: Folder): ServerSettings;
  /** Opens what is new, closes what is gone, reopens what has other settings. Documents must be told again to the ones it yields. */
  update(folders: readonly (WorkspaceFolderLike & { readonly settings: ServerSettings })[]): readonly Folder[];
  /** The innermost folder that holds the document; null = none of ours. */
  locate(uri: string): Place | null;
  settled(): Promise<void>;
  close(): void;
}

interface Opened {
  readonly folder: Folder;
  readonly settings: ServerSettings;
  /** Everything that the engine was opened with, as text: it is opened anew when that changes. */
  readonly key: string;
}

export function openWorkspace(options: ServerOptions, createEngine: CreateEngine, events: WorkspaceEvents): Workspace {
  let opened: Opened[] = [];

  function open(identity: FolderIdentity, settings: ServerSettings, nested: readonly string[]): Folder {
    const folderEvents: FolderEvents = {
      changed: () => events.changed(folder),
      progress: (done, total) => events.progress(identity, done, total),
      log: (line) => events.log(identity, line),
      failed: (doing, error) => events.failed(identity, doing, error),
    };
    const folder = openFolder(
      identity,
      {
        directory: identity.directory,
        wasmDirectory: options.wasmDirectory,
        cacheDirectory: options.cacheDirectory,
        exclude: [...settings.exclude, ...nested],
        maxFileSizeKb: settings.maxFileSizeKb,
        rules: settings.rules,
      },
      createEngine,
      folderEvents,
    );
    return folder;
  }

  return {
    wasmDirectory: options.wasmDirectory,
    get folders() {
      return opened.map(({ folder }) => folder);
    },
    settings(folder) {
      const found = opened.find((entry) => entry.folder === folder);
      if (!found) throw new Error(`The folder ${folder.name} is not open.`);
      return found.settings;
    },
    update(wanted) {
      const known = wanted.flatMap(({ uri, name, settings }) => {
        const directory = uriToPath(uri);
        return directory === null ? [] : [{ identity: { uri, name, directory }, settings }];
      });
      const fresh: Folder[] = [];
      const next = known.map(({ identity, settings }): Opened => {
        // A folder inside another one has an engine of its own; the outer one leaves it out, or all would be said twice.
        const nested = known.flatMap((other) => {
          const path = relativePath(identity.directory, other.identity.directory);
          return path === null || path === '' ? [] : [`/${path}/`];
        });
        const { rules, exclude, maxFileSizeKb } = settings;
        const key = JSON.stringify([identity, rules, exclude, maxFileSizeKb, nested]);
        const same = opened.find((entry) => entry.key === key);
        if (same) return { ...same, settings };
        const folder = open(identity, settings, nested);
        fresh.push(folder);
        return { folder, settings, key };
      });
      const before = opened;
      opened = next;
      for (const { folder } of before) {
        if (next.some((entry) => entry.folder === folder)) continue;
        folder.close();
        events.closed(folder);
      }
      return fresh;
    },
    locate(uri) {
      const path = uriToPath(uri);
      if (path === null) return null;
      let best: Place | null = null;
      for (const { folder } of opened) {
        const file = relativePath(folder.directory, path);
        if (file !== null && (best === null || file.length < best.file.length)) best = { folder, file };
      }
      return best;
    },
    async settled() {
      await Promise.all(opened.map(({ folder }) => folder.settled()));
    },
    close() {
      for (const { folder } of opened) folder.close();
      opened = [];
    },
  };
}
