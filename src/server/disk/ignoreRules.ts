/** Which files are left alone: `.gitignore` files (nested ones too), folders that never hold source, and the user's own globs. */
import ignore from 'ignore';
import type { Ignore } from 'ignore';

/** Folders of installed packages, builds and tools. Hidden folders are left alone too, except `.github` (instructions). */
const skippedFolders = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'dist',
  'coverage',
  '__pycache__',
]);

export interface IgnoreRules {
  /**
   * Adds the text of a `.gitignore`. `folder` is relative to the analysed directory; `above` is the way from the file's folder
   * down to that directory (`packages/api`) where the file lies above it.
   */
  add(folder: string, text: string, above?: string): void;
  /** Judges one path, trusting that the folders above it were judged before. */
  ignores(path: string, isFolder: boolean): boolean;
  /** Judges a path and every folder above it. */
  ignoresAnyOf(path: string): boolean;
}

export function createIgnoreRules(exclude: readonly string[]): IgnoreRules {
  const own = ignore().add([...exclude]);
  const above: { readonly prefix: string; readonly matcher: Ignore }[] = [];
  const inside = new Map<string, Ignore>();

  function ignores(path: string, isFolder: boolean): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isFolder && (skippedFolders.has(name) || (name.startsWith('.') && name !== '.github'))) return true;
    const marked = isFolder ? `${path}/` : path;
    if (own.ignores(marked)) return true;
    // The nearest file that has an opinion decides, as with git.
    for (let slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = slash < 0 ? '' : path.slice(0, slash);
      const verdict = inside.get(folder)?.test(slash < 0 ? marked : marked.slice(slash + 1));
      if (verdict?.ignored || verdict?.unignored) return verdict.ignored;
      if (slash <= 0) break;
    }
    for (const { prefix, matcher } of above) {
      const verdict = matcher.test(`${prefix}/${marked}`);
      if (verdict.ignored || verdict.unignored) return verdict.ignored;
    }
    return false;
  }

  return {
    add(folder, text, prefix) {
      const matcher = ignore().add(text);
      if (prefix === undefined) inside.set(folder, matcher);
      // Whoever asks for an ignored folder by name wants it analysed.
      else if (!matcher.ignores(`${prefix}/`)) above.push({ prefix, matcher });
    },
    ignores,
    ignoresAnyOf(path) {
      for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1))
        if (ignores(path.slice(0, slash), true)) return true;
      return ignores(path, false);
    },
  };
}
