/** Arithmetic on `/`-separated relative paths; '' is the analysed directory itself. */

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** Null where `..` leads out of the analysed directory: nothing there is known. */
export function joinPath(base: string, relative: string): string | null {
  const parts = base === '' ? [] : base.split('/');
  for (const part of relative.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** The folder and those above it, nearest first, ending with ''. */
export function ancestorsOf(directory: string): readonly string[] {
  const folders = [directory];
  for (let folder = directory; folder !== '';) {
    folder = directoryOf(folder);
    folders.push(folder);
  }
  return folders;
}
