/**
 * Where an import of Python leads, over a set of known paths. `sys.path` is not known, so folders are tried as roots: those above the
 * importing file that are no packages themselves, nearest first, then every folder that holds a package of that name.
 */
import { ancestorsOf, directoryOf } from '../paths.ts';

/** The files a module may mean; [] = outside the workspace, or a package without `__init__.py`. */
export type PythonResolver = (fromFile: string, module: string) => readonly string[];

export function isPython(path: string): boolean {
  return /\.pyi?$/.test(path);
}

/** Modules of the standard library that a file of a package may be called like. */
const standard = new Set(
  'abc array ast asyncio calendar cmd code codecs collections copy csv dataclasses datetime decimal email enum errno functools gc glob hashlib html http inspect io itertools json locale logging math operator os pathlib pickle platform profile queue random re secrets select shelve signal site socket sqlite3 ssl statistics string struct subprocess symbol sys tempfile test threading time token tokenize trace types typing unittest uuid warnings xml zoneinfo'.split(
    ' ',
  ),
);

export function createPythonResolver(files: ReadonlySet<string>): PythonResolver {
  const packages = new Set<string>();
  const folders = new Set<string>();
  for (const file of files) {
    if (!isPython(file)) continue;
    const folder = directoryOf(file);
    if (/(?:^|\/)__init__\.pyi?$/.test(file)) packages.add(folder);
    if (!folders.has(folder)) for (const each of ancestorsOf(folder)) folders.add(each);
  }
  /** Folders that hold a package or folder of a name. */
  const holders = new Map<string, string[]>();
  for (const folder of folders) {
    if (folder === '') continue;
    const holder = directoryOf(folder);
    const name = folder.slice(holder === '' ? 0 : holder.length + 1);
    const known = holders.get(name);
    if (known) known.push(holder);
    else holders.set(name, [holder]);
  }
  for (const list of holders.values()) list.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));

  const joined = (folder: string, name: string): string =>
    folder === '' ? name : name === '' ? folder : `${folder}/${name}`;

  /** A module is a file, or a package with what its `__init__` holds. */
  function at(path: string): string | null {
    for (const candidate of [`${path}/__init__.py`, `${path}.py`, `${path}/__init__.pyi`, `${path}.pyi`])
      if (files.has(candidate.replace(/^\//, ''))) return candidate.replace(/^\//, '');
    return null;
  }

  function absolute(folder: string, module: string): string | null {
    const path = module.replaceAll('.', '/');
    const top = module.split('.')[0] ?? '';
    const above = ancestorsOf(folder);
    const roots = above.filter((each) => !packages.has(each));
    for (const root of roots) {
      const found = at(joined(root, path));
      if (found !== null) return found;
      // The folder is there, so this is the package that is meant, though the module is not.
      if (folders.has(joined(root, top)) && packages.has(joined(root, top))) return null;
    }
    const others = holders.get(top) ?? [];
    const near = (root: string): number =>
      above.findIndex((each) => each === '' || root === each || root.startsWith(`${each}/`));
    let best: { readonly file: string; readonly distance: number } | null = null;
    for (const root of others) {
      if (packages.has(root)) continue;
      const found = at(joined(root, path));
      const distance = near(root);
      if (found !== null && (!best || distance < best.distance)) best = { file: found, distance };
    }
    if (best) return best.file;
    if (standard.has(top)) return null;
    // Scripts of a folder see each other, even where somebody put an `__init__.py` beside them.
    return above.filter((each) => packages.has(each)).map((each) => at(joined(each, path)))[0] ?? null;
  }

  function find(fromFile: string, module: string): string | null {
    const dots = /^\.*/.exec(module)?.[0].length ?? 0;
    if (dots === 0) return absolute(directoryOf(fromFile), module);
    let folder = directoryOf(fromFile);
    for (let up = 1; up < dots; up++) {
      if (folder === '') return null;
      folder = directoryOf(folder);
    }
    const path = module.slice(dots).replaceAll('.', '/');
    return at(joined(folder, path));
  }

  const known = new Map<string, readonly string[]>();
  return (fromFile, module) => {
    const key = `${directoryOf(fromFile)}\0${module}`;
    let answer = known.get(key);
    if (!answer) {
      const found = find(fromFile, module);
      known.set(key, (answer = found === null ? [] : [found]));
    }
    return answer;
  };
}

const importing = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n;]*))|import[ \t]+([^\n;]+))/gm;

/** Modules that a text names in its imports, without parsing it: of `from app import models` both `app` and `app.models`. */
export function importedModules(text: string): readonly string[] {
  const modules = new Set<string>();
  for (const [, from, several, names, plain] of text.matchAll(importing)) {
    const listed = (several ?? names ?? plain ?? '')
      .replace(/#[^\n]*|\\/g, '')
      .split(',')
      .map((part) => /^\s*([.\w]+|\*)/.exec(part)?.[1] ?? '')
      .filter((name) => name !== '');
    if (from === undefined) for (const name of listed) modules.add(name);
    else {
      modules.add(from);
      for (const name of listed) if (name !== '*') modules.add(from.endsWith('.') ? from + name : `${from}.${name}`);
    }
  }
  return [...modules];
}
