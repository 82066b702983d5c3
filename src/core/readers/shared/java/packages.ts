/** Files of classes of Java and Kotlin by their full names: which folder is the root of the sources does not matter. */

export interface JavaPackages {
  /** Files that `shop.Order`, `shop.Order.Status` or `shop.*` may mean; those nearest to the file that asks where several are called so. */
  find(name: string, fromFile: string): readonly string[];
}

export function createJavaPackages(files: Iterable<string>): JavaPackages {
  let byFileName: Map<string, string[]> | undefined;
  let byFolder: Map<string, string[]> | undefined;

  function collect(): { readonly names: Map<string, string[]>; readonly folders: Map<string, string[]> } {
    if (byFileName && byFolder) return { names: byFileName, folders: byFolder };
    byFileName = new Map();
    byFolder = new Map();
    for (const path of files) {
      if (!path.endsWith('.java') && !path.endsWith('.kt')) continue;
      const slash = path.lastIndexOf('/');
      push(byFileName, path.slice(slash + 1), path);
      const folder = path.slice(0, Math.max(slash, 0));
      push(byFolder, folder.slice(folder.lastIndexOf('/') + 1), path);
    }
    return { names: byFileName, folders: byFolder };
  }

  return {
    find(name, fromFile) {
      const { names, folders } = collect();
      if (name.endsWith('.*')) {
        const folder = name.slice(0, -2).replaceAll('.', '/');
        const inside = (folders.get(folder.slice(folder.lastIndexOf('/') + 1)) ?? []).filter((path) =>
          isIn(path.slice(0, path.lastIndexOf('/')), folder),
        );
        if (inside.length > 0) return nearest(inside, fromFile);
      }
      // A nested class stands in the file of the class around it; a static import names a member.
      let parts = name.replace(/\.\*$/u, '').split('.');
      for (let tries = 0; tries < 3 && parts.length > 0; tries++, parts = parts.slice(0, -1)) {
        const found = ['java', 'kt'].flatMap((extension) =>
          (names.get(`${parts.at(-1) ?? ''}.${extension}`) ?? []).filter((path) =>
            isIn(path, `${parts.join('/')}.${extension}`),
          ),
        );
        if (found.length > 0) return nearest(found, fromFile);
      }
      // A file of Kotlin may declare anything of its package.
      const folder = name.slice(0, Math.max(name.lastIndexOf('.'), 0)).replaceAll('.', '/');
      const beside = (folders.get(folder.slice(folder.lastIndexOf('/') + 1)) ?? []).filter(
        (path) => path.endsWith('.kt') && isIn(path.slice(0, Math.max(path.lastIndexOf('/'), 0)), folder),
      );
      return nearest(beside, fromFile);
    },
  };
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function isIn(path: string, end: string): boolean {
  return path === end || path.endsWith(`/${end}`);
}

/** Those in the folder that has most of its path in common with the file that asks. */
function nearest(paths: readonly string[], fromFile: string): readonly string[] {
  const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (new Set(paths.map(folderOf)).size < 2) return paths;
  const common = (folder: string): number => {
    let at = 0;
    while (at < folder.length && folder.charCodeAt(at) === fromFile.charCodeAt(at)) at++;
    return at;
  };
  const best = Math.max(...paths.map((path) => common(folderOf(path))));
  return paths.filter((path) => common(folderOf(path)) === best);
}
