/**
 * What diagrams looked like when they were last drawn, beside the extension's other files about the workspace: a page that was
 * hidden starts anew, and would compute every position again.
 */
import { createHash } from 'node:crypto';

export interface KeptLayouts {
  /** Null: nothing is kept of the view. */
  read(project: string, view: string): Promise<string | null>;
  /** Written after a pause; what cannot be written is kept for this window. */
  keep(project: string, view: string, text: string): void;
  /** Writes at once what still waits. */
  dispose(): void;
}

/** Where they lie, by names of files. Both reject where they cannot do it. */
export interface LayoutFiles {
  read(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
}

const pauseMs = 2000;

/**
 * @param files null: this window has no place for files, and what is kept is kept for as long as it is open
 * @param version of the extension: another one may lay the same diagram out otherwise
 */
export function createKeptLayouts(files: LayoutFiles | null, version: string, delayMs = pauseMs): KeptLayouts {
  const known = new Map<string, string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const nameOf = (project: string, view: string) =>
    `${createHash('sha256').update(`${version}\n${project}\n${view}`).digest('hex').slice(0, 32)}.json`;

  function write(name: string): void {
    clearTimeout(waiting.get(name));
    waiting.delete(name);
    const text = known.get(name);
    // The next time it is computed again.
    if (text !== undefined) files?.write(name, text).catch(() => undefined);
  }

  return {
    read: async (project, view) => {
      const name = nameOf(project, view);
      const text = known.get(name);
      if (text !== undefined || files === null) return text ?? null;
      try {
        const read = await files.read(name);
        // What was kept meanwhile is newer.
        if (!known.has(name)) known.set(name, read);
      } catch {
        // There is none.
      }
      return known.get(name) ?? null;
    },
    keep: (project, view, text) => {
      const name = nameOf(project, view);
      known.set(name, text);
      if (files === null) return;
      clearTimeout(waiting.get(name));
      waiting.set(
        name,
        setTimeout(() => write(name), delayMs),
      );
    },
    dispose: () => {
      for (const name of [...waiting.keys()]) write(name);
    },
  };
}
