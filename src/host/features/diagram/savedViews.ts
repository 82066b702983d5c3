/**
 * Views of diagrams as files of the project, `.data-engineer/diagrams/<name>.json`. What was changed elsewhere meanwhile (by a
 * checkout, a merge, another window) is merged, and a file that cannot be read is never written.
 */
import * as vscode from 'vscode';
import {
  defaultName,
  mergeSaved,
  nameProblem,
  nothingSaved,
  parseSaved,
  renderSaved,
  savedFolder,
} from '../../../core/diagram/saved.ts';
import type { SavedDiagram } from '../../../core/diagram/saved.ts';
import type { SavedView } from '../../../protocol/webview.ts';

export interface SavedViews {
  /** As it is on disk, or will be as soon as what is waiting has been written. A name that is gone gives the default view. */
  read(project: string, name: string): Promise<SavedView>;
  /** Writes after a pause. */
  save(project: string, name: string, saved: SavedDiagram): void;
  /** Writes what is waiting. */
  flush(): Promise<void>;
  /** Asks for a name; undefined = the user has thought better of it. */
  create(project: string, saved: SavedDiagram): Promise<string | undefined>;
  rename(project: string, name: string): Promise<string | undefined>;
  /** Asks first; false = it is still there. */
  remove(project: string, name: string): Promise<boolean>;
  dispose(): void;
}

/** Longer than a drag and the thought about the next one. */
const writeDelayMs = 700;

interface Known {
  /** Null: there is no file. */
  readonly text: string | null;
  readonly saved: SavedDiagram;
}

/** @param changed called when a file or the list of files has become another */
export function createSavedViews(changed: () => void): SavedViews {
  const { fs } = vscode.workspace;
  /** As last read or written, by URI. */
  const known = new Map<string, Known>();
  const waiting = new Map<
    string,
    { readonly uri: vscode.Uri; readonly saved: SavedDiagram; readonly base: SavedDiagram }
  >();
  const watchers = new Map<string, vscode.Disposable>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  const folderOf = (project: string) => vscode.Uri.joinPath(vscode.Uri.parse(project), ...savedFolder.split('/'));
  const uriOf = (project: string, name: string) => vscode.Uri.joinPath(folderOf(project), `${name}.json`);

  function watch(project: string): void {
    if (watchers.has(project)) return;
    const pattern = new vscode.RelativePattern(vscode.Uri.parse(project), `${savedFolder}/*.json`);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watchers.set(
      project,
      vscode.Disposable.from(
        watcher,
        watcher.onDidChange(changed),
        watcher.onDidCreate(changed),
        watcher.onDidDelete(changed),
      ),
    );
  }

  async function textOf(uri: vscode.Uri): Promise<string | null> {
    try {
      return new TextDecoder().decode(await fs.readFile(uri));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async function namesIn(project: string): Promise<readonly string[]> {
    let entries: readonly [string, vscode.FileType][] = [];
    try {
      entries = await fs.readDirectory(folderOf(project));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const names = entries.flatMap(([file, type]) =>
      file.endsWith('.json') && (type & vscode.FileType.File) !== 0 ? [file.slice(0, -'.json'.length)] : [],
    );
    const others = names.filter((name) => name !== defaultName && nameProblem(name, []) === null).sort();
    return [defaultName, ...others];
  }

  async function write(uri: vscode.Uri, mine: SavedDiagram, base: SavedDiagram): Promise<void> {
    const there = await textOf(uri);
    let saved = mine;
    if (there !== null && there !== known.get(uri.toString())?.text) {
      const parsed = parseSaved(there);
      if ('problem' in parsed) throw new Error(problemText(uri, parsed.problem));
      saved = mergeSaved(base, mine, parsed.saved);
    }
    const text = renderSaved(saved);
    if (text !== there) {
      await fs.createDirectory(vscode.Uri.joinPath(uri, '..'));
      await fs.writeFile(uri, new TextEncoder().encode(text));
    }
    known.set(uri.toString(), { text, saved });
    if (saved !== mine) changed();
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    const all = [...waiting.values()];
    waiting.clear();
    writing = writing.then(async () => {
      for (const { uri, saved, base } of all)
        try {
          await write(uri, saved, base);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          void vscode.window.showErrorMessage(vscode.l10n.t('The view of the diagram was not saved: {0}', reason));
        }
    });
    return writing;
  }

  async function askName(project: string, current: string): Promise<string | undefined> {
    const names = (await namesIn(project)).filter((name) => name !== current);
    const problems = {
      empty: vscode.l10n.t('A view needs a name.'),
      characters: vscode.l10n.t(
        'The name becomes that of a file: it cannot hold / \\ : * ? " < > | or begin with a dot.',
      ),
      long: vscode.l10n.t('The name is too long for a file.'),
      taken: vscode.l10n.t('There is a view of this name.'),
    };
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t('Name of the view'),
      prompt: vscode.l10n.t('It is kept in {0} of the project.', savedFolder),
      value: current,
      validateInput: (text) => {
        const problem = nameProblem(text.trim(), names);
        return problem === null ? null : problems[problem];
      },
    });
    return name?.trim();
  }

  return {
    async read(project, wanted) {
      watch(project);
      await writing;
      const names = await namesIn(project);
      const name = names.includes(wanted) ? wanted : defaultName;
      const uri = uriOf(project, name);
      const message = { type: 'saved', project, name, names } as const;
      const mine = waiting.get(uri.toString());
      if (mine !== undefined) return { ...message, exists: true, saved: mine.saved, problem: null };
      try {
        const text = await textOf(uri);
        if (text === null) {
          known.set(uri.toString(), { text, saved: nothingSaved });
          return { ...message, exists: false, saved: nothingSaved, problem: null };
        }
        const parsed = parseSaved(text);
        if ('problem' in parsed)
          return { ...message, exists: true, saved: nothingSaved, problem: problemText(uri, parsed.problem) };
        known.set(uri.toString(), { text, saved: parsed.saved });
        return { ...message, exists: true, saved: parsed.saved, problem: null };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { ...message, exists: true, saved: nothingSaved, problem: reason };
      }
    },
    save(project, name, saved) {
      const uri = uriOf(project, name);
      const key = uri.toString();
      const base = waiting.get(key)?.base ?? known.get(key)?.saved ?? nothingSaved;
      waiting.set(key, { uri, saved, base });
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), writeDelayMs);
    },
    flush,
    async create(project, saved) {
      const name = await askName(project, '');
      if (name === undefined) return undefined;
      await flush();
      await write(uriOf(project, name), saved, nothingSaved);
      return name;
    },
    async rename(project, name) {
      const next = await askName(project, name);
      if (next === undefined || next === name) return undefined;
      await flush();
      await fs.rename(uriOf(project, name), uriOf(project, next), { overwrite: false });
      return next;
    },
    async remove(project, name) {
      const yes = vscode.l10n.t('Delete');
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t('Delete the view "{0}" of the diagram?', name),
        { modal: true, detail: vscode.l10n.t('Its file is deleted; tables and code stay as they are.') },
        yes,
      );
      if (answer !== yes) return false;
      await flush();
      const uri = uriOf(project, name);
      // Where there is no trash (on a server), the question was the warning.
      await fs.delete(uri, { useTrash: true }).then(undefined, () => fs.delete(uri));
      return true;
    },
    dispose() {
      void flush();
      for (const watcher of watchers.values()) watcher.dispose();
      watchers.clear();
    },
  };
}

function problemText(uri: vscode.Uri, problem: string): string {
  return vscode.l10n.t('{0} {1}. It is left as it is.', vscode.workspace.asRelativePath(uri), problem);
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
